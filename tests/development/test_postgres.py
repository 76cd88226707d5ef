"""The embedded PostgreSQL: survives kills, asks for its password, never touches what is not ours."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.fix_services import DatabaseFactory
from worker.development import guardian, ports
from worker.development.postgres import PostgresServer
from worker.development.processes import Children


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any account may pass through (pytest's own is private)."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o711)
        yield path


def _remember(server: PostgresServer) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")


def _remembered(server: PostgresServer) -> int:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute("SELECT n FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def test_a_killed_server_comes_back_with_its_data(folder: Path) -> None:
    """kill -9 of the server: noticed, and restarted on the same port with what was committed."""
    with Children(folder / "run") as children:
        server = PostgresServer(folder / "postgres", children)
        server.start()
        _remember(server)
        port = server.port
        os.kill(server.pid, signal.SIGKILL)
        ended = children.watch()
        assert ended is not None
        assert ended.name == "postgresql"
        assert not server.is_running()
        server.restart()
        assert server.port == port
        assert _remembered(server) == 7


def test_an_orphan_of_a_killed_run_is_replaced(folder: Path) -> None:
    """A server whose parent and guardian were killed is ended by the next start, and its data kept."""
    first = Children(folder / "run-1")
    lost = PostgresServer(folder / "postgres", first)
    lost.start()
    _remember(lost)
    with Children(folder / "run-2") as children:
        server = PostgresServer(folder / "postgres", children)
        server.start()
        assert guardian.started_at(lost.pid) is None
        assert _remembered(server) == 7
    first.stop_all()


def test_a_stale_lock_file_never_costs_a_foreign_process(folder: Path) -> None:
    """The pid of a dead server may belong to anybody by now."""
    foreign = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with foreign, Children(folder / "run") as children:
        server = PostgresServer(folder / "postgres", children)
        server.start()
        _remember(server)
        lock_file = server.data / "postmaster.pid"
        lines = lock_file.read_text().splitlines()
        os.kill(server.pid, signal.SIGKILL)
        children.watch()
        lock_file.write_text("\n".join([str(foreign.pid), *lines[1:]]) + "\n")
        server.restart()
        assert _remembered(server) == 7
        assert foreign.poll() is None
        assert foreign.stdin is not None
        foreign.stdin.close()


def test_a_taken_port_is_avoided(folder: Path) -> None:
    """Somebody else's server on the wanted port is no obstacle."""
    with socket.create_server(("127.0.0.1", 0)) as other, Children(folder / "run") as children:
        taken = other.getsockname()[1]
        server = PostgresServer(folder / "postgres", children, port=taken)
        server.start()
        assert server.port != taken


def test_a_port_lost_in_the_last_moment_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our look and the server's bind somebody else may be quicker."""
    with socket.create_server(("127.0.0.1", 0)) as other, Children(folder / "run") as children:
        answers = [other.getsockname()[1], ports.any_free()]
        monkeypatch.setattr(ports, "choose", lambda *args, **kwargs: answers.pop(0))
        server = PostgresServer(folder / "postgres", children)
        server.start()
        assert server.is_running()
        assert answers == []


def test_a_half_made_cluster_is_made_again(folder: Path) -> None:
    """A kill during initdb leaves nothing that looks like a cluster."""
    with Children(folder / "run") as children:
        server = PostgresServer(folder / "postgres", children)
        half = server.data.with_name("data.new")
        half.mkdir()
        half.joinpath("PG_VERSION").write_text("18\n")
        server.start()
        assert server.is_running()
        assert not half.exists()


def test_nobody_gets_in_without_the_password(postgres_server: PostgresServer) -> None:
    """Other users of the machine reach the port, but not the data."""
    without = f"postgresql://putokaz:wrong@127.0.0.1:{postgres_server.port}/postgres"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)
    password = postgres_server.folder / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600


def test_databases_are_copied_from_a_template(database_factory: DatabaseFactory) -> None:
    """A module fills one database; each test works on its own copy."""
    template = database_factory.create()
    with psycopg.connect(template) as connection:
        connection.execute("CREATE TABLE filled AS SELECT 1 AS n")
    copy = database_factory.copy(template)
    with psycopg.connect(copy) as connection:
        assert connection.execute("SELECT n FROM filled").fetchone() == (1,)


def test_the_database_knows_cyrillic_case(database: str) -> None:
    """Built-in C.UTF-8, as the servers have no ICU."""
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT lower('ЂОРЂЕВИЋ ČEDOMIR')").fetchone() == ("ђорђевић čedomir",)
