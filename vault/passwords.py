"""Passwords: Argon2id, its text sealed. A second factor is asked for beside each, always (`vault.second_factor`).

    passwords.choose(staff, typed, own=("Jelena Đorđević", "jelena@example.org"), now=now)
    passwords.check(staff, typed)      # raises `SignInRefused`; where there is none it works as long

The parameters are argon2-cffi's defaults (RFC 9106 §4, second recommendation: 64 MiB, 3 passes, 4 lanes). When a
release raises them, the next sign-in stores the password anew.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from uuid import UUID

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from vault.account_records import AccountRecords, SealedPart
from vault.database import Database, query
from vault.errors import SignInRefused, VaultUnavailable
from vault.keys import Keys
from vault.password_rules import normal, require
from vault.refusals import SignInFault

AT_ONCE = 2
"""Hashes at the same time in one process: each takes 64 MiB and four processors."""
_PATIENCE = 10.0  # seconds
_PART = "password"
_NOBODY = UUID(int=0)
_turns = BoundedSemaphore(AT_ONCE)


class Passwords:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away.

    `check` and `choose` raise it as well when too many people sign in at once; either may be repeated.
    """

    def __init__(self, dsn: str, keys: Keys, *, hasher: PasswordHasher | None = None, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)
        self._hasher = hasher or PasswordHasher()
        self._nobodys = nobodys(self._hasher)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def choose(self, staff: UUID, password: str, *, own: Iterable[str] = (), now: datetime) -> None:
        """Sets or replaces the password; the one before opens nothing any more, in no backup either.

        `own`: names and addresses of the person and of the organisation. Raises `PasswordRefused`, `LedgerFault`, and
        `SignInRefused` where there is no account.
        """
        plain = require(password, own)
        with _turn():
            hashed = self._hasher.hash(plain)
        self._records.destroy(staff, _PART)
        kept = self._records.seal(staff, _PART, hashed.encode())
        values = {"staff": staff, "key_id": kept.key_id, "sealed": kept.sealed, "now": now}
        try:
            self._database.run(lambda c: c.execute(query("put_password"), values))
        except psycopg.errors.ForeignKeyViolation:
            raise SignInRefused(SignInFault.NO_ACCOUNT) from None

    def check(self, staff: UUID | None, password: str) -> None:
        """Raises `SignInRefused` unless it is theirs. `None`, for a name that nobody has, takes the same work."""
        plain = normal(password)
        if plain is None:
            raise SignInRefused(SignInFault.WRONG)
        asked = staff or _NOBODY
        kept = self._kept(asked)
        with _turn():
            matches = _matches(self._hasher, self._nobodys if kept is None else kept[1], plain)
        if kept is None or not matches:
            raise SignInRefused(SignInFault.WRONG)
        if self._hasher.check_needs_rehash(kept[1]):
            self._rehash(asked, plain, kept[0])

    def remove(self, staff: UUID) -> bool:
        """Whether there was one to remove. Raises `LedgerFault`: it is gone all the same."""
        removed = self._database.run(lambda c: c.execute(query("remove_password"), (staff,)).rowcount) > 0
        self._records.destroy(staff, _PART)
        return removed

    def _kept(self, staff: UUID) -> tuple[UUID, str] | None:
        """Id of the key, and Argon2's text."""
        row = self._database.run(lambda c: c.execute(query("password"), (staff,)).fetchone())
        plain = None if row is None else self._records.opened(staff, _PART, SealedPart(*row))
        return None if row is None or plain is None else (row[0], plain.decode())

    def _rehash(self, staff: UUID, plain: bytes, key_id: UUID) -> None:
        with _turn():
            hashed = self._hasher.hash(plain)
        kept = self._records.seal(staff, _PART, hashed.encode())
        values = {"staff": staff, "key_id": key_id, "sealed": kept.sealed}
        if kept.key_id == key_id:  # or another one was chosen meanwhile
            self._database.run(lambda c: c.execute(query("rehash_password"), values))


def nobodys(hasher: PasswordHasher) -> str:
    """A text in Argon2's form that no password fits: comparing with it costs what comparing with a real one costs."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (_unpadded(os.urandom(length)) for length in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _matches(hasher: PasswordHasher, hashed: str, plain: bytes) -> bool:
    try:
        return hasher.verify(hashed, plain)
    except VerifyMismatchError:
        return False


def _unpadded(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE):
        raise VaultUnavailable(f"too many people sign in at once; no turn within {_PATIENCE} s")
    try:
        yield
    finally:
        _turns.release()
