"""Sessions: who is signed in at which device. Each request asks the table, so whoever is put out is out at once.

    made = sessions.begin(staff, Device.COMPUTER, Proof.PASSKEY, now=now)    # made.token into a cookie
    who = sessions.seen(token, now=now)                                       # None: sign in

Idle for 15 minutes or 12 hours old, whichever comes first, it has ended (NIST SP 800-63B-4 §2.3.3, the highest level).
A token is 32 random bytes, kept as its SHA-256. Before an emergency access or a reveal somebody proves once more who
they are (`step_up`); that counts for 5 minutes, and changes the token (OWASP ASVS 5.0 7.2.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from vault.database import Database, query
from vault.errors import SignInRefused
from vault.refusals import SignInFault
from vault.tokens import new_token, token_hash

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
STEP_UP = timedelta(minutes=5)
_TOUCHED_EVERY = timedelta(seconds=10)
"""By so much a session may end before its time; never after it."""


class Device(StrEnum):
    """Where somebody signs in, as they say it themselves: no words of a browser, which tell people apart."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"
    SHARED_COMPUTER = "shared-computer"


class Proof(StrEnum):
    """By what a session was begun. There is none by a password alone."""

    PASSKEY = "passkey"
    CODE = "code"
    """A password and a code of the telephone's."""
    RECOVERY_CODE = "recovery-code"
    """A password and a recovery code."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session, without its token."""

    id: UUID
    staff: UUID
    device: Device
    proof: Proof
    begun_at: datetime
    seen_at: datetime
    step_up_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        """If nothing more is asked for."""
        return min(self.seen_at + IDLE, self.begun_at + LONGEST)

    def has_stepped_up(self, now: datetime) -> bool:
        """Whether they proved who they are within the last 5 minutes."""
        return self.step_up_at is not None and now < self.step_up_at + STEP_UP


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session with its token, which is never seen again."""

    session: Session
    token: str = field(repr=False)


class Sessions:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, *, size: int = 4) -> None:
        self._database = Database(dsn, size)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def begin(self, staff: UUID, device: Device, proof: Proof, *, now: datetime) -> NewSession:
        """A session beside others of the same person. Raises `SignInRefused`: no account, or not enrolled yet."""
        token = new_token()
        values = {
            "id": uuid4(),
            "staff": staff,
            "hash": token_hash(token),
            "device": device.value,
            "proof": proof.value,
            "now": now,
            "oldest": now - LONGEST,
        }
        row = self._database.run(lambda c: c.execute(query("add_session"), values).fetchone())
        if row is None:
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        return NewSession(_session(*row), token)

    def seen(self, token: str, *, now: datetime) -> Session | None:
        """Whose session it is, which goes on; None for one that is unknown or over."""
        values = _living(token, now) | {"touched_before": now - _TOUCHED_EVERY}
        row = self._database.run(lambda c: c.execute(query("see_session"), values).fetchone())
        return None if row is None else _session(*row)

    def living(self, token: str, *, now: datetime) -> Session | None:
        """The same, for what a page asks by itself: that keeps nobody signed in who has left the desk."""
        row = self._database.run(lambda c: c.execute(query("living_session"), _living(token, now)).fetchone())
        return None if row is None else _session(*row)

    def step_up(self, token: str, *, now: datetime) -> NewSession | None:
        """After they proved once more who they are: the same session under a new token. None for one that is over."""
        fresh = new_token()
        values = _living(token, now) | {"new_hash": token_hash(fresh)}
        row = self._database.run(lambda c: c.execute(query("step_up_session"), values).fetchone())
        return None if row is None else NewSession(_session(*row), fresh)

    def end(self, staff: UUID, session: UUID) -> bool:
        """Whether this person had such a session."""
        values = {"staff": staff, "id": session}
        return self._database.run(lambda c: c.execute(query("end_session"), values).rowcount) > 0

    def end_others(self, kept: Session) -> int:
        """Ends every session of a person but this one; returns how many. As when a password was changed."""
        values = {"staff": kept.staff, "id": kept.id}
        return self._database.run(lambda c: c.execute(query("end_other_sessions"), values).rowcount)

    def end_all_of(self, staff: UUID) -> int:
        """Ends every session of a person; returns how many. Who leaves loses the account too (`Accounts.remove`)."""
        return self._database.run(lambda c: c.execute(query("end_sessions_of"), (staff,)).rowcount)

    def listed(self, staff: UUID, *, now: datetime) -> list[Session]:
        """Those that are at work, oldest first."""
        values = _bounds(now) | {"staff": staff}
        rows = self._database.run(lambda c: c.execute(query("sessions_of"), values).fetchall())
        return [_session(*row) for row in rows]


def _living(token: str, now: datetime) -> dict[str, Any]:
    return _bounds(now) | {"hash": token_hash(token)}


def _bounds(now: datetime) -> dict[str, Any]:
    return {"now": now, "oldest": now - LONGEST, "idle_since": now - IDLE}


def _session(
    session: UUID,
    staff: UUID,
    device: str,
    proof: str,
    begun_at: datetime,
    seen_at: datetime,
    step_up_at: datetime | None,
) -> Session:
    return Session(session, staff, Device(device), Proof(proof), begun_at, seen_at, step_up_at)
