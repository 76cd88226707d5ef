"""A process that starts before its databases waits for them, and then says what is missing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from eventlog.log import EventLog
from tests.fix_engine import Bench
from tests.fix_proxy import CuttableProxy, Line
from vault.database import install as install_vault
from vault.errors import VaultUnavailable
from vault.kek import create_kek
from worker.development.ports import any_free
from worker.parts import opened
from worker.services import clock
from worker.settings import Settings, read_settings


def settings(bench: Bench, tmp_path: Path, vault: str) -> Settings:
    """Of a small installation whose vault is at `vault`."""
    return read_settings(
        {
            "DATABASE_URL": bench.dsn,
            "VAULT_DATABASE_URL": vault,
            "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
            "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
        }
    )


def test_a_vault_that_is_there_is_opened(bench: Bench, tmp_path: Path) -> None:
    """No waiting."""
    create_kek(tmp_path / "kek")
    install_vault(bench.dsn)
    with opened(settings(bench, tmp_path, bench.dsn), patience=10) as parts:
        assert parts.directory.all() == []


def test_a_vault_that_stays_away_is_named_after_the_patience(bench: Bench, tmp_path: Path) -> None:
    """The process waits for a database that is being started again, and ends with what cannot be reached."""
    create_kek(tmp_path / "kek")
    away = settings(bench, tmp_path, f"postgresql://nobody@127.0.0.1:{any_free()}/none")
    started = time.monotonic()
    with pytest.raises(VaultUnavailable, match="vault"), opened(away, patience=1.0):
        pass
    assert 1.0 <= time.monotonic() - started < 10


async def test_the_relay_waits_for_a_log_that_is_away_and_refuses_a_demonstration_clock(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It outlives the absence of the database at its start as it does later; a set clock still ends it."""
    monkeypatch.setattr(clock, "_PAUSE", 0.1)
    bench.log.set_clock(bench.log.now(), 8640.0)
    proxy = CuttableProxy(**address(bench.dsn))
    proxy.line = Line.FROZEN
    stop = asyncio.Event()
    with EventLog(proxy.dsn(bench.dsn), size=1) as log:
        asking = asyncio.create_task(clock.require_real_clock_when_up(settings(bench, tmp_path, bench.dsn), log, stop))
        try:
            await asyncio.sleep(6)
            assert not asking.done()
            proxy.line = Line.OPEN
            proxy.cut()
            with pytest.raises(clock.DemoClockInProduction):
                await asyncio.wait_for(asking, 30)
        finally:
            stop.set()
            proxy.close()


def address(dsn: str) -> dict[str, Any]:
    """Host and port of a database."""
    parts = urlsplit(dsn)
    return {"host": parts.hostname, "port": parts.port}
