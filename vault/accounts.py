"""Accounts: who signs in, and by what. One comes with an invitation that was redeemed and goes when somebody leaves.

    accounts.get(staff)      # by what they sign in
    accounts.remove(staff)   # no session, passkey, password or link of theirs opens anything from now on

Instants are the caller's, of the real clock and never of a demonstration's; that holds for all of sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vault.account_records import AccountRecords
from vault.database import Database, query
from vault.keys import Keys


@dataclass(frozen=True, slots=True)
class Account:
    """By what a member of staff signs in. Without `enrolled_at` nobody does yet."""

    staff: UUID
    opened_at: datetime
    enrolled_at: datetime | None
    has_password: bool
    has_code_generator: bool
    passkeys: int
    recovery_codes: int
    """Those that are left."""


class Accounts:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def get(self, staff: UUID) -> Account | None:
        """The account of this person, or None."""
        row = self._database.run(lambda c: c.execute(query("account"), (staff,)).fetchone())
        return None if row is None else Account(*row)

    def remove(self, staff: UUID) -> bool:
        """Whether there was one. Ends its sessions at once, then destroys its keys; a new invitation begins anew.

        Raises `LedgerFault`: the account is gone all the same; called again, this destroys what is left.
        """
        removed = self._database.run(lambda c: c.execute(query("remove_account"), {"staff": staff}).rowcount) > 0
        self._records.destroy(staff)
        return removed
