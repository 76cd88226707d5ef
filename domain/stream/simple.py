"""A kind of stream without a pathway's stages: its parts register as a journey's do, and it decides like this.

    CONTACTS: SimpleKind[Contact] = SimpleKind(StreamName.CONTACT, unknown=…, ended=…, told=…)

    @CONTACTS.decides(KeepPromise)           # commands; `opens` for the one that begins a stream
    @CONTACTS.evolves(PromiseKept)           # how events fold; `begins` for the first
    @CONTACTS.owes(ObligationKind.CALL_BACK, winding=…, again=…)

    CONTACT = register(CONTACTS.kind())

Fired rungs, commands for other streams, ladders that go on and appointments that fall away are the same in all of them
and registered here. The rule that holds: **whatever an open stream owes has a rung ahead**. Where a decision leaves
something owed without one, its last rung comes again after the pause that its part named (`extending`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from domain.codes import NOBODY, ObligationKind, Role, StreamName
from domain.command import Command
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.stream.debts import Debts, Owing, Wanted, Winding
from domain.stream.deciding import Deciders, Decision, Surroundings
from domain.stream.dispatching import AcknowledgeRelay, CommandRelayed, acknowledged, without_dispatch
from domain.stream.extending import LadderExtended, Pause, extended, longer
from domain.stream.facts import NO_FACTS, Facts, gives_to_leaver
from domain.stream.firing import FireRung, RungsFired, find_reached, fired, spent
from domain.stream.folding import Folding
from domain.stream.foresight import foresee_stream
from domain.stream.kind import StreamKind, StreamState
from domain.stream.obligation import Obligation, Owner, wakes_of
from domain.stream.withdrawing import AppointmentWithdrawn, withdrawn


class SimpleState(StreamState, Protocol):
    """A frozen dataclass without slots. `is_open`: it owes something, or may come to by itself."""

    @property
    def id(self) -> UUID: ...


S = TypeVar("S", bound=SimpleState)
Told = Callable[[S, Role], Owner]
"""Who is told where a ladder names a role: a person, or whoever holds it."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """What a command hears where there is no such stream, and where it has ended and the command needs an open one."""

    unknown: RefusalCode
    ended: RefusalCode


class SimpleKind(Generic[S]):
    """One such kind: the registers of its parts, and what `StreamKind` asks of it.

    `relayed` folds the answer of another stream; at least it takes the command off (`without_dispatch`).
    """

    def __init__(
        self,
        name: StreamName,
        *,
        refusals: Refusals,
        told: Told[S] | None = None,
        relayed: Callable[[S, Recorded[CommandRelayed]], S] = without_dispatch,
    ) -> None:
        self._name = name
        self._refusals = refusals
        self._told: Told[S] = told or (lambda _, role: Owner(role, None))
        self._pauses: dict[ObligationKind, Pause[S]] = {}
        self.deciders: Deciders[S] = Deciders()
        self.folding: Folding[S] = Folding(name.value)
        self.debts: Debts[S] = Debts()
        self.decides, self.opens = self.deciders.decides, self.deciders.opens
        self.evolves, self.begins = self.folding.evolves, self.folding.begins
        self.decides(FireRung, in_every_phase=True)(self._fire)
        self.decides(AcknowledgeRelay, in_every_phase=True)(lambda state, command, _: acknowledged(state, command))
        self.evolves(RungsFired)(self._fired)
        self.evolves(LadderExtended)(self._extended)
        self.evolves(AppointmentWithdrawn)(lambda state, _: state)
        self.evolves(CommandRelayed)(relayed)

    def owes(
        self, kind: ObligationKind, *, winding: Winding[S], again: Pause[S], wanted: Wanted[S] | None = None
    ) -> Callable[[Owing[S]], Owing[S]]:
        """As `Debts.owes`; `again`: after how long whoever was told last is told again while it is still owed."""
        registered = self.debts.owes(kind, winding=winding, wanted=wanted)
        self._pauses[kind] = again
        return registered

    def decide(
        self,
        state: S | None,
        command: Command,
        pathway: Pathway,
        now: datetime,
        /,
        *,
        stream: str = "",
        actor: UUID = NOBODY,
        facts: Facts = NO_FACTS,
    ) -> Decision:
        """The events that `command` causes now, or why it is refused. No events and no refusal: it is true already."""
        decision = self._answer(state, command, Surroundings(pathway, now, actor, facts, stream))
        if isinstance(decision, Refused) or not decision:
            return decision
        ahead = self.foresee(state, decision, now, stream=stream)
        before = () if state is None else self.obligations(state)
        void = withdrawn(ahead.id, before, self.obligations(ahead), now)
        return (*decision, *self._kept_alive(ahead, pathway, now), *void)

    def foresee(self, state: S | None, events: tuple[Event, ...], now: datetime, *, stream: str = "") -> S:
        """The state once `events` are recorded at `now`. Raises `ValueError` for no state and no events."""
        return foresee_stream(self.folding, state, events, now, stream=stream)

    def obligations(self, state: S) -> list[Obligation]:
        """Everything owed, by due instant. A stream that is not open owes nothing."""
        return self.debts.obligations(state) if state.is_open else []

    def is_wanted(self, state: S, key: str, date_version: int) -> bool:
        """Whether a message about this date of an obligation is still to be sent."""
        return state.is_open and self.debts.is_wanted(state, key, date_version)

    def kind(self) -> StreamKind[S]:
        """For `domain.stream.kind.register`, once every part has been imported."""
        return StreamKind(
            self._name,
            self.deciders,
            self.folding,
            self.decide,
            self.obligations,
            self.is_wanted,
            unknown=self._refusals.unknown,
        )

    def _answer(self, state: S | None, command: Command, surroundings: Surroundings) -> Decision:
        opener, decider = self.deciders.openers.get(type(command)), self.deciders.of.get(type(command))
        if opener is None and decider is None:
            return Refused(code=RefusalCode.UNKNOWN_COMMAND)
        if refused := gives_to_leaver(command, surroundings.facts):
            return refused
        if state is None:
            return opener(command, surroundings) if opener else Refused(code=self._refusals.unknown)
        if decider is None:
            return Refused(code=RefusalCode.ALREADY_OPENED)
        if not state.is_open and type(command) not in self.deciders.in_every_phase:
            return Refused(code=self._refusals.ended)
        return decider(state, command, surroundings)

    def _kept_alive(self, ahead: S, pathway: Pathway, now: datetime) -> tuple[Event, ...]:
        """The next rung of whatever is owed and has none ahead. Raises `DefinitionError` for open and nothing owed."""
        owed = self.obligations(ahead)
        if ahead.is_open and not owed:
            raise DefinitionError(f"{ahead.stream} is open and owes nothing: nobody would ever hear of it again")
        return tuple(extended(o, self._pauses[o.kind](ahead, o, pathway), now) for o in owed if not o.ahead)

    def _fire(self, state: S, command: FireRung, surroundings: Surroundings) -> Decision:
        found = find_reached(self.obligations(state), command, surroundings.now)
        return () if found is None else (fired(state.id, found, lambda r: self._told(state, r), surroundings.now),)

    def _fired(self, state: S, recorded: Recorded[RungsFired]) -> S:
        event = recorded.event
        return self.debts.wind(state, event.kind, event.obligation, lambda clockwork: spent(clockwork, recorded))

    def _extended(self, state: S, recorded: Recorded[LadderExtended]) -> S:
        event = recorded.event
        return self.debts.wind(state, event.kind, event.obligation, lambda clockwork: longer(clockwork, recorded))


def has_live_timer(kind: StreamKind[Any], state: StreamState) -> bool:
    """The promise of every open stream."""
    return not state.is_open or bool(wakes_of(kind.obligations(state)))
