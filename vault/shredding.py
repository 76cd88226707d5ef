"""The shred ledger: which data keys were destroyed, in a file apart from the database and its backups.

A backup of the vault still holds every key that was destroyed after it, and whoever restores it revives them. So each
destruction is written here first, on the disk, and a restore destroys those keys again before anything may serve.
Ids only, one JSON object a line, never rewritten. Keep the file on another disk than the database and copy it away as
often as you can: what is missing in it, a restore revives.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg

from vault.database import query
from vault.errors import LedgerFault, VaultUnavailable

_CONNECT_TIMEOUT = 2  # seconds


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a ledger went: its lines, and the sha256 (hexadecimal) over them. One that lost lines is found out."""

    lines: int
    sha256: str


class ShredLedger:
    """One file, used by any number of processes of one machine."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, keys: Iterable[UUID]) -> None:
        """Writes the ids to the end, on the disk when this returns. Raises `LedgerFault`: then destroy nothing."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        lines = b"".join(json.dumps({"key": str(key), "at": at}).encode("ascii") + b"\n" for key in keys)
        if not lines:
            return
        try:
            new = not self.file.exists()
            descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                _cut_unfinished(file.fileno())
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
            if new:
                _sync_folder(self.file.parent)
        except OSError as error:
            raise LedgerFault(
                f"the shred ledger {self.file} cannot be written ({error.strerror}); no key was destroyed"
            ) from None

    def keys(self) -> frozenset[UUID]:
        """Every key that is to be gone; none where there is no file. Raises `LedgerFault`."""
        found = []
        for number, line in enumerate(self._lines(), start=1):
            try:
                found.append(UUID(json.loads(line)["key"]))
            except (ValueError, KeyError, TypeError):
                raise LedgerFault(f"line {number} of the shred ledger {self.file} names no key") from None
        return frozenset(found)

    def extent(self, lines: int | None = None) -> Extent:
        """How far it goes, or how its first `lines` lines look; fewer are counted where there are fewer."""
        whole = self._lines()[:lines]
        return Extent(len(whole), sha256(b"\n".join(whole)).hexdigest())

    def _lines(self) -> list[bytes]:
        try:
            text = self.file.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LedgerFault(f"the shred ledger {self.file} cannot be read: {error.strerror}") from None
        return text.split(b"\n")[:-1]  # behind the last newline: nothing, or what a machine left that went down


def destroyed_keys(dsn: str) -> frozenset[UUID]:
    """The keys that a vault knows as destroyed; `dsn` is an administrator's. Raises `VaultUnavailable`."""
    try:
        with psycopg.connect(dsn, connect_timeout=_CONNECT_TIMEOUT) as connection:
            return frozenset(row[0] for row in connection.execute(query("destroyed_keys")))
    except psycopg.OperationalError as error:
        raise VaultUnavailable(f"the vault's database cannot be reached (SQLSTATE {error.sqlstate})") from error


def shred_again(dsn: str, keys: Sequence[UUID]) -> int:
    """Destroys those of `keys` that live in a restored vault; how many. `dsn` is an administrator's.

    The generation moves beyond any that a process may still remember, so that no cache serves a key of the time before.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=_CONNECT_TIMEOUT) as connection:
            destroyed = connection.execute(query("shred_again"), (list(keys),)).rowcount
            connection.execute(query("generation_anew"))
            return destroyed
    except psycopg.OperationalError as error:
        raise VaultUnavailable(f"the vault's database cannot be reached (SQLSTATE {error.sqlstate})") from error


def _cut_unfinished(descriptor: int) -> None:
    """Takes off the half line that a machine left when it went down."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, 4096, max(0, size - 4096))
    unfinished = len(tail) - (tail.rfind(b"\n") + 1)
    if unfinished:
        os.ftruncate(descriptor, size - unfinished)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
