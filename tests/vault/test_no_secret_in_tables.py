"""Whoever gets the vault's database without its keys reads no secret by which anybody signs in.

Everything is set, used and half done; then each row of each table is searched. The control is a secret that is stored
on purpose: it has to be found, in every form that is looked for.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg

from tests.vault.entrance import MILA, NOW, OGNJEN, PASSPHRASE, Entrance
from vault.sessions import Device, Proof

NAME = "telefon sa plavom maskom"
ACCOUNT, ADDRESS = "mila@example.org", "203.0.113.7"


def forms(secret: str) -> Iterator[bytes]:
    """As text, and as the bytes that it stands for."""
    yield secret.encode()
    if re.fullmatch(r"[A-Z2-7]{32}", secret):
        yield base64.b32decode(secret)
    if re.fullmatch(r"[\w-]{43}", secret):
        yield base64.urlsafe_b64decode(secret + "=")


def rows(dsn: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table of the vault, as the bytes that its columns hold."""
    with psycopg.connect(dsn) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'vault'::regnamespace AND relkind = 'r'"
        )
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM vault.{table}").fetchall():
                yield table, b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in row)


def found(dsn: str, secret: str) -> set[str]:
    """The tables in which a form of it stands."""
    return {table for table, content in rows(dsn) for form in forms(secret) if form in content}


def test_no_secret_stands_in_the_tables(entrance: Entrance) -> None:
    """Password, secret of the telephone, recovery codes, tokens of every kind, names and addresses."""
    token = entrance.open_account()
    entrance.add_passkey(name=NAME)
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    entrance.add_generator()
    shown = entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    codes = entrance.recovery.issue(MILA)
    entrance.recovery.use(MILA, codes[0], now=NOW)
    entrance.invitations.complete(token, now=NOW)
    session = entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
    ceremony = entrance.passkeys.begin_assertion(now=NOW)
    entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, ADDRESS, now=NOW), now=NOW)
    invitation = entrance.invitations.invite(MILA, now=NOW)
    enrolment = entrance.open_account(OGNJEN)
    secrets = {
        "password": PASSPHRASE,
        "generator": shown.secret,
        "session": session.token,
        "ceremony": ceremony.token,
        "invitation": invitation.token,
        "enrolment": enrolment,
        "name": NAME,
        "account": ACCOUNT,
        "address": ADDRESS,
        "argon2": "$argon2id$",
        "code": codes[0],
        "other code": codes[9],
        "code as hashed": codes[9].replace("-", ""),
    }
    assert {name: tables for name, secret in secrets.items() if (tables := found(entrance.dsn, secret))} == {}
    filled = {table for table, _ in rows(entrance.dsn)}
    assert filled >= {
        "accounts",
        "code_generators",
        "enrolments",
        "invitations",
        "passkey_ceremonies",
        "passkeys",
        "passwords",
        "recovery_codes",
        "sessions",
        "sign_in_attempts",
    }
    assert found(entrance.dsn, json.loads(ceremony.options)["challenge"]) == {"passkey_ceremonies"}, "it is no secret"


def test_a_secret_that_is_stored_is_found(entrance: Entrance) -> None:
    """The control: as text, as its bytes, as what a token in base64 or base32 stands for."""
    entrance.open_account()
    shown = entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    session = base64.urlsafe_b64encode(b"\x07" * 32).decode().rstrip("=")
    key_id = entrance.keys.current_key("organisation", "control").key_id
    planted = (PASSPHRASE.encode(), base64.b32decode(shown.secret), b"\x07" * 32)
    with psycopg.connect(entrance.dsn) as connection:
        for content in planted:
            connection.execute(
                "INSERT INTO vault.caller_numbers (contact, hash, key_id, sealed) VALUES (%s, %s, %s, %s)",
                (uuid4(), b"x", key_id, b"before" + content + b"after"),
            )
    for secret in (PASSPHRASE, shown.secret, session):
        assert found(entrance.dsn, secret) == {"caller_numbers"}
