"""Letters that are owed because how somebody signs in was changed: kept until they are handed over.

for owed in letters.claim(): ...      # for five minutes nobody else has them
letters.told(positions)               # a mail server took them, or never will
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vault.database import Database, query

AGAIN = timedelta(minutes=5)
"""After so long a letter that was not taken is tried again."""
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class OwedLetter:
    """To whom, and when what they are told of happened. `position`: of its line in the sign-in record."""

    position: int
    staff: UUID
    at: datetime


class SignInLetters:
    """Safe for many threads and processes. Every call raises `VaultUnavailable` while the database is away."""

    def __init__(self, dsn: str, *, size: int = 1) -> None:
        self._database = Database(dsn, size)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def claim(self, *, pause: timedelta = AGAIN) -> list[OwedLetter]:
        """Those that nobody is at, oldest first; they are the caller's until `pause` is over."""
        values = {"pause": pause, "most": _AT_ONCE}
        rows = self._database.run(lambda c: c.execute(query("claim_sign_in_letters"), values).fetchall())
        return sorted((OwedLetter(*row) for row in rows), key=lambda owed: owed.position)

    def told(self, positions: Sequence[int]) -> None:
        """They are owed no longer."""
        self._database.run(lambda c: c.execute(query("told_sign_in_letters"), (list(positions),)))
