"""What happens to journeys, one function for each shape of a history. Its name is the name of the files.

Add a function for each new thing that workflow code can do, and record.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.codes import ClosingReason, Relation, ReopeningReason, Role, StepOutcome
from domain.command import Command, CommandInvalid
from domain.contact.attaching import BeginJourney
from domain.contact.calling import RecordCallBack
from domain.contact.codes import CallOutcome, DangerOutcome
from domain.contact.danger import AcknowledgeDanger, SettleDanger
from domain.contact.logged import LogContact
from domain.contact.state import contact_stream
from domain.errors import Unavailable
from domain.handover.state import Handover, handover_stream
from domain.handover.values import ItemStatus, Successor
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.linking import LinkJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.mission.alarm import AcknowledgeAlarm
from domain.mission.reporting import ReportMission
from domain.mission.state import mission_stream
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.stream.firing import RungsFired
from tests.domain.contact.given import SAFE, hotline
from tests.domain.mission.given import CHECK, RULES, plan, report_of
from tests.fix_engine import MILA, write_pathway
from tests.histories.stage import LAWYER, Stage, until
from tests.pathway_examples import small_pathway
from workflows.messages import AnswerKind

LONG = 150
"""Events after which the recording server suggests to continue as new; ours without that is 500."""


async def opening_and_decisions(stage: Stage) -> None:
    """Opened by an Update that starts the workflow; decisions, one of them said twice, one refused."""
    journey = await stage.opened()
    done = stage.bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    await stage.road.take(done)
    await stage.road.take(done)
    refused = await stage.take(journey, AdvanceStep(step="follow-up", outcome=StepOutcome.DONE))
    assert refused.answer.kind is AnswerKind.REFUSED
    await stage.take(journey, AdvanceStep(step="plan", outcome=StepOutcome.DONE))


async def decisions_at_once(stage: Stage) -> None:
    """Several Updates wait for their turn."""
    journey = await stage.opened()
    stage.recorder.slow = 0.2
    await asyncio.gather(*(stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4())) for _ in range(5)))


async def started_by_the_relay(stage: Stage) -> None:
    """Recorded while Temporal was away; the relay starts the workflow, and tells it of a later decision."""
    journey = stage.journey()
    stage.bench.record(journey, OpenJourney(pin=stage.bench.pin))
    await stage.relay.tell(journey_stream(journey), stage.history(journey)[-1].version)
    await stage.settled(journey)
    stage.bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    await stage.relay.tell(journey_stream(journey), stage.history(journey)[-1].version)
    await stage.settled(journey)


async def ladder_with_letters(stage: Stage) -> None:
    """Rung after rung fires, its letters go to one, then to several."""
    journey = await stage.opened()
    for _ in range(4):
        await stage.delivered(await stage.next_rung(journey))


async def late_after_an_outage(stage: Stage) -> None:
    """Nothing fired for days: the rungs that were missed come as one."""
    journey = await stage.opened()
    await stage.delivered(await stage.next_rung(journey, late=timedelta(days=6)))


async def date_moved(stage: Stage) -> None:
    """The date moves under a sleeping workflow: the wakes of the old one are void."""
    journey = await stage.opened()
    await stage.delivered(await stage.next_rung(journey))
    later = (stage.bench.log.now() + timedelta(days=20)).date()
    await stage.take(journey, ScheduleStep(step="contact", on=later))
    await stage.delivered(await stage.next_rung(journey))


async def letters_that_fail_for_a_while(stage: Stage) -> None:
    """The mail server takes nothing for a few seconds; the next rung fires meanwhile, decisions are taken."""
    journey = await stage.opened()
    stage.mail.full = {"mila@example.org"}
    first = await stage.next_rung(journey)
    second = await stage.next_rung(journey)
    await stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4()))
    await asyncio.sleep(3.0)
    stage.mail.full = set()
    await stage.delivered(first)
    await stage.delivered(second)


async def relays_between_journeys(stage: Stage) -> None:
    """Each of two journeys has something for the other."""
    child, guardian = await stage.opened(), await stage.opened()

    def pending() -> bool:
        journey = stage.bench.recorder.journey(journey_stream(child))
        return journey is not None and bool(journey.pending)

    await stage.take(child, LinkJourney(other=guardian, relation=Relation.GUARDIAN))
    await until(lambda: not pending())
    await stage.relay.tell(journey_stream(guardian), stage.history(guardian)[-1].version)
    await stage.settled(guardian)


async def database_away_at_the_start(stage: Stage) -> None:
    """`load` fails twice as a local activity and goes on as a normal one, which is tried several times."""
    journey = stage.journey()
    stage.bench.record(journey, OpenJourney(pin=stage.bench.pin))
    stage.recorder.outages = 5
    await stage.relay.tell(journey_stream(journey), 1)
    await stage.settled(journey)


async def database_away_when_a_timer_fires(stage: Stage) -> None:
    """`fire` fails twice as a local activity and goes on as a normal one; a decision comes in between."""
    journey = await stage.opened()
    stage.recorder.outages = 6
    rung = asyncio.create_task(stage.next_rung(journey))
    await until(lambda: stage.recorder.outages < 5)
    with suppress(Unavailable):
        await stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4()))
    await stage.delivered(await rung)


async def database_away_while_a_person_waits(stage: Stage) -> None:
    """The Update fails after four seconds; said again it is recorded."""
    journey = await stage.opened()
    order = stage.bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    stage.recorder.outages = 1000
    with suppress(Unavailable):
        await stage.road.take(order)
    stage.recorder.outages = 0
    await stage.settled(journey)
    await stage.road.take(order)


async def command_that_cannot_be_read(stage: Stage) -> None:
    """The Update fails at once; the next one is taken."""
    journey = await stage.opened()
    order = stage.bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    with suppress(CommandInvalid):
        await stage.road.take(order.model_copy(update={"command": '{"kind":"no-such-command"}'}))
    await stage.road.take(order)


async def continued_as_new(stage: Stage) -> None:
    """A run that has become long hands over, with decisions under way and a letter that cannot be delivered yet."""
    journey = await stage.opened()
    stage.mail.full = {"mila@example.org"}
    fired = await stage.next_rung(journey)
    handle = stage.client.get_workflow_handle(journey_stream(journey))
    first = (await handle.describe()).run_id
    async with asyncio.timeout(120):
        while (await handle.describe()).run_id == first:
            stage.recorder.slow = 0.1
            await asyncio.gather(*(stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4())) for _ in range(3)))
    stage.mail.full = set()
    await stage.delivered(fired)


async def closed_and_reopened(stage: Stage) -> None:
    """The workflow ends with the journey; a command that reopens it starts the next."""
    journey = await stage.opened()
    await stage.take(journey, CloseJourney(reason=ClosingReason.GOALS_REACHED))
    await stage.client.get_workflow_handle(journey_stream(journey)).result()
    await stage.take(journey, ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    await stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4()))


async def drained(stage: Stage) -> None:
    """Closed while other decisions wait for their turn: the run ends after they have had their answer."""
    journey = await stage.opened()
    close = CloseJourney(reason=ClosingReason.GOALS_REACHED)
    await _together(stage, journey, close, Assign(role=Role.LAWYER, staff=uuid4()))
    await stage.client.get_workflow_handle(journey_stream(journey)).result()


async def reopened_while_draining(stage: Stage) -> None:
    """Closed and, by a decision that waited, opened again: the run goes on."""
    journey = await stage.opened()
    close = CloseJourney(reason=ClosingReason.GOALS_REACHED)
    await _together(stage, journey, close, ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    await stage.take(journey, Assign(role=Role.LAWYER, staff=uuid4()))


async def _together(stage: Stage, journey: UUID, *commands: Command) -> None:
    """Commands that reach the workflow in one task, in this order: they come while another decision is made."""
    stage.recorder.slow = 1.0
    going = [asyncio.create_task(stage.take(journey, Assign(role=Role.ON_CALL, staff=uuid4())))]
    for command in commands:
        await asyncio.sleep(0.2)
        going.append(asyncio.create_task(stage.take(journey, command)))
    await asyncio.gather(*going)
    stage.recorder.slow = 0.0


async def terminated_and_begun_again(stage: Stage) -> None:
    """An operator ended the run; the relay begins another."""
    journey = await stage.opened()
    await stage.client.get_workflow_handle(journey_stream(journey)).terminate(reason="recording")
    await stage.relay.tell(journey_stream(journey), stage.history(journey)[-1].version)
    await stage.settled(journey)


async def contact_in_danger(stage: Stage) -> None:
    """An alarm goes from one to the next until somebody has it; a call is promised and made; a journey begins."""
    pin = write_pathway(stage.bench.pathways, small_pathway(version=2).model_copy(update={"hotline": hotline()}))
    contact = contact_stream(uuid4())
    await stage.tell(contact, LogContact(pin=pin, caller="direct-help", safe=SAFE, call_back=True, danger="threat"))
    await until(lambda: any(isinstance(r.event, RungsFired) for r in stage.bench.log.load(contact).history))
    for _ in range(3):  # the first of the chain is called at once
        await stage.delivered(await stage.rung_of(contact))
    await stage.tell(contact, AcknowledgeDanger(by=MILA))
    await stage.tell(contact, SettleDanger(outcome=DangerOutcome.SAFE_NOW))
    await stage.delivered(await stage.rung_of(contact))
    await stage.tell(contact, BeginJourney(caseworker=MILA))
    await until(lambda: not stage.pending(contact))
    await stage.tell(contact, RecordCallBack(outcome=CallOutcome.MADE))
    await stage.client.get_workflow_handle(contact).result()


async def silent_call(stage: Stage) -> None:
    """Logged, and nothing is owed: the run ends at once."""
    pin = write_pathway(stage.bench.pathways, small_pathway(version=2).model_copy(update={"hotline": hotline()}))
    contact = contact_stream(uuid4())
    await stage.tell(contact, LogContact(pin=pin, caller="silent"))
    await stage.client.get_workflow_handle(contact).result()


async def mission_falls_silent(stage: Stage) -> None:
    """A team leaves, is not heard of, is called, is heard of again, comes back and reports; its journey is told."""
    pin = write_pathway(stage.bench.pathways, small_pathway(version=2).model_copy(update={"missions": RULES}))
    journey = uuid4()
    stage.bench.record(journey, OpenJourney(pin=stage.bench.pin))
    mission, departure = mission_stream(uuid4()), stage.bench.log.now() + timedelta(hours=1)
    back = departure + timedelta(hours=6)
    wanted = plan(pin=pin, legs=(), journeys=(journey,), departure=departure, expected_return=back)
    begun: tuple[Command, ...] = (wanted, CHECK, DepartMission())
    for command in begun:
        assert (await stage.tell(mission, command)).answer.kind is AnswerKind.RECORDED
    for _ in range(2):
        await stage.delivered(await stage.rung_of(mission))
    await stage.tell(mission, AcknowledgeAlarm())
    await stage.delivered(await stage.rung_of(mission))
    ended: tuple[Command, ...] = (CheckIn(), ReturnMission(), ReportMission(reports=(report_of(journey),)))
    for command in ended:
        assert (await stage.tell(mission, command)).answer.kind is AnswerKind.RECORDED
    await until(lambda: not stage.pending(mission))


async def somebody_leaves(stage: Stage) -> None:
    """Mila leaves: her run ends once the hand-over has begun; that looks, asks two journeys, and looks again."""
    for _ in range(2):
        stage.bench.record(uuid4(), OpenJourney(pin=stage.bench.pin, caseworker=MILA))
    leaver, handover = attendance_stream(MILA), handover_stream(leaving_handover(MILA, 1))
    leave = Leave(pin=stage.bench.pin, successors=(Successor(staff=LAWYER),))
    assert (await stage.tell(leaver, leave)).answer.kind is AnswerKind.RECORDED
    await stage.client.get_workflow_handle(leaver).result()
    stage.others.append(handover)
    await stage.relay.tell(handover, 1)
    await stage.client.get_workflow_handle(handover).result()
    state = stage.recorder.state(handover)
    assert isinstance(state, Handover)
    assert state.count(ItemStatus.MOVED) == 2


SCENARIOS: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    opening_and_decisions,
    decisions_at_once,
    started_by_the_relay,
    ladder_with_letters,
    late_after_an_outage,
    date_moved,
    letters_that_fail_for_a_while,
    relays_between_journeys,
    database_away_at_the_start,
    database_away_when_a_timer_fires,
    database_away_while_a_person_waits,
    command_that_cannot_be_read,
    continued_as_new,
    closed_and_reopened,
    drained,
    reopened_while_draining,
    terminated_and_begun_again,
    contact_in_danger,
    silent_call,
    mission_falls_silent,
    somebody_leaves,
)
