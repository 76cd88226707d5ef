"""Letters that wait, on a real Temporal server: nobody asks for them again, and none holds up what is urgent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import time
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client

from activities.delivering import Deliverer
from domain.codes import Role, StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.naming import journey_code
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from tests.activities.digests import lawyer, local
from tests.fix_engine import MILA, Bench
from tests.fix_mail import MailSink
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road
from workflows.messages import LOOK_AGAIN

HALF_AN_HOUR_IN_A_SECOND = 1800.0


async def test_what_is_urgent_passes_what_waits_and_what_waits_comes_by_itself(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path, mail_sink: MailSink
) -> None:
    """On Friday at eight two hearings remind, and wait for Saturday's digest at seven. At noon what is due at four goes
    past them, in the same journey; the others come by the timer of their own retry, with what fell due meanwhile."""
    client = await Client.connect(
        temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k"))
    )
    queue = f"q-{uuid4()}"
    road = Road(client, bench.recorder, task_queue=queue, patience=30)
    chosen = lawyer(digest_at=time(7))
    post = Deliverer(bench.log, chosen, mail_sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")
    bench.log.set_clock(local(3, 15))
    first, second = uuid4(), uuid4()
    async with engine(client, bench.recorder, post, task_queue=queue):
        for journey, at in ((first, local(7, 10, 30)), (second, local(11, 9))):
            await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
            await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=MILA)))
            await road.take(bench.order(journey, OpenStep(step="hearing", appointment=at)))
        await road.take(bench.order(second, AdvanceStep(step="contact", outcome=StepOutcome.DONE)))
        bench.log.set_clock(local(4, 7, 55), rate=HALF_AN_HOUR_IN_A_SECOND)
        for journey in (first, second):
            await client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)
        await until(lambda: len(mail_sink.mails) == 1, seconds=30)
        assert bench.log.now() < local(5, 7)
        await until(lambda: len(mail_sink.mails) == 2, seconds=90)
    urgent, digest = mail_sink.mails
    assert urgent["Subject"] == f"Putokaz: podsetnik {journey_code(first)}"
    assert "petak, 4. jun 2027., 16:00" in urgent.get_content()
    assert digest["Subject"] == "Putokaz: podsetnici, subota, 5. jun 2027."
    body = digest.get_body(("plain",))
    assert body is not None
    lines = [line.split() for line in body.get_content().splitlines() if "PK-" in line]
    assert [(line[0], line[2]) for line in lines] == [
        ("16:00", journey_code(first)),
        ("10:30", journey_code(first)),
        ("09:00", journey_code(second)),
    ]


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)
