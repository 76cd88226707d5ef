"""Part: migration. The command and the event; what becomes of each open step stands in the event."""

from __future__ import annotations

from domain.codes import Mover, Role
from domain.command import Command
from domain.deadline import Deadline
from domain.event import Event
from domain.pathway.model import Pin, Span
from domain.sealed import Notes, Sealed
from domain.values import Code, Count, Value


class Renamed(Value):
    """A step or stage that the new version calls otherwise."""

    was: Code
    now: Code


class KeptStep(Value):
    """An open step, by its new name, with what holds for it from now on. Without `deadline` its date stays.

    A rung that is not in the new ladder any more was fired already. With the rung that finds a stall, the step moves.
    """

    step: Code
    occurrence: Count
    stage: Code
    role: Role
    waits_on: Mover
    stalled_after: Span
    covered_by: tuple[Code, ...] = ()
    deadline: Deadline | None = None


class EndedStep(Value):
    """An open step, by its old name, that the new version does not have: it ended unsettled."""

    step: Code
    occurrence: Count


class JourneyMigrated(Event, topic="journey.migrated"):
    """From now on `pin` counts, and not `was`. Steps and stages were renamed first, in the whole history."""

    was: Pin
    pin: Pin
    stages: tuple[Renamed, ...] = ()
    steps: tuple[Renamed, ...] = ()
    kept: tuple[KeptStep, ...] = ()
    ended: tuple[EndedStep, ...] = ()
    note: Sealed[Notes] | None = None


class MigrateJourney(Command, kind="migrate-journey"):
    """Moves an open journey to another published version of its pathway.

    `stages` and `steps` say what is called otherwise there. A name that this journey does not have changes nothing, so
    that one list serves all journeys of a version.
    """

    pin: Pin
    stages: tuple[Renamed, ...] = ()
    steps: tuple[Renamed, ...] = ()
    note: Sealed[Notes] | None = None
