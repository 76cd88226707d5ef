"""Searches in a real vault: by any spelling, level with what other processes write and erase, masked, and logged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.fix_eventlog import administrator
from vault.access_log import AccessLog
from vault.accesses import AccessKind
from vault.envelope import sealed
from vault.errors import AccessNotLogged, NumberInvalid
from vault.identities import Identities, _context
from vault.identity import ContactKind, ContactPoint, Identity, IdentityField, Name, NameUse, stored
from vault.kek import Kek
from vault.keys import Keys, rewrap
from vault.keys import _context as key_context
from vault.roll import SearchBy
from vault.searching import MOST_CANDIDATES, Searching
from vault.shredding import shred_again

KEK = Kek(b"\x01" * 32)
ME = uuid4()
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def code(journey: UUID) -> str:
    """The code of a journey."""
    return f"PK-{journey.hex[:7].upper()}"


def somebody(given: str, family: str, born: int | None = None, phone: str | None = None) -> Identity:
    """A client with a name."""
    names = (Name(given, NameUse.GIVEN), Name(family, NameUse.FAMILY))
    contacts = (ContactPoint(ContactKind.PHONE, phone),) if phone else ()
    return Identity(uuid4(), names, born, contacts, case_number="12/2026")


MILICA = somebody("Милица", "Ђорђевић", 1996, "+381600000001")


@pytest.fixture
def searching(vault_database: str, keys: Keys) -> Iterator[Searching]:
    """A process that searches, begun while the vault was empty."""
    searching = Searching(vault_database, keys, code_of=code, home="+381")
    yield searching
    searching.close()


def named(searching: Searching, typed: str) -> list[UUID]:
    """Who is found by a name."""
    return [found.journey for found in searching.search(ME, typed, SearchBy.NAME).candidates]


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("Milica Djordjevic", SearchBy.NAME),
        ("dordevic MILICA", SearchBy.NAME),
        ("Ђорђевић", SearchBy.NAME),
        ("060 000-0001", SearchBy.PHONE),
        ("00381600000001", SearchBy.PHONE),
        pytest.param(code(MILICA.journey).lower().replace("-", " "), SearchBy.CODE, id="code-in-small-letters"),
        ("12 / 2026", SearchBy.CASE_NUMBER),
    ],
)
def test_a_client_is_found_masked_by_whatever_is_known(
    searching: Searching, identities: Identities, typed: str, by: SearchBy
) -> None:
    """At once after another process wrote the identity."""
    identities.put(MILICA, actor=ME)
    found = searching.search(ME, typed, by)
    [candidate] = found.candidates
    assert (candidate.journey, candidate.code, candidate.score) == (MILICA.journey, code(MILICA.journey), 100)
    assert (candidate.initials, candidate.born_year, found.more) == ("М. Ђ.", 1996, 0)


def test_what_is_no_number_is_refused(searching: Searching) -> None:
    """And not repeated."""
    with pytest.raises(NumberInvalid):
        searching.search(ME, "Milica", SearchBy.PHONE)


def test_a_correction_is_found_at_once_and_the_old_name_no_more(searching: Searching, identities: Identities) -> None:
    """In every process."""
    identities.put(MILICA, actor=ME)
    assert named(searching, "Milica") == [MILICA.journey]
    zora = Identity(MILICA.journey, names=(Name("Зора", NameUse.GIVEN),))
    identities.correct(zora, {IdentityField.NAMES}, seen=1, actor=ME)
    assert (named(searching, "Milica"), named(searching, "Zora")) == ([], [MILICA.journey])


def test_a_destroyed_key_takes_the_client_out_of_every_search_at_once(
    searching: Searching, identities: Identities, keys: Keys
) -> None:
    """By every way to search, also where the name was in memory; nobody else is lost."""
    other = somebody("Milica", "Djordjevic", 1996)
    for identity in (MILICA, other):
        identities.put(identity, actor=ME)
    assert set(named(searching, "Milica")) == {MILICA.journey, other.journey}
    keys.destroy(f"journey-{MILICA.journey}", "identity")
    assert named(searching, "Milica") == [other.journey]
    for typed, by in (("0600000001", SearchBy.PHONE), (code(MILICA.journey), SearchBy.CODE)):
        assert searching.search(ME, typed, by).candidates == ()
    same = searching.search(ME, "12/2026", SearchBy.CASE_NUMBER)
    assert [found.journey for found in same.candidates] == [other.journey]
    alike = searching.candidates(ME, MILICA.names, MILICA.born)
    assert [found.journey for found in alike.candidates] == [other.journey]


def test_a_key_destroyed_again_after_a_restore_is_out_as_well(
    searching: Searching, identities: Identities, keys: Keys, vault_database: str
) -> None:
    """`shred_again` moves the generation beyond any that a process remembers."""
    identities.put(MILICA, actor=ME)
    assert named(searching, "Milica") == [MILICA.journey]
    key = keys.current_key(f"journey-{MILICA.journey}", "identity")
    assert shred_again(make_conninfo(vault_database, options=""), [key.key_id]) == 1
    assert named(searching, "Milica") == []


def test_a_process_that_begins_reads_who_is_there(identities: Identities, keys: Keys, vault_database: str) -> None:
    """Also after the keys were wrapped anew, by a process that has the new key-encryption key."""
    identities.put(MILICA, actor=ME)
    rewrap(vault_database, KEK, Kek(b"\x02" * 32))
    renewed = Keys(vault_database, Kek(b"\x02" * 32))
    searching = Searching(vault_database, renewed, code_of=code, home="+381")
    assert named(searching, "Milica") == [MILICA.journey]
    searching.close()
    assert named(searching, "Milica") == [MILICA.journey], "it reads anew after it forgot"
    searching.close()
    renewed.close()


def test_an_altered_identity_is_named_and_stops_nobody_else(
    searching: Searching, identities: Identities, vault_database: str
) -> None:
    """It is found no more; all others are."""
    other = somebody("Milica", "Djordjevic")
    for identity in (MILICA, other):
        identities.put(identity, actor=ME)
    with psycopg.connect(vault_database) as connection:
        connection.execute("UPDATE vault.identities SET version = version + 1 WHERE journey = %s", (MILICA.journey,))
    assert named(searching, "Milica") == [other.journey]
    assert searching.unreadable == {MILICA.journey}


def test_duplicates_are_proposed_before_a_journey_is_opened(searching: Searching, identities: Identities) -> None:
    """Another script, names swapped, a year off; another name or nothing of it is no candidate."""
    for identity in (MILICA, somebody("Марко", "Николић", 1996), somebody("Јована", "Ђорђевић", 1970)):
        identities.put(identity, actor=ME)
    names = (Name("Djordjević", NameUse.GIVEN), Name("Milica", NameUse.FAMILY))
    found = searching.candidates(ME, names, 1997)
    assert [(each.journey, each.score, each.born_year) for each in found.candidates] == [(MILICA.journey, 99, 1996)]


def test_at_most_twenty_are_shown(searching: Searching, identities: Identities, log: AccessLog) -> None:
    """And it is said that there are more; only those that were shown are in the log."""
    for _ in range(MOST_CANDIDATES + 2):
        identities.put(somebody("Ana", "Ilić"), actor=ME)
    found = searching.search(ME, "Ana", SearchBy.NAME)
    assert (len(found.candidates), found.more) == (MOST_CANDIDATES, 2)
    [access] = log.searched_by(ME, LONG_AGO)
    assert access.journeys == tuple(each.journey for each in found.candidates)


def test_every_search_is_in_the_log_without_what_was_typed(
    searching: Searching, identities: Identities, log: AccessLog, vault_database: str
) -> None:
    """The same question gives the same hash in any spelling, which nobody makes without the vault's key."""
    identities.put(MILICA, actor=ME)
    for typed in ("Milica Đorđević", "ЂОРЂЕВИЋ Милица", "Milica"):
        searching.search(ME, typed, SearchBy.NAME)
    searching.search(ME, "nobody", SearchBy.CODE)
    searching.candidates(ME, MILICA.names, MILICA.born)
    first, again, other, nothing, candidates = log.searched_by(ME, LONG_AGO)
    assert [each.kind for each in (first, nothing, candidates)] == [
        AccessKind.SEARCH,
        AccessKind.SEARCH,
        AccessKind.CANDIDATES,
    ]
    assert (first.journeys, nothing.journeys) == ((MILICA.journey,), ())
    assert first.query_hash == again.query_hash
    assert len({each.query_hash for each in (first, other, nothing, candidates)}) == 4
    assert first.query_hash != sha256(b"name:djordjevic milica").digest()
    assert log.found(MILICA.journey) == [first, again, other, candidates]
    assert log.opened(MILICA.journey) == log.searched_by(ME, datetime.now(UTC) + timedelta(hours=1)) == []
    assert log.verify().findings == ()
    with psycopg.connect(vault_database) as connection:
        rows = str(connection.execute("SELECT a::text FROM vault.accesses AS a").fetchall())
    for part in ("milica", "djordjevic", "милица", b"milica".hex(), "милица".encode().hex()):
        assert part not in rows.casefold()


