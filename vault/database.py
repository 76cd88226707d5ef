"""The vault's database: its own server role, a few connections, every call bounded in time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore
from typing import TypeVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from vault.errors import VaultUnavailable

T = TypeVar("T")
_CONNECT_TIMEOUT = 2  # seconds
_WAIT = 2.0  # seconds for a free connection
_REPLY = 3.5  # seconds
_SETTINGS = b"SELECT set_config('statement_timeout', '3s', false), set_config('lock_timeout', '2s', false)"


class Connection(psycopg.Connection[TupleRow]):
    """A connection that gives up when a reply does not come: a cut cable or a frozen server sends no error."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(gen, interval, _REPLY if timeout is None else timeout)


@cache
def query(name: str) -> bytes:
    """The text of `queries/<name>.sql`."""
    return (files("vault") / "queries" / f"{name}.sql").read_bytes()


@cache
def scripts() -> tuple[tuple[str, bytes], ...]:
    """Name and text of every file of `sql/`, by the number that it begins with: `9_…` before `10_…` and `93_…`."""
    found = [(f.name, f.read_bytes()) for f in (files("vault") / "sql").iterdir() if f.name.endswith(".sql")]
    return tuple(sorted(found, key=lambda file: (int(file[0].partition("_")[0]), file[0])))


def install(dsn: str) -> None:
    """Makes schema, tables and role `putokaz_vault` where they are missing; `dsn` is an administrator's.

    Each file may run again and again: which have run is nowhere remembered. Raises `VaultUnavailable`.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=_CONNECT_TIMEOUT) as connection:
            for _, text in scripts():
                connection.execute(text, prepare=False)
    except psycopg.OperationalError as error:
        raise VaultUnavailable(f"the vault's database cannot be reached (SQLSTATE {error.sqlstate})") from error


class Database:
    """At most `size` connections in autocommit, made when needed and dropped when broken."""

    def __init__(self, dsn: str, size: int) -> None:
        self._dsn = dsn
        self._free = BoundedSemaphore(size)
        self._idle: list[Connection] = []

    def run(self, work: Callable[[Connection], T]) -> T:
        """`work` on a connection, once more on a fresh one if an idle one turns out to be dead.

        So `work` must be harmless to repeat. Raises `VaultUnavailable`.
        """
        if not self._free.acquire(timeout=_WAIT):
            raise VaultUnavailable(f"no free connection to the vault within {_WAIT} s")
        try:
            try:
                connection = self._idle.pop()
            except IndexError:
                return self._used(self._connected(), work)
            try:
                return self._used(connection, work)
            except (psycopg.OperationalError, psycopg.InterfaceError):
                if not connection.closed:
                    raise
            self.close()  # the other idle ones most likely died with it
            return self._used(self._connected(), work)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise VaultUnavailable(f"the vault's database cannot be reached (SQLSTATE {error.sqlstate})") from error
        finally:
            self._free.release()

    def close(self) -> None:
        """Closes the idle connections."""
        while self._idle:
            self._idle.pop().close()

    def _used(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        try:
            return work(connection)
        finally:
            if connection.info.transaction_status == TransactionStatus.IDLE:
                self._idle.append(connection)
            else:
                connection.close()

    def _connected(self) -> Connection:
        connection = Connection.connect(
            self._dsn, autocommit=True, connect_timeout=_CONNECT_TIMEOUT, application_name="putokaz-vault"
        )
        try:
            connection.execute(_SETTINGS, prepare=False)
        except BaseException:
            connection.close()  # a server that froze after the handshake would keep it, one for each try
            raise
        return connection
