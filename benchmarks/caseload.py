"""Invented journeys, decided by the real deciders, as quickly as the log takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import uuid4

from benchmarks.stand import MILA, Stand
from domain.calendar import local_date
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey import Journey, decide, fold
from domain.journey.advancing import ScheduleStep
from domain.journey.opening import OpenJourney
from domain.journey.state import StepStatus, journey_stream
from domain.refusal import Refused
from eventlog.decision import Decision
from eventlog.log import EventLog


@dataclass
class Desk:
    """Decides and appends without reading back: what it decided, it knows."""

    stand: Stand
    log: EventLog

    def open(self) -> Journey:
        """A new journey."""
        journey = self._give(journey_stream(uuid4()), None, OpenJourney(pin=self.stand.pin, caseworker=MILA))
        assert journey is not None
        return journey

    def give(self, journey: Journey, command: Command) -> Journey:
        """The journey after a command."""
        after = self._give(journey.stream, journey, command)
        assert after is not None
        return after

    def _give(self, stream: str, journey: Journey | None, command: Command) -> Journey | None:
        pin = self.stand.pin if journey is None else journey.pin
        pathway = self.stand.pathways.find(pin).pathway
        events = decide(journey, command, pathway, self.log.now(), stream=stream)
        assert not isinstance(events, Refused), events
        entry = Decision(stream, journey.version if journey else 0, uuid4(), MILA, events)
        return fold(self.log.append(entry).recorded(entry), journey)


def copies(history: Sequence[Recorded[Event]], journeys: int) -> Iterator[Decision]:
    """The decisions of one journey again for so many new ones, all of them a command further with each turn."""
    commands = [tuple(events) for _, events in groupby(history, key=lambda recorded: recorded.command_id)]
    streams = [journey_stream(uuid4()) for _ in range(journeys)]
    for events in commands:
        for stream in streams:
            yield Decision(stream, events[0].version - 1, uuid4(), MILA, tuple(each.event for each in events))


def apart(journey: Journey) -> list[ScheduleStep]:
    """Commands that leave the earliest date to the first open step, by far: then `scheduling` moves the next wake."""
    others = [s for s in journey.steps.values() if s.status is StepStatus.OPEN][1:]
    far = timedelta(days=300)
    return [
        ScheduleStep(step=s.step, on=local_date(journey.opened_at, s.clockwork.deadline.zone) + far) for s in others
    ]


def scheduling(journey: Journey) -> Callable[[int], ScheduleStep]:
    """A command that may be given for ever: the n-th moves the date of the first open step to another day."""
    step = next(s for s in journey.steps.values() if s.status is StepStatus.OPEN)
    first = local_date(journey.opened_at, step.clockwork.deadline.zone) + timedelta(days=30)

    def command(number: int) -> ScheduleStep:
        return ScheduleStep(step=step.step, on=first + timedelta(days=number % 200))

    return command
