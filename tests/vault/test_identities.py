"""Identities in a real vault: sealed, shown only after a line in the log, corrected by one at a time, erased."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from urllib.parse import quote
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.fix_eventlog import administrator
from tests.fix_proxy import CuttableProxy, Line
from vault.access_chain import AccessFault, AccessFinding
from vault.access_log import REVEALS_AN_HOUR, AccessLog
from vault.accesses import LONGEST_REASON, AccessKind, RevealPurpose
from vault.errors import AccessNotLogged, IdentityConflict, IdentityUnknown, RecordBroken, VaultUnavailable
from vault.folding import folded
from vault.identities import Identities
from vault.identity import ContactKind, ContactPoint, Identity, IdentityField, Name, NameUse
from vault.kek import Kek
from vault.keys import Keys

KEK = Kek(b"\x01" * 32)
ME, OTHER = uuid4(), uuid4()
JOURNEY = UUID("00000000-0000-4000-8000-0000000000a1")
NAMES, PHONE = IdentityField.NAMES, IdentityField.PHONE
EVERY = frozenset(IdentityField)
MILICA = Identity(
    JOURNEY,
    names=(
        Name("Миличарица", NameUse.GIVEN, "sr-Cyrl"),
        Name("Đorđevićka", NameUse.FAMILY, "sr-Latn"),
        Name("Мицуљица", NameUse.NICKNAME),
    ),
    born=date(1996, 5, 1),
    contacts=(
        ContactPoint(ContactKind.PHONE, "+381600000001"),
        ContactPoint(ContactKind.EMAIL, "milica@example.org"),
        ContactPoint(ContactKind.ADDRESS, "Нова 1, Нови Сад"),
    ),
    case_number="ПР-12/2026",
)
REASON = "Зове је сестра из Ниша"


def as_owner(dsn: str) -> str:
    """The same database with all rights."""
    return make_conninfo(dsn, options="")


def phone(number: str) -> Identity:
    """A correction of the number alone."""
    return Identity(JOURNEY, contacts=(ContactPoint(ContactKind.PHONE, number),))


def all_of(identities: Identities, journey: UUID = JOURNEY) -> Identity | None:
    """Everything, with a line in the log."""
    shown = identities.reveal(ME, journey, EVERY, RevealPurpose.IDENTIFY)
    return None if shown is None else shown.identity


def test_an_identity_comes_back_as_typed(identities: Identities) -> None:
    """And of another journey nothing."""
    assert identities.put(MILICA, actor=ME) == 1
    assert all_of(identities) == MILICA
    assert all_of(identities, uuid4()) is None


def test_only_the_fields_that_were_asked_for_are_shown(identities: Identities) -> None:
    """A number without a name or an address."""
    identities.put(MILICA, actor=ME)
    shown = identities.reveal(ME, JOURNEY, {PHONE}, RevealPurpose.CONTACT)
    assert shown is not None
    assert (shown.version, shown.fields) == (1, frozenset({PHONE}))
    assert shown.identity == phone("+381600000001")


def test_every_reveal_is_in_the_log(identities: Identities, log: AccessLog) -> None:
    """Who, when, of whom, which fields, why; also one that finds nothing."""
    identities.put(MILICA, actor=ME)
    nobody = uuid4()
    began = datetime.now(UTC) - timedelta(minutes=1)
    identities.reveal(ME, JOURNEY, {PHONE, NAMES}, RevealPurpose.CONTACT)
    identities.reveal(OTHER, JOURNEY, {PHONE}, RevealPurpose.OTHER, REASON)
    identities.reveal(ME, nobody, {IdentityField.ADDRESS}, RevealPurpose.EMERGENCY)
    first, second = log.opened(JOURNEY)
    assert (first.actor, first.kind, first.journeys) == (ME, AccessKind.REVEAL, (JOURNEY,))
    assert first.fields == {PHONE, NAMES}
    assert (first.purpose, first.query_hash) == (RevealPurpose.CONTACT, None)
    assert began < first.at <= second.at
    assert (log.reason(first), log.reason(second)) == (None, REASON)
    assert [access.journeys for access in log.opened_by(ME, began)] == [(JOURNEY,), (nobody,)]
    assert log.opened_by(ME, datetime.now(UTC) + timedelta(hours=1)) == []
    assert log.found(JOURNEY) == log.searched_by(ME, began) == []
    assert log.verify().head.count == 3


def test_without_the_log_nothing_is_shown(identities: Identities, vault_database: str) -> None:
    """Whether the line cannot be written, or the log is gone; afterwards it works as before."""
    identities.put(MILICA, actor=ME)
    with administrator(as_owner(vault_database)) as owner:
        owner.execute("ALTER TABLE vault.accesses ADD CONSTRAINT full_up CHECK (false) NOT VALID")
        with pytest.raises(AccessNotLogged):
            all_of(identities)
        owner.execute("ALTER TABLE vault.accesses DROP CONSTRAINT full_up")
        assert all_of(identities) == MILICA
        owner.execute("ALTER TABLE vault.accesses RENAME TO gone")
        with pytest.raises(AccessNotLogged):
            all_of(identities)


def test_a_vault_that_is_away_shows_nothing(keys: Keys, vault_database: str, cuttable_proxy: CuttableProxy) -> None:
    """It may be asked again."""
    identities = Identities(cuttable_proxy.dsn(vault_database), keys)
    identities.put(MILICA, actor=ME)
    cuttable_proxy.line = Line.FROZEN
    with pytest.raises(VaultUnavailable):
        all_of(identities)
    cuttable_proxy.line = Line.OPEN
    cuttable_proxy.cut()
    assert all_of(identities) == MILICA
    identities.close()


@pytest.mark.parametrize(
    ("fields", "purpose", "reason"),
    [
        (frozenset(), RevealPurpose.CONTACT, None),
        ({PHONE}, RevealPurpose.OTHER, None),
        ({PHONE}, RevealPurpose.OTHER, " "),
        ({PHONE}, RevealPurpose.CONTACT, "x" * (LONGEST_REASON + 1)),
    ],
)
def test_a_reveal_says_what_and_why(
    identities: Identities, fields: frozenset[IdentityField], purpose: RevealPurpose, reason: str | None
) -> None:
    """Nothing at all, and another purpose without words, are refused."""
    with pytest.raises(ValueError, match=r"reveal|purpose|reason"):
        identities.reveal(ME, JOURNEY, fields, purpose, reason)


def test_more_than_thirty_in_an_hour_are_counted(identities: Identities, log: AccessLog) -> None:
    """Of this person and this hour; whom to tell is for others."""
    for _ in range(REVEALS_AN_HOUR + 1):
        identities.reveal(ME, uuid4(), {PHONE}, RevealPurpose.CONTACT)
    assert log.reveals_in_hour(ME) == REVEALS_AN_HOUR + 1
    assert log.reveals_in_hour(OTHER) == 0


def test_a_correction_keeps_nothing_but_that_it_was(identities: Identities, vault_database: str) -> None:
    """Other fields stay; the table holds one body; when and who is known, and not what it was."""
    identities.put(MILICA, actor=ME)
    assert identities.correct(phone("+381600000002"), {PHONE}, seen=1, actor=OTHER) == 2
    assert all_of(identities) == MILICA.corrected(phone("+381600000002"), {PHONE})
    assert [(each.version, each.actor) for each in identities.versions(JOURNEY)] == [(1, ME), (2, OTHER)]
    with psycopg.connect(vault_database) as connection:
        assert connection.execute("SELECT count(*), max(version) FROM vault.identities").fetchone() == (1, 2)


def test_who_comes_second_overwrites_nothing_and_sees_what_is_there(identities: Identities, log: AccessLog) -> None:
    """The fields in question and no other, and that they were shown is in the log."""
    identities.put(MILICA, actor=ME)
    identities.correct(phone("+381600000002"), {PHONE}, seen=1, actor=ME)
    with pytest.raises(IdentityConflict) as conflict:
        identities.correct(phone("+381600000003"), {PHONE}, seen=1, actor=OTHER)
    assert (conflict.value.stored.version, conflict.value.stored.identity) == (2, phone("+381600000002"))
    [access] = log.opened(JOURNEY)
    assert (access.actor, access.purpose) == (OTHER, RevealPurpose.CONFLICT)
    assert access.fields == {PHONE}
    with pytest.raises(IdentityConflict) as second:
        identities.put(replace(MILICA, born=1997), actor=OTHER)
    assert second.value.stored.identity == MILICA.corrected(phone("+381600000002"), {PHONE})
    assert "600000002" not in f"{conflict.value!r} {second.value!r} {second.value.stored!r}"
    assert len(identities.versions(JOURNEY)) == 2


def test_the_same_again_is_no_conflict(identities: Identities, log: AccessLog) -> None:
    """A write whose answer was lost is sent again, with what was seen then."""
    for _ in range(2):
        assert identities.put(MILICA, actor=ME) == 1
    for _ in range(2):
        assert identities.correct(phone("+381600000002"), {PHONE}, seen=1, actor=ME) == 2
    assert log.opened(JOURNEY) == []
    assert len(identities.versions(JOURNEY)) == 2


def test_of_many_who_write_at_once_one_wins(identities: Identities, vault_database: str) -> None:
    """Nobody's correction is lost without being told."""
    identities.put(MILICA, actor=ME)
    keys, barrier = Keys(vault_database, KEK, size=8), Barrier(8)
    many = Identities(vault_database, keys, size=8)

    def correct(number: int) -> int:
        barrier.wait()
        try:
            return many.correct(phone(f"+38160000001{number}"), {PHONE}, seen=1, actor=ME)
        except IdentityConflict as conflict:
            return -conflict.stored.version

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(correct, range(8)))
    many.close()
    keys.close()
    assert sorted(outcomes) == [-2] * 7 + [2]
    winner = phone(f"+38160000001{outcomes.index(2)}")
    assert all_of(identities) == MILICA.corrected(winner, {PHONE})


