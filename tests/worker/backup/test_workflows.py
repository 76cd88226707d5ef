"""The log restored to an earlier point than Temporal has handled: real workflows, real letters, twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from eventlog.log import EventLog
from projections.loop import Projector
from tests.fix_engine import MILA
from tests.fix_mail import Everyone, MailSink, Member
from tests.worker.backup.place import Installation
from worker.backup.folder import chosen
from worker.backup.loading import checked
from worker.backup.restoring import Wishes, restore
from worker.backup.steps import Steps
from worker.demo.run import nudge
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.road import Road, Way
from worker.temporal import temporal
from workflows.messages import AnswerKind, Phase, Start

STAFF = Everyone([Member(MILA, "mila@example.org", frozenset({"caseworker"}))])
VERSION, WAKE = SearchAttributeKey.for_int("StreamVersion"), SearchAttributeKey.for_datetime("NextWake")


@pytest.fixture
def own_temporal(session_children: Children) -> Iterator[TemporalServer]:
    """Nobody else's workflows run here."""
    folder = session_children.records.parent / f"temporal-{uuid4()}"
    server = TemporalServer(folder, session_children, headless=True)
    server.start()
    yield server
    server.stop()


@dataclass(frozen=True)
class Running:
    """A worker and a road, for as long as a block lasts."""

    client: Client
    log: EventLog
    recorder: Recorder
    road: Road
    place: Installation

    async def opened(self) -> UUID:
        journey = uuid4()
        await self.road.take(self.place.order(journey, OpenJourney(pin=self.place.pin, caseworker=MILA)))
        return journey

    async def reminded(self, journey: UUID, letters: Callable[[], int]) -> None:
        """The journey's next reminder is due by the log's clock, and its letter arrives."""
        before = letters()
        wake = self.recorder.load(Start(stream=journey_stream(journey))).wake
        assert wake is not None
        self.log.set_clock(wake.at - timedelta(seconds=1))
        await nudge(self.place.settings)
        async with asyncio.timeout(30):
            while letters() == before or not self.has_receipts(journey):
                await asyncio.sleep(0.05)

    def has_receipts(self, journey: UUID) -> bool:
        fired = [r.event for r in self.log.load(journey_stream(journey)).history if isinstance(r.event, RungsFired)]
        messages = [f"message-{a.message}" for event in fired for a in event.addressees]
        return bool(messages) and len(self.log.stream_heads(messages)) == len(messages)

    async def shown(self) -> dict[str, tuple[object, object]]:
        """Version and wake of every running workflow, as Temporal knows them."""
        running = self.client.list_workflows("ExecutionStatus = 'Running'")
        return {
            e.id: (e.typed_search_attributes.get(VERSION), e.typed_search_attributes.get(WAKE)) async for e in running
        }

    def folded(self, journeys: Collection[UUID]) -> dict[str, tuple[object, object]]:
        """The same from the log."""
        agendas = {stream: self.recorder.load(Start(stream=stream)) for stream in map(journey_stream, journeys)}
        assert all(agenda.phase is Phase.OPEN and agenda.wake for agenda in agendas.values())
        return {stream: (a.version, a.wake.at if a.wake else None) for stream, a in agendas.items()}

    async def level(self, journeys: Collection[UUID]) -> None:
        """Waits until Temporal runs exactly these journeys, at the versions and wakes of the log."""
        async with asyncio.timeout(30):
            while await self.shown() != self.folded(journeys):
                await asyncio.sleep(0.1)


@asynccontextmanager
async def worker(place: Installation, sink: MailSink) -> AsyncIterator[Running]:
    client = await temporal(place.settings)
    with EventLog(place.log) as log:
        recorder = Recorder(log, PathwayStore(place.folder / "pathways"), "test", rights=NO_RIGHTS_ASKED)
        deliverer = Deliverer(log, STAFF, sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")
        async with engine(client, recorder, deliverer):
            yield Running(client, log, recorder, Road(client, recorder), place)


async def test_a_log_restored_behind_temporal_goes_on_from_where_it_is(
    installation: Installation, own_temporal: TemporalServer, mail_sink: MailSink
) -> None:
    """Runs that knew more are ended and begin anew with the restored wakes. A letter goes twice only if its receipt was
    lost, and then under the same Message-ID; that of a run which was missing goes once, and none is lost."""
    place = installation.changed({"TEMPORAL_ADDRESS": own_temporal.address})

    def ids() -> list[str]:
        return [str(mail["Message-ID"]) for mail in mail_sink.mails]

    async with worker(place, mail_sink) as running:
        told = await running.opened()
        await running.reminded(told, lambda: len(ids()))
        later, gone = await running.opened(), await running.opened()
        await running.level([told, later, gone])
        first = ids()
        await asyncio.to_thread(Projector(place.log).catch_up)
        backup = (await asyncio.to_thread(place.take)).folder
        wakes = running.folded([told, later, gone])
        advance = AdvanceStep(step="contact", outcome=StepOutcome.DONE)
        await running.road.take(place.order(told, advance))
        await running.client.get_workflow_handle(journey_stream(gone)).terminate()
        await running.reminded(later, lambda: len(ids()))
        second = ids()[len(first) :]
        surplus = await running.opened()
        await running.level([told, later, surplus])
    steps = Steps()
    restored = await restore(
        checked(chosen(backup), place.settings, None, steps), place.settings, [], Wishes(replace=place.name), steps
    )
    assert restored.aligned is not None
    assert (restored.aligned.restarted, restored.aligned.surplus, restored.aligned.missing) == (2, 1, 1)
    async with worker(place, mail_sink) as running:
        await running.level([told, later, gone])
        assert await running.shown() == wakes
        ended = await running.client.get_workflow_handle(journey_stream(surplus)).describe()
        assert ended.status is not None
        assert ended.status.name == "TERMINATED"
        arrived = await running.road.take(place.order(told, advance))
        assert (arrived.way, arrived.answer.kind) == (Way.WORKFLOW, AnswerKind.RECORDED)
        await running.reminded(later, lambda: len(ids()))
        async with asyncio.timeout(30):
            while len(ids()) < len(first) + 2 * len(second) + 1 or not running.has_receipts(gone):
                await asyncio.sleep(0.05)
    sent = Counter(ids())
    assert [sent[each] for each in first] == [1] * len(first)
    assert [sent[each] for each in second] == [2] * len(second)
    assert [sent[each] for each in sent if each not in first and each not in second] == [1]
