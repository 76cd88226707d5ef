"""Random histories of one journey, whose timers fire on time, as they do where a worker runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from domain.codes import SYSTEM_ACTOR
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey import Journey, decide, evolve, wakes
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Pathway
from domain.refusal import Refused
from domain.stream.firing import FireRung
from tests.domain.given import JOURNEY, MILA, MONDAY
from tests.domain.strategies import commands
from tests.pathway_examples import small_pin

MOST_FIRINGS = 200


@dataclass
class Lived:
    """A journey that is lived through. `now` only grows."""

    pathway: Pathway
    now: datetime = MONDAY
    history: list[Recorded[Event]] = field(default_factory=list)
    journey: Journey | None = None
    given: int = 0

    def tell(self, command: Command, actor: UUID = MILA) -> bool:
        """Whether it was taken."""
        self.given += 1
        stream = journey_stream(JOURNEY)
        decision = decide(self.journey, command, self.pathway, self.now, stream=stream, actor=actor)
        if isinstance(decision, Refused):
            return False
        for event in decision:
            version, command_id = len(self.history) + 1, uuid5(JOURNEY, f"{self.given}")
            recorded = Recorded(stream, version, version, event, self.now, actor, command_id)
            self.history.append(recorded)
            self.journey = evolve(self.journey, recorded)
        return bool(decision)

    def wait(self, span: timedelta) -> None:
        """Everything that is due meanwhile is fired at its instant."""
        until = self.now + span
        for _ in range(MOST_FIRINGS):
            wake = next(iter(wakes(self.journey)), None) if self.journey else None
            if wake is None or wake.at > until:
                break
            self.now = max(self.now, wake.at)
            self.tell(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version), SYSTEM_ACTOR)
        self.now = max(self.now, until)


def live(data: st.DataObject, pathway: Pathway, steps: int = 25) -> Lived:
    """A journey on this pathway, lived at random."""
    lived = Lived(pathway, MONDAY + timedelta(minutes=data.draw(st.integers(0, 60 * 24 * 400))))
    lived.tell(OpenJourney(pin=small_pin(), caseworker=MILA))
    lived.wait(timedelta())
    for _ in range(data.draw(st.integers(1, steps))):
        assert lived.journey is not None
        lived.tell(data.draw(commands(lived.journey, pathway, lived.now)))
        lived.wait(timedelta(minutes=data.draw(st.integers(0, 60 * 24 * 40))))
    return lived