def test_what_is_not_there_cannot_be_corrected(identities: Identities) -> None:
    """Put is another thing."""
    with pytest.raises(IdentityUnknown):
        identities.correct(MILICA, EVERY, seen=0, actor=ME)
    with pytest.raises(ValueError, match="names what"):
        identities.correct(MILICA, frozenset(), seen=0, actor=ME)


def test_a_destroyed_key_erases_the_identity_and_the_reasons(
    identities: Identities, keys: Keys, log: AccessLog
) -> None:
    """That it was opened stays, and the chain whole. A form that was open meanwhile brings nothing back."""
    identities.put(MILICA, actor=ME)
    identities.reveal(ME, JOURNEY, {NAMES}, RevealPurpose.OTHER, REASON)
    assert keys.destroy(f"journey-{JOURNEY}", "identity") == 1
    assert all_of(identities) is None
    with pytest.raises(IdentityUnknown):
        identities.correct(phone("+381600000002"), {PHONE}, seen=1, actor=ME)
    assert all_of(identities) is None
    first, *_ = log.opened(JOURNEY)
    assert first.fields == {NAMES}
    assert log.reason(first) is None
    assert log.verify().findings == ()


def test_a_client_who_was_erased_may_come_again(identities: Identities, keys: Keys) -> None:
    """Under a new key; the versions go on."""
    identities.put(MILICA, actor=ME)
    keys.destroy(f"journey-{JOURNEY}")
    again = Identity(JOURNEY, names=(Name("Zora", NameUse.GIVEN),))
    assert identities.put(again, actor=ME) == 2
    assert all_of(identities) == again


