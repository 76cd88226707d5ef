"""Invitations: a link, good once and for 72 hours, by which a member of staff sets by what they sign in.

    made = invitations.invite(staff, now=now)                  # made.token goes into the link, and is kept nowhere
    enrolment = invitations.redeem(made.token, now=now)        # 30 minutes to set a passkey, or password and codes
    invitations.complete(enrolment.token, now=now)             # from now on they sign in

Redeeming begins the account anew: whatever was set before, perhaps by somebody who read the link first, is gone. So a
new link is also the way back for whoever has lost everything. A page redeems when a button is pressed, not when the
link is opened: programs that look at letters open links.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import psycopg

from vault.account_records import AccountRecords
from vault.database import Connection, Database, query
from vault.errors import SignInRefused, UnknownStaff
from vault.keys import Keys
from vault.refusals import SignInFault
from vault.tokens import new_token, token_hash

INVITATION_LIFE = timedelta(hours=72)
ENROLMENT_LIFE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation, or the enrolment that it became. `token` is never seen again."""

    staff: UUID
    token: str = field(repr=False)
    expires_at: datetime


class Invitations:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 1) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def invite(self, staff: UUID, *, now: datetime) -> Link:
        """A new link; the one before opens nothing any more. Raises `UnknownStaff`."""
        link = Link(staff, new_token(), now + INVITATION_LIFE)
        values = {"staff": staff, "hash": token_hash(link.token), "expires_at": link.expires_at}
        try:
            self._database.run(lambda c: c.execute(query("put_invitation"), values))
        except psycopg.errors.ForeignKeyViolation:
            raise UnknownStaff(f"no member of staff has the id {staff}") from None
        return link

    def redeem(self, token: str, *, now: datetime) -> Link:
        """Uses the link up and begins the account anew. Raises `SignInRefused`, and `LedgerFault`: nothing was done."""
        hashed, enrolment = token_hash(token), new_token()
        expires_at = now + ENROLMENT_LIFE

        def work(connection: Connection) -> UUID:
            with connection.transaction():
                row = connection.execute(query("take_invitation"), {"hash": hashed, "now": now}).fetchone()
                if row is None:
                    raise SignInRefused(SignInFault.LINK_DEAD)
                staff: UUID = row[0]
                self._records.destroy(staff)
                connection.execute(query("forget_account"), (staff,))
                connection.execute(query("add_account"), (staff, now))
                connection.execute(query("add_enrolment"), (staff, token_hash(enrolment), expires_at))
                return staff

        return Link(self._database.run(work), enrolment, expires_at)

    def enrolling(self, token: str, *, now: datetime) -> UUID:
        """Who is setting by what they sign in. Raises `SignInRefused`."""
        values = {"hash": token_hash(token), "now": now}
        row = self._database.run(lambda c: c.execute(query("enrolment"), values).fetchone())
        if row is None:
            raise SignInRefused(SignInFault.LINK_DEAD)
        found: UUID = row[0]
        return found

    def complete(self, token: str, *, now: datetime) -> UUID:
        """Ends the enrolment once enough is set. Raises `SignInRefused`: over, or too little yet."""
        staff = self.enrolling(token, now=now)
        values = {"hash": token_hash(token), "now": now}
        if self._database.run(lambda c: c.execute(query("complete_enrolment"), values).fetchone()) is None:
            raise SignInRefused(SignInFault.TOO_LITTLE)
        return staff
