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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Self

from worker.development import guardian
from worker.development.child import POLITE, Account, Child, Running, Steps
from worker.development.errors import ProcessFailed, StopRequested
from worker.development.guardian import ProcessId

WATCH_SECONDS = 0.25


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

    @property
    def guardian_pid(self) -> int | None:
        """The guardian's process; None before the first child."""
        return None if self._guardian is None else self._guardian.pid

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
            log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(log, "wb", opener=_private) as output:
                popen = subprocess.Popen(
                    [os.fspath(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=None if env is None else dict(env),
                    cwd=cwd,
                    start_new_session=True,
                    umask=0o077,
                    user=None if account is None else account.uid,
                    group=None if account is None else account.gid,
                    extra_groups=None if account is None else [],
                )
            return self._keep(Child(name, popen, log, steps, self.stopping))

    def adopt(self, name: str, running: Running, *, log: Path, steps: Steps = POLITE) -> Child:
        """Take in a program that somebody else started: it is stopped with ours, at once when they have been."""
        with self._lock:
            child = Child(name, running, log, steps, self.stopping)
            if self.stopping.is_set():
                child.stop()
                raise StopRequested(f"{name} not started: stopping")
            return self._keep(child)

    def _keep(self, child: Child) -> Child:
        self._children.append(child)
        process = guardian.identify(child.pid)
        if process is not None:
            order = json.dumps({**asdict(process), "steps": [[int(n), s] for n, s in child.steps]})
            self._tell_guardian(order)
            self.records.joinpath(f"{child.name}.json").write_text(order)
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


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


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
