"""Records every scenario anew, beside the older recordings: `python -m tests.histories.record [NAME [SCENARIO…]]`.

Once for each release, and for each change of workflow code under `workflow.patched`. Takes about a minute. Commit the
new folder as it is; an older one is never touched.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from temporalio.client import Client

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from eventlog.install import install
from eventlog.log import EventLog
from tests.fix_engine import Bench, write_pathway
from tests.fix_mail import MailSink
from tests.histories.files import FOLDER, WORTHLESS_RING, store
from tests.histories.scenarios import LONG, SCENARIOS
from tests.histories.stage import on_stage
from tests.pathway_examples import small_pathway
from worker.codec import data_converter
from worker.development.ports import any_free
from worker.development.postgres import Durability, PostgresServer
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.settings import Settings


@contextmanager
def servers() -> Iterator[tuple[PostgresServer, TemporalServer]]:
    """Real ones for a minute, with nothing left of them."""
    folder = Path(tempfile.mkdtemp(prefix="putokaz-histories-"))
    folder.chmod(0o711)  # as root, PostgreSQL's account must get through
    with Children(folder / "run") as children:
        children.remove_at_end(folder)
        postgres = PostgresServer(folder / "postgres", children, durability=Durability.NONE)
        postgres.remove_at_end()
        temporal = TemporalServer(
            folder / "temporal",
            children,
            headless=True,
            dynamic_config={"limit.historyCount.suggestContinueAsNew": str(LONG)},
        )
        postgres.start()
        temporal.start()
        yield postgres, temporal
        temporal.stop()
        postgres.stop()


@contextmanager
def mail_server() -> Iterator[MailSink]:
    """A mail server for one scenario."""
    sink = MailSink(any_free())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()


async def record(into: Path, wanted: list[str]) -> None:
    """Every scenario, or those wanted, each on a log of its own."""
    with servers() as (postgres, temporal):
        client = await Client.connect(temporal.address, data_converter=data_converter(WORTHLESS_RING))
        for scenario in SCENARIOS:
            name = scenario.__name__.replace("_", "-")
            if wanted and name not in wanted:
                continue
            dsn = postgres.create_database(scenario.__name__)
            install(dsn)
            pathways = Path(tempfile.mkdtemp(dir=temporal.folder))
            pin = write_pathway(pathways, small_pathway())
            with EventLog(dsn, size=8) as log, mail_server() as mail:
                bench = Bench(
                    dsn, log, Recorder(log, PathwayStore(pathways), "recording", rights=NO_RIGHTS_ASKED), pathways, pin
                )
                async with on_stage(bench, client, mail) as stage:
                    await scenario(stage)
                    runs = await stage.runs()
            for number, run in enumerate(runs, 1):
                path = store(into, name, number, run)
                size = path.stat().st_size
                sys.stdout.write(f"{path.relative_to(into.parent)}: {len(run.events)} events, {size} bytes\n")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    name = sys.argv[1] if len(sys.argv) > 1 else str(Settings.model_fields["release"].default)
    recording = FOLDER / f"{name}-{datetime.now(UTC):%Y-%m-%d}"
    if recording.exists():
        sys.exit(f"{recording} is there already; a recording is never replaced. Give this one a name: record NAME")
    recording.mkdir()
    asyncio.run(record(recording, sys.argv[2:]))
