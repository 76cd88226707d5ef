"""Starts of our processes that cost little: each is a fork of a process that has loaded their modules once.

Loading the modules takes seconds of processor time, and a fault run starts a process every two seconds: on two cores it
would do little else than load. What dies is a process like any other, with its own session, connections and memory.

`python -m tests.soak.forking FD` is that process. It reads starts from the socket `FD`, one JSON object a line,
and writes what was started and what has ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from typing import Self, TypedDict

from worker.cli import app

MODULES = (
    "worker.cli.run",
    "worker.cli.readmodels",
    "worker.services.worker",
    "worker.services.relay",
    "worker.services.projections",
    "worker.web",
)


_LOOK = 0.02
"""Seconds between two looks at what has ended."""


class Start(TypedDict):
    """What is asked for."""

    arguments: list[str]
    environment: dict[str, str]
    log: str


class Forked:
    """A process that the loaded one forked: what `subprocess.Popen` shows of its own."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None
        self._ended = threading.Event()

    def poll(self) -> int | None:
        """None while it runs; minus the signal's number when a signal ended it."""
        return self._code

    def send_signal(self, sig: int) -> None:
        """Does nothing when it has ended."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        assert self._code is not None
        return self._code

    def ended(self, code: int) -> None:
        """Its parent has collected it."""
        self._code = code
        self._ended.set()


class Loaded:
    """The process that has loaded the modules; it ends with the `with` block, or when this process is killed."""

    def __init__(self, cwd: Path) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.soak.forking", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], cwd=cwd, start_new_session=True
            )
        self._lock = threading.Lock()
        self._started: Queue[Forked] = Queue()
        self._running: dict[int, Forked] = {}
        self._reader = threading.Thread(target=self._read, name="forked processes", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.shutdown(socket.SHUT_RDWR)
        self._process.wait()
        self._reader.join()
        self._ours.close()

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Forked:
        """`putokaz …` with this environment alone; its output goes to `log`, begun anew."""
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock:
            request = Start(arguments=list(arguments), environment=dict(environment), log=str(log))
            self._ours.sendall(json.dumps(request).encode() + b"\n")
            return self._started.get(timeout=60.0)

    def _read(self) -> None:
        with self._ours.makefile("r") as lines:
            for line in lines:
                told = json.loads(line)
                if "code" in told:
                    self._running.pop(told["pid"]).ended(told["code"])
                else:
                    child = self._running[told["pid"]] = Forked(told["pid"])
                    self._started.put(child)


def serve(requests: socket.socket) -> list[str] | None:
    """Forks for each request. Returns the arguments in a child, None in the parent when nobody asks any more."""
    with requests.makefile("r") as lines:
        while True:
            asked, _, _ = select.select([requests], [], [], _LOOK)
            for pid, code in _collected():
                _tell(requests, pid=pid, code=code)
            if not asked:
                continue
            line = lines.readline()
            if not line:
                return None
            if len(os.listdir("/proc/self/task")) > 1:
                raise RuntimeError("one of the modules has begun a thread: a fork would not have it")
            pid = os.fork()
            if pid == 0:
                return _become(json.loads(line))
            _tell(requests, pid=pid)


def _become(request: Start) -> list[str]:
    """In the child: a session, an environment and an output of its own."""
    os.setsid()
    os.umask(0o077)
    output = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    os.environ.clear()
    os.environ.update(request["environment"])
    return request["arguments"]


def _collected() -> Iterator[tuple[int, int]]:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def _tell(requests: socket.socket, **what: int) -> None:
    with suppress(OSError):
        requests.sendall(json.dumps(what).encode() + b"\n")


def main() -> None:
    """Loads the modules, then forks until the socket is closed; a child becomes `putokaz …`."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    for module in MODULES:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    arguments = serve(requests)
    requests.close()
    if arguments is not None:
        app(arguments)


if __name__ == "__main__":
    main()
