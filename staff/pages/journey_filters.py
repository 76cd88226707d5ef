"""What of the journey list is asked for: read from an address or a saved view, put back into one, and said in words.

    asked = read(query)                          # ?caseworker=me&due=overdue&sort=due
    list_journeys(reader, asked.filter(visit.person.id, visit.now), sort=asked.sort)
    asked.without("due").address(cursor)         # what a click on the cross leads to

An address holds codes, ids of staff and dates, never a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.calendar import at_local, local_date
from domain.codes import Phase, StallCause
from projections.journey_list.queries import JourneyFilter, JourneySort
from staff.i18n.words import OFFICE_ZONE
from staff.pages.asking import code, ident, link

PATH = "/journeys"
ANY = "any"
"""The phase in the address that stands for all of them; without one, open journeys are listed."""
ME, NOBODY = "me", "nobody"
"""Who is responsible, where that is not one person for everybody who looks."""
_LONGEST = 64
_FIRST, _LAST = date(1990, 1, 1), date(2199, 12, 31)


class DueWithin(StrEnum):
    """When the next thing is due."""

    OVERDUE = "overdue"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that the address says; None or empty: all of them. `code` is as it was typed.

    `view` is the saved view that it began with. `opened_from` and `opened_to` are days of the office, both included.
    """

    phase: Phase | None = Phase.OPEN
    stage: str | None = None
    pathway: str | None = None
    caseworker: str | None = None
    stalled: bool | None = None
    cause: StallCause | None = None
    due: DueWithin | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    code: str = ""
    sort: JourneySort = JourneySort.NEWEST
    view: UUID | None = None

    def filter(self, me: UUID, now: datetime) -> JourneyFilter:
        """For whoever looks, at `now` of the log's clock."""
        known = {ME: me, NOBODY: None}
        who = (
            None
            if not self.caseworker
            else known[self.caseworker]
            if self.caseworker in known
            else UUID(self.caseworker)
        )
        return JourneyFilter(
            phase=self.phase,
            stage=self.stage,
            caseworker=who,
            unassigned=self.caseworker == NOBODY,
            stalled=self.stalled,
            cause=self.cause,
            pathway=self.pathway,
            due_before=self._due_before(now),
            opened_from=_midnight(self.opened_from) if self.opened_from else None,
            opened_until=_midnight(self.opened_to + timedelta(days=1)) if self.opened_to else None,
            code=self.code or None,
        )

    def _due_before(self, now: datetime) -> datetime | None:
        match self.due:
            case DueWithin.OVERDUE:
                return now
            case DueWithin.WEEK:
                return _midnight(local_date(now, OFFICE_ZONE) + timedelta(days=8))
            case None:
                return None

    def kept(self) -> dict[str, str]:
        """What a saved view keeps: never a code, which is of one client."""
        said = {
            "phase": self.phase.value if self.phase else ANY,
            "stage": self.stage,
            "pathway": self.pathway,
            "caseworker": self.caseworker,
            "stalled": {True: "yes", False: "no", None: None}[self.stalled],
            "cause": self.cause and self.cause.value,
            "due": self.due and self.due.value,
            "opened_from": self.opened_from and self.opened_from.isoformat(),
            "opened_to": self.opened_to and self.opened_to.isoformat(),
            "sort": None if self.sort is JourneySort.NEWEST else self.sort.value,
        }
        return {name: value for name, value in said.items() if value}

    def query(self) -> dict[str, str]:
        """All of it."""
        more = {"code": self.code, "view": str(self.view) if self.view else ""}
        return self.kept() | {name: value for name, value in more.items() if value}

    def address(self, path: str = PATH, **more: object) -> str:
        """Where it leads; `more` is the cursor of a later page."""
        return link(path, **self.query(), **more)

    def without(self, name: str) -> Asked:
        """As asked, with one filter less."""
        nothing: dict[str, Any] = {name: "" if name == "code" else None}
        return replace(self, **nothing)

    @property
    def narrowing(self) -> tuple[str, ...]:
        """The names of what narrows the list."""
        values = {name: getattr(self, name) for name in _NARROWING}
        return tuple(name for name, value in values.items() if value not in (None, ""))


_NARROWING = ("code", "phase", "stage", "pathway", "caseworker", "stalled", "cause", "due", "opened_from", "opened_to")


def read(query: Mapping[str, str]) -> Asked:
    """What an address or a saved view asks for. What is not in form is left out, and the summary shows that it is."""
    typed = query.get("code", "").strip()[:40]
    given = query.get("phase")
    phase = None if given == ANY else code(query, "phase", Phase) or (None if typed else Phase.OPEN)
    return Asked(
        phase=phase,
        stage=_word(query, "stage"),
        pathway=_word(query, "pathway"),
        caseworker=_who(query),
        stalled={"yes": True, "no": False}.get(query.get("stalled", "")),
        cause=code(query, "cause", StallCause),
        due=code(query, "due", DueWithin),
        opened_from=_day(query, "opened_from"),
        opened_to=_day(query, "opened_to"),
        code=typed,
        sort=code(query, "sort", JourneySort) or JourneySort.NEWEST,
        view=ident(query, "view"),
    )


def _word(query: Mapping[str, str], name: str) -> str | None:
    text = query.get(name, "").strip()
    return text if 0 < len(text) <= _LONGEST and text.isprintable() else None


def _who(query: Mapping[str, str]) -> str | None:
    if query.get("caseworker") in {ME, NOBODY}:
        return query["caseworker"]
    found = ident(query, "caseworker")
    return str(found) if found else None


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        day = date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None
    return day if _FIRST <= day <= _LAST else None


def _midnight(day: date) -> datetime:
    return at_local(day, time(0), OFFICE_ZONE)
