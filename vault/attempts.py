"""How often somebody may try to sign in, counted for all web processes together. Pauses grow; none is for good.

    attempt = attempts.begin(typed_name, address, now=now)     # before each password or code; raises `TooManyAttempts`
    attempts.succeeded(attempt, now=now)                       # once all of it was right

A lock would be a weapon: whoever knows a caseworker's address could keep her out. So an account is paused for those
addresses alone where nobody has yet signed in to it; where somebody has, a count of its own goes on, with short pauses.
Passkeys are not counted as attempts: there is nothing to guess. Each challenge is a row, though, so an address may ask
for only so many that nobody answers (`asking`).

| counted | pause after | longest pause | source |
|---|---|---|---|
| account, from elsewhere | 6 attempts | 1 hour | Primero (6 in 60 s a name); NIST SP 800-63B-4 §3.2.2 (up to an hour) |
| account, from an address that it knows | 6 attempts | 42 s | the same; GlobaLeaks (waits of up to 42 s) |
| address, of whatever account | 10 attempts | 42 s | GlobaLeaks (`threshold_logins_per_hour_per_ip`: 10) |
| address, challenges to passkeys | 60 unanswered | 42 s | ours: an office behind one address opens many pages |

NIST's end of it, to disable after 100 failures, is left out on purpose: an hour's pause allows 24 guesses a day. Names
and addresses are kept as HMACs. An unknown name is counted like a known one.
"""

from __future__ import annotations

import hmac
import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from vault.database import Connection, Database, query
from vault.errors import TooManyAttempts
from vault.keys import Keys

_HASHED_WITH = ("organisation", "sign-in-attempts")
_SUBSCRIBER_BITS = 64
"""Of an IPv6 address, what one subscriber has: they may choose the other half as they like."""
KNOWN_FOR = timedelta(days=30)
_SWEPT_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """So many attempts without a pause; then 1 s, and twice as long each time. Quiet for `remembered`: begun anew."""

    free: int
    longest: timedelta
    remembered: timedelta

    def pause(self, attempts: int) -> timedelta:
        """After this many."""
        beyond = attempts - self.free
        return timedelta() if beyond < 0 else min(self.longest, timedelta(seconds=2 ** min(beyond, 20)))


ELSEWHERE = Rule(6, timedelta(hours=1), timedelta(days=1))
KNOWN_ADDRESS = Rule(6, timedelta(seconds=42), timedelta(minutes=15))
ADDRESS = Rule(10, timedelta(seconds=42), timedelta(hours=1))
CHALLENGES = Rule(60, timedelta(seconds=42), timedelta(minutes=15))


@dataclass(frozen=True, slots=True, repr=False)
class Attempt:
    """One attempt, counted as failed until it is said to have succeeded."""

    account: bytes
    """Its count for this address where the account knows it, else the one for everywhere else."""
    address: bytes
    pair: bytes
    """Of account and address together."""

    @property
    def judged(self) -> tuple[bytes, bytes]:
        """What was counted."""
        return self.account, self.address


@dataclass(frozen=True, slots=True)
class _Count:
    bucket: bytes
    attempts: int
    last_at: datetime
    free_at: datetime
    known_until: datetime | None

    def one_more(self, rule: Rule, now: datetime) -> dict[str, Any]:
        attempts = (self.attempts if now < self.last_at + rule.remembered else 0) + 1
        return {"bucket": self.bucket, "attempts": attempts, "now": now, "free_at": now + rule.pause(attempts)}


class Attempts:
    """Safe for many threads and processes. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def begin(self, account: str, address: str, *, now: datetime) -> Attempt:
        """Counts an attempt. `account`: as typed; `address`: IPv4 or IPv6, else `ValueError`.

        Raises `TooManyAttempts` while a pause lasts; that is not counted, so a pause ends when it was said to.
        """
        of_account, of_address, pair = self._buckets(account, address)
        values = {"buckets": [of_account, of_address, pair], "now": now}

        def work(connection: Connection) -> Attempt:
            with connection.transaction():
                counts = {row[0]: _Count(*row) for row in connection.execute(query("lock_buckets"), values)}
                known_until = counts[pair].known_until
                is_known = known_until is not None and now < known_until
                attempt = Attempt(pair if is_known else of_account, of_address, pair)
                until = max(counts[bucket].free_at for bucket in attempt.judged)
                if now < until:
                    raise TooManyAttempts(until)
                one_more = counts[attempt.account].one_more(KNOWN_ADDRESS if is_known else ELSEWHERE, now)
                connection.execute(query("count_attempt"), one_more)
                connection.execute(query("count_attempt"), counts[of_address].one_more(ADDRESS, now))
                return attempt

        return self._database.run(work)

    def succeeded(self, attempt: Attempt, *, now: datetime) -> None:
        """Takes the attempt back; the address is one that the account knows, for 30 days."""
        values = {
            "buckets": list({*attempt.judged, attempt.pair}),
            "judged": list(attempt.judged),
            "shared": attempt.address,
            "pair": attempt.pair,
            "now": now,
            "known_until": now + KNOWN_FOR,
            "forgotten": now - _SWEPT_AFTER,
        }

        def work(connection: Connection) -> None:
            with connection.transaction():
                for name in ("lock_buckets", "forgive_attempts", "know_address"):
                    connection.execute(query(name), values)
            connection.execute(query("sweep_attempts"), values)

        self._database.run(work)

    def asking(self, address: str, *, now: datetime) -> None:
        """Counts a challenge that an address asks for. Raises `TooManyAttempts`, and `ValueError` as `begin` does."""
        bucket = self._of_challenges(address)
        values = {"buckets": [bucket], "now": now}

        def work(connection: Connection) -> None:
            with connection.transaction():
                counts = [_Count(*row) for row in connection.execute(query("lock_buckets"), values)]
                if now < counts[0].free_at:
                    raise TooManyAttempts(counts[0].free_at)
                connection.execute(query("count_attempt"), counts[0].one_more(CHALLENGES, now))

        self._database.run(work)

    def answered(self, address: str, *, now: datetime) -> None:
        """A challenge was answered by a passkey of ours: it does not count."""
        bucket = self._of_challenges(address)
        values = {"judged": [bucket], "shared": bucket, "now": now}
        self._database.run(lambda c: c.execute(query("forgive_attempts"), values))

    def _of_challenges(self, address: str) -> bytes:
        return _hashed(self._keys.current_key(*_HASHED_WITH).key, b"challenges", normal_address(address))

    def _buckets(self, account: str, address: str) -> tuple[bytes, bytes, bytes]:
        """Of the account, of the address, and of both together."""
        key = self._keys.current_key(*_HASHED_WITH).key
        name, place = normal_account(account), normal_address(address)
        return (
            _hashed(key, b"account", name),
            _hashed(key, b"address", place),
            _hashed(key, b"pair", name, place),
        )


def normal_account(account: str) -> bytes:
    """One name is one however it is typed."""
    return " ".join(unicodedata.normalize("NFKC", account).casefold().split()).encode("utf-8", "surrogatepass")


def normal_address(address: str) -> bytes:
    """Whom an address belongs to. Raises `ValueError`, which does not repeat it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise ValueError("not an IPv4 or IPv6 address") from None
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return found.packed[: _SUBSCRIBER_BITS // 8]
        found = found.ipv4_mapped
    return found.packed


def _hashed(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, b"".join(len(part).to_bytes(4, "big") + part for part in parts), sha256)
