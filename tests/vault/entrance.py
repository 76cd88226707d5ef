"""The parts of sign-in over one vault, and what tests do with them again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
from argon2 import PasswordHasher

from tests.vault.authenticator import DOMAIN, ORIGIN, Authenticator
from vault.accounts import Accounts
from vault.attempts import Attempts
from vault.invitations import Invitations
from vault.keys import Keys
from vault.passkey_answers import Site
from vault.passkeys import Passkeys
from vault.passwords import Passwords
from vault.recovery_codes import RecoveryCodes
from vault.second_factor import CodeGenerators
from vault.sessions import Sessions
from vault.shredding import ShredLedger
from vault.staff import StaffDirectory, StaffMember

MILA = UUID("00000000-0000-4000-8000-000000000001")
OGNJEN = UUID("00000000-0000-4000-8000-000000000006")
NOW = datetime(2026, 11, 30, 8, 0, 7, tzinfo=UTC)
SITE = Site(DOMAIN, "Putokaz", (ORIGIN,))
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2 as it may be in a test: the real cost is tried once, in `test_passwords`."""
PASSPHRASE = "tri plava slona"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Everything of sign-in over one vault."""

    dsn: str
    keys: Keys
    ledger: ShredLedger
    accounts: Accounts
    invitations: Invitations
    passwords: Passwords
    generators: CodeGenerators
    recovery: RecoveryCodes
    passkeys: Passkeys
    sessions: Sessions
    attempts: Attempts

    def open_account(self, staff: UUID = MILA) -> str:
        """An account to which nothing is set yet; returns the token of its enrolment."""
        link = self.invitations.invite(staff, now=NOW)
        return self.invitations.redeem(link.token, now=NOW).token

    def add_passkey(self, staff: UUID = MILA, name: str = "telefon", now: datetime = NOW) -> Authenticator:
        """A passkey of this person, on a device of its own."""
        device = Authenticator()
        asked = self.passkeys.begin_registration(staff, label="Mila", now=now)
        self.passkeys.finish_registration(asked.token, device.register(asked.options), name=name, now=now)
        return device

    def add_generator(self, staff: UUID = MILA) -> pyotp.TOTP:
        """A confirmed code generator of this person. The code of `NOW` is used up by confirming."""
        made = self.generators.begin(staff, label="Mila", issuer="Putokaz", now=NOW)
        totp = pyotp.TOTP(made.secret)
        self.generators.confirm(staff, totp.at(NOW), now=NOW)
        return totp

    def enrol(self, staff: UUID = MILA) -> Authenticator:
        """An account with a passkey, by which this person signs in."""
        token = self.open_account(staff)
        device = self.add_passkey(staff)
        self.invitations.complete(token, now=NOW)
        return device


@contextmanager
def entrance_of(dsn: str, keys: Keys, ledger: ShredLedger) -> Iterator[Entrance]:
    """Over a vault that has Mila and Ognjen in its directory; connections enough for the threads of a test."""
    with ExitStack() as stack:
        with closing(StaffDirectory(dsn, keys)) as directory:
            for who in (MILA, OGNJEN):
                directory.put(StaffMember(who, "x", "x@example.org", frozenset(), "en"))
        yield Entrance(
            dsn,
            keys,
            ledger,
            stack.enter_context(closing(Accounts(dsn, keys))),
            stack.enter_context(closing(Invitations(dsn, keys, size=8))),
            stack.enter_context(closing(Passwords(dsn, keys, hasher=CHEAP))),
            stack.enter_context(closing(CodeGenerators(dsn, keys, size=8))),
            stack.enter_context(closing(RecoveryCodes(dsn, keys, size=8))),
            stack.enter_context(closing(Passkeys(dsn, keys, site=SITE))),
            stack.enter_context(closing(Sessions(dsn))),
            stack.enter_context(closing(Attempts(dsn, keys))),
        )


def later(**by: float) -> datetime:
    """`NOW` and so many minutes, hours, …"""
    return NOW + timedelta(**by)
