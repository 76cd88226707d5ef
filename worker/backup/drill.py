"""A restore tried out: beside everything, on the same server, removed again. The running system is only read.

Measures what an emergency would ask: how much is lost (the age of the backup, RPO) and how long it takes (RTO).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.errors import Unavailable
from eventlog.heads import SignedHead
from eventlog.log import EventLog
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import query
from projections.comparing import compare
from vault.shredding import destroyed_keys
from worker.backup.databases import Pair, create, drop, require_one_server
from worker.backup.loading import Backup, Loaded, ledger_keys, load
from worker.backup.restoring import open_streams, pair_of
from worker.backup.steps import Steps, Told
from worker.backup.waking import compare_wakes
from worker.development.errors import DevelopmentError
from worker.development.postgres_place import make_private
from worker.development.processes import Children
from worker.development.temporal import TemporalServer, find_dev_server
from worker.settings import Settings

DRILL = "drill"


@dataclass(slots=True)
class Drilled:
    """`differences` are sentences; none means that the backup would do. `not_run`: what could not be tried here."""

    backup: str
    age: timedelta
    events: int
    journeys: int = 0
    shredded: int = 0
    revived: int = 0
    differences: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not self.differences


async def drill(
    backup: Backup, settings: Settings, heads: Sequence[SignedHead], steps: Steps, *, without_ledger: bool = False
) -> Drilled:
    """Raises what `load` raises for a backup that does not even load."""
    pair = pair_of(settings)
    require_one_server(pair)
    scratch = pair.beside(DRILL)
    manifest = backup.manifest
    drilled = Drilled(backup.folder.name, datetime.now(UTC) - manifest.taken_at, manifest.events)
    shred = set(ledger_keys(settings, manifest, without=without_ledger))
    with _readable(pair, drilled):
        shred |= destroyed_keys(pair.vault)
    try:
        with steps.step("scratch databases"):
            create(scratch, like=pair)
        loaded = load(backup, scratch, settings, heads, shred, steps)
        drilled.shredded = loaded.shredded
        drilled.revived = len(shred - destroyed_keys(scratch.vault)) if shred else 0
        _judge_log(pair, backup, drilled)
        with steps.step("read models compared") as told:
            await asyncio.to_thread(_judge_read_models, loaded, scratch, pair, backup, drilled, told)
        streams = open_streams(scratch.log)
        drilled.journeys = len(streams)
        await _judge_workflows(scratch, settings, streams, steps, drilled)
    finally:
        with steps.step("scratch databases removed"):
            drop(scratch)
    drilled.seconds = steps.seconds
    return drilled


def _judge_log(pair: Pair, backup: Backup, drilled: Drilled) -> None:
    with _readable(pair, drilled):
        if not _same_beginning(pair.log, backup):
            drilled.differences.append(
                f"the running log has another link at position {backup.manifest.head} than the backup: one of the two "
                "was altered, or a restore lies between them"
            )


def _judge_read_models(loaded: Loaded, scratch: Pair, pair: Pair, backup: Backup, drilled: Drilled, told: Told) -> None:
    parked = 0
    restored = compare(scratch.log, watch=lambda progress: told(progress.done, progress.total))
    for table in restored:
        if not table.is_equal:
            drilled.differences.append(f"{table.table}: {table.differing} journeys differ from the restored log")
    with _readable(pair, drilled):
        same = _same_beginning(pair.log, backup)  # if not, that is said already
        running = {table.table: table for table in compare(pair.log, at=backup.manifest.head)} if same else {}
        parked = max((table.parked for table in running.values()), default=0)
        for table in restored if same else ():
            if table.sha256_of_table != running[table.table].sha256_of_log:
                drilled.differences.append(f"{table.table}: differs from the running system's at that position")
    if loaded.parked > parked:
        drilled.differences.append(f"this release cannot follow {loaded.parked} journeys of the backup")


async def _judge_workflows(
    scratch: Pair, settings: Settings, streams: Sequence[str], steps: Steps, drilled: Drilled
) -> None:
    """Every open journey run by a Temporal of its own, without letters; its wakes against those of the folded log."""
    try:
        find_dev_server()
    except DevelopmentError:
        drilled.not_run.append("workflows: Temporal's dev server is not installed here")
        return
    with steps.step("workflows started, wakes compared") as told, tempfile.TemporaryDirectory() as folder:
        make_private(Path(folder))
        with Children(Path(folder) / "run") as children, EventLog(scratch.log, size=8) as log:
            server = TemporalServer(Path(folder) / "temporal", children, headless=True)
            await asyncio.to_thread(server.start)
            recorder = Recorder(log, PathwayStore(settings.pathways), settings.release, rights=NO_RIGHTS_ASKED)
            different = await compare_wakes(server.address, log, recorder, streams, told)
            await asyncio.to_thread(server.stop)
    if different:
        drilled.differences.append(f"{len(different)} of {len(streams)} workflows wake otherwise: {different[0]}, …")


@contextmanager
def _readable(pair: Pair, drilled: Drilled) -> Iterator[None]:
    """The running system may be gone: then the drill goes on without it, and says so once."""
    try:
        with reachable():
            yield
    except (Unavailable, psycopg.errors.UndefinedTable):
        says = f"the comparison with the running system: {pair.names[0]} cannot be read"
        if says not in drilled.not_run:
            drilled.not_run.append(says)


def _same_beginning(dsn: str, backup: Backup) -> bool:
    if not backup.manifest.head:
        return True
    with psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT) as connection:
        row = connection.execute(query("worker.backup", "link_at"), (backup.manifest.head,)).fetchone()
    return row is not None and bytes(row[0]).hex() == backup.manifest.link
