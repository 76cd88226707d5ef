"""The whole of Putokaz on this machine, for `demo` and `up`: servers, databases, keys, our own processes.

Everything lies in one state folder. Started again it continues; killed, it leaves nothing behind and loses nothing.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

import eventlog.install
import projections.install
import vault.database
from eventlog.heads_key import create_heads_key
from eventlog.log import EventLog
from eventlog.sql_files import query
from vault.kek import create_kek
from worker.development import ports
from worker.development.child import Child
from worker.development.postgres import PostgresServer
from worker.development.processes import Children
from worker.development.progress import Progress
from worker.development.state import ENVIRONMENT_FILE, State
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring
from worker.relay_position import RelayPosition
from worker.searching.socket_file import socket_place
from worker.settings import CHECKOUT, VARIABLES, Mode, Settings, read_settings

LOG_DATABASE = "putokaz"
VAULT_DATABASE = "putokaz_vault"
ROLES = ("putokaz_writer", "putokaz_projector", "putokaz_reader")
VAULT_ROLE = "putokaz_vault"


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs. `settings` is for our own use as administrator, `environment` for the processes started."""

    state: State
    children: Children
    progress: Progress
    postgres: PostgresServer
    temporal: TemporalServer
    settings: Settings
    environment: Mapping[str, str]

    @property
    def address(self) -> str:
        return self.settings.address

    def start_processes(self) -> None:
        """Worker (with relay and projections), web and search, at the same time; returns when the pages are ready."""
        with self.progress.step("Worker, relay, read models; web, search"):
            worker = self._spawn("worker", "worker", "--also", "relay", "--also", "projections", "--also", "webhooks")
            web, search = self._spawn("web", "web"), self._spawn("vault", "vault")
            port, socket = self.settings.web_port, self.settings.search_socket
            web.wait_until(lambda: worker.is_running() and ports.answers(port))
            search.wait_until(lambda: socket is not None and socket.exists())
        with self.progress.step("Workflows level with the log"):
            relay = closing(RelayPosition(self.settings.projector))
            with EventLog(self.settings.reader, size=1) as log, relay as position:
                worker.wait_until(lambda: position.read() >= log.head())

    def _spawn(self, name: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", "worker.cli", *arguments]
        return self.children.spawn(
            name, command, log=self.state.logs / f"{name}.log", env=self.environment, cwd=CHECKOUT
        )


@contextmanager
def local_stack(
    state: State, children: Children, progress: Progress, *, mode: Mode, smtp_port: int | None = None
) -> Iterator[Stack]:
    """PostgreSQL and Temporal started, databases level with this release, keys made. Ends with what it started."""
    postgres = PostgresServer(state.folder / "postgres", children, port=state.port("postgres"))
    temporal = TemporalServer(
        state.folder / "temporal",
        children,
        database=state.folder / "temporal" / "temporal.db",
        port=state.port("temporal"),
        ui_port=state.port("temporal-ui"),
    )
    with ThreadPoolExecutor(2) as together:
        databases = together.submit(_databases, postgres, state, progress)
        workflows = together.submit(_start_temporal, temporal, state, progress)
        workflows.result()
        urls = databases.result()
    given = {
        **urls,
        "mode": mode.value,
        "temporal_address": temporal.address,
        "temporal_ui": temporal.ui_url or "",
        "kek_file": _key_file(state.folder / "kek", create_kek),
        "keyring_file": _key_file(state.folder / "keyring.json", create_keyring),
        "heads_file": str(state.folder / "heads.jsonl"),
        "heads_key_file": _key_file(state.folder / "heads.key", create_heads_key),
        "shred_ledger_file": str(state.folder / "shredded.jsonl"),
        "search_socket": str(socket_place(state.folder)),
        "web_port": str(state.port("web")),
        **({"smtp_host": "127.0.0.1", "smtp_port": str(smtp_port)} if smtp_port else {}),
    }
    environment = _environment(given)
    _write_environment(state.folder / ENVIRONMENT_FILE, environment)
    yield Stack(
        state=state,
        children=children,
        progress=progress,
        postgres=postgres,
        temporal=temporal,
        settings=read_settings(environment),
        environment={**_inherited(), **environment},
    )


def _start_temporal(temporal: TemporalServer, state: State, progress: Progress) -> None:
    with progress.step("Temporal (dev server)"):
        temporal.start()
        state.remember_port("temporal", temporal.port)
        state.remember_port("temporal-ui", temporal.ui_port)


def _databases(postgres: PostgresServer, state: State, progress: Progress) -> dict[str, str]:
    with progress.step("PostgreSQL (embedded)"):
        postgres.start()
        state.remember_port("postgres", postgres.port)
    log_url, vault_url = postgres.dsn(LOG_DATABASE), postgres.dsn(VAULT_DATABASE)
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        known = {row[0] for row in connection.execute(query("worker", "database_names")).fetchall()}
    with progress.step("Databases level with this release"):
        for name in (LOG_DATABASE, VAULT_DATABASE):
            if name not in known:
                postgres.create_database(name)
        migrate(log_url, vault_url)
        passwords = _passwords(postgres.dsn(), state.folder / "passwords")
    as_role = {role: _as_role(log_url, role, password) for role, password in passwords.items()}
    return {
        "database_url": log_url,
        "writer_url": as_role["putokaz_writer"],
        "projector_url": as_role["putokaz_projector"],
        "reader_url": as_role["putokaz_reader"],
        "vault_database_url": _as_role(vault_url, VAULT_ROLE, passwords[VAULT_ROLE]),
        "vault_admin_url": vault_url,
    }


def migrate(log_url: str, vault_url: str) -> tuple[str, ...]:
    """Brings both databases to this release, as their administrator; the names of the files that were run."""
    ran = (*eventlog.install.install(log_url), *projections.install.install(log_url))
    vault.database.install(vault_url)
    return ran


def _passwords(admin: str, file: Path) -> dict[str, str]:
    """The passwords of our roles on this private server, made at its first start."""
    roles = (*ROLES, VAULT_ROLE)
    if file.exists():
        return dict(line.split(" ", 1) for line in file.read_text().splitlines())
    passwords = {role: secrets.token_urlsafe(24) for role in roles}
    with psycopg.connect(admin, autocommit=True) as connection:
        for role, password in passwords.items():
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            connection.execute(statement)
    _write_private(file, "".join(f"{role} {password}\n" for role, password in passwords.items()))
    return passwords


def _as_role(dsn: str, role: str, password: str) -> str:
    scheme, _, rest = dsn.partition("://")
    return f"{scheme}://{role}:{password}@{rest.rpartition('@')[2]}"


def _key_file(file: Path, create: Callable[[Path], object]) -> str:
    if not file.exists():
        create(file)
    return str(file)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    return {VARIABLES[name]: value for name, value in given.items() if value}


def _inherited() -> dict[str, str]:
    """Of our own environment what a child needs to find its programs, and nothing that would configure it."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "NO_COLOR", "PYTHONPATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _write_environment(file: Path, environment: Mapping[str, str]) -> None:
    _write_private(file, "".join(f"{name}={value}\n" for name, value in sorted(environment.items())))


def _write_private(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        output.write(text)
    fresh.replace(file)
