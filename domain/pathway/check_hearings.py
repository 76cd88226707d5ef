"""Whether the hearings of a pathway fit together: names that point somewhere, ladders that end with a named person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from domain.codes import Role
from domain.pathway.common import Span, Title, Unit
from domain.pathway.hearings import Hearings, NextDate, Side
from domain.pathway.problem import Path, Problem, Severity
from domain.pathway.references import meant

_HOURS = {Unit.HOURS: 1.0, Unit.CALENDAR_DAYS: 24.0, Unit.WORKING_DAYS: 33.6, Unit.MONTHS: 730.0}


def check_hearings(section: Hearings | None) -> list[Problem]:
    """Every fault of the section; none where there is no section."""
    if section is None:
        return []
    return [*_doubles(section), *_kinds(section), *_ladders(section), *_arrangements(section), *_plans(section)]


def titles_of_hearings(section: Hearings | None) -> Iterator[tuple[Path, Title]]:
    """Every title of the section with its place."""
    if section is None:
        return
    at: Path = ("hearings",)
    for n, kind in enumerate(section.kinds):
        yield (*at, "kinds", n, "title"), kind.title
    for n, line in enumerate(section.arrangements):
        yield (*at, "arrangements", n, "title"), line.title
    for n, trap in enumerate(section.traps):
        yield (*at, "traps", n, "title"), trap.title
    for n, ladder in enumerate(section.ladders):
        for k, companion in enumerate(ladder.companions):
            yield (*at, "ladders", n, "companions", k, "title"), companion.title
    for n, plan in enumerate(section.plans):
        yield (*at, "plans", n, "title"), plan.title
        for k, task in enumerate(plan.tasks):
            yield (*at, "plans", n, "tasks", k, "title"), task.title


def _doubles(section: Hearings) -> Iterator[Problem]:
    groups: tuple[tuple[str, str, list[str]], ...] = (
        ("kinds", "hearing", [k.hearing for k in section.kinds]),
        ("ladders", "ladder", [x.ladder for x in section.ladders]),
        ("arrangements", "arrangement", [a.arrangement for a in section.arrangements]),
        ("traps", "trap", [t.trap for t in section.traps]),
        ("plans", "plan", [p.plan for p in section.plans]),
    )
    for group, field, names in groups:
        yield from _twice(names, ("hearings", group), field)
    for n, plan in enumerate(section.plans):
        yield from _twice([t.task for t in plan.tasks], ("hearings", "plans", n, "tasks"), "task")
    for n, ladder in enumerate(section.ladders):
        names = [c.companion for c in ladder.companions]
        yield from _twice(names, ("hearings", "ladders", n, "companions"), "companion")
        spans = [f"{r.before.count}-{r.before.unit.value}" for r in ladder.remind]
        yield from _twice(spans, ("hearings", "ladders", n, "remind"), "before")


def _twice(names: list[str], path: Path, field: str) -> Iterator[Problem]:
    for n, name in enumerate(names):
        if name in names[:n]:
            yield Problem((*path, n, field), f"{name} stands twice: keep one, or give one another name")


def _kinds(section: Hearings) -> Iterator[Problem]:
    for n, kind in enumerate(section.kinds):
        path: Path = ("hearings", "kinds", n)
        if section.find_ladder(kind.ladder) is None:
            yield _unknown((*path, "ladder"), "ladder", kind.ladder, (x.ladder for x in section.ladders))
        if kind.trap is not None and section.find_trap(kind.trap) is None:
            yield _unknown((*path, "trap"), "trap", kind.trap, (t.trap for t in section.traps))
        for k, key in enumerate(kind.arrangements):
            if section.find_arrangement(key) is None:
                known = (a.arrangement for a in section.arrangements)
                yield _unknown((*path, "arrangements", k), "arrangement", key, known)


def _unknown(path: Path, what: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(path, f"there is no {what} {name}; {meant(name, known)}")


def _ladders(section: Hearings) -> Iterator[Problem]:
    for n, ladder in enumerate(section.ladders):
        path: Path = ("hearings", "ladders", n)
        yield from _ends(((e.after, e.to) for e in ladder.escalate), (*path, "escalate"))
        for key, next_date in (
            ("after_postponement", ladder.after_postponement),
            ("after_interruption", ladder.after_interruption),
        ):
            yield from _next_date(next_date, (*path, key))
    for n, trap in enumerate(section.traps):
        yield from _ends(((e.after, e.to) for e in trap.escalate), ("hearings", "traps", n, "escalate"))
        if trap.within.unit is not Unit.HOURS:
            text = "a date from which nobody may stay away is read within hours, weekend or not: use `unit: hours`"
            yield Problem(("hearings", "traps", n, "within"), text)
    debrief = section.debrief
    yield from _ends(((e.after, e.to) for e in debrief.escalate), ("hearings", "debrief", "escalate"))


def _next_date(next_date: NextDate, path: Path) -> Iterator[Problem]:
    yield from _ends(((e.after, e.to) for e in next_date.escalate), (*path, "escalate"))
    for n, rung in enumerate(next_date.remind):
        if _length(rung.before) >= _length(next_date.within):
            text = "this reminder lies before the date is lost, and would never be sent: shorten it or remove it"
            yield Problem((*path, "remind", n, "before"), text)


def _arrangements(section: Hearings) -> Iterator[Problem]:
    for n, line in enumerate(section.arrangements):
        path: Path = ("hearings", "arrangements", n)
        if not line.escalate:
            yield Problem(path, "nobody is told when this is still open near the hearing: add `escalate`")
        for k, (one, other) in enumerate(pairwise(line.escalate)):
            if _length(other.before) >= _length(one.before):
                text = "this is not later than the rung before it: order them towards the hearing"
                yield Problem((*path, "escalate", k + 1, "before"), text)
        for k, rung in enumerate(line.escalate):
            if _length(rung.before) > _length(line.before):
                text = "somebody would be told before it is due: bring `before` of the arrangement forward"
                yield Problem((*path, "escalate", k, "before"), text, Severity.WARNING)


def _plans(section: Hearings) -> Iterator[Problem]:
    for n, plan in enumerate(section.plans):
        path: Path = ("hearings", "plans", n)
        yield from _ends(((e.after, e.to) for e in plan.escalate), (*path, "escalate"))
        names = [t.task for t in plan.tasks]
        for k, task in enumerate(plan.tasks):
            place = (*path, "tasks", k)
            if task.span.unit is Unit.HOURS:
                yield Problem((*place, "span"), "a plan counts days: use `calendar-days`, `working-days` or `months`")
            if task.follows is None:
                continue
            if task.follows not in names:
                yield _unknown((*place, "follows"), "task", task.follows, names)
            elif task.side is Side.BEFORE:
                yield Problem((*place, "follows"), "only a task after the hearing follows another: add `side: after`")


def _ends(ladder: Iterable[tuple[Span, Role]], path: Path) -> Iterator[Problem]:
    rungs = list(ladder)
    if not rungs or rungs[-1][1] is not Role.ON_CALL:
        yield Problem(path, "this escalation ends with nobody who must answer: add a last rung with `to: on-call`")
    for n, (one, other) in enumerate(pairwise(rungs)):
        if _length(other[0]) <= _length(one[0]):
            yield Problem((*path, n + 1, "after"), "this is not later than the rung before it: order them by time")


def _length(span: Span) -> float:
    """Hours, near enough to compare spans of different units."""
    return span.count * _HOURS[span.unit]
