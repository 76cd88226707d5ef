"""Recovery codes: ten on paper, each good once in the place of the second factor, for a telephone that was lost.

120 random bits each, so that a keyed hash is enough (NIST SP 800-63B-4 §3.1.2.2: from 112 bits on). Whether I or 1, O
or 0 was meant does not matter, nor do dashes and small letters: the alphabet is Crockford's base 32.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

import psycopg

from vault.account_records import AccountRecords
from vault.database import Connection, Database, query
from vault.errors import SignInRefused
from vault.keys import Keys
from vault.refusals import SignInFault

CODES = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _IN_GROUP = 4, 6
_MEANT = str.maketrans("OIL", "011")
_PART = "recovery-codes"


class RecoveryCodes:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 1) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def issue(self, staff: UUID) -> tuple[str, ...]:
        """Ten new ones, shown once; those before are good for nothing. Raises `SignInRefused`, `LedgerFault`."""
        codes = tuple(_new_code() for _ in range(CODES))
        self._records.destroy(staff, _PART)
        values = {"staff": staff, "hashes": [self._hash(staff, code) for code in codes]}

        def work(connection: Connection) -> None:
            with connection.transaction():
                connection.execute(query("forget_recovery_codes"), (staff,))
                connection.execute(query("add_recovery_codes"), values)

        try:
            self._database.run(work)
        except psycopg.errors.ForeignKeyViolation:
            raise SignInRefused(SignInFault.NO_ACCOUNT) from None
        return codes

    def use(self, staff: UUID, code: str, *, now: datetime) -> None:
        """Uses one up. Raises `SignInRefused`: none of theirs, or used before."""
        values = {"staff": staff, "hash": self._hash(staff, code), "now": now}
        row = self._database.run(lambda c: c.execute(query("use_recovery_code"), values).fetchone())
        if row is None:
            raise SignInRefused(SignInFault.WRONG)
        if row[0] is not None:
            raise SignInRefused(SignInFault.USED)

    def left(self, staff: UUID) -> int:
        """How many are still good."""
        row = self._database.run(lambda c: c.execute(query("recovery_codes_left"), (staff,)).fetchone())
        return 0 if row is None else int(row[0])

    def _hash(self, staff: UUID, code: str) -> bytes:
        return self._records.keyed_hash(staff, _PART, normal(code).encode("utf-8", "surrogatepass"))


def normal(code: str) -> str:
    """As it is hashed: without what is only there to be read."""
    return "".join(c for c in code.upper() if c.isalnum()).translate(_MEANT)


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
