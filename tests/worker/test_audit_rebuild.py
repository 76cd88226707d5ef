"""Temporal's database is deleted under running journeys: each of them runs again, and waits for the same moment."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import Unavailable
from domain.journey import decide
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.refusal import Refused
from domain.stream.deciding import Decision
from eventlog.decision import Decision as Entry
from projections.audits import AuditFault, mended_lately
from projections.reader import Reader
from tests.fix_engine import MILA, Bench
from tests.pathway_examples import small_pathway
from tests.worker.audited import connect, ward_on
from tests.workflows.test_journey_workflow import Remembered
from worker.audit.auditor import Auditor, Patience
from worker.audit.schedule import keep_schedule
from worker.audit.watching import NEXT_WAKE, STREAM_VERSION
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.relay import LogRelay

_log = structlog.get_logger("putokaz.tests")

Standing = dict[str, tuple[int | None, datetime | None]]
"""Version and next wake of every running journey."""


def open_journeys(bench: Bench, count: int) -> None:
    """Opens journeys in bulk, each with moments of its own."""
    now = bench.log.now()

    def decided(number: int) -> Entry:
        stream = journey_stream(uuid4())
        command = OpenJourney(pin=bench.pin, caseworker=MILA)
        decision: Decision = decide(None, command, small_pathway(), now + timedelta(days=number), stream=stream)
        assert not isinstance(decision, Refused)
        return Entry(stream, 0, uuid4(), MILA, decision)

    bench.log.append_many(decided(number) for number in range(count))


async def standing(client: Client) -> Standing:
    """As the search attributes show it, which is what an audit compares with."""
    return {
        each.id: (each.typed_search_attributes.get(STREAM_VERSION), each.typed_search_attributes.get(NEXT_WAKE))
        async for each in client.list_workflows('WorkflowType = "journey" AND ExecutionStatus = "Running"')
    }


async def all_running(client: Client, wanted: Standing | int, seconds: float) -> Standing:
    """Waits until all of them run and show when they wake."""
    async with asyncio.timeout(seconds):
        while True:
            try:
                shown = await standing(client)
            except RPCError:  # a server that starts a thousand workflows answers late
                shown = {}
            if shown == wanted or (len(shown) == wanted and all(all(each) for each in shown.values())):
                return shown
            await asyncio.sleep(0.5)


@pytest.mark.parametrize("count", [50, pytest.param(1000, marks=pytest.mark.soak)])
async def test_every_journey_runs_again_with_the_same_wake(
    bench: Bench, session_children: Children, tmp_path: Path, count: int
) -> None:
    """Killed with -9 and its file deleted, while worker and relay go on: nobody decides or starts anything."""
    folder = tmp_path / "temporal"
    server = TemporalServer(folder, session_children, database=folder / "temporal.db", headless=True)
    await asyncio.to_thread(server.start)
    client = await connect(server.address, create_keyring(tmp_path / "k"))
    ward = ward_on(bench, client)
    open_journeys(bench, count)
    auditor = Auditor(client, bench.log, ward.book, patience=Patience(grace=timedelta(seconds=2)))
    stop, position = asyncio.Event(), Remembered()
    try:
        async with engine(client, bench.recorder, None, auditor=auditor):
            relay = asyncio.create_task(LogRelay(client, bench.log, position).run(stop.is_set))
            keeping = asyncio.create_task(keep_schedule(client, stop, look=2.0))
            before = await all_running(client, count, 600)
            assert len({wake for _, wake in before.values()}) > count // 2
            head, lost = bench.log.head(), time.monotonic()
            os.kill(server.pid, signal.SIGKILL)
            with pytest.raises(Unavailable, match="Temporal"):
                await Auditor(client, bench.log, ward.book).audit()
            for file in folder.glob("temporal.db*"):
                file.unlink()
            await asyncio.to_thread(server.restart)
            back = time.monotonic()
            assert await all_running(client, before, 600) == before
            _log.info("rebuilt", journeys=count, away=round(back - lost, 1), seconds=round(time.monotonic() - back, 1))
            assert bench.log.head() == head
            await reported(bench, count)
            stop.set()
            await asyncio.gather(relay, keeping)
    finally:
        await asyncio.to_thread(server.stop)
        ward.book.close()


async def reported(bench: Bench, count: int) -> None:
    """The audits that healed them say so: each journey was missing, and runs."""
    with closing(Reader(bench.dsn, size=1)) as reader:
        async with asyncio.timeout(60):
            while True:
                mended = await asyncio.to_thread(mended_lately, reader)
                if len({finding.stream for finding in mended if finding.fault is AuditFault.MISSING}) == count:
                    return
                await asyncio.sleep(0.5)
