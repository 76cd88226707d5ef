"""The staff directory: people behind ids, readable through the vault only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest

from vault.errors import RecordBroken
from vault.kek import Kek
from vault.keys import Keys
from vault.staff import StaffDirectory, StaffMember

JELENA = StaffMember(
    UUID("00000000-0000-4000-8000-000000000001"),
    "Јелена Ђорђевић",
    "jelena@example.org",
    frozenset({"caseworker", "supervisor"}),
    "sr-Cyrl",
)


@pytest.fixture
def directory(vault_database: str) -> Iterator[StaffDirectory]:
    """An empty directory."""
    keys = Keys(vault_database, Kek(b"\x01" * 32))
    directory = StaffDirectory(vault_database, keys)
    yield directory
    directory.close()
    keys.close()


def test_people_come_back_and_can_be_changed(directory: StaffDirectory) -> None:
    """The same id replaces."""
    other = StaffMember(uuid4(), "Petar", "petar@example.org", frozenset(), "en")
    directory.put(JELENA)
    directory.put(other)
    assert directory.get(JELENA.id) == JELENA
    assert sorted(m.name for m in directory.all()) == sorted([JELENA.name, other.name])
    directory.put(replace(JELENA, locale="sr-Latn"))
    assert directory.get(JELENA.id) == replace(JELENA, locale="sr-Latn")
    assert len(directory.all()) == 2
    assert directory.get(uuid4()) is None


def test_the_database_shows_no_name(directory: StaffDirectory, vault_database: str) -> None:
    """Neither name, address nor role, in clear or as JSON escapes."""
    directory.put(JELENA)
    with psycopg.connect(vault_database) as connection:
        row = connection.execute("SELECT s::text, s.sealed FROM vault.staff AS s").fetchone()
    assert row is not None
    text, sealed = row
    for part in ("Јелена", "jelena", "example.org", "supervisor", "\\u0408"):
        assert part not in text
        assert part.encode() not in sealed


def test_a_record_moved_to_another_person_does_not_open(directory: StaffDirectory, vault_database: str) -> None:
    """Nobody becomes somebody else by an UPDATE."""
    other = StaffMember(uuid4(), "Petar", "petar@example.org", frozenset(), "en")
    directory.put(JELENA)
    directory.put(other)
    with psycopg.connect(vault_database) as connection:
        connection.execute(
            "UPDATE vault.staff SET sealed = (SELECT sealed FROM vault.staff WHERE id = %s) WHERE id = %s",
            (JELENA.id, other.id),
        )
    with pytest.raises(RecordBroken):
        directory.get(other.id)
