"""The system under fault: two of each of our processes, each behind wires of its own, on real servers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from eventlog.log import EventLog
from tests.soak.forking import Loaded
from tests.soak.mailbox import Mailbox
from tests.soak.plan import Part
from tests.soak.processes import Server, Service, at_work_in
from tests.soak.wire import Wire
from tests.worker.wishes import AT_ONCE
from worker.demo.staff import STAFF
from worker.development import ports
from worker.development.processes import Children
from worker.development.progress import Progress
from worker.development.state import State
from worker.parts import opened
from worker.settings import CHECKOUT, Mode, read_settings
from worker.stack import Stack, local_stack

_FIRST_PORT = 18_000
"""Below the range from which the kernel takes ports for outgoing connections: a killed server finds its own again."""
_INSTANCES = {Part.WEB: 2, Part.WORKER: 2, Part.PROJECTIONS: 2, Part.RELAY: 1}
_ARGUMENTS = {
    Part.WEB: ("web",),
    Part.WORKER: ("worker",),
    Part.PROJECTIONS: ("projections", "run"),
    Part.RELAY: ("relay",),
}


class Ports:
    """Free ports, each given once."""

    def __init__(self) -> None:
        self._next = _FIRST_PORT

    def take(self) -> int:
        """The next one that nobody uses."""
        while True:
            self._next += 1
            if ports.is_free(self._next):
                return self._next


@dataclass
class System:
    """Everything that runs. `admin` reaches the log directly, past every wire."""

    stack: Stack
    mailbox: Mailbox
    services: list[Service] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    web_ports: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        postgres, temporal = self.stack.postgres, self.stack.temporal
        self.postgres = Server(
            Part.POSTGRES,
            lambda: postgres.pid,
            postgres.start,
            postgres.is_running,
            lambda: at_work_in(postgres.data),
        )
        self.temporal = Server(Part.TEMPORAL, lambda: temporal.pid, temporal.start, temporal.is_running)

    @property
    def admin(self) -> str:
        """The log as its administrator, at the port that PostgreSQL has now."""
        return self.stack.postgres.dsn("putokaz")

    def of(self, part: Part) -> list[Service]:
        """The processes of a part of ours."""
        return [service for service in self.services if service.part is part]

    def kill(self, part: Part, instance: float, down: float) -> bool:
        """`kill -9`; blocks while a server is away. False when there was nothing to kill."""
        if part is Part.POSTGRES:
            return self.postgres.kill(down)
        if part is Part.TEMPORAL:
            return self.temporal.kill(down)
        services = self.of(part)
        return services[int(instance * len(services))].kill(down)

    def lose_temporal(self, down: float) -> bool:
        """Kills Temporal and deletes its database: it starts again knowing nothing."""

        def delete() -> None:
            for file in (self.stack.state.folder / "temporal").glob("temporal.db*"):
                file.unlink()

        return self.temporal.kill(down, between=delete)

    def set_clock(self, rate: float) -> None:
        """Lets the log's clock go on from where it is, at `rate` log seconds in a second."""
        with EventLog(self.admin, size=1) as log:
            log.set_clock(log.now(), rate)

    async def until_ready(self, seconds: float = 120.0) -> None:
        """Returns when every web process says that its parts are there. Raises `TimeoutError`."""
        give_up = time.monotonic() + seconds
        for port in self.web_ports:
            while not await asyncio.to_thread(ports.answers, port):
                if time.monotonic() > give_up:
                    raise TimeoutError(f"web on port {port} is not ready")
                await asyncio.sleep(0.2)


@asynccontextmanager
async def running(state: State, progress: Progress) -> AsyncIterator[System]:
    """The system with its processes started, for as long as the block lasts."""
    given = Ports()
    for name in ("postgres", "temporal", "temporal-ui", "web"):
        state.remember_port(name, given.take())
    mailbox = Mailbox(given.take())
    mailbox.open()
    with Loaded(CHECKOUT) as loaded, Children(state.records) as children:
        children.remove_at_end(state.folder)
        stack_context = local_stack(state, children, progress, mode=Mode.DEMO, smtp_port=mailbox.port)
        stack = await asyncio.to_thread(stack_context.__enter__)
        stack.postgres.remove_at_end()
        system = System(stack, mailbox)
        try:
            with opened(stack.settings, connections=1) as parts:
                for member in STAFF:
                    parts.directory.put(replace(member, preferences=AT_ONCE))
            for part, count in _INSTANCES.items():
                for number in range(1, count + 1):
                    await _add(system, loaded, given, part, number)
            for service in system.services:
                service.start()
            await system.until_ready()
            yield system
        finally:
            await asyncio.to_thread(_stop, system)
            for wire in system.wires:
                await wire.close()
            await asyncio.to_thread(stack_context.__exit__, None, None, None)
            mailbox.close()


async def _add(system: System, loaded: Loaded, given: Ports, part: Part, number: int) -> None:
    stack = system.stack
    postgres = Wire(given.take(), _place(stack.postgres.dsn))
    temporal = Wire(given.take(), lambda: ("127.0.0.1", stack.temporal.port))
    for wire in (postgres, temporal):
        await wire.open()
        system.wires.append(wire)
    direct, through = f"@127.0.0.1:{stack.postgres.port}/", f"@127.0.0.1:{postgres.port}/"
    environment = {name: value.replace(direct, through) for name, value in stack.environment.items()}
    environment["TEMPORAL_ADDRESS"] = f"127.0.0.1:{temporal.port}"
    if part is Part.WEB:
        system.web_ports.append(given.take())
        environment["PUTOKAZ_WEB_PORT"] = str(system.web_ports[-1])
    if part is Part.WORKER and number > 1:  # one signs the heads
        environment.pop("PUTOKAZ_HEADS_FILE", None)
    read_settings(environment)
    service = Service(
        name=f"{part.value}-{number}",
        part=part,
        arguments=_ARGUMENTS[part],
        environment=environment,
        children=stack.children,
        loaded=loaded,
        logs=stack.state.logs,
        wires=(postgres, temporal),
    )
    system.services.append(service)


def _place(dsn: Callable[[], str]) -> Callable[[], tuple[str, int]]:
    def target() -> tuple[str, int]:
        parts = conninfo_to_dict(dsn())
        return str(parts["host"]), int(str(parts["port"]))

    return target


def _stop(system: System) -> None:
    for service in system.services:
        service.stop()


def size_of(folder: Path) -> int:
    """Bytes in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def execute(dsn: str, statement: str) -> None:
    """One statement as administrator."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement.encode())
