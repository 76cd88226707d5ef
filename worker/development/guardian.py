"""Ends our children after a ``kill -9`` of their parent, and never any other process.

A process is known by pid *and* start time: a pid alone may meanwhile belong to somebody else. The parent keeps
the write end of our standard input and registers each child there, one JSON line each; the kernel closes that
pipe however the parent dies, and we then stop what is still running, last started first, with the signals each
child wants (PostgreSQL: SIGINT, a clean shutdown).

Why not ``PR_SET_PDEATHSIG``: it fires when the *thread* that forked ends, is cleared when the child changes its
user, knows one signal and no order, and exists on Linux only.

Run as a script, by path: standard library only, so that it is up within a few milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.01
PROC = Path("/proc")


@dataclass(frozen=True)
class ProcessId:
    """One process of this machine, never to be mistaken for a later one with the same pid."""

    pid: int
    started: str


def started_at(pid: int) -> str | None:
    """Start time of a running process in the operating system's own terms; None when there is none (or a zombie)."""
    if PROC.joinpath("self/stat").exists():
        try:
            stat = PROC.joinpath(str(pid), "stat").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return None
        # The command name may hold spaces and brackets: fields are counted from the last bracket.
        fields = stat[stat.rindex(")") + 2 :].split()
        state, ticks_after_boot = fields[0], fields[19]
        if state in "ZX":
            return None
        return f"{PROC.joinpath('sys/kernel/random/boot_id').read_text().strip()}/{ticks_after_boot}"
    done = subprocess.run(
        ["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False, env={"LC_ALL": "C"}
    )
    state, _, since = done.stdout.strip().partition(" ")
    return since.strip() if since and not state.startswith("Z") else None


def identify(pid: int) -> ProcessId | None:
    """The identity of a running process; None when it has ended."""
    started = started_at(pid)
    return None if started is None else ProcessId(pid, started)


def command_line(pid: int) -> list[str]:
    """Arguments of a process; empty when it has ended or may not be read."""
    if PROC.joinpath("self/stat").exists():
        try:
            raw = PROC.joinpath(str(pid), "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return []
        return raw.decode(errors="replace").rstrip("\0").split("\0")
    done = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout.split()


def is_running(process: ProcessId) -> bool:
    """Whether exactly this process still runs."""
    return started_at(process.pid) == process.started


def end(process: ProcessId, steps: Sequence[tuple[int, float]]) -> bool:
    """Send each signal in turn and wait its seconds, until the process is gone. True when it is gone."""
    for number, seconds in steps:
        if not is_running(process):
            return True
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if not is_running(process):
                return True
            time.sleep(POLL_SECONDS)
    return not is_running(process)


def _guard() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # only the end of our parent ends us
    children: list[tuple[ProcessId, list[tuple[int, float]]]] = []
    folders: list[Path] = []
    for line in sys.stdin:
        order = json.loads(line)
        if "remove" in order:
            folders.append(Path(order["remove"]))
        else:
            steps = [(int(number), float(seconds)) for number, seconds in order["steps"]]
            children.append((ProcessId(order["pid"], order["started"]), steps))
    for process, steps in reversed(children):
        end(process, steps)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _guard()
