"""Obligations: what an open journey owes, to whom it belongs, and the moments at which it makes itself heard.

Derived from the state alone: the instants were computed when the events were decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.codes import ObligationKind, Phase, Role
from domain.deadline import Rung
from domain.journey.state import Clockwork, Journey, StepStatus


class Owner(NamedTuple):
    """Whose it is: a role and, where somebody has it, the person."""

    role: Role
    staff: UUID | None


class Obligation(NamedTuple):
    """One thing owed. `ahead` are the rungs not fired yet, earliest first."""

    key: str
    kind: ObligationKind
    due_at: datetime
    owner: Owner
    clockwork: Clockwork

    @property
    def ahead(self) -> tuple[Rung, ...]:
        return tuple(r for r in self.clockwork.deadline.rungs if r.rung not in self.clockwork.fired)


@dataclass(frozen=True, slots=True, order=True)
class Wake:
    """A moment at which the workflow is to fire a rung; void once the obligation's date has another version."""

    at: datetime
    key: str
    rung: str
    date_version: int


def owner(journey: Journey, role: Role) -> Owner:
    """The person of the role; where it is vacant the caseworker, else whoever is on call."""
    if (staff := journey.assigned.get(role)) is not None:
        return Owner(role, staff)
    if (staff := journey.assigned.get(Role.CASEWORKER)) is not None:
        return Owner(Role.CASEWORKER, staff)
    return Owner(Role.ON_CALL, journey.assigned.get(Role.ON_CALL))


def obligations(journey: Journey) -> list[Obligation]:
    """Everything owed, by due instant. A journey that is not open owes nothing."""
    if journey.phase is not Phase.OPEN:
        return []
    found = [
        Obligation(
            step.key, ObligationKind.STEP, step.clockwork.deadline.due_at, owner(journey, step.role), step.clockwork
        )
        for step in journey.steps.values()
        if step.status is StepStatus.OPEN
    ]
    if (review := journey.review) is not None:
        found.append(
            Obligation(
                REVIEW,
                ObligationKind.REVIEW,
                review.clockwork.deadline.due_at,
                owner(journey, review.role),
                review.clockwork,
            )
        )
    return sorted(found, key=lambda o: (o.due_at, o.key))


def wakes(journey: Journey) -> list[Wake]:
    """The next moment of each obligation, earliest first."""
    return sorted(
        Wake(ahead[0].at, o.key, ahead[0].rung, o.clockwork.date_version)
        for o in obligations(journey)
        if (ahead := o.ahead)
    )


def is_wanted(journey: Journey, key: str, date_version: int) -> bool:
    """Whether a message about this date of an obligation is still to be sent: not once it has moved or been met.

    A review that nobody held is followed by the next one; what the first had to say, its last call above all, stands.
    """
    if key == REVIEW:
        review = journey.review
        return (
            journey.phase is Phase.OPEN
            and review is not None
            and review.unheld_since <= date_version <= review.clockwork.date_version
        )
    return any(o.key == key and o.clockwork.date_version == date_version for o in obligations(journey))


REVIEW = "review"
