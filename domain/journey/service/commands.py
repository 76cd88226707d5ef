"""The commands of a service's course. `occurrence` left out is the latest one of that service."""

from __future__ import annotations

from domain.command import Command
from domain.journey.service.codes import Move, ServiceEnd, ServiceOutcome, ServiceReason
from domain.sealed import Notes, Sealed
from domain.values import Code, Count, Day, Instant, ProviderId


class AssessServiceNeed(Command, kind="assess-service-need"):
    """Begins an occurrence of a service of the catalogue: a need for it was assessed."""

    service: Code
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class AdvanceService(Command, kind="advance-service"):
    """Says how a service goes on. `seen` is the version of the occurrence that the form showed.

    What a move takes besides: `plan` a provider and the number of sessions, `schedule` an appointment (an instant),
    `set-follow-up` a day `on`, `record-outcome` and `hold-follow-up` an outcome, `close` its `end`, and what did not
    come about a reason.
    """

    service: Code
    move: Move
    occurrence: Count | None = None
    seen: Count | None = None
    appointment: Instant | None = None
    on: Day | None = None
    provider: ProviderId | None = None
    sessions: Count | None = None
    reason: ServiceReason | None = None
    outcome: ServiceOutcome | None = None
    end: ServiceEnd | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class CorrectService(Command, kind="correct-service"):
    """Says that the last move was a mistake; `corrects` is the version of its event."""

    service: Code
    corrects: Count
    occurrence: Count | None = None
    note: Sealed[Notes] | None = None


class ResumeService(Command, kind="resume-service"):
    """Lets a service that rests go on where it stood."""

    service: Code
    occurrence: Count | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
