"""A whole installation in processes of its own, each of which can be killed and started again."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rich.console import Console

from tests.worker.wishes import AT_ONCE
from worker.demo.staff import STAFF
from worker.development import ports
from worker.development.child import Child
from worker.development.processes import Children
from worker.development.progress import Progress
from worker.development.state import temporary_state
from worker.parts import opened
from worker.settings import CHECKOUT, Mode
from worker.stack import Stack, local_stack


class Part(StrEnum):
    """What can die."""

    WEB = "web"
    WORKER = "worker"
    RELAY = "relay"
    PROJECTIONS = "projections"
    TEMPORAL = "temporal"
    POSTGRES = "postgres"


_COMMANDS = {
    Part.WEB: ("web",),
    Part.WORKER: ("worker",),
    Part.RELAY: ("relay",),
    Part.PROJECTIONS: ("projections", "run"),
}


@dataclass
class Installation:
    """PostgreSQL, Temporal, worker, relay, projections, web."""

    stack: Stack
    children: dict[Part, Child] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.stack.address

    def start(self, part: Part) -> None:
        """Starts it, and returns when it can be reached; a worker, relay or projector is not waited for."""
        if part is Part.POSTGRES:
            self.stack.postgres.start()
        elif part is Part.TEMPORAL:
            self.stack.temporal.start()
        else:
            command = [sys.executable, "-m", "worker.cli", *_COMMANDS[part]]
            log = self.stack.state.logs / f"{part.value}.log"
            environment = self.stack.environment
            child = self.stack.children.spawn(part.value, command, log=log, env=environment, cwd=CHECKOUT)
            self.children[part] = child
            if part is Part.WEB:
                child.wait_until(lambda: ports.answers(self.stack.settings.web_port))

    def kill(self, part: Part) -> None:
        """`kill -9`; returns when it is gone."""
        pid = self._pid(part)
        os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while self._runs(part):
            assert time.monotonic() < end, f"{part.value} does not die"
            time.sleep(0.02)
        if part in self.children:
            self.stack.children.stop(self.children.pop(part))

    def freeze(self, part: Part) -> None:
        """SIGSTOP: it is there and says nothing."""
        os.kill(self._pid(part), signal.SIGSTOP)

    def thaw(self, part: Part) -> None:
        os.kill(self._pid(part), signal.SIGCONT)

    def _pid(self, part: Part) -> int:
        if part is Part.POSTGRES:
            return int((self.stack.postgres.data / "postmaster.pid").read_text().split()[0])
        return self.stack.temporal.pid if part is Part.TEMPORAL else self.children[part].pid

    def _runs(self, part: Part) -> bool:
        if part is Part.POSTGRES:
            return self.stack.postgres.is_running()
        return self.stack.temporal.is_running() if part is Part.TEMPORAL else self.children[part].is_running()


@contextmanager
def installation(*, smtp_port: int | None = None) -> Iterator[Installation]:
    """All of it at work, with the invented members of staff and no journey."""
    progress = Progress(Console(stderr=True, highlight=False, soft_wrap=True))
    with temporary_state() as state, Children(state.records) as children:
        children.remove_at_end(state.folder)
        for name in ("web", "temporal", "temporal-ui"):
            state.remember_port(name, ports.any_free())
        with local_stack(state, children, progress, mode=Mode.DEMO, smtp_port=smtp_port) as stack:
            stack.postgres.remove_at_end()
            with opened(stack.settings, connections=1) as parts:
                for member in STAFF:
                    parts.directory.put(replace(member, preferences=AT_ONCE))
            whole = Installation(stack)
            for part in (Part.WORKER, Part.RELAY, Part.PROJECTIONS, Part.WEB):
                whole.start(part)
            yield whole
