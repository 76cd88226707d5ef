"""What is recorded of approvals. Who asked and who answered is the actor of the event."""

from __future__ import annotations

from domain.codes import ClosingReason, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.approval.state import Objection, VoidCause
from domain.pathway.approvals import ApprovalMatter
from domain.sealed import Notes, Sealed
from domain.values import Count, ObligationKey


def approval_key(number: int) -> ObligationKey:
    """The part and the obligation of the n-th approval."""
    return f"approval:{number}"


class ApprovalAsked(Event, topic="journey.approval-asked"):
    """Somebody proposes; `role` owes an answer by the deadline. `of_version` is that of the thing proposed.

    `of`: which of several things of this matter. `reason`: why the journey is to be closed.
    """

    number: Count
    matter: ApprovalMatter
    role: Role
    of_version: Count
    deadline: Deadline
    of: Count | None = None
    reason: ClosingReason | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return approval_key(self.number)


class ApprovalGiven(Event, topic="journey.approval-given"):
    """A second person agrees, to the thing in that version."""

    number: Count
    matter: ApprovalMatter
    of_version: Count
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return approval_key(self.number)


class ApprovalRefused(Event, topic="journey.approval-refused"):
    """A second person does not agree, for this reason."""

    number: Count
    matter: ApprovalMatter
    objection: Objection
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return approval_key(self.number)


class ApprovalWithdrawn(Event, topic="journey.approval-withdrawn"):
    """Nobody is asked any longer, or what was agreed is taken back."""

    number: Count
    matter: ApprovalMatter
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return approval_key(self.number)


class ApprovalVoided(Event, topic="journey.approval-voided"):
    """What was proposed or approved is no longer the thing as it is."""

    number: Count
    matter: ApprovalMatter
    cause: VoidCause

    @property
    def part(self) -> str:
        return approval_key(self.number)
