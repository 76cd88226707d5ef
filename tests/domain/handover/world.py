"""A small organisation in memory: streams, outcomes by command id, and a workflow that may be cut off anywhere.

What is real: every decider and every fold. What stands in: the log, the read model of the caseload (exact here) and the
order in which things happen, which the test chooses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.attendance.state import Attendance, attendance_stream
from domain.codes import SYSTEM_ACTOR
from domain.command import Command, from_wire, to_wire
from domain.event import Event, Recorded
from domain.handover.state import Handover
from domain.journey.state import Journey
from domain.pathway.model import Pathway
from domain.refusal import Refused
from domain.stream.deciding import Decision
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.facts import Facts, Holding, caseload_asked_about, people_asked_about
from domain.streams import StreamState, id_of, kind_of
from tests.domain.contact.given import hotline
from tests.domain.given import MONDAY
from tests.domain.mission.given import RULES
from tests.pathway_examples import small_pathway

BOSS = UUID("00000000-0000-4000-8000-00000000ffff")


def whole_pathway() -> Pathway:
    """With a hotline and a mobile team."""
    return small_pathway().model_copy(update={"hotline": hotline(), "missions": RULES})


@dataclass
class World:
    """Everything that was recorded, by stream, in order."""

    now: datetime = MONDAY
    pathway: Pathway = field(default_factory=whole_pathway)
    states: dict[str, StreamState] = field(default_factory=dict)
    history: dict[str, list[Recorded[Event]]] = field(default_factory=dict)
    outcomes: dict[tuple[str, UUID], Decision] = field(default_factory=dict)

    def tell(self, stream: str, command: Command, command_id: UUID | None = None, actor: UUID = BOSS) -> Decision:
        """What was decided, by the first copy of the command."""
        assert from_wire(to_wire(command)) == command
        command_id = command_id or uuid5(BOSS, f"{stream}|{len(self.outcomes)}")
        if (stream, command_id) in self.outcomes:
            return self.outcomes[stream, command_id]
        kind, state = kind_of(stream), self.states.get(stream)
        decision = kind.decide(state, command, self.pathway, self.now, stream=stream, facts=self._facts(state, command))
        self.outcomes[stream, command_id] = decision
        if not isinstance(decision, Refused):
            for event in decision:
                self._record(stream, event, command_id, actor)
        return decision

    def _record(self, stream: str, event: Event, command_id: UUID, actor: UUID) -> None:
        history = self.history.setdefault(stream, [])
        version = len(history) + 1
        history.append(Recorded(stream, version, version, event, self.now, actor, command_id))
        state = kind_of(stream).fold(history[-1:], self.states.get(stream))
        assert state is not None
        self.states[stream] = state

    def _facts(self, state: Any, command: Command) -> Facts:
        left = frozenset(person for person in people_asked_about(state, command) if self.has_left(person))
        of = caseload_asked_about(state, command)
        return Facts(left, None if of is None else tuple(self.caseload(of)))

    def has_left(self, person: UUID) -> bool:
        """Whether somebody works here no more."""
        attendance = self.states.get(attendance_stream(person))
        return isinstance(attendance, Attendance) and attendance.has_left

    def caseload(self, person: UUID) -> Iterable[Holding]:
        """Everything that somebody holds."""
        for stream, state in sorted(self.states.items()):
            kind = kind_of(stream)
            for each in kind.holdings(state):
                if each.staff == person:
                    yield Holding(kind.name, id_of(stream), each.part, each.role)

    @property
    def errands(self) -> list[tuple[str, UUID]]:
        """What is under way between streams."""
        return [(stream, dispatch) for stream, state in self.states.items() for dispatch in state.pending]

    def relay(self, stream: str, dispatch_id: UUID, *, acknowledged: bool = True) -> None:
        """Does one errand as the recorder does; without `acknowledged` the worker dies between its two halves."""
        dispatch = self.states[stream].pending.get(dispatch_id)
        if dispatch is None:
            return
        answer = self.tell(dispatch.stream, dispatch.command, dispatch.id, SYSTEM_ACTOR)
        if acknowledged:
            refused = answer.code if isinstance(answer, Refused) else None
            acknowledge = AcknowledgeRelay(dispatch=dispatch.id, refused=refused)
            self.tell(stream, acknowledge, uuid5(dispatch.id, "acknowledged"), SYSTEM_ACTOR)

    def settle(self) -> int:
        """Does every errand there is, and those that follow; how many it were. Raises where that does not end."""
        done = 0
        while self.errands:
            self.relay(*self.errands[0])
            done += 1
            assert done < 5_000, "errands without end"
        return done

    def later(self, **span: float) -> None:
        """The clock moved on."""
        self.now += timedelta(**span)

    @property
    def journeys(self) -> list[Journey]:
        return [state for state in self.states.values() if isinstance(state, Journey)]

    @property
    def handovers(self) -> list[Handover]:
        return [state for state in self.states.values() if isinstance(state, Handover)]
