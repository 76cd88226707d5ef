"""Private calendar feeds: a long random token opens one person's appointments, and nothing else.

    made = feeds.create(staff)      # made.token is shown once, and kept nowhere
    feeds.holder(token)             # the person's id, or None: unknown, expired and revoked are not told apart

The database holds the SHA-256 of a token. 32 random bytes need no slow hash: there is nothing to guess. A feed is
copied to telephones and foreign servers, so it expires, and can be revoked at any moment.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from vault.database import Database, query
from vault.errors import UnknownStaff
from vault.tokens import new_token, token_hash

DEFAULT_LIFE = timedelta(days=180)
LONGEST_LIFE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, without its token. Instants are of the database's own clock, never of a demonstration clock."""

    id: UUID
    staff: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    is_living: bool


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed with its token, which is never seen again."""

    feed: Feed
    token: str

    def __repr__(self) -> str:
        return f"NewFeed({self.feed!r})"


class CalendarFeeds:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, *, size: int = 2) -> None:
        self._database = Database(dsn, size)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def create(self, staff: UUID, lasts: timedelta = DEFAULT_LIFE) -> NewFeed:
        """A new feed beside those that the person has. Raises `UnknownStaff`, and `ValueError` for its length."""
        if not timedelta() < lasts <= LONGEST_LIFE:
            raise ValueError(f"a feed lives for at least a moment and at most {LONGEST_LIFE.days} days")
        token = new_token()
        values = {"id": uuid4(), "staff": staff, "hash": token_hash(token), "lasts": lasts}
        try:
            row = self._database.run(lambda c: c.execute(query("add_feed"), values).fetchone())
        except psycopg.errors.ForeignKeyViolation:
            raise UnknownStaff(f"no member of staff has the id {staff}") from None
        assert row is not None
        return NewFeed(Feed(*row), token)

    def of(self, staff: UUID | None = None) -> list[Feed]:
        """Every feed that there is or was, of one person or of all, oldest first."""
        rows: list[tuple[Any, ...]] = self._database.run(
            lambda c: c.execute(query("feeds_of"), {"staff": staff}).fetchall()
        )
        return [Feed(*row) for row in rows]

    def holder(self, token: str) -> UUID | None:
        """Whose feed the token opens now; None for one that is unknown, expired or revoked. Notes the use."""
        wanted = token_hash(token)
        row = self._database.run(lambda c: c.execute(query("use_feed"), {"hash": wanted}).fetchone())
        # The index has compared hashes, whose bytes nobody can choose; this comparison takes the same time for all.
        return row[0] if row is not None and hmac.compare_digest(row[1], wanted) else None

    def revoke(self, feed: UUID) -> bool:
        """Whether there was something to revoke; from now on the token opens nothing."""
        return self._database.run(lambda c: c.execute(query("revoke_feed"), (feed,)).rowcount) > 0

    def revoke_all(self, staff: UUID) -> int:
        """Revokes every feed of a person, as when they leave; returns how many."""
        return self._database.run(lambda c: c.execute(query("revoke_feeds_of"), (staff,)).rowcount)
