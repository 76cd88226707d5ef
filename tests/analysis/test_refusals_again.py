"""Every refusal that the log has kept is decided again with the same answer, or says why it cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from activities.pathway_files import PathwayStore
from analysis.browsing.again import Obstacle, Pathways, decide_again
from analysis.browsing.refusals import Refusal, refusal, refusals
from domain.attendance.leaving import Leave
from domain.attendance.state import attendance_stream
from domain.codes import ClosingReason, ConsentPurpose, Phase, ReopeningReason, Role, StallCause, StepOutcome
from domain.command import Command, to_wire
from domain.handover.values import Successor
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import WithdrawConsent
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep, StallStep
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode, Refused
from eventlog.decision import Decision
from projections.reader import Reader
from tests.fix_engine import MILA, Bench
from tests.fix_eventlog import as_role
from workflows.messages import Order

HOUR = timedelta(hours=1)
LEFT, STAYS = uuid4(), uuid4()


@pytest.fixture
def reader(bench: Bench) -> Iterator[Reader]:
    """What `analysis` reads with."""
    with Reader(as_role(bench.dsn, "putokaz_reader"), size=1) as found:
        yield found


def any_command(bench: Bench, journey: UUID, random: Random) -> Command:
    """Something that may well be refused in the state in which the journey is."""
    state = bench.recorder.journey(journey_stream(journey))
    if state is not None and state.phase is not Phase.OPEN and random.random() < 0.5:
        return ReopenJourney(reason=ReopeningReason.FOUND)
    if random.random() < 0.05:
        return CloseJourney(reason=ClosingReason.MISSING)
    now: datetime = bench.log.now()
    step = random.choice(("contact", "plan", "visit", "hearing", "no-such-step"))
    at = random.choice((None, now - random.random() * 90 * HOUR, now + HOUR))
    return random.choice(
        (
            AdvanceStep(step=step, outcome=random.choice(tuple(StepOutcome)), occurred_at=at),
            AdvanceStep(step=step, outcome=StepOutcome.DONE),
            OpenStep(step=step),
            StallStep(step=step, cause=StallCause.WAITING_ON_PARTNER),
            ResumeStep(step=step),
            EnterStage(stage="support"),
            LeaveStage(stage="support"),
            WithdrawConsent(purpose=ConsentPurpose.ACCOMMODATION),
            Assign(role=Role.LAWYER, staff=random.choice((LEFT, STAYS))),
        )
    )


def at_random(bench: Bench, seed: int, commands: int = 120) -> None:
    """Commands to two journeys and to one that nobody opened; one of those who are given work has left."""
    random = Random(seed)
    bench.log.set_clock(bench.log.now(), 1.0)
    journeys = [bench.opened(), bench.opened(), uuid4()]
    for number in range(commands):
        if number == commands // 2:
            leaving = to_wire(Leave(pin=bench.pin, successors=(Successor(staff=STAYS),)))
            order = Order(stream=attendance_stream(LEFT), command_id=uuid4(), actor=MILA, command=leaving)
            assert bench.recorder.record(order).answer.refusal is None
        bench.log.set_clock(bench.log.now() + random.random() * 30 * HOUR)
        journey = random.choice(journeys)
        bench.record(journey, any_command(bench, journey, random))


def every_refusal(reader: Reader) -> list[Refusal]:
    """Page by page, some at a time."""
    found: list[Refusal] = []
    page = refusals(reader, limit=7)
    while True:
        found += page.rows
        if page.next is None:
            assert len(found) == page.total
            return found
        page = refusals(reader, cursor=page.next, limit=7)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_kept_refusal_is_decided_again_with_the_same_answer(bench: Bench, reader: Reader, seed: int) -> None:
    """Whatever was recorded since: who has left by now had not left when somebody was refused before."""
    at_random(bench, seed)
    found = every_refusal(reader)
    pathways = _pathways(bench.pathways)
    for each in found:
        again = decide_again(reader, each, pathways)
        assert again.obstacle is None, each
        assert again.is_same, (each.refused, again.decision)
    codes = Counter(each.refused.code for each in found)
    assert len(codes) >= 6, codes
    assert codes[RefusalCode.STAFF_HAS_LEFT], codes
    instants = [each.outcome.decided_at for each in found]
    assert instants == sorted(instants, reverse=True)
    streams = {each.outcome.stream for each in found}
    assert sum(refusals(reader, stream, limit=500).total for stream in streams) == len(found)


def test_what_did_not_follow_from_the_rules_says_so(bench: Bench, reader: Reader) -> None:
    """Rights and promises have histories of their own; the deciders had nothing against it."""
    pathways = _pathways(bench.pathways)
    journey = bench.opened()
    for code, obstacle in (
        (RefusalCode.NOT_PERMITTED, Obstacle.RIGHTS),
        (RefusalCode.RESOURCE_BUSY, Obstacle.CLAIMS),
    ):
        kept = _keep(bench, journey, Refused(code=code), asked=to_wire(_DONE))
        again = decide_again(reader, kept_as(reader, kept), pathways)
        assert again.obstacle is obstacle
        assert isinstance(again.decision, tuple)
        assert again.decision


def test_what_cannot_be_decided_again_says_why(bench: Bench, reader: Reader) -> None:
    """Not kept, not known to this release, or its pathway is not here."""
    journey = bench.opened()
    refused = Refused(code=RefusalCode.STEP_NOT_OPEN)
    here, elsewhere = _pathways(bench.pathways), _pathways(bench.pathways / "small")
    for asked, pathways, obstacle in (
        (None, here, Obstacle.NOT_KEPT),
        ('{"kind":"of-another-release"}', here, Obstacle.COMMAND_UNKNOWN),
        (to_wire(_DONE), elsewhere, Obstacle.PATHWAY_MISSING),
    ):
        again = decide_again(reader, kept_as(reader, _keep(bench, journey, refused, asked=asked)), pathways)
        assert (again.obstacle, again.decision, again.is_same) == (obstacle, None, False)


def test_an_answer_that_does_not_follow_is_seen(bench: Bench, reader: Reader) -> None:
    """As where a release has changed a rule: both answers are there."""
    kept = kept_as(reader, _keep(bench, bench.opened(), Refused(code=RefusalCode.NO_PLAN), asked=to_wire(_UNKNOWN)))
    again = decide_again(reader, kept, _pathways(bench.pathways))
    assert not again.is_same
    assert isinstance(again.decision, Refused)
    assert again.decision.code is RefusalCode.UNKNOWN_STEP
    assert decide_again(reader, replace(kept, refused=again.decision), _pathways(bench.pathways)).is_same
    assert refusal(reader, uuid4()) is None


_DONE = AdvanceStep(step="contact", outcome=StepOutcome.DONE)
_UNKNOWN = OpenStep(step="no-such-step")


def _pathways(folder: Path) -> Pathways:
    store = PathwayStore(folder)
    return lambda pin: store.find(pin).pathway


def _keep(bench: Bench, journey: UUID, refused: Refused, *, asked: str | None) -> UUID:
    stream, command_id = journey_stream(journey), uuid4()
    version = bench.log.load(stream).version
    bench.log.append(Decision(stream, version, command_id, MILA, refusal=refused, asked=asked))
    return command_id


def kept_as(reader: Reader, command_id: UUID) -> Refusal:
    """As it stands in the log."""
    found = refusal(reader, command_id)
    assert found is not None
    return found