def test_nothing_is_sealed_under_a_key_that_is_gone(identities: Identities, keys: Keys) -> None:
    """Destroyed between the choice of the key and the write: the database refuses, and the next try has another."""
    stale = keys.current_key(f"journey-{JOURNEY}", "identity")
    keys.destroy(f"journey-{JOURNEY}")
    assert not identities._written(MILICA, 0, stale, ME)
    assert identities.put(MILICA, actor=ME) == 1
    assert all_of(identities) == MILICA


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault.identities SET sealed = o.sealed, key_id = o.key_id FROM vault.identities AS o"
        " WHERE vault.identities.journey = %(journey)s AND o.journey <> %(journey)s",
        "UPDATE vault.identities SET version = version + 1 WHERE journey = %(journey)s",
        "UPDATE vault.identities SET sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20))"
        " WHERE journey = %(journey)s",
    ],
)
def test_a_body_that_was_moved_or_altered_does_not_open(
    identities: Identities, vault_database: str, statement: str
) -> None:
    """Nobody becomes somebody else by an UPDATE, and no version passes for another."""
    identities.put(MILICA, actor=ME)
    identities.put(Identity(uuid4(), names=(Name("Zora", NameUse.GIVEN),)), actor=ME)
    with psycopg.connect(vault_database) as connection:
        connection.execute(statement.encode(), {"journey": JOURNEY})
    with pytest.raises(RecordBroken):
        all_of(identities)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE vault.accesses SET actor = gen_random_uuid() WHERE position = 2", (AccessFault.ALTERED, 2)),
        ("UPDATE vault.accesses SET fields = '{phone}' WHERE position = 2", (AccessFault.ALTERED, 2)),
        ("UPDATE vault.accesses SET at = at - interval '1 day' WHERE position = 2", (AccessFault.ALTERED, 2)),
        ("DELETE FROM vault.accesses WHERE position = 2", (AccessFault.MISSING, 2)),
        ("DELETE FROM vault.accesses WHERE position = 4", (AccessFault.TRUNCATED, 4)),
        (
            "UPDATE vault.accesses AS a SET actor = o.actor, journeys = o.journeys FROM vault.accesses AS o"
            " WHERE (a.position, o.position) IN ((2, 3), (3, 2))",
            (AccessFault.ALTERED, 2),
        ),
    ],
)
def test_what_somebody_does_to_the_log_is_found(
    identities: Identities, log: AccessLog, vault_database: str, statement: str, finding: tuple[AccessFault, int]
) -> None:
    """By whoever owns the database; a cut-off end with the head that was noted. Untouched it is whole."""
    for number in range(4):
        words = REASON if number % 2 else None
        identities.reveal(uuid4(), uuid4(), {NAMES, PHONE}, RevealPurpose.DOCUMENT, words)
    whole = log.verify()
    assert (whole.head.count, whole.findings) == (4, ())
    with administrator(as_owner(vault_database)) as owner:
        owner.execute(statement.encode())
    assert log.verify(whole.head).findings[0] == AccessFinding(*finding)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO vault.accesses SELECT * FROM vault.accesses",
        "UPDATE vault.accesses SET at = now()",
        "DELETE FROM vault.accesses",
        "DELETE FROM vault.identities",
        "UPDATE vault.identities SET journey = gen_random_uuid()",
        "UPDATE vault.identity_versions SET actor = gen_random_uuid()",
    ],
)
def test_the_vaults_role_alters_no_log(vault_database: str, statement: str) -> None:
    """It reads it, and writes by the function alone."""
    with psycopg.connect(vault_database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def written(dsn: str, word: str) -> list[str]:
    """The tables of the vault in whose rows a word stands: as text, as bytes, folded, escaped, encoded."""
    raw = word.encode()
    forms = {word.casefold(), folded(word), word.encode("unicode_escape").decode(), quote(word), raw.hex()}
    forms |= {base64.b64encode(raw).decode()[:-4], base64.b64encode(raw).hex(), folded(word).encode().hex()}
    forms |= {word.encode("utf-16-le").hex(), word.encode("unicode_escape").hex()}
    found = []
    with administrator(as_owner(dsn)) as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'vault'").fetchall()
        for (table,) in tables:
            rows = owner.execute(f'SELECT t::text FROM vault."{table}" AS t'.encode()).fetchall()
            if any(form.casefold() in row[0].casefold() for form in forms for row in rows):
                found.append(table)
    return found


def test_nothing_of_an_identity_stands_in_any_table(identities: Identities, vault_database: str) -> None:
    """Neither names nor contacts nor a reason, in any form; and what is planted in one is found."""
    identities.put(MILICA, actor=ME)
    identities.correct(phone("+381600000002"), {PHONE}, seen=1, actor=ME)
    identities.reveal(ME, JOURNEY, EVERY, RevealPurpose.OTHER, REASON)
    words = [*(name.text for name in MILICA.names), *(contact.value for contact in MILICA.contacts), REASON]
    words += [MILICA.case_number or "", "600000002", "1996-05-01"]
    assert [word for word in words if written(vault_database, word)] == []
    for number, word in enumerate(words):
        for planted in (word.encode(), folded(word).encode(), word.encode("unicode_escape")):
            with administrator(as_owner(vault_database)) as owner:
                owner.execute(
                    "INSERT INTO vault.identities (journey, version, key_id, sealed, change)"
                    " SELECT gen_random_uuid(), 1, key_id, %s, %s FROM vault.data_keys LIMIT 1",
                    (planted, 1000 + number),
                )
                assert written(vault_database, word) == ["identities"]
                owner.execute("DELETE FROM vault.identities WHERE change >= 1000")


def test_what_is_masked_names_nobody_and_leaves_no_line(identities: Identities, keys: Keys, log: AccessLog) -> None:
    """Initials of the main name, the year, and which fields there are; nothing once it was erased."""
    assert identities.masked(JOURNEY) is None
    identities.put(MILICA, actor=ME)
    masked = identities.masked(JOURNEY)
    assert masked is not None
    assert (masked.version, masked.initials, masked.born_year) == (1, "М. Đ.", 1996)
    assert masked.known == EVERY - {IdentityField.OTHER_CONTACT}
    assert "М." not in repr(masked)
    keys.destroy(f"journey-{JOURNEY}", "identity")
    assert identities.masked(JOURNEY) is None
    assert log.opened(JOURNEY) == []


def test_very_many_reveals_of_one_person_stand_out(identities: Identities, log: AccessLog) -> None:
    """Of whoever had more than the limit within an hour, the most; of nobody who had just as many."""
    identities.put(MILICA, actor=ME)
    long_ago = datetime.now(UTC) - timedelta(days=7)
    for person, reveals in ((ME, REVEALS_AN_HOUR), (OTHER, REVEALS_AN_HOUR + 2)):
        for _ in range(reveals):
            identities.reveal(person, JOURNEY, {PHONE}, RevealPurpose.CONTACT)
    [burst] = log.bursts(long_ago)
    assert (burst.actor, burst.reveals) == (OTHER, REVEALS_AN_HOUR + 2)
    assert burst.at == log.opened(JOURNEY)[-1].at
    assert log.bursts(datetime.now(UTC)) == []
