"""A mail server that hangs: thirty letters wait in DATA, and decisions, timers and relays go on."""

from __future__ import annotations

import asyncio
import statistics
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from activities.delivering import Deliverer
from activities.postbox import Postbox
from domain.codes import Role, StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import THREADS, engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import LOOK_AGAIN, AnswerKind, Start

LETTERS = 30


@pytest.fixture
async def client(temporal_server: TemporalServer, tmp_path: Path) -> Client:
    """A client of the running server."""
    return await Client.connect(temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k")))


async def test_letters_that_hang_hold_up_no_decision_and_no_timer(
    bench: Bench, client: Client, mail_sink: MailSink
) -> None:
    """More letters in DATA than there are places for activities; each decision still goes through its workflow."""
    assert LETTERS > THREADS
    people = [Member(uuid4(), f"p{n}@example.org", frozenset({"caseworker"})) for n in range(LETTERS)]
    mail_sink.delay = 12.0
    postbox = Postbox(host="127.0.0.1", port=mail_sink.port, sender="putokaz@example.org", timeout=30.0)
    post = Deliverer(bench.log, Everyone(people), postbox, lambda code: f"https://putokaz.example.org/j/{code}")
    queue = f"q-{uuid4()}"
    road = Road(client, bench.recorder, task_queue=queue)
    journeys = [uuid4() for _ in people]
    async with engine(client, bench.recorder, post, task_queue=queue):
        for journey, person in zip(journeys, people, strict=True):
            await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=person.id)))
        await pass_first_rung(bench, client, journeys)
        async with asyncio.timeout(60):
            while len(mail_sink.mails) < LETTERS:
                await asyncio.sleep(0.05)
        seconds = []
        for journey in journeys:
            began = time.monotonic()
            arrived = await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
            seconds.append(time.monotonic() - began)
            assert (arrived.way, arrived.answer.kind) == (Way.WORKFLOW, AnswerKind.RECORDED)
        assert statistics.median(seconds) < 1.0
        before = [fired(bench, journey) for journey in journeys]
        await pass_first_rung(bench, client, journeys[:5])
        assert [fired(bench, journey) for journey in journeys[:5]] == [n + 1 for n in before[:5]]
        arrived = await road.take(bench.order(journeys[-1], AdvanceStep(step="contact", outcome=StepOutcome.DONE)))
        assert arrived.way is Way.WORKFLOW
        mail_sink.delay = 0.0


def fired(bench: Bench, journey: UUID) -> int:
    """How many rungs have been reached."""
    return sum(isinstance(r.event, RungsFired) for r in bench.log.load(journey_stream(journey)).history)


async def pass_first_rung(bench: Bench, client: Client, journeys: list[UUID]) -> None:
    """Time passes until the next rung of each has fired."""
    before = [fired(bench, journey) for journey in journeys]
    wakes = [bench.recorder.load(Start(stream=journey_stream(journey))).wake for journey in journeys]
    last = max(wake.at for wake in wakes if wake is not None)
    bench.log.set_clock(max(last, bench.log.now() + timedelta(seconds=1)))
    for journey in journeys:
        await client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)
    async with asyncio.timeout(60):
        while any(fired(bench, j) == n for j, n in zip(journeys, before, strict=True)):
            await asyncio.sleep(0.05)
