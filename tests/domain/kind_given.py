"""`given(events).when(command).then(events)` for a stream of any kind; `tests.domain.given` is the journey's own.

calls = GivenOf.empty(CONTACT, stream, pathway, now)
calls.having(LogContact(…)).later(minutes=5).when(RaiseDanger(…)).then(…)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from domain.command import Command
from domain.event import Event, Recorded
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision
from domain.stream.facts import NO_FACTS, Facts
from domain.stream.firing import FireRung
from domain.stream.kind import StreamKind, StreamState
from domain.stream.obligation import Obligation, Wake, wakes_of

S = TypeVar("S", bound=StreamState)
ACTOR = UUID("00000000-0000-4000-8000-00000000a001")


@dataclass(frozen=True)
class GivenOf(Generic[S]):
    """A stream up to now."""

    kind: StreamKind[S]
    stream: str
    pathway: Pathway
    now: datetime
    history: tuple[Recorded[Event], ...] = ()
    facts: Facts = NO_FACTS

    @property
    def state(self) -> S:
        """What the history adds up to."""
        state = self.kind.fold(self.history)
        assert state is not None
        return state

    @property
    def owed(self) -> list[Obligation]:
        return self.kind.obligations(self.state)

    @property
    def wakes(self) -> list[Wake]:
        return wakes_of(self.owed)

    def later(self, **span: float) -> GivenOf[S]:
        """The clock moved on by a `timedelta`."""
        return replace(self, now=self.now + timedelta(**span))

    def at(self, now: datetime) -> GivenOf[S]:
        """The clock set."""
        return replace(self, now=now)

    def on(self, pathway: Pathway) -> GivenOf[S]:
        """The same history under other rules."""
        return replace(self, pathway=pathway)

    def knowing(self, **facts: Any) -> GivenOf[S]:
        """With these facts of other streams: `left`, `holdings`."""
        return replace(self, facts=Facts(**facts))

    def and_then(self, *events: Event) -> GivenOf[S]:
        """More events, recorded now by one command."""
        command_id = uuid5(ACTOR, f"{self.stream}|{len(self.history)}")
        more = tuple(
            Recorded(self.stream, len(self.history) + n, len(self.history) + n, event, self.now, ACTOR, command_id)
            for n, event in enumerate(events, start=1)
        )
        return replace(self, history=(*self.history, *more))

    def having(self, *commands: Command) -> GivenOf[S]:
        """More events, by commands that are taken now."""
        after = self
        for command in commands:
            decision = after.when(command).decision
            assert not isinstance(decision, Refused), (command, decision)
            after = after.and_then(*decision)
        return after

    def woken(self) -> GivenOf[S]:
        """The next timer has run out and was fired."""
        wake = self.wakes[0]
        later = self.at(max(self.now, wake.at))
        return later.having(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))

    def when(self, command: Command) -> ThenOf[S]:
        """What is decided now."""
        state = self.kind.fold(self.history)
        decision = self.kind.decide(
            state, command, self.pathway, self.now, stream=self.stream, actor=ACTOR, facts=self.facts
        )
        return ThenOf(self, decision)


@dataclass(frozen=True)
class ThenOf(Generic[S]):
    """An answer to be looked at."""

    given: GivenOf[S]
    decision: Decision

    @property
    def events(self) -> tuple[Event, ...]:
        assert not isinstance(self.decision, Refused), self.decision
        return self.decision

    def then(self, *events: Event) -> None:
        """Exactly these events."""
        assert self.events == events

    def then_refused(self, code: RefusalCode, **fields: Any) -> None:
        """This refusal."""
        assert isinstance(self.decision, Refused), self.decision
        assert self.decision.code is code
        for name, value in fields.items():
            assert getattr(self.decision, name) == value
