"""A journey on the published pathway of the organisation, its clock moved by hand and its timers fired on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID, uuid5

from activities.pathway_files import PathwayStore
from domain.calendar import at_local
from domain.codes import SYSTEM_ACTOR, ClosingReason
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey import Journey, decide, evolve, wakes
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.closing import CloseJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.approvals import ApprovalMatter
from domain.refusal import Refused
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import Act
from tests.journeys.tale import Tale

STORE = PathwayStore(Path(__file__).parents[2] / "pathways")
JOURNEY = UUID("7f3e0000-0000-4000-8000-00000000a5c0")
CASEWORKER = UUID("00000000-0000-4000-8000-00000000a001")
LAWYER = UUID("00000000-0000-4000-8000-00000000a002")
SUPERVISOR = UUID("00000000-0000-4000-8000-00000000a003")


class ByHand:
    """Tells commands at a local time and fires what comes due between them."""

    def __init__(self, opened: datetime) -> None:
        self.pinned = STORE.latest("astra")
        self.now = opened
        self.history: list[Recorded[Event]] = []
        self.acts: list[Act] = []
        self._journey: Journey | None = None
        self.tell(OpenJourney(pin=self.pinned.pin, caseworker=CASEWORKER))

    @property
    def here(self) -> Journey:
        """The journey now."""
        assert self._journey is not None
        return self._journey

    @property
    def tale(self) -> Tale:
        """What was told so far."""
        return Tale(self.pinned.pathway, tuple(self.history), tuple(self.acts), self.now)

    def ask(self, command: Command, actor: UUID = CASEWORKER) -> tuple[Event, ...] | Refused:
        """What would be answered now."""
        stream = journey_stream(JOURNEY)
        return decide(self._journey, command, self.pinned.pathway, self.now, stream=stream, actor=actor)

    def tell(self, command: Command, actor: UUID = CASEWORKER) -> tuple[Event, ...]:
        """A command that is taken. What is due at once goes out at once."""
        events = self._record(command, actor)
        self._fire(self.now)
        return events

    def _record(self, command: Command, actor: UUID) -> tuple[Event, ...]:
        decision = self.ask(command, actor)
        assert not isinstance(decision, Refused), (command, decision)
        self.acts.append(Act(self.now, command, actor))
        command_id = uuid5(JOURNEY, f"{len(self.history)}")
        for event in decision:
            version = len(self.history) + 1
            recorded = Recorded(journey_stream(JOURNEY), version, version, event, self.now, actor, command_id)
            self.history.append(recorded)
            self._journey = evolve(self._journey, recorded)
        return decision

    def close(self, reason: ClosingReason) -> tuple[Event, ...]:
        """The supervisor agrees, and it is closed."""
        self.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=reason))
        self.tell(GiveApproval(number=len(self.here.approvals)), SUPERVISOR)
        return self.tell(CloseJourney(reason=reason))

    def on(self, day: date, at: time = time(10)) -> None:
        """Goes on to a local day; every timer before it fires in its turn."""
        until = at_local(day, at, self.pinned.pathway.zone)
        self._fire(until)
        self.now = until

    def _fire(self, until: datetime) -> None:
        while (ahead := wakes(self.here)) and ahead[0].at <= until:
            wake = ahead[0]
            self.now = max(self.now, wake.at)
            self._record(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version), SYSTEM_ACTOR)

    def fired(self, key: str) -> Iterator[tuple[datetime, RungsFired]]:
        """What was fired of one obligation, and when."""
        for recorded in self.history:
            if isinstance(recorded.event, RungsFired) and recorded.event.obligation == key:
                yield recorded.recorded_at, recorded.event

    def told(self, key: str) -> list[tuple[date, frozenset[UUID | str]]]:
        """On which local days who was told about it: a person, or the role where nobody has it."""
        return [
            (at.astimezone(UTC).date(), frozenset(a.staff or a.role.value for a in event.addressees))
            for at, event in self.fired(key)
        ]
