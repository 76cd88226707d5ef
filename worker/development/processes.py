"""The child processes of ``putokaz demo`` and ``putokaz up``: started, waited for, watched, stopped in order.

Three nets, so that nothing stays behind: an ordinary stop ends the children last started first; after a
``kill -9`` of this process the guardian does the same; after a ``kill -9`` of everything at once, the next start
ends what the record of pids and start times still names (:meth:`Children.stop_leftovers`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Self

from worker.development import guardian
from worker.development.errors import ProcessFailed, StopRequested
from worker.development.guardian import ProcessId

Steps = Sequence[tuple[int, float]]
POLITE: Steps = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
AT_ONCE: Steps = ((signal.SIGKILL, 5.0),)
POLL_SECONDS = 0.01
WATCH_SECONDS = 0.25
LOG_TAIL_LINES = 15


@dataclass(frozen=True)
class Account:
    """The operating system's user a child runs as; only root can choose one."""

    uid: int
    gid: int


class Child:
    """One running program with its log file."""

    def __init__(
        self, name: str, popen: subprocess.Popen[bytes], log: Path, steps: Steps, stopping: threading.Event
    ) -> None:
        self.name = name
        self.log = log
        self.steps = steps
        self._popen = popen
        self._stopping = stopping

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self._popen.poll()

    def is_running(self) -> bool:
        return self._popen.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until ``ready()``; raises ProcessFailed when the program ends or the time is over, StopRequested."""
        give_up = time.monotonic() + seconds
        while not ready():
            if not self.is_running():
                raise ProcessFailed(f"{self.name} ended with code {self.exit_code}. Its log says:\n{self.log_tail()}")
            if time.monotonic() > give_up:
                raise ProcessFailed(f"{self.name} was not ready after {seconds:.0f} s. Its log:\n{self.log_tail()}")
            if self._stopping.wait(POLL_SECONDS):
                raise StopRequested(f"stopped while {self.name} was starting")

    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def log_tail(self) -> str:
        """The last lines of the log, indented, with the path of the whole."""
        lines = self.log_text().splitlines()[-LOG_TAIL_LINES:]
        return "\n".join([f"    {line}" for line in lines] + [f"  (whole log: {self.log})"])

    def stop(self, steps: Steps | None = None) -> None:
        """Signal after signal until it has ended."""
        for number, seconds in steps or self.steps:
            if self._popen.poll() is not None:
                return
            self._popen.send_signal(number)
            try:
                self._popen.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return
        raise ProcessFailed(f"{self.name} (process {self.pid}) does not end, not even by SIGKILL")


class Children:
    """All children of this process. Leaving the ``with`` block stops them, last started first."""

    def __init__(self, records: Path) -> None:
        self.records = records
        self.stopping = threading.Event()
        self._children: list[Child] = []
        self._lock = threading.Lock()
        self._guardian: subprocess.Popen[bytes] | None = None
        self._orders: list[str] = []
        records.mkdir(mode=0o700, parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_all()

    def stop_leftovers(self) -> list[str]:
        """End what an earlier, killed run left behind; returns the names of what was still running.

        Only under the lock of the state folder: the record of a *running* Putokaz looks the same.
        """
        ended: list[str] = []
        for record in sorted(self.records.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            try:
                left = json.loads(record.read_text())
                process = ProcessId(left["pid"], left["started"])
                steps = [(int(number), float(seconds)) for number, seconds in left["steps"]]
            except (ValueError, KeyError, TypeError):
                record.unlink()  # cut off while it was written: the guardian had not been told either
                continue
            if guardian.is_running(process):
                if not guardian.end(process, steps):
                    raise ProcessFailed(f"Process {process.pid} of an earlier run does not end: kill -9 {process.pid}")
                ended.append(record.stem)
            record.unlink()
        return ended

    def spawn(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
        steps: Steps = POLITE,
        cwd: Path = Path("/"),
    ) -> Child:
        """Start a program in a session of its own (the terminal's Ctrl-C must not reach it before its turn).

        Standard output and error go to ``log``, begun anew. Without ``env`` it gets ours.
        """
        with self._lock:
            if self.stopping.is_set():
                raise StopRequested(f"{name} not started: stopping")
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("wb") as output:
                popen = subprocess.Popen(
                    [os.fspath(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=None if env is None else dict(env),
                    cwd=cwd,
                    start_new_session=True,
                    user=None if account is None else account.uid,
                    group=None if account is None else account.gid,
                    extra_groups=None if account is None else [],
                )
            child = Child(name, popen, log, steps, self.stopping)
            self._children.append(child)
            process = guardian.identify(popen.pid)
            if process is not None:
                order = json.dumps({**asdict(process), "steps": [[int(n), s] for n, s in steps]})
                self._tell_guardian(order)
                self.records.joinpath(f"{name}.json").write_text(order)
        return child

    def remove_at_end(self, folder: Path) -> None:
        """Have a temporary folder of ours deleted once every child has ended, even after a kill -9 of this process."""
        with self._lock:
            self._tell_guardian(json.dumps({"remove": str(folder)}))

    def first_ended(self) -> Child | None:
        """A child that ended without being asked to, if any."""
        return next((child for child in self._children if not child.is_running()), None)

    def watch(self) -> Child | None:
        """Block until a child ends unasked (returned) or a stop is requested (None)."""
        while not self.stopping.wait(WATCH_SECONDS):
            ended = self.first_ended()
            if ended is not None:
                return ended
        return None

    def stop(self, child: Child, steps: Steps | None = None) -> None:
        """Stop one child and forget it."""
        child.stop(steps)
        with self._lock:
            if child in self._children:
                self._children.remove(child)
            self.records.joinpath(f"{child.name}.json").unlink(missing_ok=True)

    def stop_all(self) -> None:
        """Stop every child, last started first, then let the guardian go. Safe to call again."""
        self.stopping.set()
        with self._lock:
            children = list(reversed(self._children))
        failures: list[ProcessFailed] = []
        for child in children:
            try:
                self.stop(child)
            except ProcessFailed as failure:  # the others must still be stopped
                failures.append(failure)
        with self._lock:
            self._close_guardian()
        if failures:
            raise failures[0]

    def _tell_guardian(self, order: str) -> None:
        self._orders.append(order)
        if self._guardian is not None and self._guardian.poll() is not None:
            self._close_guardian()  # somebody killed it: the next one is told everything again
        unsaid = [order] if self._guardian is not None else self._orders
        if self._guardian is None:
            # By path, isolated and without site: up in ~10 ms, whatever this environment has installed.
            self._guardian = subprocess.Popen(
                [sys.executable, "-I", "-S", guardian.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
            )
        assert self._guardian.stdin is not None
        self._guardian.stdin.write("".join(line + "\n" for line in unsaid).encode())
        self._guardian.stdin.flush()

    def _close_guardian(self) -> None:
        if self._guardian is not None and self._guardian.stdin is not None:
            self._guardian.stdin.close()
            self._guardian.wait()
        self._guardian = None


@contextmanager
def stop_on_signals(children: Children) -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal ask for an orderly stop; a second Ctrl-C interrupts whatever runs."""

    def request(number: int, frame: FrameType | None) -> None:
        if children.stopping.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        children.stopping.set()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, request) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
