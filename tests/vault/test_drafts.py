"""Drafts: sealed, one person's alone, gone after 72 hours, and ended for good once they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.vault.entrance import MILA, NOW, OGNJEN
from vault.drafts import LIFE, LONGEST, Draft, Drafts
from vault.errors import RecordBroken
from vault.keys import Keys
from vault.staff import StaffDirectory, StaffMember

FORM, OTHER = "/missions/1/report", "/missions/2/report"
TEXTS = {"note": "Није било никога, „комшије“ кажу", "outcome-0": "nobody-there"}
ID = UUID(int=7)


@pytest.fixture
def drafts(vault_database: str, keys: Keys) -> Iterator[Drafts]:
    """Of two people, who have none yet."""
    directory = StaffDirectory(vault_database, keys)
    for staff in (MILA, OGNJEN):
        directory.put(StaffMember(staff, "Neko Izmišljen", "neko@example.org", frozenset(), "sr-Latn"))
    directory.close()
    drafts = Drafts(vault_database, keys)
    yield drafts
    drafts.close()


def kept(drafts: Drafts, staff: UUID = MILA, form: str = FORM) -> None:
    """A draft that was just typed."""
    assert drafts.keep(staff, form, TEXTS, command_id=ID, now=NOW)


def rows(dsn: str) -> list[tuple[object, ...]]:
    """What the table holds."""
    with psycopg.connect(dsn) as connection:
        return connection.execute("SELECT * FROM vault.drafts ORDER BY staff, form").fetchall()


def test_it_comes_back_to_who_typed_it_and_nobody_else(drafts: Drafts) -> None:
    """In that form, with the id of the command that it becomes."""
    kept(drafts)
    assert drafts.find(MILA, FORM, now=NOW) == Draft(ID, NOW, TEXTS)
    assert drafts.find(OGNJEN, FORM, now=NOW) is None
    assert drafts.find(MILA, OTHER, now=NOW) is None


def test_no_word_of_it_stands_in_the_table(drafts: Drafts, vault_database: str) -> None:
    """Its address and its time do: that is the control."""
    kept(drafts)
    (row,) = rows(vault_database)
    content = b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert FORM.encode() in content
    assert not any(word.encode() in content for text in TEXTS.values() for word in text.split())


@pytest.mark.parametrize(("staff", "form"), [(OGNJEN, FORM), (MILA, OTHER)])
def test_a_row_that_was_moved_does_not_open(drafts: Drafts, vault_database: str, staff: UUID, form: str) -> None:
    """Whoever may write the table cannot give one person's draft to another, or into another form."""
    kept(drafts)
    copied = "INSERT INTO vault.drafts SELECT %s, %s, command_id, key_id, sealed, saved_at FROM vault.drafts"
    with psycopg.connect(vault_database) as connection:
        connection.execute(copied, (staff, form))
    with pytest.raises(RecordBroken):
        drafts.find(staff, form, now=NOW)


def test_after_72_hours_it_is_gone(drafts: Drafts, vault_database: str) -> None:
    """Not shown from that moment on, and swept with the next draft, whoever types that."""
    kept(drafts)
    assert drafts.find(MILA, FORM, now=NOW + LIFE - timedelta(seconds=1)) is not None
    assert drafts.find(MILA, FORM, now=NOW + LIFE) is None
    assert rows(vault_database) == []
    kept(drafts)
    drafts.keep(OGNJEN, OTHER, TEXTS, command_id=ID, now=NOW + LIFE)
    assert [row[0] for row in rows(vault_database)] == [OGNJEN]


def test_what_was_sent_stays_ended(drafts: Drafts, vault_database: str) -> None:
    """A slow network brings the last letters after the command: they are not kept; those of the next form are."""
    kept(drafts)
    drafts.end(MILA, FORM, command_id=ID, now=NOW)
    assert drafts.find(MILA, FORM, now=NOW) is None
    assert not drafts.keep(MILA, FORM, TEXTS, command_id=ID, now=NOW)
    assert all(row[3] is None and row[4] is None for row in rows(vault_database))
    assert drafts.keep(MILA, FORM, TEXTS, command_id=uuid4(), now=NOW)
    assert drafts.find(MILA, FORM, now=NOW) is not None


def test_it_ends_with_the_key_of_its_person(drafts: Drafts, keys: Keys) -> None:
    """Somebody leaves."""
    kept(drafts)
    keys.destroy(f"staff-{MILA}")
    assert drafts.find(MILA, FORM, now=NOW) is None


def test_too_long_a_draft_is_not_kept(drafts: Drafts) -> None:
    """Nothing is cut either."""
    with pytest.raises(ValueError, match="too long"):
        drafts.keep(MILA, FORM, {"note": "a" * LONGEST}, command_id=ID, now=NOW)
    assert drafts.find(MILA, FORM, now=NOW) is None