def test_without_the_log_nobody_is_found(searching: Searching, identities: Identities, vault_database: str) -> None:
    """A masked candidate is an answer too."""
    identities.put(MILICA, actor=ME)
    with administrator(make_conninfo(vault_database, options="")) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION vault.log_access FROM putokaz_vault")
    with pytest.raises(AccessNotLogged):
        named(searching, "Milica")
    with pytest.raises(AccessNotLogged):
        searching.candidates(ME, MILICA.names, None)


def test_ten_thousand_identities_are_read_and_searched_in_time(vault_database: str, keys: Keys) -> None:
    """Each with a key of its own. Bounds for a busy machine: see `docs/identities.md` for what it takes."""
    given, family = ("Ана", "Milica", "Јован", "Zora", "Петра"), ("Ilić", "Ђорђевић", "Petrović", "Николић")
    people = [somebody(given[n % 5] + "а" * (n % 7), family[n % 4] + "е" * (n % 11)) for n in range(10_000)]
    rows = []
    for change, identity in enumerate(people, start=1):
        key_id, key, stream = uuid4(), uuid4().bytes * 2, f"journey-{identity.journey}"
        wrapped = KEK.wrap(key, key_context(key_id, stream, "identity"))
        body = sealed(key, stored(identity), _context(identity.journey, 1))
        rows.append(((key_id, stream, KEK.kek_id, wrapped), (identity.journey, key_id, body, change)))
    with psycopg.connect(vault_database) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY vault.data_keys (key_id, stream, compartment, kek_id, wrapped) FROM STDIN") as copy:
            for (key_id, stream, kek_id, wrapped), _ in rows:
                copy.write_row((key_id, stream, "identity", kek_id, wrapped))
        with cursor.copy("COPY vault.identities (journey, version, key_id, sealed, change) FROM STDIN") as copy:
            for _, (journey, key_id, body, change) in rows:
                copy.write_row((journey, 1, key_id, body, change))
    began = time.monotonic()
    searching = Searching(vault_database, keys, code_of=code, home="+381")
    read = time.monotonic() - began
    began = time.monotonic()
    found = searching.search(ME, "Djordjevic Milica", SearchBy.NAME)
    searched = time.monotonic() - began
    searching.close()
    assert len(found.candidates) == MOST_CANDIDATES
    assert found.candidates[0].score == 100
    assert read < 30
    assert searched < 5
