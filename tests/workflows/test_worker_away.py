"""No worker is there when a reminder is due: the timer is Temporal's, and the next worker fires it, late and once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client

from activities.delivering import Deliverer
from domain.codes import Role
from domain.journey.advancing import OpenStep
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.quiet import Pace
from domain.stream.firing import RungsFired
from tests.activities.digests import lawyer, local
from tests.fix_engine import MILA, Bench
from tests.fix_mail import MailSink
from tests.workflows.test_collected_letters import until
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road
from workflows.messages import LOOK_AGAIN, Start

HOUR_IN_A_SECOND = 3600.0


async def test_a_worker_that_is_stopped_over_a_reminder_loses_none(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path, mail_sink: MailSink
) -> None:
    """Five hours before the reminder of a hearing the worker stops; two hours after it another one starts."""
    client = await Client.connect(
        temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k"))
    )
    queue, journey = f"q-{uuid4()}", uuid4()
    stream, workflow = journey_stream(journey), client.get_workflow_handle(journey_stream(journey))
    post = Deliverer(bench.log, lawyer(pace=Pace.EACH), mail_sink.postbox, lambda code: f"https://p.example/j/{code}")

    def fired() -> list[RungsFired]:
        history = bench.log.load(stream).history
        return [each.event for each in history if isinstance(each.event, RungsFired)]

    bench.log.set_clock(local(1, 9))
    async with engine(client, bench.recorder, post, task_queue=queue):
        road = Road(client, bench.recorder, task_queue=queue, patience=30)
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
        await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=MILA)))
        await road.take(bench.order(journey, OpenStep(step="hearing", appointment=local(7, 10, 30))))
        wake = bench.recorder.load(Start(stream=stream)).wake
        assert wake is not None
        bench.log.set_clock(wake.at - timedelta(hours=5), rate=HOUR_IN_A_SECOND)
        await workflow.signal(LOOK_AGAIN)
        await workflow.query("agenda")  # the signal before it has been answered: the timer stands
    assert bench.log.now() < wake.at
    before = len(fired())

    await until(lambda: bench.log.now() > wake.at + timedelta(hours=2))
    await asyncio.sleep(0.2)
    assert (len(fired()), mail_sink.mails) == (before, [])

    async with engine(client, bench.recorder, post, task_queue=queue):
        await until(lambda: len(mail_sink.mails) == 1, seconds=60)
    (first, *_) = fired()[before:]
    assert first.late
    body = mail_sink.mails[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Ova poruka kasni; šalje se jednom.")
