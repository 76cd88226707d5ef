"""Verification of a log: untouched it is intact, and every tampering by whoever owns the database is found by name."""

from __future__ import annotations

import pytest

from eventlog.findings import FindingKind as Kind
from eventlog.log import EventLog
from eventlog.verify import verify
from tests.eventlog.test_chain import fill
from tests.fix_eventlog import administrator, as_role, pings

TABLE = "eventlog.stored_events"
SHIFT = f"UPDATE {TABLE} SET notification_id = -notification_id WHERE notification_id >= {{}}"
RETURN = f"UPDATE {TABLE} SET notification_id = -notification_id {{}} WHERE notification_id < 0"
COPIED = "gen_random_uuid(), actor, recorded_at, chain"


def tamper(dsn: str, *statements: str) -> None:
    """As superuser, whom no right hinders."""
    with administrator(dsn) as root:
        for statement in statements:
            assert root.execute(statement.encode()).rowcount > 0


def kinds(dsn: str) -> set[tuple[Kind, int | None]]:
    """What verification with a reader's rights finds, and where."""
    verified = verify(as_role(dsn, "putokaz_reader"))
    assert verified.found == len(verified.findings)
    assert verified.intact == (not verified.findings)
    assert all(finding.says.endswith(".") and finding.do for finding in verified.findings)
    return {(finding.kind, finding.position) for finding in verified.findings}


def test_an_untouched_log_is_intact(event_log: EventLog, log_database: str) -> None:
    """The control: nothing is found, everything was read."""
    fill(event_log)
    verified = verify(as_role(log_database, "putokaz_reader"))
    assert verified.intact
    assert (verified.events, verified.streams, verified.head) == (6, 3, 6)


def test_an_empty_log_is_intact(log_database: str) -> None:
    """Before the first event there is nothing to doubt."""
    assert verify(log_database).intact


def test_progress_tells_how_many_of_how_many(event_log: EventLog, log_database: str) -> None:
    """The last word is all of all."""
    fill(event_log)
    told: list[tuple[int, int]] = []
    verify(log_database, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)


@pytest.mark.parametrize(
    ("change", "position"),
    [
        ("state = set_byte(state, 0, get_byte(state, 0) # 1)", 3),
        ("state = state || ' '::bytea", 3),
        ("topic = 'test.pinged@2'", 2),
        ("actor = gen_random_uuid()", 4),
        ("command_id = gen_random_uuid()", 4),
        ("recorded_at = recorded_at + interval '1 us'", 6),
        ("originator_id = 'contact-3'", 3),
        ("originator_version = 9", 6),
    ],
)
def test_an_edit_of_any_column_is_found(event_log: EventLog, log_database: str, change: str, position: int) -> None:
    """One byte is enough."""
    fill(event_log)
    tamper(log_database, f"UPDATE {TABLE} SET {change} WHERE notification_id = {position}")
    assert (Kind.ALTERED, position) in kinds(log_database)


@pytest.mark.parametrize("position", [1, 4])
def test_a_changed_link_is_told_from_a_changed_event(event_log: EventLog, log_database: str, position: int) -> None:
    """The event is still proven by the link after it."""
    fill(event_log)
    tamper(
        log_database,
        f"UPDATE {TABLE} SET chain = set_byte(chain, 5, 255 - get_byte(chain, 5)) WHERE notification_id = {position}",
    )
    assert kinds(log_database) == {(Kind.LINK_ALTERED, position)}


def test_the_edit_is_found_after_which_everything_follows_again(event_log: EventLog, log_database: str) -> None:
    """One edit is one finding, not one for each row behind it."""
    fill(event_log)
    tamper(log_database, f"UPDATE {TABLE} SET actor = gen_random_uuid() WHERE notification_id = 2")
    assert kinds(log_database) == {(Kind.ALTERED, 2)}


@pytest.mark.parametrize(("condition", "first"), [("= 1", 1), ("= 2", 2), ("IN (3, 4)", 3)])
def test_deleted_events_leave_a_gap(event_log: EventLog, log_database: str, condition: str, first: int) -> None:
    """In the positions, and mostly in their stream."""
    fill(event_log)
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id {condition}")
    assert (Kind.MISSING, first) in kinds(log_database)


