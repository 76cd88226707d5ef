"""What somebody may see of those who were found: rows of cases that are theirs to see, and how many others there are.

Of a case that is not theirs nothing is shown, not even its code; a supervisor can say more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied
from staff.guard.permission import RightDenied
from staff.ports import Rights
from vault.roll import Candidate
from vault.searching import Found


@dataclass(frozen=True, slots=True)
class Match:
    """A case that fits. Initials and year of birth only for who may learn who the client is, behind a purpose."""

    journey: UUID
    code: str
    initials: str | None = field(repr=False)
    born_year: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Matches:
    """`hidden`: cases that fit and are not shown to this person; `more`: that were too many to be looked at.

    `away`: the search process does not answer, so nothing is known.
    """

    rows: tuple[Match, ...]
    hidden: int
    more: int
    away: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be shown before somebody goes on."""
        return bool(self.rows or self.hidden or self.more or self.away)


AWAY = Matches((), 0, 0, away=True)


def may_search(rights: Rights, staff: UUID) -> Allowed | Denied:
    """Whether they may search at all: whose roles see rows of cases, if only of their own."""
    answer = rights.may(staff, Action.READ_LIST_ROW)
    not_theirs = isinstance(answer, Denied) and answer.reason is Denial.NOT_INVOLVED
    return Allowed() if not_theirs else answer


def require_search(rights: Rights, staff: UUID) -> None:
    """Raises `RightDenied` for who never sees a case."""
    answer = may_search(rights, staff)
    if isinstance(answer, Denied):
        raise RightDenied(answer.reason, Action.READ_LIST_ROW)


def matches(rights: Rights, staff: UUID, found: Found, also: Iterable[tuple[UUID, str]] = ()) -> Matches:
    """As much as this person may see. `also` are journeys, with their codes, of whose clients nothing may be known."""
    known = {candidate.journey for candidate in found.candidates}
    every = [*found.candidates, *(Candidate(j, code, "", None, 100) for j, code in also if j not in known)]
    seen = [match for each in every if (match := _match(rights, staff, each)) is not None]
    return Matches(tuple(seen), len(every) - len(seen), found.more)


def _match(rights: Rights, staff: UUID, candidate: Candidate) -> Match | None:
    stream = journey_stream(candidate.journey)
    if not isinstance(rights.may(staff, Action.READ_LIST_ROW, stream), Allowed):
        return None
    masked = isinstance(rights.may(staff, Action.READ_IDENTITY, stream), Allowed)
    initials, born_year = (candidate.initials or None, candidate.born_year) if masked else (None, None)
    return Match(candidate.journey, candidate.code, initials, born_year)
