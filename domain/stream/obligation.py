"""Obligations: what an open stream owes, to whom it belongs, and the moments at which it makes itself heard.

Derived from the state alone: the instants were computed when the events were decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.codes import Mover, ObligationKind, Role, StallCause
from domain.deadline import Deadline, Rung
from domain.pathway.model import Span


@dataclass(frozen=True)
class Clockwork:
    """A deadline with what of its ladder has been fired. `date_version` counts the dates this obligation has had.

    `stalled_at`: since when, by its ladder, it stands still. `extensions`: how often its ladder went on (`extending`).
    `told`: whether rungs of a date before this one had been fired.
    """

    deadline: Deadline
    date_version: int = 1
    fired: frozenset[str] = frozenset()
    stalled_at: datetime | None = None
    extensions: int = 0
    told: bool = False

    @property
    def may_be_known(self) -> bool:
        """Whether somebody may have been told of a date that this obligation has or had."""
        return self.told or bool(self.fired)

    def moved(self, deadline: Deadline) -> Clockwork:
        """With another date: a new version, of whose ladder nothing has been fired."""
        return Clockwork(deadline, self.date_version + 1, told=self.may_be_known)


@dataclass(frozen=True, slots=True)
class Stall:
    """That something stands still, why, and since when."""

    cause: StallCause
    since: datetime
    version: int


class Owner(NamedTuple):
    """Whose it is: a role and, where somebody has it, the person."""

    role: Role
    staff: UUID | None


class Obligation(NamedTuple):
    """One thing owed. `version` is that of its part; `what` the code a page names it by: a step, a kind of hearing.

    `stalled_after` is the limit after which its ladder calls it stalled; `stage` that of a step.
    """

    key: str
    kind: ObligationKind
    due_at: datetime
    owner: Owner
    clockwork: Clockwork
    version: int = 0
    what: str | None = None
    waits_on: Mover = Mover.US
    appointment: datetime | None = None
    stall: Stall | None = None
    opened_at: datetime | None = None
    stalled_after: Span = Span(count=0)
    stage: str | None = None

    @property
    def ahead(self) -> tuple[Rung, ...]:
        """The rungs not fired yet, earliest first."""
        return tuple(r for r in self.clockwork.deadline.rungs if r.rung not in self.clockwork.fired)


@dataclass(frozen=True, slots=True, order=True)
class Wake:
    """A moment at which the workflow is to fire a rung; void once the obligation's date has another version."""

    at: datetime
    key: str
    rung: str
    date_version: int


def by_due(obligations: Iterable[Obligation]) -> list[Obligation]:
    """By due instant."""
    return sorted(obligations, key=lambda o: (o.due_at, o.key))


def wakes_of(obligations: Iterable[Obligation]) -> list[Wake]:
    """The next moment of each obligation, earliest first."""
    return sorted(
        Wake(ahead[0].at, o.key, ahead[0].rung, o.clockwork.date_version) for o in obligations if (ahead := o.ahead)
    )


CAUSE_OF = {
    Mover.CLIENT: StallCause.WAITING_ON_CLIENT,
    Mover.COURT: StallCause.WAITING_ON_COURT,
    Mover.PARTNER: StallCause.WAITING_ON_PARTNER,
}


def stall_of(clockwork: Clockwork, waits_on: Mover, version: int) -> Stall | None:
    """The stall that the ladder has found, where it has: theirs where it waits on others, else it is overdue."""
    if clockwork.stalled_at is None:
        return None
    return Stall(CAUSE_OF.get(waits_on, StallCause.OVERDUE), clockwork.stalled_at, version)
