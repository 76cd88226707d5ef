"""What holds for every kind of stream without stages, shown on the smallest there can be: a lamp that is watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.codes import ObligationKind, Role, StreamName
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.pathway.chain import Chain
from domain.pathway.model import Pathway, Pin
from domain.refusal import RefusalCode
from domain.stream.chaining import chain_deadline
from domain.stream.debts import Turn
from domain.stream.deciding import Decision, Surroundings
from domain.stream.dispatching import Dispatch
from domain.stream.extending import LadderExtended, extended
from domain.stream.obligation import Clockwork, Obligation, Owner
from domain.stream.simple import Refusals, SimpleKind
from tests.domain.given import MONDAY
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pathway, small_pin

LAMP = UUID("7f3e0000-0000-4000-8000-00000000d001")
PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Lamp:
    """Lit, and watched where somebody does."""

    stream: str
    version: int
    pin: Pin
    changed_at: datetime
    clockwork: Clockwork | None
    lit: bool = True
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return LAMP

    @property
    def is_open(self) -> bool:
        return self.lit


class LampLit(Event, topic="test.lamp-lit"):
    """It burns."""

    pin: Pin
    deadline: Deadline | None = None


class LampOut(Event, topic="test.lamp-out"):
    """It does not."""


class LightLamp(Command, kind="test-light-lamp"):
    """`watched`: or it would burn unseen."""

    pin: Pin
    watched: bool = True


class PutOut(Command, kind="test-put-out"):
    """Needs a burning one."""


LAMPS: SimpleKind[Lamp] = SimpleKind(
    StreamName.JOURNEY, refusals=Refusals(unknown=RefusalCode.UNKNOWN_CONTACT, ended=RefusalCode.CONTACT_SETTLED)
)


@LAMPS.opens(LightLamp)
def _light(command: LightLamp, surroundings: Surroundings) -> Decision:
    chain = Chain(call=(Role.CONSULTANT, Role.SUPERVISOR), every_minutes=5)
    deadline = chain_deadline(chain, surroundings.pathway, now=surroundings.now)
    return (LampLit(pin=command.pin, deadline=deadline if command.watched else None),)


@LAMPS.decides(PutOut)
def _put_out(_: Lamp, __: PutOut, ___: Surroundings) -> Decision:
    return (LampOut(),)


@LAMPS.begins(LampLit)
def _lit(recorded: Recorded[LampLit]) -> Lamp:
    clockwork = Clockwork(recorded.event.deadline) if recorded.event.deadline else None
    return Lamp(recorded.stream, recorded.version, recorded.event.pin, recorded.recorded_at, clockwork)


@LAMPS.evolves(LampOut)
def _out(lamp: Lamp, _: Recorded[LampOut]) -> Lamp:
    return replace(lamp, lit=False)


def _wind(lamp: Lamp, _: str, turn: Turn) -> Lamp:
    return replace(lamp, clockwork=turn(lamp.clockwork)) if lamp.clockwork else lamp


def _again(_: Lamp, __: Obligation, ___: Pathway) -> timedelta:
    return PAUSE


@LAMPS.owes(ObligationKind.REVIEW, winding=_wind, again=_again)
def _owed(lamp: Lamp) -> Iterator[Obligation]:
    if (clockwork := lamp.clockwork) is not None:
        yield Obligation(
            "watch", ObligationKind.REVIEW, clockwork.deadline.due_at, Owner(Role.CONSULTANT, None), clockwork
        )


def dark() -> GivenOf[Lamp]:
    """No lamp yet."""
    return GivenOf(LAMPS.kind(), StreamName.JOURNEY.stream(LAMP), small_pathway(), MONDAY)


def test_a_ladder_that_nobody_answers_goes_on_and_grows_no_longer() -> None:
    """A month of it is folded like an hour."""
    lamp = dark().having(LightLamp(pin=small_pin()))
    for _ in range(40):
        lamp = lamp.woken()
    clockwork = lamp.state.clockwork
    assert clockwork is not None
    assert len(clockwork.deadline.rungs) == 1
    assert (clockwork.extensions, clockwork.fired, clockwork.date_version) == (39, frozenset(), 1)
    assert lamp.wakes[0].at == lamp.now + PAUSE
    names = [r.event.rungs[0].rung for r in lamp.history if isinstance(r.event, LadderExtended)]
    assert len(set(names)) == len(names)
    assert clockwork.stalled_at == MONDAY + PAUSE


def test_what_is_open_and_owes_nothing_is_a_fault_of_its_kind() -> None:
    """Found when it is decided, not when nobody hears of it any more."""
    with pytest.raises(DefinitionError, match="open and owes nothing"):
        dark().when(LightLamp(pin=small_pin(), watched=False))


def test_an_ended_stream_takes_no_command_that_needs_an_open_one() -> None:
    """Nor does one that never was."""
    lamp = dark().having(LightLamp(pin=small_pin()), PutOut())
    assert lamp.owed == []
    lamp.when(PutOut()).then_refused(RefusalCode.CONTACT_SETTLED)
    dark().when(PutOut()).then_refused(RefusalCode.UNKNOWN_CONTACT)
    lamp.when(LightLamp(pin=small_pin())).then_refused(RefusalCode.ALREADY_OPENED)


def test_a_pause_of_nothing_is_refused() -> None:
    """The timer would fire for ever."""
    lamp = dark().having(LightLamp(pin=small_pin()))
    with pytest.raises(ValueError, match="without a pause"):
        extended(lamp.owed[0], timedelta(0), lamp.now)
