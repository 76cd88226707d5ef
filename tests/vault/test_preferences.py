"""How somebody wants to be reached: kept encrypted with the person, read by the rules of quiet hours as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.message import Channel as MessageChannel
from domain.quiet import Pace as MessagePace
from domain.quiet import Urgency, when_to_send
from vault.kek import Kek
from vault.keys import Keys
from vault.preferences import Channel, Pace, Preferences, restored, stored
from vault.staff import StaffDirectory, StaffMember

WISHES = Preferences(
    channel=Channel.SMS,
    pace=Pace.DIGEST,
    phone="+381600000001",
    quiet_from=time(22, 15),
    quiet_until=time(6),
    digest_at=time(9),
    zone="Europe/Sarajevo",
)
MILA = StaffMember(
    UUID("00000000-0000-4000-8000-000000000001"), "Мила", "mila@example.org", frozenset({"lawyer"}), "sr-Cyrl", WISHES
)


@pytest.fixture
def keys(vault_database: str) -> Iterator[Keys]:
    """The keys of an empty vault."""
    keys = Keys(vault_database, Kek(b"\x01" * 32))
    yield keys
    keys.close()


@pytest.fixture
def directory(vault_database: str, keys: Keys) -> Iterator[StaffDirectory]:
    """An empty directory."""
    directory = StaffDirectory(vault_database, keys)
    yield directory
    directory.close()


def test_preferences_come_back_with_the_person(directory: StaffDirectory) -> None:
    """All of them; and the ordinary ones for somebody who chose none."""
    other = StaffMember(UUID(int=7), "Петар", "petar@example.org", frozenset(), "en")
    directory.put(MILA)
    directory.put(other)
    assert directory.get(MILA.id) == MILA
    assert {m.id: m.preferences for m in directory.all()} == {MILA.id: WISHES, other.id: Preferences()}


def test_nobody_reads_a_telephone_number_in_the_database(directory: StaffDirectory, vault_database: str) -> None:
    """Neither in the row nor in its bytes."""
    directory.put(MILA)
    with psycopg.connect(vault_database) as connection:
        row = connection.execute("SELECT s::text, s.sealed FROM vault.staff AS s").fetchone()
    assert row is not None
    assert "381600000001" not in row[0]
    assert b"381600000001" not in row[1]


def test_a_record_from_before_has_the_ordinary_ones(directory: StaffDirectory, keys: Keys, vault_database: str) -> None:
    """Written by a release that knew none."""
    key = keys.current_key("organisation", "staff")
    body = {"name": "Мила", "email": "mila@example.org", "roles": ["lawyer"], "locale": "sr-Cyrl"}
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(key.key).encrypt(nonce, json.dumps(body).encode(), b"putokaz-staff-1" + MILA.id.bytes)
    with psycopg.connect(vault_database) as connection:
        connection.execute(
            "INSERT INTO vault.staff (id, key_id, sealed) VALUES (%s, %s, %s)", (MILA.id, key.key_id, sealed)
        )
    found = directory.get(MILA.id)
    assert found is not None
    assert found.preferences == Preferences()


def test_the_rules_of_quiet_hours_read_them_as_they_are() -> None:
    """Sarajevo shows 10:00 at 09:00 UTC: the digest of the next morning at nine."""
    now = datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert when_to_send(now, WISHES, Urgency.ORDINARY) == datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_channels_have_the_codes_of_receipts() -> None:
    """What a receipt will name is what a person chooses."""
    assert {c.value for c in MessageChannel} == {c.value for c in Channel}
    assert {p.value for p in MessagePace} == {p.value for p in Pace}


def test_whoever_chose_nothing_gets_one_message_a_day() -> None:
    """Also whoever chose before there was a choice."""
    before = {k: v for k, v in stored(WISHES).items() if k != "pace"}
    assert (Preferences().pace, restored(before).pace) == (Pace.DIGEST, Pace.DIGEST)
    assert restored(stored(replace(WISHES, pace=Pace.EACH))).pace is Pace.EACH


@pytest.mark.parametrize(
    "phone", ["0600000001", "+0600000001", "+38160000000a", "+381 60 000", "", "+1234567890123456"]
)
def test_a_number_that_nobody_can_dial_is_refused(phone: str) -> None:
    """And not repeated in the error."""
    with pytest.raises(ValueError, match="telephone") as refused:
        Preferences(phone=phone)
    assert not phone or phone not in str(refused.value)


def test_what_does_not_fit_together_is_refused() -> None:
    """Short messages without a number, half of the quiet hours, an hour with a zone, a zone that is none."""
    with pytest.raises(ValueError, match="number"):
        Preferences(channel=Channel.SMS)
    with pytest.raises(ValueError, match="quiet"):
        Preferences(quiet_from=None)
    with pytest.raises(ValueError, match="local"):
        Preferences(digest_at=time(8, tzinfo=UTC))
    for zone in ("Europe/Nowhere", "Europe", "../etc/passwd", ""):
        with pytest.raises(ValueError, match="zone"):
            Preferences(zone=zone)
