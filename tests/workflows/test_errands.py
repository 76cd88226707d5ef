"""Errands of a journey: what cannot be done now holds up nothing else, and nothing is done twice between two runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

import activities.temporal
import workflows.errands
import workflows.loop
from activities.delivering import Deliverer
from domain.codes import Relation, Role
from domain.journey.assignment import Assign
from domain.journey.linking import LinkJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import LOOK_AGAIN, Delivery, Start

SANJA = uuid4()
STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"caseworker"})),
        Member(SANJA, "sanja@example.org", frozenset({"supervisor"})),
    ]
)


class CountingDeliverer(Deliverer):
    """Counts how often each message was asked for."""

    asked = 0

    async def deliver(self, delivery: Delivery) -> None:
        self.asked += 1
        await super().deliver(delivery)


def counting(bench: Bench, sink: MailSink) -> CountingDeliverer:
    return CountingDeliverer(bench.log, STAFF, sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")


@pytest.fixture
async def client(temporal_server: TemporalServer, tmp_path: Path) -> Client:
    """A client of the running server."""
    return await Client.connect(temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k")))


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


def fired(bench: Bench, journey: UUID) -> int:
    """How many rungs have been reached."""
    return sum(isinstance(r.event, RungsFired) for r in bench.log.load(journey_stream(journey)).history)


async def next_rung(bench: Bench, client: Client, journey: UUID) -> None:
    """Time passes until the next rung of the journey, and it fires."""
    before, wake = fired(bench, journey), bench.recorder.load(Start(stream=journey_stream(journey))).wake
    assert wake is not None
    bench.log.set_clock(max(wake.at, bench.log.now() + timedelta(seconds=1)))
    await client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)
    await until(lambda: fired(bench, journey) > before)


async def test_a_letter_that_cannot_be_sent_holds_up_no_other_journey(bench: Bench, client: Client) -> None:
    """There is no mail server; the journey tells another one of their tie all the same."""
    queue, child, guardian = f"q-{uuid4()}", uuid4(), bench.opened()
    road = Road(client, bench.recorder, task_queue=queue)
    async with engine(client, bench.recorder, None, task_queue=queue):
        await road.take(bench.order(child, OpenJourney(pin=bench.pin, caseworker=MILA)))
        await next_rung(bench, client, child)
        await road.take(bench.order(child, LinkJourney(other=guardian, relation=Relation.GUARDIAN)))

        def told() -> bool:
            journey = bench.recorder.journey(journey_stream(child))
            return journey is not None and not journey.pending

        await until(told)


async def test_a_full_mailbox_does_not_keep_the_ladder_from_the_supervisor(
    bench: Bench, client: Client, mail_sink: MailSink
) -> None:
    """The owner's letters wait for the owner's mailbox; the supervisor hears when it is their turn."""
    queue, journey = f"q-{uuid4()}", uuid4()
    mail_sink.full = {"mila@example.org"}
    async with engine(client, bench.recorder, counting(bench, mail_sink), task_queue=queue):
        order = bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA))
        await Road(client, bench.recorder, task_queue=queue).take(order)
        for _ in range(3):
            await next_rung(bench, client, journey)
        await until(lambda: [mail["To"] for mail in mail_sink.mails] == ["sanja@example.org"])


async def test_a_letter_under_way_while_one_run_follows_another_is_sent_once(
    bench: Bench, client: Client, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run lets the attempt come to its end, takes commands meanwhile, and the next run finds the receipt."""
    queue, journey = f"q-{uuid4()}", uuid4()
    post, road = counting(bench, mail_sink), Road(client, bench.recorder, task_queue=queue)
    handle = client.get_workflow_handle(journey_stream(journey))
    mail_sink.delay = 3.0
    async with engine(client, bench.recorder, post, task_queue=queue):
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
        first_run = (await handle.describe()).run_id
        await next_rung(bench, client, journey)
        await until(lambda: len(mail_sink.mails) == 1)
        monkeypatch.setattr(workflows.loop, "MAX_HISTORY_EVENTS", 20)
        for _ in range(3):
            await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
        async with asyncio.timeout(60):
            while (await handle.describe()).run_id == first_run:
                await asyncio.sleep(0.1)
        monkeypatch.undo()
        await asyncio.sleep(1.0)
    assert post.asked == 1
    assert len(mail_sink.mails) == 1


async def test_a_letter_that_waits_for_its_next_try_keeps_no_run_from_the_next(
    bench: Bench, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server notes in the clear that the letter was not under way; the journey goes on and takes commands."""
    queue, journey = f"q-{uuid4()}", uuid4()
    road, handle = Road(client, bench.recorder, task_queue=queue), client.get_workflow_handle(journey_stream(journey))
    async with engine(client, bench.recorder, None, task_queue=queue):
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
        first_run = (await handle.describe()).run_id
        await next_rung(bench, client, journey)
        async with asyncio.timeout(60):  # tried, and now waiting to be tried again
            while not any(a.attempt > 1 for a in (await handle.describe()).raw_description.pending_activities):
                await asyncio.sleep(0.05)
        monkeypatch.setattr(workflows.loop, "MAX_HISTORY_EVENTS", 20)
        ways = [await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4()))) for _ in range(3)]
        async with asyncio.timeout(60):
            while (await handle.describe()).run_id == first_run:
                await asyncio.sleep(0.1)
        monkeypatch.undo()
        ways.append(await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4()))))
    assert {arrived.way for arrived in ways} == {Way.WORKFLOW}


class DyingDeliverer(CountingDeliverer):
    """The first attempt never comes to its end."""

    async def deliver(self, delivery: Delivery) -> None:
        if self.asked == 0:
            self.asked = 1
            await asyncio.Event().wait()
        await super().deliver(delivery)


async def test_a_letter_whose_worker_is_dead_is_taken_over_before_its_time_is_over(
    bench: Bench, client: Client, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more heartbeats come from the first attempt: another one begins long before the two minutes are over."""
    monkeypatch.setattr(activities.temporal, "_PULSE", 3600.0)
    monkeypatch.setattr(workflows.errands, "_SIGN_OF_LIFE", timedelta(seconds=2))
    queue, journey = f"q-{uuid4()}", uuid4()
    post = DyingDeliverer(bench.log, STAFF, mail_sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")
    async with engine(client, bench.recorder, post, task_queue=queue):
        order = bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA))
        await Road(client, bench.recorder, task_queue=queue).take(order)
        await next_rung(bench, client, journey)
        await until(lambda: len(mail_sink.mails) == 1)
    assert post.asked == 2
