"""The events and commands of formal status."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.command import Command
from domain.event import Event
from domain.journey.timing import Day
from domain.pathway.formal_status import FormalStatus
from domain.sealed import Notes, Sealed
from domain.values import Code, Count


class FormalStatusDecided(Event, topic="journey.formal-status-decided"):
    """A body of the state decided about the person. `document` is its decision in the vault.

    It was decided on `decided_on`; we came to know it on `learned_on`, which may be long after.
    """

    status: FormalStatus
    decider: Code
    decided_on: date
    learned_on: date
    document: UUID | None = None
    note: Sealed[Notes] | None = None


class FormalStatusCorrected(Event, topic="journey.formal-status-corrected"):
    """What `corrects` says was a mistake; this stands instead. Without a status it was never decided."""

    corrects: Count
    status: FormalStatus | None = None
    decider: Code | None = None
    decided_on: date | None = None
    learned_on: date | None = None
    document: UUID | None = None
    note: Sealed[Notes] | None = None


class RecordFormalStatus(Command, kind="record-formal-status"):
    """Records what the state has decided. `learned_on` is today where it is left out. `seen` as on the form."""

    status: FormalStatus
    decider: Code
    decided_on: Day
    learned_on: Day | None = None
    document: UUID | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class CorrectFormalStatus(Command, kind="correct-formal-status"):
    """Replaces one decision, named by the version of its event. Without `status` it was never decided.

    What is left out stays as it was, where `status` is given.
    """

    corrects: Count
    status: FormalStatus | None = None
    decider: Code | None = None
    decided_on: Day | None = None
    learned_on: Day | None = None
    document: UUID | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
