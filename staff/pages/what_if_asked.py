"""The question of a what-if as it stands in an address: which change, whose journeys, what counts, as known when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from analysis.what_if.cohort import ALWAYS, EVERYBODY, Cohort, Period
from analysis.what_if.limits import LimitInvalid, read_limits
from analysis.what_if.rules import Change, ChangedPathway
from analysis.what_if.running import WhatIf, run
from domain.pathway.model import Pathway
from staff.parts import Parts
from staff.what_ifs import Run, Watching

DATES = ("opened_from", "opened_before", "since", "before")
LONGEST = 400
"""Characters of the limits."""


@dataclass(frozen=True, slots=True)
class Question:
    """`limits`, `version` (name and number of a published one) or `draft` (the hash of a text); else nothing is asked.

    Dates are local days.
    """

    limits: str = ""
    version: str = ""
    days: tuple[date | None, ...] = (None,) * len(DATES)
    at: datetime | None = None
    draft: str = ""

    @property
    def is_asked(self) -> bool:
        return bool(self.limits or self.version or self.draft)

    def texts(self) -> dict[str, str]:
        """As it stands in an address; what says nothing is left out."""
        days = {name: day.isoformat() for name, day in zip(DATES, self.days, strict=True) if day is not None}
        texts = {
            "limits": self.limits,
            "version": self.version,
            "draft": self.draft,
            **days,
            "at": self.at.isoformat() if self.at else "",
        }
        return {name: text for name, text in texts.items() if text}


def question_of(query: Mapping[str, str], *, whole: bool) -> Question:
    """What is asked, read leniently. `whole`: of everybody and always, whatever the address says.

    Who may see counts only may not cut them: two cohorts that differ by one journey would name it.
    """
    days = (None,) * len(DATES) if whole else tuple(_day(query.get(name, "")) for name in DATES)
    return Question(query.get("limits", "").strip()[:LONGEST], query.get("version", "").strip()[:80], days, _at(query))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _at(query: Mapping[str, str]) -> datetime | None:
    try:
        at = datetime.fromisoformat(query.get("at", "").replace(" ", "+"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def change_of(question: Question, pathways: list[Pathway]) -> Change:
    """The change that is asked for. Raises `LimitInvalid` for a limit that is none, or a version that is not here."""
    if question.limits:
        return read_limits([question.limits], pathways)
    for pathway in pathways:
        if question.version == f"{pathway.pathway}/{pathway.version}":
            return ChangedPathway(pathway)
    raise LimitInvalid(question.version)


def asked(parts: Parts, question: Question, change: Change) -> Run:
    """The run of a question with its moment. Raises `Unavailable`."""
    at = question.at
    assert at is not None
    zone = ZoneInfo(next((pathway.zone for _, pathway in parts.desk.pathways()), "Europe/Belgrade"))
    opened_from, opened_before, since, before = (
        datetime.combine(day, time(), zone) if day is not None else None for day in question.days
    )
    of = change.pathway.pathway if isinstance(change, ChangedPathway) else None
    cohort = Cohort(of, opened_from, opened_before) if of or opened_from or opened_before else EVERYBODY
    period = Period(since, before) if since or before else ALWAYS

    def work(watch: Watching) -> WhatIf:
        return run(parts.reader, change, parts.desk.pathway, at=at, cohort=cohort, period=period, watch=watch)

    return parts.what_ifs.ask("&".join(f"{name}={text}" for name, text in question.texts().items()), work)
