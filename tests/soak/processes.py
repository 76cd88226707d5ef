"""The processes of the system, each kept running as a service manager would: ended, it is started again."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.forking import Loaded
from tests.soak.plan import Part
from tests.soak.wire import Wire
from worker.development.child import Child
from worker.development.errors import DevelopmentError
from worker.development.processes import Children

_LOOK = 0.02
_FAST_END = 3.0
"""A process that ends by itself sooner than this after its start is started again after a pause, as systemd does."""


@dataclass(slots=True)
class Ended:
    """A process that ended though nobody killed it."""

    name: str
    code: int | None
    at: float
    words: str


@dataclass
class Service:
    """One process of ours. `wires` are its connections: to PostgreSQL and to Temporal."""

    name: str
    part: Part
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    children: Children
    loaded: Loaded
    logs: Path
    wires: tuple[Wire, ...]
    unasked: list[Ended] = field(default_factory=list)
    starts: int = 0

    def __post_init__(self) -> None:
        self._child: Child | None = None
        self._killed = False
        self._down = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=self.name, daemon=True)

    def start(self) -> None:
        """Starts it and keeps it running until `stop`."""
        self._thread.start()

    def kill(self, down: float) -> bool:
        """`kill -9` now, started again after `down` seconds; False when it was not running."""
        child = self._child
        if child is None or not child.is_running():
            return False
        self._killed, self._down = True, down
        try:
            os.kill(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def stop(self) -> None:
        """Ends it in order, for good."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._child is not None:
            self.children.stop(self._child)
            self._child = None

    def _keep(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self._spawn()
            except DevelopmentError:
                return  # everything stops
            child = self._child
            assert child is not None
            while child.is_running():
                if self._stop.wait(_LOOK):
                    return
            pause = self._down
            if not self._killed:
                words = child.log_tail()
                self.unasked.append(Ended(self.name, child.exit_code, time.time(), words))
                pause = 1.0 if time.monotonic() - began < _FAST_END else 0.0
            self._killed, self._down = False, 0.0
            self._stop.wait(pause)

    def _spawn(self) -> None:
        if self._child is not None:
            self.children.stop(self._child)
        self.starts += 1
        log = self.logs / f"{self.name}-{self.starts % 20}.log"
        forked = self.loaded.start(self.arguments, self.environment, log)
        self._child = self.children.adopt(self.name, forked, log=log)


class Server:
    """PostgreSQL or Temporal: killed with all its processes, started again on the same files."""

    def __init__(
        self,
        part: Part,
        pid: Callable[[], int],
        start: Callable[[], None],
        running: Callable[[], bool],
        left: Callable[[], list[int]] = list,
    ) -> None:
        """`left`: processes that outlived the server's own one and keep it from starting again."""
        self.part = part
        self._left = left
        self._pid, self._start, self._running = pid, start, running
        self._lock = threading.Lock()
        self.failures: list[str] = []

    def kill(self, down: float, between: Callable[[], None] | None = None) -> bool:
        """`kill -9` of the server and of every process it has; returns once it is started again.

        One that is down already is not killed again as soon as it is up: it would hardly ever be.
        """
        if not self._lock.acquire(blocking=between is not None):
            return False
        try:
            if not self._running():
                return False
            root = self._pid()
            _signal(root, signal.SIGSTOP)  # or it would fork while its children are counted
            for pid in (*descendants(root), root):
                _signal(pid, signal.SIGKILL)
            while self._running():  # a killed process is gone only when the kernel has taken it down
                time.sleep(_LOOK)
            time.sleep(down)
            if between is not None:
                between()
            self.start()
            return True
        finally:
            self._lock.release()

    def start(self) -> None:
        """Until it runs; a start that fails is taken down and tried again."""
        for _ in range(20):
            try:
                self._start()
            except DevelopmentError as failed:
                self.failures.append(str(failed)[:300])
                for pid in self._left():
                    _signal(pid, signal.SIGKILL)
                time.sleep(1.0)
            else:
                return
        raise RuntimeError(f"{self.part} does not start again: {self.failures[-1]}")


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it is gone


def descendants(root: int) -> list[int]:
    """All processes below `root`, by the kernel's own list."""
    found: list[int] = []
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = [int(pid) for pid in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def at_work_in(folder: Path) -> list[int]:
    """Processes whose working directory this is: those of a PostgreSQL, whoever their parent is now."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if place.readlink() == folder:
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found
