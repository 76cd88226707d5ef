"""A hand-over by its workflow on a real server, with workers that die in the middle; and by leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowExecutionStatus

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.codes import SYSTEM_ACTOR, Role
from domain.command import to_wire
from domain.errors import Unavailable
from domain.handover.finding import PORTION, WorkFound
from domain.handover.state import handover_stream
from domain.handover.values import HandoverPhase, HandoverReason, ItemStatus, Successor
from domain.journey.assignment import Assigned
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.dispatching import CommandRelayed
from projections.caseload.queries import LevelCaseloads
from tests.supervision.conftest import IVA, MILA, VERA, House
from tests.workflows.test_journey_workflow import connected
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.relay import tell
from worker.road import Road, Way
from workflows.messages import Order, Relay


class Dying(Recorder):
    """Of a worker that does so many errands and then dies between the two halves of one: the other stream has
    recorded, nobody heard of it. From then on it does nothing at all: the machine is off.

    `often`: it dies so with each errand the first time, and comes back for a second try.
    """

    def __init__(self, house: House, errands: int, *, often: bool) -> None:
        caseloads = LevelCaseloads(house.reader)
        store = PathwayStore(house.pathways)
        super().__init__(house.log, store, "test", rights=NO_RIGHTS_ASKED, caseloads=caseloads)
        self._tried: set[UUID] = set()
        self._left = errands
        self._often = often
        self.is_dead = False

    def relay(self, relay: Relay) -> None:
        if self.is_dead:
            raise Unavailable("off")
        again = relay.dispatch in self._tried
        self._tried.add(relay.dispatch)
        if self._left and (again or not self._often):
            self._left -= 1
            return super().relay(relay)
        state = self.state(relay.stream)
        dispatch = state.pending.get(relay.dispatch) if state else None
        if dispatch is not None:
            command = to_wire(dispatch.command)
            self.record(Order(stream=dispatch.stream, command_id=dispatch.id, actor=SYSTEM_ACTOR, command=command))
        self.is_dead = not self._left
        raise Unavailable("died between the two halves")


async def until(holds: Callable[[], bool]) -> None:
    """Waits for it."""
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.05)


def given_to(house: House, journey: UUID, staff: UUID) -> int:
    """How often a journey was given to somebody."""
    history = house.log.load(journey_stream(journey)).history
    return sum(isinstance(r.event, Assigned) and r.event.staff == staff for r in history)


async def test_a_worker_that_dies_in_the_middle_loses_nothing_and_does_nothing_twice(
    house: House, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """The second worker knows nothing of the first, goes on where that was, and finds what came in between."""
    queue = f"q-{uuid4()}"
    journeys = house.journeys(6)
    handover = house.begin()
    stream = handover_stream(handover)
    async with connected(temporal_server, tmp_path) as client:
        dying = Dying(house, errands=4, often=False)
        async with engine(client, dying, None, task_queue=queue):
            await tell(client, stream, 1, task_queue=queue)
            await until(lambda: dying.is_dead)
        halfway = house.handover(handover)
        assert halfway.phase is HandoverPhase.RUNNING
        assert 0 < halfway.count(ItemStatus.MOVED) < len(journeys)
        late = uuid4()
        house.tell(journey_stream(late), OpenJourney(pin=house.pin, caseworker=MILA))
        async with engine(client, house.another_recorder(), None, task_queue=queue):
            await ended(client, stream)
    done = house.handover(handover)
    assert (done.count(ItemStatus.MOVED), done.count(ItemStatus.REFUSED)) == (7, 0)
    for journey in (*journeys, late):
        assert house.journey(journey).assigned == {Role.CASEWORKER: VERA}
        assert given_to(house, journey, VERA) == 1
    history = [r.event for r in house.log.load(stream).history]
    found = [item.key for event in history if isinstance(event, WorkFound) for item in event.items]
    assert len(found) == len(set(found)) == 7
    assert sum(isinstance(event, CommandRelayed) for event in history) == 7 + done.rounds


async def test_a_lost_temporal_loses_no_hand_over(
    house: House, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Its workflow is ended in the middle, as when the database of Temporal is gone; the relay begins another."""
    queue = f"q-{uuid4()}"
    house.journeys(4)
    handover = house.begin()
    stream = handover_stream(handover)
    async with connected(temporal_server, tmp_path) as client:
        dying = Dying(house, errands=2, often=True)
        async with engine(client, dying, None, task_queue=queue):
            await tell(client, stream, 1, task_queue=queue)
            await until(lambda: dying.is_dead)
        await client.get_workflow_handle(stream).terminate()
        async with engine(client, house.another_recorder(), None, task_queue=queue):
            await tell(client, stream, 1, task_queue=queue)
            await ended(client, stream)
    done = house.handover(handover)
    assert (done.phase, done.count(ItemStatus.MOVED)) == (HandoverPhase.COMPLETED, 4)


async def test_more_than_a_portion_goes_in_portions(
    house: House, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """So that neither an event nor an agenda grows with the caseload; shared out evenly between two."""
    queue = f"q-{uuid4()}"
    journeys = house.journeys(PORTION + 2)
    stream = handover_stream(handover := house.begin(MILA, VERA, IVA))
    async with (
        connected(temporal_server, tmp_path) as client,
        engine(client, house.recorder, None, task_queue=queue),
    ):
        await tell(client, stream, 1, task_queue=queue)
        await ended(client, stream)
    done = house.handover(handover)
    assert (done.rounds, done.count(ItemStatus.MOVED)) == (3, len(journeys))
    to_vera = sum(house.journey(journey).assigned[Role.CASEWORKER] == VERA for journey in journeys)
    assert to_vera * 2 == len(journeys)


async def test_leaving_begins_a_hand_over_by_itself(
    house: House, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Through the workflow of the person who leaves; that ends, and the relay of the log begins the hand-over's."""
    queue = f"q-{uuid4()}"
    (journey,) = house.journeys(1)
    async with (
        connected(temporal_server, tmp_path) as client,
        engine(client, house.recorder, None, task_queue=queue),
    ):
        road = Road(client, house.recorder, task_queue=queue, patience=30)
        leave = Leave(pin=house.pin, successors=(Successor(staff=VERA),))
        arrived = await road.take(house.order(attendance_stream(MILA), leave))
        assert arrived.way in {Way.WORKFLOW, Way.BETWEEN_RUNS}
        await ended(client, attendance_stream(MILA))
        stream = handover_stream(handover := leaving_handover(MILA, 1))
        await tell(client, stream, 1, task_queue=queue)
        await ended(client, stream)
    done = house.handover(handover)
    assert (done.phase, done.reason) == (HandoverPhase.COMPLETED, HandoverReason.LEAVING)
    assert house.journey(journey).assigned == {Role.CASEWORKER: VERA}


async def ended(client: Client, stream: str) -> None:
    """The workflow has come to its end by itself."""
    handle = client.get_workflow_handle(stream)
    async with asyncio.timeout(60):
        await handle.result()
    assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
