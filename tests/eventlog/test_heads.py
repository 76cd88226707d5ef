"""Signed heads show what the chain alone cannot: a cut-off end and a chain computed anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.errors import HeadsFault, LogTampered
from eventlog.findings import FindingKind as Kind
from eventlog.heads import from_line, read_heads, sign_head
from eventlog.heads_key import HeadsKey, create_heads_key, load_heads_key, public_key
from eventlog.log import EventLog
from eventlog.verify import verify
from tests.eventlog.test_chain import fill
from tests.eventlog.test_verify import TABLE, tamper
from tests.fix_eventlog import administrator, as_role, pings

REWRITE = """
DO $$ DECLARE one record; last bytea; BEGIN
    SELECT chain INTO last FROM eventlog.stored_events WHERE notification_id = 2;
    FOR one IN SELECT * FROM eventlog.stored_events WHERE notification_id > 2 ORDER BY notification_id LOOP
        last := eventlog.link(last, one.notification_id, one.originator_id, one.originator_version, one.topic,
                              one.command_id, one.actor, one.recorded_at, one.state);
        UPDATE eventlog.stored_events SET chain = last WHERE notification_id = one.notification_id;
    END LOOP;
END $$
"""


@pytest.fixture
def key(tmp_path: Path) -> HeadsKey:
    return create_heads_key(tmp_path / "heads.key")


@pytest.fixture
def signed(event_log: EventLog, log_database: str, tmp_path: Path, key: HeadsKey) -> Path:
    """A log of nine events, of which positions 6, 7 and 9 were signed."""
    file = tmp_path / "heads.jsonl"
    fill(event_log)
    for decision in (None, pings("contact-4", 0), pings("contact-5", 0, 2)):
        if decision is not None:
            event_log.append(decision)
        assert sign_head(as_role(log_database, "putokaz_reader"), file, key) is not None
    return file


def found(dsn: str, file: Path, *keys: HeadsKey) -> set[Kind]:
    """The kinds of all findings, in the file and in the log."""
    heads, findings = read_heads(file, [key.public for key in keys])
    return {finding.kind for finding in (*findings, *verify(dsn, heads).findings)}


def test_signed_heads_confirm_an_untouched_log(log_database: str, signed: Path, key: HeadsKey) -> None:
    """The control, with events behind the last head."""
    with EventLog(as_role(log_database, "putokaz_writer"), size=1) as log:
        log.append(pings("contact-6", 0))
    heads, findings = read_heads(signed, [key.public])
    verified = verify(log_database, heads)
    assert not findings
    assert verified.intact
    assert (verified.heads, verified.signed, verified.head) == (3, 9, 10)


def test_a_cut_off_end_shows_only_against_a_signed_head(log_database: str, signed: Path, key: HeadsKey) -> None:
    """The chain of what is left is whole."""
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id > 7")
    assert verify(log_database).intact
    assert found(log_database, signed, key) == {Kind.TRUNCATED}


def test_a_chain_computed_anew_shows_only_against_a_signed_head(log_database: str, signed: Path, key: HeadsKey) -> None:
    """Whoever owns the database can do that, but not sign it."""
    tamper(log_database, f"UPDATE {TABLE} SET actor = gen_random_uuid() WHERE notification_id = 3")
    with administrator(log_database) as root:
        root.execute(REWRITE.encode())
    assert verify(log_database).intact
    assert found(log_database, signed, key) == {Kind.REWRITTEN}


def test_nothing_is_signed_over_a_log_that_was_cut_off(log_database: str, signed: Path, key: HeadsKey) -> None:
    """A fresh head would hide it."""
    before = signed.read_bytes()
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id > 7")
    with EventLog(as_role(log_database, "putokaz_writer"), size=1) as log:
        log.append(pings("contact-7", 0, 4))
    with pytest.raises(LogTampered, match="position 9"):
        sign_head(log_database, signed, key)
    assert signed.read_bytes() == before


def test_a_replaced_file_is_found(log_database: str, signed: Path, key: HeadsKey, tmp_path: Path) -> None:
    """Heads by another key confirm nothing; with both keys, after a change of keys, they do."""
    signed.unlink()
    other = create_heads_key(tmp_path / "other.key")
    sign_head(log_database, signed, other)
    assert found(log_database, signed, key) == {Kind.HEAD_FOREIGN}
    assert not found(log_database, signed, key, other)


def test_a_forged_head_is_found(log_database: str, signed: Path, key: HeadsKey) -> None:
    """Any field that was changed, whatever the line says of its key."""
    lines = signed.read_text().splitlines()
    fields = json.loads(lines[1])
    forgeries = {
        "position": 8,
        "chain": "00" * 32,
        "recorded_at": "2026-01-01T00:00:00+00:00",
        "signed_at": "2026-01-01T00:00:00+00:00",
        "previous": "11" * 32,
        "signature": json.loads(lines[0])["signature"],
    }
    for name, value in forgeries.items():
        signed.write_text("\n".join([lines[0], json.dumps({**fields, name: value}), lines[2], ""]))
        assert Kind.HEAD_FORGED in found(log_database, signed, key), name


def test_a_head_taken_out_of_the_middle_is_found(log_database: str, signed: Path, key: HeadsKey) -> None:
    """Also lines in another order."""
    lines = signed.read_text().splitlines(keepends=True)
    signed.write_text(lines[0] + lines[2])
    assert found(log_database, signed, key) == {Kind.HEAD_OUT_OF_LINE}
    signed.write_text(lines[1] + lines[0] + lines[2])
    assert found(log_database, signed, key) == {Kind.HEAD_OUT_OF_LINE}


def test_an_emptied_or_unreadable_file_is_found(log_database: str, signed: Path, key: HeadsKey) -> None:
    """It is not taken for a log that was never signed."""
    signed.write_text("{}\n")
    assert found(log_database, signed, key) == {Kind.HEAD_UNREADABLE}
    with pytest.raises(HeadsFault, match="restore"):
        sign_head(log_database, signed, key)
    signed.write_text("")
    assert found(log_database, signed, key) == {Kind.HEADS_MISSING}
    signed.unlink()
    with pytest.raises(HeadsFault, match="cannot be read"):
        read_heads(signed, [key.public])


def test_a_line_left_unfinished_is_written_again(
    event_log: EventLog, log_database: str, signed: Path, key: HeadsKey
) -> None:
    """A machine that goes down while it signs leaves half a line."""
    signed.write_bytes(signed.read_bytes() + b'{"position": 10, "ch')
    event_log.append(pings("contact-8", 0))
    assert not found(log_database, signed, key)
    head = sign_head(log_database, signed, key)
    assert head is not None
    assert not found(log_database, signed, key)
    assert from_line(signed.read_bytes().splitlines()[-1]).position == 10


def test_a_log_that_did_not_grow_is_not_signed_again(log_database: str, signed: Path, key: HeadsKey) -> None:
    """Nor is an empty one."""
    assert sign_head(log_database, signed, key) is None
    assert len(signed.read_text().splitlines()) == 3


def test_an_empty_log_has_no_head(log_database: str, tmp_path: Path, key: HeadsKey) -> None:
    """There is nothing to sign."""
    assert sign_head(log_database, tmp_path / "none.jsonl", key) is None


def test_the_key_is_its_owners_alone(tmp_path: Path, key: HeadsKey) -> None:
    """Mode 0600, never overwritten, refused when others may read it; its public half goes on paper."""
    file = tmp_path / "heads.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(load_heads_key(file).public) == str(key.public)
    assert public_key(f" {key.public}\n").confirms(key.sign(b"words"), b"words")
    assert not public_key(str(key.public)).confirms(key.sign(b"words"), b"other words")
    with pytest.raises(HeadsFault, match="exists"):
        create_heads_key(file)
    file.chmod(0o640)
    with pytest.raises(HeadsFault, match="0640"):
        load_heads_key(file)
    file.chmod(0o600)
    file.write_text("no key")
    with pytest.raises(HeadsFault, match="does not hold"):
        load_heads_key(file)
    with pytest.raises(HeadsFault, match="44 characters"):
        public_key("no key")
