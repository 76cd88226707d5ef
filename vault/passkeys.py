"""Passkeys: several for each person, named by them. One stands for both factors.

    asked = passkeys.begin_assertion(now=now)              # asked.options to the browser, asked.token into a cookie
    who = passkeys.finish_assertion(asked.token, answer, now=now)      # raises `SignInRefused`

A challenge is kept here, for five minutes and one answer, and only who began may answer: the token is in their cookie.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg

from vault.account_records import AccountRecords, SealedPart
from vault.database import Database, query
from vault.errors import SignInRefused
from vault.keys import Keys
from vault.passkey_answers import (
    TIME_TO_ANSWER,
    Credential,
    Site,
    options_to_register,
    options_to_sign_in,
    read_assertion,
    registered,
)
from vault.refusals import SignInFault
from vault.tokens import new_token, token_hash

_LONGEST_NAME = 100
_CHALLENGE_BYTES = 32


class _Purpose(StrEnum):
    REGISTRATION = "registration"
    ASSERTION = "assertion"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a browser is asked (`options`, JSON), and the token by which it answers."""

    token: str = field(repr=False)
    options: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner sees it."""

    id: UUID
    staff: UUID
    name: str = field(repr=False)
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Opened:
    """A passkey with what it signs by."""

    passkey: Passkey
    credential: Credential


class Passkeys:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away.

    Also `RecordBroken`, for a passkey whose row was altered.
    """

    def __init__(self, dsn: str, keys: Keys, *, site: Site, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._records = AccountRecords(keys)
        self._site = site

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def begin_registration(self, staff: UUID, *, label: str, now: datetime) -> Ceremony:
        """Asks a browser for a new passkey; `label` is what the device shows. Raises `SignInRefused`: no account."""
        challenge = os.urandom(_CHALLENGE_BYTES)
        known = [each.credential.id for each in self._of(staff)]
        options = options_to_register(self._site, challenge, user_handle(staff), label, known)
        return Ceremony(self._asked(_Purpose.REGISTRATION, staff, challenge, now), options)

    def finish_registration(self, token: str, answer: str, *, name: str, now: datetime) -> Passkey:
        """Keeps the passkey. `name`: as its owner calls it. Raises `SignInRefused`, and `ValueError` for the name."""
        if not 0 < len(name) <= _LONGEST_NAME:
            raise ValueError(f"a name has between 1 and {_LONGEST_NAME} letters")
        staff, challenge = self._taken(_Purpose.REGISTRATION, token, now)
        if staff is None:
            raise SignInRefused(SignInFault.NOT_ASKED)
        made = registered(self._site, challenge, answer)
        passkey = Passkey(uuid4(), staff, name, now, None)
        body = json.dumps({"name": name, "public_key": made.public_key.hex()}).encode()
        kept = self._records.seal(staff, _part(passkey.id), body, about=made.id)
        values = {
            "id": passkey.id,
            "staff": staff,
            "credential": made.id,
            "key_id": kept.key_id,
            "sealed": kept.sealed,
            "counter": made.counter,
            "now": now,
        }
        try:
            self._database.run(lambda c: c.execute(query("add_passkey"), values))
        except psycopg.errors.UniqueViolation:
            raise SignInRefused(SignInFault.PASSKEY_KNOWN) from None
        except psycopg.errors.ForeignKeyViolation:
            raise SignInRefused(SignInFault.NO_ACCOUNT) from None
        return passkey

    def begin_assertion(self, *, now: datetime, staff: UUID | None = None) -> Ceremony:
        """Asks a browser for any passkey of ours, or for one of this person: to step up."""
        challenge = os.urandom(_CHALLENGE_BYTES)
        return Ceremony(
            self._asked(_Purpose.ASSERTION, staff, challenge, now), options_to_sign_in(self._site, challenge)
        )

    def finish_assertion(self, token: str, answer: str, *, now: datetime) -> Passkey:
        """The passkey that answered: whose it is. Raises `SignInRefused`; the challenge is used up either way."""
        wanted, challenge = self._taken(_Purpose.ASSERTION, token, now)
        assertion = read_assertion(answer)
        row = self._database.run(
            lambda c: c.execute(query("passkey_by_credential"), (assertion.credential_id,)).fetchone()
        )
        found = None if row is None else self._opened(*row)
        if found is None or wanted not in {None, found.passkey.staff}:
            raise SignInRefused(SignInFault.PASSKEY_UNKNOWN)
        if assertion.handle not in {None, user_handle(found.passkey.staff)}:
            raise SignInRefused(SignInFault.NOT_PROVEN)
        values = {
            "id": found.passkey.id,
            "counter": assertion.proven(self._site, challenge, found.credential),
            "now": now,
        }
        if self._database.run(lambda c: c.execute(query("use_passkey"), values).rowcount) == 0:
            raise SignInRefused(SignInFault.COUNTER_RAN_BACK)
        return found.passkey

    def of(self, staff: UUID) -> list[Passkey]:
        """All of a person, oldest first."""
        return [each.passkey for each in self._of(staff)]

    def remove(self, staff: UUID, passkey: UUID) -> bool:
        """Whether this person had it. Also the last one. Raises `LedgerFault`: it is gone all the same."""
        values = {"staff": staff, "id": passkey}
        removed = self._database.run(lambda c: c.execute(query("remove_passkey"), values).rowcount) > 0
        if removed:
            self._records.destroy(staff, _part(passkey))
        return removed

    def _asked(self, purpose: _Purpose, staff: UUID | None, challenge: bytes, now: datetime) -> str:
        token = new_token()
        values = {
            "hash": token_hash(token),
            "purpose": purpose.value,
            "staff": staff,
            "challenge": challenge,
            "now": now,
            "expires_at": now + timedelta(seconds=TIME_TO_ANSWER),
        }
        try:
            self._database.run(lambda c: c.execute(query("add_ceremony"), values))
        except psycopg.errors.ForeignKeyViolation:
            raise SignInRefused(SignInFault.NO_ACCOUNT) from None
        return token

    def _taken(self, purpose: _Purpose, token: str, now: datetime) -> tuple[UUID | None, bytes]:
        values = {"hash": token_hash(token), "purpose": purpose.value, "now": now}
        row = self._database.run(lambda c: c.execute(query("take_ceremony"), values).fetchone())
        if row is None:
            raise SignInRefused(SignInFault.NOT_ASKED)
        return row[0], row[1]

    def _of(self, staff: UUID) -> list[_Opened]:
        rows = self._database.run(lambda c: c.execute(query("passkeys_of"), (staff,)).fetchall())
        return [opened for row in rows if (opened := self._opened(*row)) is not None]

    def _opened(
        self,
        passkey: UUID,
        staff: UUID,
        credential: bytes,
        key_id: UUID,
        sealed: bytes,
        counter: int,
        added_at: datetime,
        last_used_at: datetime | None,
    ) -> _Opened | None:
        """None where its key was destroyed: a backup revived the row of one that was removed."""
        plain = self._records.opened(staff, _part(passkey), SealedPart(key_id, sealed), about=credential)
        if plain is None:
            return None
        body: dict[str, Any] = json.loads(plain)
        return _Opened(
            Passkey(passkey, staff, body["name"], added_at, last_used_at),
            Credential(credential, bytes.fromhex(body["public_key"]), counter),
        )


def user_handle(staff: UUID) -> bytes:
    """What a device keeps beside a passkey: the same for one person always, and no id that the log knows."""
    return sha256(b"putokaz-passkey-1" + staff.bytes).digest()


def _part(passkey: UUID) -> str:
    return f"passkey-{passkey}"
