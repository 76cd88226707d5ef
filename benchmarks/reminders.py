"""Reminders from their moment to their receipts, through a local SMTP server, against the same bytes sent bare.

Ours: load, fire into the log, hand over with a last look at the date, receipt; each journey has its own caseworker.
Bare: aiosmtplib with as many letters under way, each on a connection of its own as ours have.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import aiosmtplib
import psycopg
from temporalio.client import Client

from benchmarks.measure import Result
from benchmarks.open_journeys import spawn, together, told
from benchmarks.stand import Stand
from domain.journey import decide, fold, wakes
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.refusal import Refused
from eventlog.decision import Decision
from eventlog.log import EventLog
from worker.codec import data_converter
from worker.development import ports
from worker.engine import LETTERS
from worker.keyring import KeyRing, create_keyring
from worker.settings import CHECKOUT

_LOOK = 0.05
_REST = 3.0
"""Seconds without another receipt after which a round is over; they do not count."""
_PATIENCE = 600.0


def run(stand: Stand, rounds: int, journeys: int) -> list[Result]:
    """Letters a second, over `journeys` journeys a round whose first reminder is due at once."""
    keyring, dsn = stand.folder / "reminders.json", stand.database()
    ring = create_keyring(keyring)
    with stand.temporal() as server, mail_server(stand) as (port, letter), EventLog(dsn, size=2) as log:
        arguments = ("--log", dsn, "--keyring", str(keyring), "--smtp", str(port))
        ours = spawn(stand, "ours", server.address, *arguments)
        try:
            return asyncio.run(_run(_Post(stand, log, dsn, port, letter), server.address, ring, rounds, journeys))
        finally:
            stand.children.stop(ours)


@contextmanager
def mail_server(stand: Stand) -> Iterator[tuple[int, Path]]:
    """Its port, and the file with the newest letter it took."""
    port, letter = ports.any_free(), stand.folder / "letter.eml"
    command = [sys.executable, "-m", "benchmarks.mail_server", str(port), str(letter)]
    server = stand.children.spawn("mail", command, log=stand.folder / "mail.log", cwd=CHECKOUT)
    try:
        server.wait_until(lambda: not ports.is_free(port))
        yield port, letter
    finally:
        stand.children.stop(server)


@dataclass
class _Post:
    stand: Stand
    log: EventLog
    dsn: str
    port: int
    letter: Path

    def due(self, journeys: int) -> list[str]:
        """So many new journeys, each with a caseworker of its own, whose first reminder is due now; their streams."""
        pathway, now = self.stand.pathways.find(self.stand.pin).pathway, self.log.now()

        def opened(stream: str) -> Decision:
            caseworker = uuid4()
            events = decide(None, OpenJourney(pin=self.stand.pin, caseworker=caseworker), pathway, now, stream=stream)
            assert not isinstance(events, Refused)
            return Decision(stream, 0, uuid4(), caseworker, events)

        streams = [journey_stream(uuid4()) for _ in range(journeys)]
        self.log.append_many(opened(stream) for stream in streams)
        newest = fold(self.log.load(streams[-1]).history)
        assert newest is not None
        self.log.set_clock(wakes(newest)[0].at + timedelta(seconds=1))
        return streams

    def receipts(self) -> int:
        """Letters that the mail server took, by the log."""
        with psycopg.connect(self.dsn) as connection:
            found = connection.execute(
                "SELECT count(*) FROM eventlog.stored_events WHERE topic LIKE 'message.sent@%'"
            ).fetchone()
        return int(found[0]) if found else 0


async def _run(post: _Post, address: str, ring: KeyRing, rounds: int, journeys: int) -> list[Result]:
    client = await Client.connect(address, data_converter=data_converter(ring))
    speed: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds + 1):
        count = journeys if number else 10  # the first workflows of a worker import everything
        ours = await _ours(post, client, count)
        bare = await _bare(post, count)
        print(f"  {ours:.0f} letters/s, bare {bare:.0f}/s", flush=True)
        if number:
            speed["ours"].append(ours)
            speed["bare"].append(bare)
    bare_is = f"the same bytes through aiosmtplib, {LETTERS} under way"
    what = f"{journeys:,} due at once, from their start to the receipt"
    return [Result("reminders", what, bare_is, "letters/s", speed["ours"], speed["bare"])]


async def _ours(post: _Post, client: Client, count: int) -> float:
    streams = await asyncio.to_thread(post.due, count)
    before, began = await asyncio.to_thread(post.receipts), time.perf_counter()
    await together([told(client, stream) for stream in streams])
    seen, last = before, began
    while time.perf_counter() - last < _REST or seen - before < count:
        await asyncio.sleep(_LOOK)
        if (now := await asyncio.to_thread(post.receipts)) != seen:
            seen, last = now, time.perf_counter()
        assert time.perf_counter() - began < _PATIENCE, f"{seen - before} of {count} letters have a receipt"
    return (seen - before) / (last - began)


async def _bare(post: _Post, count: int) -> float:
    content = post.letter.read_bytes()

    async def send() -> None:
        await aiosmtplib.send(
            content, hostname="127.0.0.1", port=post.port, sender="putokaz@example.org", recipients=["a@example.org"]
        )

    began = time.perf_counter()
    await together([send] * count, LETTERS)
    return count / (time.perf_counter() - began)
