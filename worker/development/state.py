"""The state folder of ``demo`` and ``up``: databases, logs, remembered ports, and one lock so that only one runs.

Default: ``.putokaz/`` in the checkout. The lock is the kernel's (``flock``), so it goes with its process, however
that ends; what it names (address, process) is only for the message to the second one who comes.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.development import ports
from worker.development.errors import StateInUse, StateNotOurs
from worker.development.postgres_place import make_private

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / ".putokaz"
ENVIRONMENT_FILE = "environment"
"""Where in the folder a running system leaves the settings for commands."""

DEFAULT_PORTS = {"web": 8000, "temporal": 7233, "temporal-ui": 8233}


class State:
    """An open, locked state folder; made by :func:`open_state`."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self._lock = lock
        self._ports_file = folder / "ports.json"
        self._chosen: dict[str, int] = {}

    @property
    def records(self) -> Path:
        """Where :class:`~worker.development.processes.Children` keeps its record."""
        return self.folder / "run"

    @property
    def logs(self) -> Path:
        """Where our own processes write their logs."""
        return self.folder / "logs"

    def port(self, name: str) -> int:
        """A free port for this service: the one of last time, else its usual one, else any."""
        if name not in self._chosen:
            remembered = self._remembered()
            wanted = [remembered.get(name), DEFAULT_PORTS.get(name)]
            self._chosen[name] = ports.choose(wanted, taken=self._chosen.values())
            self.remember_port(name, self._chosen[name])
        return self._chosen[name]

    def remember_port(self, name: str, port: int) -> None:
        """Keep the port that a service really got, for the next start."""
        self._chosen[name] = port
        _write(self._ports_file, json.dumps({**self._remembered(), name: port}, indent=1))

    def announce(self, address: str) -> None:
        """Tell whoever tries to start a second Putokaz where this one answers."""
        _write_lock(self._lock, address)

    def _remembered(self) -> dict[str, int]:
        try:
            known = json.loads(self._ports_file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return {str(name): int(port) for name, port in known.items()}


@contextmanager
def open_state(folder: Path = DEFAULT_FOLDER) -> Iterator[State]:
    """Make, if needed, and lock a state folder. Raises StateInUse, StateNotOurs."""
    try:
        make_private(folder)
        owner = folder.stat().st_uid
        if owner != os.geteuid():
            raise StateNotOurs(_not_ours(folder, owner))
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise StateNotOurs(
            f"No right to write {error.filename}. Choose another state folder, e.g. PUTOKAZ_STATE=$HOME/.putokaz"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateInUse(_in_use(folder, descriptor)) from None
        _write_lock(descriptor, None)
        yield State(folder, descriptor)
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


@contextmanager
def temporary_state() -> Iterator[State]:
    """A state folder for one run (``demo --check``), deleted after it.

    Against a ``kill -9`` also call ``Children.remove_at_end(state.folder)`` and ``PostgresServer.remove_at_end()``.
    """
    folder = Path(tempfile.mkdtemp(prefix="putokaz-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # PostgreSQL's account must get through
    try:
        with open_state(folder) as state:
            yield state
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # the guardian may be doing the same


def _in_use(folder: Path, descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        holder = {}
    where = f" at {holder['address']}" if holder.get("address") else " (it is still starting)"
    who = f", process {holder['pid']}" if holder.get("pid") else ""
    return (
        f"Putokaz already runs from {folder}{where}{who}. "
        "Use that one, stop it (Ctrl-C in its terminal), or start another beside it: PUTOKAZ_STATE=<other folder>"
    )


def _not_ours(folder: Path, owner: int) -> str:
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"number {owner}"
    return f"{folder} belongs to user {name}. Run as that user, or choose another: PUTOKAZ_STATE=<other folder>"


def _write(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(path)


def _write_lock(descriptor: int, address: str | None) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)
