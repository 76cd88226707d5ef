"""What runs beside a process's work outlives an error that nobody foresaw: logged without words, tried again."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import psycopg
import pytest
from structlog.testing import capture_logs
from temporalio.client import Client

import projections.install
from eventlog.heads_key import create_heads_key
from eventlog.log import EventLog
from projections.loop import Projector
from tests.fix_engine import Bench
from tests.fix_eventlog import administrator, as_role, pings
from worker.audit.schedule import keep_schedule
from worker.codec import data_converter
from worker.development.ports import any_free
from worker.heads import sign_heads
from worker.keyring import create_keyring
from worker.relay import LogRelay
from worker.releasing import Releases
from worker.restored import watch_for_restore
from worker.settings import read_settings


class Mistake(Exception):
    """One of ours, with words that belong into no log."""


def failing(*_: object, **__: object) -> None:
    raise Mistake("Jelena, Novi Sad")


@pytest.fixture
async def absent(tmp_path: Path) -> Client:
    """A client of a Temporal that is not there."""
    converter = data_converter(create_keyring(tmp_path / "keyring.json"))
    return await Client.connect(f"127.0.0.1:{any_free()}", data_converter=converter, lazy=True)


async def test_heads_are_signed_again_once_the_right_to_read_is_back(
    event_log: EventLog, log_database: str, tmp_path: Path
) -> None:
    """As in the middle of a migration or a restore: the database answers, and not as it should."""
    event_log.append(pings("other-1", 0))
    create_heads_key(tmp_path / "heads.key")
    environment = {
        "DATABASE_URL": log_database,
        "VAULT_DATABASE_URL": log_database,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "PUTOKAZ_HEADS_FILE": str(tmp_path / "heads.jsonl"),
        "PUTOKAZ_HEADS_KEY_FILE": str(tmp_path / "heads.key"),
    }
    settings, stop = read_settings(environment), asyncio.Event()
    with administrator(log_database) as connection:
        connection.execute("ALTER TABLE eventlog.stored_events RENAME TO away")
        with capture_logs() as logs:
            signing = asyncio.create_task(sign_heads(settings, stop, pause=0.05))
            await asyncio.sleep(0.5)
        connection.execute("ALTER TABLE eventlog.away RENAME TO stored_events")
    assert not signing.done(), "the first error ended it"
    assert any(entry.get("kind") == "UndefinedTable" for entry in logs)
    async with asyncio.timeout(5):
        while not (tmp_path / "heads.jsonl").read_text():
            await asyncio.sleep(0.02)
    stop.set()
    await signing


async def test_a_database_that_is_being_made_anew_does_not_end_the_watch(log_database: str) -> None:
    """Or a restore that follows would go unnoticed."""
    stop = asyncio.Event()
    with EventLog(log_database) as log, administrator(log_database) as connection:
        connection.execute("ALTER TABLE eventlog.stored_events RENAME TO away")
        watch = asyncio.create_task(watch_for_restore(log, stop, pause=0.05))
        await asyncio.sleep(0.3)
        assert not watch.done()
        stop.set()
        await watch


async def test_the_relay_goes_on(bench: Bench, absent: Client) -> None:
    """A mistake of ours stops neither the relay nor the worker that it shares a process with."""

    class Broken:
        """A position that no statement can read, at first."""

        reads = 0

        def read(self) -> int:
            self.reads += 1
            if self.reads < 3:
                raise psycopg.errors.NumericValueOutOfRange("smallint out of range")
            return bench.log.head()

        def write(self, position: int) -> None:
            raise AssertionError(position)

    broken = Broken()
    with capture_logs() as logs:
        await LogRelay(absent, bench.log, broken).run(lambda: broken.reads == 3)
    assert [entry["kind"] for entry in logs] == ["NumericValueOutOfRange"] * 2


async def test_schedule_and_releases_are_looked_after_again(absent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says in the log what kind of error it was and where, and nothing of its words."""
    monkeypatch.setattr("worker.audit.schedule._ensure", failing)
    monkeypatch.setattr(Releases, "current", failing)
    stop = asyncio.Event()
    with capture_logs() as logs:
        tasks = [
            asyncio.create_task(keep_schedule(absent, stop, look=0.02)),
            asyncio.create_task(Releases(absent).care("build", stop, alone=False)),
        ]
        await asyncio.sleep(0.2)
        assert not any(task.done() for task in tasks)
        stop.set()
        await asyncio.gather(*tasks)
    assert {entry["log_level"] for entry in logs} == {"error"}
    assert all(entry["kind"] == "Mistake" and "failing" in entry["place"] for entry in logs)
    assert "Jelena" not in str(logs)


async def test_the_projector_pauses_and_goes_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process may be the worker's, whose reminders are not to stop because a page cannot be made."""
    projector, stop = Projector(as_role(bench.dsn, "putokaz_projector")), threading.Event()
    projections.install.install(bench.dsn)
    bench.opened()
    with monkeypatch.context() as patched:
        patched.setattr("projections.loop.apply_page", failing)
        running = asyncio.create_task(asyncio.to_thread(projector.run, stop))
        try:
            async with asyncio.timeout(5):
                while projector.fault is None and not running.done():
                    await asyncio.sleep(0.02)
            assert (projector.fault, running.done()) == ("Mistake", False)
            patched.undo()
            async with asyncio.timeout(10):
                while not projector.level():
                    await asyncio.sleep(0.05)
        finally:
            stop.set()
            await running
    assert projector.fault is None
