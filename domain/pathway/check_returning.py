"""Whether the sections on returns and on reintegration hold together: nothing a return needs is forgotten or silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.pathway.check_proceedings import check_alarm
from domain.pathway.common import Span, Title, Unit
from domain.pathway.model import Pathway
from domain.pathway.problem import Path, Problem
from domain.pathway.proceedings import AlarmLadder
from domain.pathway.references import meant
from domain.pathway.reintegration import ReintegrationRules
from domain.pathway.returning import Preparation, ReturningRules
from domain.pathway.returning_items import items_of

LADDERS = ("expiry", "departure", "handover", "at_once", "stop", "check", "way_home")
_DAYS = {Unit.HOURS: 1 / 24, Unit.CALENDAR_DAYS: 1.0, Unit.WORKING_DAYS: 7 / 5, Unit.MONTHS: 30.4}


def check_returning(pathway: Pathway) -> Iterator[Problem]:
    """Every fault of both sections; nothing where there is neither."""
    if pathway.returning is not None:
        yield from _returning(pathway, pathway.returning)
    if pathway.reintegration is not None:
        yield from _reintegration(pathway, pathway.reintegration)
    yield from _covered(pathway)


def _covered(pathway: Pathway) -> Iterator[Problem]:
    """What tasks of a hearing's plan, and services, leave to returns."""
    for n, kind in enumerate(pathway.services.kinds if pathway.services and not pathway.returning else ()):
        if kind.covered_by is not None:
            text = "there are no returns here: remove it, or add the section `returning`"
            yield Problem(("services", "kinds", n, "covered_by"), text)
    known = list(items_of(pathway.returning)) if pathway.returning else []
    for n, plan in enumerate(pathway.hearings.plans if pathway.hearings else ()):
        for k, task in enumerate(plan.tasks):
            for i, item in enumerate(task.covered_by):
                if item not in known:
                    path = ("hearings", "plans", n, "tasks", k, "covered_by", i)
                    yield Problem(path, f"a return owes no {item}; {meant(item, known)}")


def titles_of_returning(rules: ReturningRules | None) -> Iterator[tuple[Title, Path]]:
    """The titles of the section with their places."""
    if rules is None:
        return
    titles = {
        "preparations": [each.title for each in rules.preparations],
        "documents": [each.title for each in rules.documents],
        "checks": [each.title for each in rules.checks],
    }
    for name, named in titles.items():
        for n, title in enumerate(named):
            yield title, ("returning", name, n, "title")


def _returning(pathway: Pathway, rules: ReturningRules) -> Iterator[Problem]:
    here: Path = ("returning",)
    yield from _form(pathway, rules.assessment, (*here, "assessment"))
    for name in LADDERS:
        ladder: AlarmLadder = getattr(rules, name)
        yield from check_alarm(ladder, (*here, name))
    for name in ("at_once", "stop"):
        if not getattr(rules, name).tell:
            yield Problem((*here, name, "tell"), "nobody hears of it at once: name the roles that are told")
    known = [rule.preparation for rule in rules.preparations]
    yield from _doubles(known, (*here, "preparations"), "preparation")
    for wanted in Preparation:
        if wanted not in known:
            yield Problem((*here, "preparations"), f"{wanted.value} is missing: every return needs it")
    yield from _doubles([d.document for d in rules.documents], (*here, "documents"), "document")
    yield from _doubles([c.check for c in rules.checks], (*here, "checks"), "check")
    for n, preparation in enumerate(rules.preparations):
        yield from check_alarm(preparation, (*here, "preparations", n))
    for n, document in enumerate(rules.documents):
        yield from check_alarm(document, (*here, "documents", n))
    lengths = [_days(check.after) for check in rules.checks]
    for n, length in enumerate(lengths[1:], start=1):
        if length <= lengths[n - 1]:
            yield Problem((*here, "checks", n, "after"), "it is not later than the check before it: order them by time")


def _reintegration(pathway: Pathway, rules: ReintegrationRules) -> Iterator[Problem]:
    here: Path = ("reintegration",)
    yield from check_alarm(rules.review, (*here, "review"))
    goals = [goal.goal for goal in pathway.plan.goals] if pathway.plan else []
    for n, goal in enumerate(rules.goals):
        if goal not in goals:
            yield Problem((*here, "goals", n), f"the individual plan has no goal {goal}; {meant(goal, goals)}")
    yield from _doubles(rules.goals, (*here, "goals"), "goal")
    yield from _doubles(rules.criteria, (*here, "criteria"), "criterion")
    for n, span in enumerate(rules.rhythm):
        if span.count == 0:
            yield Problem((*here, "rhythm", n), "a review after no time at all never ends: give it a length")
    if rules.safety is not None:
        yield from _form(pathway, rules.safety, (*here, "safety"))


def _form(pathway: Pathway, form: str, path: Path) -> Iterator[Problem]:
    known = [a.assessment for a in pathway.assessments]
    if form not in known:
        yield Problem(path, f"there is no assessment {form}; {meant(form, known)}")


def _doubles(keys: Iterable[str], path: Path, what: str) -> Iterator[Problem]:
    listed = list(keys)
    for n, key in enumerate(listed):
        if key in listed[:n]:
            yield Problem((*path, n), f"there are two of {what} {key}: keep one")


def _days(span: Span) -> float:
    """Near enough to compare spans of different units."""
    return span.count * _DAYS[span.unit]
