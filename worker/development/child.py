"""One child process: what it logs, when it is ready, how it is asked to end."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from worker.development.errors import ProcessFailed, StopRequested

Steps = Sequence[tuple[int, float]]
POLITE: Steps = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
AT_ONCE: Steps = ((signal.SIGKILL, 5.0),)
POLL_SECONDS = 0.01
LOG_TAIL_LINES = 15


@dataclass(frozen=True)
class Account:
    """The operating system's user a child runs as; only root can choose one."""

    uid: int
    gid: int


class Running(Protocol):
    """What a child needs of `subprocess.Popen`."""

    @property
    def pid(self) -> int:
        """The operating system's number."""

    def poll(self) -> int | None:
        """None while it runs, else the exit code."""

    def send_signal(self, sig: int, /) -> None:
        """Nothing happens when it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises `subprocess.TimeoutExpired`."""


class Child:
    """One running program with its log file."""

    def __init__(self, name: str, popen: Running, log: Path, steps: Steps, stopping: threading.Event) -> None:
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
