"""Whether the parts of a pathway fit together: what the model of a single part cannot see.

    for problem in check(pathway):
        print(problem.path, problem.message)

Each group of rules is a function here or a module beside. A caller that knows lines sorts by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

from domain.codes import Role, StepOutcome
from domain.pathway.check_approvals import check_approvals
from domain.pathway.check_hearings import check_hearings, titles_of_hearings
from domain.pathway.check_hotline import check_hotline, hotline_titles
from domain.pathway.check_law import check_law
from domain.pathway.check_missions import check_missions, titles_of_missions
from domain.pathway.check_proceedings import check_proceedings
from domain.pathway.check_returning import check_returning, titles_of_returning
from domain.pathway.check_safety import check_safety, section_titles
from domain.pathway.check_services import check_services
from domain.pathway.check_standing import check_form, check_formal_status, check_residence, titles_of_standing
from domain.pathway.model import Anchor, EscalateRung, Opens, Pathway, Span, Step, StepKind, Title, Unit
from domain.pathway.problem import Path, Problem, Severity
from domain.pathway.reach import check_reach
from domain.pathway.references import check_references

_LATIN, _CYRILLIC = re.compile(r"[A-Za-zČčĆćĐđŠšŽž]"), re.compile(r"[\u0400-\u04ff]")
_DAYS = {Unit.HOURS: 1 / 24, Unit.CALENDAR_DAYS: 1.0, Unit.WORKING_DAYS: 7 / 5, Unit.MONTHS: 30.4}


def check(pathway: Pathway) -> list[Problem]:
    """Every fault of a pathway, errors and warnings; empty when it holds together."""
    found = [*_office(pathway), *_titles(pathway), *_review(pathway)]
    for s, stage in enumerate(pathway.stages):
        for n, step in enumerate(stage.steps):
            found += _step(step, ("stages", s, "steps", n))
    found += check_services(pathway.services, _ladder, _title)
    found += check_safety(pathway, _ladder)
    found += check_missions(pathway.missions)
    found += check_hearings(pathway.hearings)
    found += check_law(pathway.hearings)
    found += _standing(pathway)
    found += check_hotline(pathway.hotline)
    found += check_proceedings(pathway)
    found += check_approvals(pathway, _ladder)
    found += check_returning(pathway)
    found += _ladder(pathway.emergency_access.escalate, ("emergency_access", "escalate"))
    return [*found, *check_references(pathway), *check_reach(pathway)]


def _standing(pathway: Pathway) -> Iterator[Problem]:
    """The sections on where a person stands: formal status, screening, residence."""
    for path, title in titles_of_standing(pathway.formal_status, pathway.screening, pathway.residence):
        yield from _title(title, path)
    if pathway.formal_status:
        yield from check_formal_status(pathway.formal_status)
    forms = [form.form for form in pathway.screening]
    for n, form in enumerate(pathway.screening):
        if form.form in forms[:n]:
            yield Problem(("screening", n, "form"), f"there are two forms {form.form}: give one another key")
        yield from check_form(form, ("screening", n))
    if pathway.residence:
        yield from check_residence(pathway.residence)


def _office(pathway: Pathway) -> Iterator[Problem]:
    try:
        ZoneInfo(pathway.zone)
    except (KeyError, ValueError):
        yield Problem(("zone",), f"there is no time zone {pathway.zone}; use an IANA name such as Europe/Belgrade")
    day = pathway.day
    if day.starts.tzinfo or day.ends.tzinfo:
        yield Problem(("day",), f"the office day is local time in {pathway.zone}: write 08:00 without an offset")
    elif day.starts >= day.ends:
        yield Problem(("day",), f"the office day ends at {day.ends:%H:%M}, before it starts: exchange them")


def _review(pathway: Pathway) -> Iterator[Problem]:
    yield from _ladder(pathway.review.escalate, ("review", "escalate"))


def _titles(pathway: Pathway) -> Iterator[Problem]:
    yield from _title(pathway.title, ("title",))
    for s, stage in enumerate(pathway.stages):
        yield from _title(stage.title, ("stages", s, "title"))
        for n, step in enumerate(stage.steps):
            yield from _title(step.title, ("stages", s, "steps", n, "title"))
            if step.help:
                yield from _title(step.help, ("stages", s, "steps", n, "help"))
    for m, milestone in enumerate(pathway.milestones):
        yield from _title(milestone.title, ("milestones", m, "title"))
    sections = (section_titles(pathway), titles_of_missions(pathway.missions), titles_of_hearings(pathway.hearings))
    for title, path in titles_of_returning(pathway.returning):
        yield from _title(title, path)
    for path, title in chain.from_iterable(sections):
        yield from _title(title, path)
    for title, path in hotline_titles(pathway.hotline):
        yield from _title(title, path)


def _title(title: Title, path: Path) -> Iterator[Problem]:
    """Latin is derived from the Cyrillic, so a Latin а among Cyrillic letters would come out as it went in."""
    latin = sorted(set(_LATIN.findall(title.sr)))
    if latin:
        letters = ", ".join(latin)
        yield Problem(
            (*path, "sr"), f"the Serbian text has Latin letters ({letters}): write it in Cyrillic, Latin is derived"
        )
    if cyrillic := sorted(set(_CYRILLIC.findall(title.en))):
        yield Problem((*path, "en"), f"the English text has Cyrillic letters ({', '.join(cyrillic)}): retype the word")


def _step(step: Step, path: Path) -> Iterator[Problem]:
    yield from _ladder(step.escalate, (*path, "escalate"))
    yield from _reminders(step, path)
    yield from _outcomes(step, path)
    if step.kind is StepKind.DISCRETIONARY and step.opens is Opens.AUTOMATICALLY:
        yield Problem(
            (*path, "kind"),
            "a discretionary step is planned by a person: add `opens: by-decision`, or make it `kind: required`",
        )
    if step.due.roll and step.due.within.unit is Unit.HOURS:
        yield Problem((*path, "due", "roll"), "a term in hours ends at its hour and never rolls: remove `roll`")
    if step.due.roll and step.due.within.unit is Unit.WORKING_DAYS:
        yield Problem((*path, "due", "roll"), "a term in working days ends on one already: remove `roll`")


def _ladder(ladder: tuple[EscalateRung, ...], path: Path) -> Iterator[Problem]:
    if not ladder:
        yield Problem(path, "nobody is told when this is late: add `escalate`, ending with `to: on-call`")
        return
    if ladder[-1].to is not Role.ON_CALL:
        yield Problem(path, f"the escalation ends at {ladder[-1].to.value}: add a last rung with `to: on-call`")
    for n, (one, other) in enumerate(pairwise(ladder)):
        if _length(other.after) <= _length(one.after):
            text = f"{_words(other.after)} is not later than {_words(one.after)} before it: order the rungs by time"
            yield Problem((*path, n + 1, "after"), text)


def _reminders(step: Step, path: Path) -> Iterator[Problem]:
    seen: set[tuple[int, Unit]] = set()
    for n, rung in enumerate(step.remind):
        place = (*path, "remind", n, "before")
        key = (rung.before.count, rung.before.unit)
        if key in seen:
            yield Problem(place, f"there are two reminders {_words(rung.before)} before: keep one, with both roles")
        seen.add(key)
        counted = step.due.after is not Anchor.APPOINTMENT and rung.before.count > 0
        if counted and _length(rung.before) >= _length(step.due.within):
            text = f"a reminder {_words(rung.before)} before a term of {_words(step.due.within)} would never be sent"
            yield Problem(place, f"{text}: it lies before the step opens; shorten it or remove it")
    if step.due.after is Anchor.APPOINTMENT and not step.remind:
        yield Problem(path, "an appointment without a reminder will be missed: add `remind`", Severity.WARNING)


def _outcomes(step: Step, path: Path) -> Iterator[Problem]:
    if StepOutcome.DONE not in step.outcomes:
        yield Problem((*path, "outcomes"), "a step that can never be done leads nowhere: add `done` to its outcomes")
    if len(set(step.outcomes)) < len(step.outcomes):
        yield Problem((*path, "outcomes"), "an outcome is listed twice: name each once")


def _length(span: Span) -> float:
    """Days, near enough to compare spans of different units."""
    return span.count * _DAYS[span.unit]


def _words(span: Span) -> str:
    return f"{span.count} {span.unit.value}"
