"""Numbers of callers: kept here and nowhere else, found again by a keyed hash, every look written down.

    callers.keep(contact, "+381 60 000 0001")
    callers.repeats(contact, actor=me)      # contacts of the same number
    callers.number(contact, actor=me)       # to call back

There are so few telephone numbers that a plain hash is none: HMAC-SHA-256 with a data key of the organisation. Whether
somebody may look is decided by who calls (`worker.calling`): this module knows no consent.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import psycopg

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import AccessNotLogged, NumberInvalid
from vault.keys import Keys

_HASHED_WITH = ("organisation", "caller-numbers")
_COMPARTMENT = "identity"
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class LookKind(StrEnum):
    """What somebody looked at, or did: the number, other contacts of it, the notes about safe contact, forgetting."""

    NUMBER = "number"
    REPEATS = "repeats"
    SAFE_CONTACT = "safe-contact"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody looked at what is kept of a contact, or had it forgotten."""

    at: datetime
    actor: UUID
    what: LookKind


def normal(number: str, *, home: str) -> str:
    """The number in E.164; `home` is the prefix of numbers without one (`+381`). Raises `NumberInvalid`."""
    bare = re.sub(r"[\s()./-]", "", number)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = f"{home}{bare[1:]}"
    if not _NUMBER.fullmatch(bare):
        raise NumberInvalid("not a telephone number: digits, with + and the country's prefix where it is abroad")
    return bare


class Callers:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, home: str, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys
        self._home = home

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def is_number(self, number: str) -> bool:
        """Whether it could be one; nothing is kept and nobody is asked."""
        try:
            normal(number, home=self._home)
        except NumberInvalid:
            return False
        return True

    def keep(self, contact: UUID, number: str) -> None:
        """Keeps the number of a contact, sealed with a key of that contact. Raises `NumberInvalid`."""
        plain = normal(number, home=self._home)
        data_key = self._keys.current_key(f"contact-{contact}", _COMPARTMENT)
        values = {
            "contact": contact,
            "hash": self._hash(plain),
            "key_id": data_key.key_id,
            "sealed": sealed(data_key.key, plain.encode(), _context(contact)),
        }
        self._database.run(lambda c: c.execute(query("keep_caller"), values))

    def number(self, contact: UUID, *, actor: UUID) -> str | None:
        """The number; None where none was kept, or its key was destroyed. The look is written down first."""
        values = {"contact": contact, "actor": actor}
        row = self._database.run(lambda c: c.execute(query("caller_number"), values).fetchone())
        key = None if row is None else self._keys.opening_key(row[0])
        if row is None or key is None:
            return None
        return opened(key, row[1], _context(contact), what=f"the number of contact {contact}").decode()

    def repeats(self, contact: UUID, *, actor: UUID) -> list[UUID]:
        """The other contacts of the same number, oldest first. The look is written down first."""
        values = {"contact": contact, "actor": actor}
        rows = self._database.run(lambda c: c.execute(query("caller_repeats"), values).fetchall())
        return [row[0] for row in rows]

    def forget(self, contact: UUID, *, actor: UUID) -> None:
        """Takes the number out; of the others of the same number nothing is changed."""
        values = {"contact": contact, "actor": actor}
        self._database.run(lambda c: c.execute(query("forget_caller"), values))

    def note_safe_contact(self, contact: UUID, *, actor: UUID) -> None:
        """That somebody is about to be shown the notes about safe contact, which stand in the event log.

        Raises `AccessNotLogged`: then nothing may be shown.
        """
        values = {"contact": contact, "actor": actor}
        try:
            self._database.run(lambda c: c.execute(query("caller_safe_contact"), values))
        except psycopg.Error as error:
            raise AccessNotLogged(f"no look is taken down (SQLSTATE {error.sqlstate}); nothing was shown") from None

    def looks(self, contact: UUID) -> list[Look]:
        """Who looked, oldest first."""
        rows = self._database.run(lambda c: c.execute(query("caller_reads"), (contact,)).fetchall())
        return [Look(at, actor, LookKind(what)) for at, actor, what in rows]

    def _hash(self, number: str) -> bytes:
        return hmac.digest(self._keys.current_key(*_HASHED_WITH).key, number.encode(), sha256)


def _context(contact: UUID) -> bytes:
    return b"putokaz-caller-1" + contact.bytes
