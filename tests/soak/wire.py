"""A TCP proxy on the loop of the run: it can be cut, frozen, slowed, lose a reply, and see a checkpoint go by."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from tests.soak.plan import Checkpoint

CHUNK = 1 << 16


class Way(Enum):
    """Which way bytes go."""

    TO_SERVER = auto()
    TO_CLIENT = auto()


@dataclass(frozen=True, slots=True)
class Sight:
    """How a checkpoint shows: bytes that go to the server, or the answer to such bytes."""

    bytes: bytes
    answer: bool = False


SIGHTS: dict[Checkpoint, Sight] = {
    # The topics of events are parameters of an append, and of nothing else that is sent to the database.
    Checkpoint.APPEND_SENT: Sight(b"journey."),
    Checkpoint.APPEND_ANSWERED: Sight(b"journey.", answer=True),
    Checkpoint.PAGE_COMMITTING: Sight(b"COMMIT"),
    Checkpoint.PAGE_COMMITTED: Sight(b"COMMIT", answer=True),
    # Names of updates, signals and search attributes travel in the clear between processes of one machine.
    Checkpoint.UPDATE_SENT: Sight(b"decide"),
    Checkpoint.TASK_COMPLETING: Sight(b"NextWake"),
    Checkpoint.WORKFLOW_TOLD: Sight(b"head-moved"),
}


@dataclass(slots=True)
class Trap:
    """Springs once, on whichever wire sees its checkpoint first."""

    sight: Sight
    spring: Callable[[], None]
    sprung: bool = False

    def release(self) -> None:
        if not self.sprung:
            self.sprung = True
            self.spring()


class Wire:
    """Listens on `port` of the loopback and passes bytes to wherever `target` is at that moment."""

    def __init__(self, port: int, target: Callable[[], tuple[str, int]]) -> None:
        self.port = port
        self._target = target
        self._server: asyncio.Server | None = None
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self.delay = 0.0
        self.parted = False
        self.trap: Trap | None = None
        self._lose_next = False

    async def open(self) -> None:
        """Begins to listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, limit=CHUNK)

    async def close(self) -> None:
        """Ends everything."""
        if self._server is not None:
            self._server.close()
        self.heal()
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Ends every connection now; new ones are accepted."""
        for pair in list(self._pairs):
            for end in pair:
                end.transport.abort()

    def freeze(self) -> None:
        """Takes bytes and passes none on: a server or a cable that gives no sign."""
        self._flowing.clear()

    def part(self) -> None:
        """Ends every connection and refuses new ones."""
        self.parted = True
        self.cut()

    def heal(self) -> None:
        """As if nothing had been."""
        self.parted = False
        self._flowing.set()
        self.delay = 0.0
        self._lose_next = False

    def lose_next_reply(self) -> None:
        """The server does the work, the client never hears of it."""
        self._lose_next = True

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.parted:
            writer.transport.abort()
            return
        try:
            server_reader, server_writer = await asyncio.open_connection(*self._target(), limit=CHUNK)
        except OSError:
            writer.transport.abort()
            return
        pair = (writer, server_writer)
        self._pairs.add(pair)
        talk = _Talk()
        ways = ((reader, server_writer, Way.TO_SERVER), (server_reader, writer, Way.TO_CLIENT))
        tasks = [asyncio.create_task(self._pass(source, sink, way, talk)) for source, sink, way in ways]
        self._tasks.update(tasks)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._pairs.discard(pair)
            for end in pair:
                end.transport.abort()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._tasks.difference_update(tasks)

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: Way, talk: _Talk) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(CHUNK):
                self._look(data, way, talk)
                if self.delay:
                    await asyncio.sleep(self.delay)
                await self._flowing.wait()
                if way is Way.TO_CLIENT and self._lose_next:
                    self._lose_next = False
                    return
                sink.write(data)
                await sink.drain()

    def _look(self, data: bytes, way: Way, talk: _Talk) -> None:
        trap = self.trap
        if trap is None or trap.sprung:
            return
        if way is Way.TO_SERVER and trap.sight.bytes in data:
            if trap.sight.answer:
                talk.asked = trap
            else:
                trap.release()
        elif way is Way.TO_CLIENT and talk.asked is trap:
            trap.release()


@dataclass(slots=True)
class _Talk:
    """The trap whose answer this connection waits for."""

    asked: Trap | None = None
