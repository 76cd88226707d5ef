"""The relay while Temporal is away: it tries, and piles nothing up."""

from __future__ import annotations

import asyncio
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from tests.fix_engine import Bench
from worker.codec import data_converter
from worker.development.ports import any_free
from worker.keyring import create_keyring
from worker.relay import AT_ONCE, LogRelay


class Beginning:
    """A relay's position that was never written."""

    def read(self) -> int:
        return 0

    def write(self, position: int) -> None:
        raise AssertionError(f"nobody was told anything, and the relay says it stands at {position}")


class AwayRelay(LogRelay):
    """Each call takes a moment and finds nobody, as to a server that is starting."""

    calls = 0

    async def tell(self, stream: str, version: int) -> None:
        self.calls += 1
        await asyncio.sleep(0.05)
        raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")


async def test_an_absent_temporal_leaves_no_calls_behind(bench: Bench, tmp_path: Path) -> None:
    """Many streams have changed: the first that cannot be told ends the page, whose rest is told with the next try."""
    for _ in range(AT_ONCE * 4):
        bench.opened()
    away = await Client.connect(
        f"127.0.0.1:{any_free()}", data_converter=data_converter(create_keyring(tmp_path / "k")), lazy=True
    )
    relay, tries = AwayRelay(away, bench.log, Beginning()), 0

    def stopping() -> bool:
        nonlocal tries
        tries += 1
        return tries > 2

    await relay.run(stopping)
    await asyncio.sleep(0.3)
    assert relay.calls == 2 * AT_ONCE
