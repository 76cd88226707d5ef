"""The second factor beside a password: six digits that a program on a telephone shows, new every 30 seconds (RFC 6238).

    shown = generators.begin(staff, label="jelena@example.org", issuer="Putokaz", now=now)   # shown.uri as a QR code
    generators.confirm(staff, "123456", now=now)     # the telephone has it: from now on its codes count
    generators.check(staff, "654321", now=now)       # raises `SignInRefused`

A code counts within its 30 seconds and those before and after, for clocks differ; once accepted, neither it nor an
older one is accepted again (RFC 6238 §5.2). The secret is sealed; beginning anew leaves the old one at work until the
new one is confirmed.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import psycopg
import pyotp

from vault.account_records import AccountRecords, SealedPart
from vault.database import Connection, Database, query
from vault.errors import SignInRefused
from vault.keys import Keys
from vault.refusals import SignInFault

_WINDOW = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class NewGenerator:
    """What the telephone is to be told, shown once: an `otpauth://` address, or the secret typed by hand."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


class CodeGenerators:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def begin(self, staff: UUID, *, label: str, issuer: str, now: datetime) -> NewGenerator:
        """A new secret, to be confirmed; one that was never confirmed is forgotten.

        `label` and `issuer` are what the telephone shows: nothing that says why. Raises `SignInRefused`, `LedgerFault`.
        """
        made, secret = uuid4(), pyotp.random_base32()
        kept = self._records.seal(staff, _part(made), secret.encode())
        values = {"id": made, "staff": staff, "key_id": kept.key_id, "sealed": kept.sealed, "now": now}

        def work(connection: Connection) -> list[UUID]:
            with connection.transaction():
                forgotten = connection.execute(query("forget_unconfirmed"), (staff,)).fetchall()
                connection.execute(query("add_code_generator"), values)
                return [row[0] for row in forgotten]

        try:
            forgotten = self._database.run(work)
        except psycopg.errors.ForeignKeyViolation:
            raise SignInRefused(SignInFault.NO_ACCOUNT) from None
        self._destroy(staff, forgotten)
        return _shown(secret, label, issuer)

    def waiting(self, staff: UUID, *, label: str, issuer: str) -> NewGenerator | None:
        """The one that is to be confirmed, once more, for whoever mistyped its first code; None where there is none."""
        values = {"staff": staff, "confirmed": False}
        row = self._database.run(lambda c: c.execute(query("code_generator"), values).fetchone())
        secret = None if row is None else self._records.opened(staff, _part(row[0]), SealedPart(row[1], row[2]))
        return None if secret is None else _shown(secret.decode(), label, issuer)

    def confirm(self, staff: UUID, code: str, *, now: datetime) -> None:
        """The new secret counts and the old one no more. Raises `SignInRefused` where the code is not of it."""
        found, step = self._fitting(staff, code, now, confirmed=False)

        def work(connection: Connection) -> list[UUID]:
            with connection.transaction():
                values = {"staff": staff, "but": found, "id": found, "step": step, "now": now}
                forgotten = connection.execute(query("forget_code_generators"), values).fetchall()
                if connection.execute(query("confirm_code_generator"), values).rowcount == 0:
                    raise SignInRefused(SignInFault.USED)
                return [row[0] for row in forgotten]

        self._destroy(staff, self._database.run(work))

    def check(self, staff: UUID, code: str, *, now: datetime) -> None:
        """Raises `SignInRefused`: wrong, none to compare with, or a code (or an older one) that was accepted before."""
        found, step = self._fitting(staff, code, now, confirmed=True)
        values = {"id": found, "step": step}
        if self._database.run(lambda c: c.execute(query("accept_step"), values).rowcount) == 0:
            raise SignInRefused(SignInFault.USED)

    def remove(self, staff: UUID) -> bool:
        """Whether there was one to remove. Raises `LedgerFault`: it is gone all the same."""
        values = {"staff": staff, "but": None}
        rows = self._database.run(lambda c: c.execute(query("forget_code_generators"), values).fetchall())
        self._destroy(staff, [row[0] for row in rows])
        return bool(rows)

    def _fitting(self, staff: UUID, code: str, now: datetime, *, confirmed: bool) -> tuple[UUID, int]:
        values = {"staff": staff, "confirmed": confirmed}
        row = self._database.run(lambda c: c.execute(query("code_generator"), values).fetchone())
        secret = None if row is None else self._records.opened(staff, _part(row[0]), SealedPart(row[1], row[2]))
        step = None if secret is None else fitting_step(secret.decode(), code, now)
        if row is None or step is None:
            raise SignInRefused(SignInFault.WRONG)
        return row[0], step

    def _destroy(self, staff: UUID, generators: list[UUID]) -> None:
        for each in generators:
            self._records.destroy(staff, _part(each))


def fitting_step(secret: str, code: str, now: datetime) -> int | None:
    """Of which 30 seconds since 1970 this is the code, among those that count now; None for a wrong one.

    Blanks do not matter, nor by what digits it is written. All are compared, whichever fits.
    """
    totp = pyotp.TOTP(secret)
    typed = "".join(unicodedata.normalize("NFKC", code).split()).encode("utf-8", "surrogatepass")
    current = totp.timecode(now)
    steps = [
        current + offset
        for offset in _WINDOW
        if hmac.compare_digest(totp.generate_otp(current + offset).encode(), typed)
    ]
    return steps[0] if steps else None


def _shown(secret: str, label: str, issuer: str) -> NewGenerator:
    return NewGenerator(secret, pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=issuer))


def _part(generator: UUID) -> str:
    return f"code-generator-{generator}"