def test_a_deletion_is_found_in_spite_of_new_numbers(event_log: EventLog, log_database: str) -> None:
    """The links tell what position the later events had."""
    fill(event_log)
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id = 2", SHIFT.format(3), RETURN.format("- 1"))
    found = kinds(log_database)
    assert {(Kind.ALTERED, 2), (Kind.MOVED, 3), (Kind.MOVED, 5), (Kind.VERSION_GAP, 5)} <= found


def test_a_new_order_is_found(event_log: EventLog, log_database: str) -> None:
    """Both events are named with the position that they had."""
    fill(event_log)
    tamper(
        log_database,
        f"UPDATE {TABLE} SET notification_id = -3 WHERE notification_id = 3",
        f"UPDATE {TABLE} SET notification_id = 3 WHERE notification_id = 5",
        f"UPDATE {TABLE} SET notification_id = 5 WHERE notification_id = -3",
    )
    assert {(Kind.MOVED, 3), (Kind.MOVED, 5), (Kind.VERSION_GAP, 3)} <= kinds(log_database)


def test_an_event_put_in_between_is_found(event_log: EventLog, log_database: str) -> None:
    """Itself, and the later ones that had to make room."""
    fill(event_log)
    tamper(
        log_database,
        SHIFT.format(3),
        RETURN.format("+ 1"),
        f"INSERT INTO {TABLE} SELECT 'contact-9', 1, topic, state, 3, {COPIED} FROM {TABLE} WHERE notification_id = 2",
    )
    found = kinds(log_database)
    assert {(Kind.INSERTED, 3), (Kind.MOVED, 4), (Kind.MOVED, 7)} <= found
    assert (Kind.ALTERED, 3) not in found


@pytest.mark.parametrize("position", [7, 3, 0])
def test_an_event_put_in_without_a_gap_is_found(event_log: EventLog, log_database: str, position: int) -> None:
    """At the end, twice at one place, before the beginning."""
    fill(event_log)
    with administrator(log_database) as root:
        root.execute("DROP INDEX eventlog.stored_events_notification_id_idx")
    tamper(
        log_database,
        f"INSERT INTO {TABLE} SELECT 'contact-9', 1, topic, state, {position}, {COPIED} FROM {TABLE} "
        "WHERE notification_id = 6",
    )
    found = kinds(log_database)
    assert found & {(Kind.ALTERED, position), (Kind.REPEATED, position)}
    assert all(place in {position, position + 1} for _, place in found)


def test_exchanged_streams_are_found(event_log: EventLog, log_database: str) -> None:
    """Both events are named with the stream that they were recorded in."""
    fill(event_log)
    tamper(
        log_database,
        f"UPDATE {TABLE} SET originator_id = 'between' WHERE notification_id = 3",
        f"UPDATE {TABLE} SET originator_id = 'mission-ж' WHERE notification_id = 4",
        f"UPDATE {TABLE} SET originator_id = 'contact-2' WHERE notification_id = 3",
    )
    assert kinds(log_database) == {(Kind.SWAPPED, 3), (Kind.SWAPPED, 4)}


def test_a_clock_that_ran_backwards_is_found(event_log: EventLog, log_database: str) -> None:
    """Besides the edit itself."""
    fill(event_log)
    tamper(log_database, f"UPDATE {TABLE} SET recorded_at = recorded_at - interval '1 day' WHERE notification_id = 5")
    assert kinds(log_database) == {(Kind.ALTERED, 5), (Kind.CLOCK_BACK, 5)}


def test_rows_without_their_columns_are_found(event_log: EventLog, log_database: str) -> None:
    """Also where the rules were taken off the table."""
    fill(event_log)
    with administrator(log_database) as root:
        root.execute("ALTER TABLE eventlog.stored_events ALTER topic DROP NOT NULL, ALTER state DROP NOT NULL")
    tamper(
        log_database,
        f"UPDATE {TABLE} SET topic = NULL WHERE notification_id = 2",
        f"UPDATE {TABLE} SET state = NULL WHERE notification_id = 5",
    )
    assert {(Kind.INSERTED, 2), (Kind.ALTERED, 5)} <= kinds(log_database)


def test_more_findings_than_anybody_reads_are_counted(event_log: EventLog, log_database: str) -> None:
    """The first are kept, the number is true."""
    event_log.append(pings("contact-1", 0, 300))
    tamper(log_database, f"UPDATE {TABLE} SET actor = gen_random_uuid()")
    verified = verify(log_database)
    assert verified.found == 300
    assert len(verified.findings) == 200
