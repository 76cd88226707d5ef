"""The commands of residence. `seen` is the version of the permit on the form.

All but granting and correcting concern the permit that is watched over: the last one.
"""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.journey.residence.codes import ApplicationOutcome, EndReason
from domain.journey.timing import Day, Instant
from domain.sealed import Notes, Sealed
from domain.values import Code, Count

Note = Sealed[Notes] | None


class GrantResidence(Command, kind="grant-residence"):
    """Records a permit. Without `valid_until` its last day follows from its kind."""

    permit_kind: Code
    ground: Code
    valid_from: Day
    valid_until: Day | None = None
    document: UUID | None = None
    note: Note = None
    occurred_at: Instant | None = None


class ApplyForExtension(Command, kind="apply-for-extension"):
    """Records that an extension was applied for."""

    applied_on: Day
    document: UUID | None = None
    seen: Count | None = None
    note: Note = None


class SettleApplication(Command, kind="settle-application"):
    """Records that the application leads to nothing. Where it does, the permit is extended or another one granted."""

    outcome: ApplicationOutcome
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class ExtendResidence(Command, kind="extend-residence"):
    """Records the new last day of a renewable permit. Without `valid_until`: the length of its kind once more."""

    valid_until: Day | None = None
    document: UUID | None = None
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class RevokeResidence(Command, kind="revoke-residence"):
    """Records that the permit was taken away, and on what ground."""

    ground: Code
    document: UUID | None = None
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class EndResidence(Command, kind="end-residence"):
    """Stops the clock of the permit, and its alarm."""

    reason: EndReason
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class CorrectResidence(Command, kind="correct-residence"):
    """Replaces what was last said of a permit; `corrects` is its version. Without `permit_kind` it was never given.

    What is left out stays as it was, where `permit_kind` is given.
    """

    corrects: Count
    permit_kind: Code | None = None
    ground: Code | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    note: Note = None
