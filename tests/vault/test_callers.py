"""Numbers of callers: found again by a keyed hash, opened with a key of the contact, and no look without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest

from vault.callers import Callers, normal
from vault.errors import NumberInvalid, RecordBroken
from vault.kek import Kek
from vault.keys import Keys

NUMBER = "+381600000001"
ME = uuid4()


@pytest.fixture
def keys(vault_database: str) -> Iterator[Keys]:
    """The keys of an empty vault."""
    keys = Keys(vault_database, Kek(b"\x01" * 32))
    yield keys
    keys.close()


@pytest.fixture
def callers(vault_database: str, keys: Keys) -> Iterator[Callers]:
    """Its numbers."""
    callers = Callers(vault_database, keys, home="+381")
    yield callers
    callers.close()


def kept(callers: Callers, number: str = NUMBER) -> UUID:
    """A contact with this number."""
    contact = uuid4()
    callers.keep(contact, number)
    return contact


@pytest.mark.parametrize("typed", [NUMBER, "0600000001", "00381 60 000 00 01", "(060) 000-0001", "+381 60/000.0001"])
def test_one_number_is_one_however_it_is_typed(typed: str) -> None:
    """Or the same person would be two."""
    assert normal(typed, home="+381") == NUMBER


@pytest.mark.parametrize("typed", ["", "Mila", "60000", "+0600000001", "+38160000000000000", "06 00 abc"])
def test_what_is_no_number_is_refused_and_not_repeated(typed: str) -> None:
    """It may be a name that somebody typed into the wrong field."""
    with pytest.raises(NumberInvalid) as refused:
        normal(typed, home="+381")
    assert not typed or typed not in str(refused.value)


def test_the_same_number_finds_its_other_contacts(callers: Callers) -> None:
    """And no contact of another number."""
    first, other, again = kept(callers), kept(callers, "+381600000002"), kept(callers, "060 000 0001")
    assert callers.repeats(again, actor=ME) == [first]
    assert callers.repeats(other, actor=ME) == []
    assert callers.repeats(uuid4(), actor=ME) == []


def test_every_look_leaves_a_trace(callers: Callers) -> None:
    """Also one that finds nothing."""
    contact = kept(callers)
    assert callers.number(contact, actor=ME) == NUMBER
    callers.repeats(contact, actor=ME)
    callers.forget(contact, actor=ME)
    assert callers.number(contact, actor=ME) is None
    assert [(look.actor, look.what) for look in callers.looks(contact)] == [
        (ME, what) for what in ("number", "repeats", "forget", "number")
    ]


def test_nothing_in_the_table_is_the_number_or_can_be_guessed(callers: Callers, vault_database: str) -> None:
    """Neither its digits nor a digest that is made without the key."""
    kept(callers)
    with psycopg.connect(vault_database) as connection:
        [row] = connection.execute("SELECT hash, sealed FROM vault.caller_numbers").fetchall()
    assert NUMBER[1:].encode() not in row[1]
    assert row[0] != sha256(NUMBER.encode()).digest()


def test_a_destroyed_key_takes_the_number_with_it(callers: Callers, keys: Keys) -> None:
    """Erasing the contact's identity erases what it could be called by."""
    contact = kept(callers)
    keys.destroy(f"contact-{contact}", "identity")
    assert callers.number(contact, actor=ME) is None


def test_a_number_moved_to_another_contact_does_not_open(callers: Callers, vault_database: str) -> None:
    """Nobody is called by an UPDATE."""
    one, other = kept(callers), kept(callers, "+381600000002")
    with psycopg.connect(vault_database) as connection:
        connection.execute(
            "UPDATE vault.caller_numbers AS n SET sealed = o.sealed, key_id = o.key_id FROM vault.caller_numbers AS o"
            " WHERE n.contact = %s AND o.contact = %s",
            (one, other),
        )
    with pytest.raises(RecordBroken):
        callers.number(one, actor=ME)
