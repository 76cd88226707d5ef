"""Whether the rules for missions fit together: questions asked once, lengths in hours, calls that end with on-call."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Role
from domain.pathway.common import Span, Title, Unit
from domain.pathway.missions import Missions
from domain.pathway.problem import Path, Problem

_AT: Path = ("missions",)


def check_missions(section: Missions | None) -> list[Problem]:
    """Every fault of the section; none where there is no section."""
    if section is None:
        return []
    return [*_questions(section), *_lengths(section), *_ends(section)]


def titles_of_missions(section: Missions | None) -> Iterator[tuple[Path, Title]]:
    """Every title of the section with its place."""
    for n, question in enumerate(section.risk_check if section else ()):
        yield (*_AT, "risk_check", n, "title"), question.title


def _questions(section: Missions) -> Iterator[Problem]:
    keys = [question.question for question in section.risk_check]
    for n, key in enumerate(keys):
        if key in keys[:n]:
            yield Problem((*_AT, "risk_check", n, "question"), f"{key} stands twice: keep one, or rename the other")


def _lengths(section: Missions) -> Iterator[Problem]:
    """A night or a holiday does not make a silent team less silent."""
    spans: tuple[tuple[Path, Span], ...] = (
        (("report", "within"), section.report.within),
        (("report", "again_after"), section.report.again_after),
        (("departure", "again_after"), section.departure.again_after),
    )
    for path, span in spans:
        if span.unit is not Unit.HOURS or not span.count:
            yield Problem((*_AT, *path), "this is counted in hours, and is not zero: use `unit: hours`")


def _ends(section: Missions) -> Iterator[Problem]:
    for name, chain in (("silent", section.silent), ("alarm", section.alarm)):
        if chain.call[-1] is not Role.ON_CALL:
            yield Problem((*_AT, name, "call"), "this ends with nobody who must answer: end it with on-call")
    if not section.report.escalate or section.report.escalate[-1].to is not Role.ON_CALL:
        yield Problem((*_AT, "report", "escalate"), "this ends with nobody who must answer: add `to: on-call`")
