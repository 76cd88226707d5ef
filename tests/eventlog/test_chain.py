"""The chain that the server writes is the one that Python recomputes, and every tampering breaks it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from eventlog.chain import GENESIS, link
from eventlog.decision import StoredRow
from eventlog.log import EventLog
from tests.fix_eventlog import administrator, pings


def first_broken(rows: list[StoredRow], stored: dict[int, bytes]) -> int | None:
    """The first position whose link does not follow from the one before; None when all do."""
    previous = GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.position != expected or stored[row.position] != link(previous, row):
            return expected
        previous = stored[row.position]
    return None


def verify(log: EventLog, dsn: str) -> int | None:
    """Reads the log and its chain, and recomputes it."""
    with administrator(dsn) as root:
        rows = root.execute("SELECT notification_id, chain FROM eventlog.stored_events").fetchall()
    chain: dict[int, bytes] = dict(rows)
    return first_broken(log.page(0), chain)


def fill(log: EventLog) -> None:
    """Six events in three streams, one name beyond ASCII and one body."""
    log.append(pings("contact-1", 0, 2))
    log.append(pings("mission-ж", 0))
    log.append(pings("contact-2", 0, 2))
    log.append(pings("contact-1", 2))


def test_python_recomputes_the_chain(event_log: EventLog, log_database: str) -> None:
    """All columns, in the order and form of the SQL function."""
    fill(event_log)
    assert verify(event_log, log_database) is None


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE eventlog.stored_events SET state = '{\"number\":9}' WHERE notification_id = 3", 3),
        ("UPDATE eventlog.stored_events SET topic = 'test.pinged@2' WHERE notification_id = 2", 2),
        ("UPDATE eventlog.stored_events SET actor = gen_random_uuid() WHERE notification_id = 4", 4),
        ("UPDATE eventlog.stored_events SET command_id = gen_random_uuid() WHERE notification_id = 4", 4),
        ("UPDATE eventlog.stored_events SET recorded_at = recorded_at + interval '1 us' WHERE notification_id = 5", 5),
        ("UPDATE eventlog.stored_events SET originator_id = 'contact-3' WHERE notification_id = 3", 3),
        ("UPDATE eventlog.stored_events SET originator_version = 9 WHERE notification_id = 6", 6),
        ("DELETE FROM eventlog.stored_events WHERE notification_id = 2", 2),
    ],
)
def test_every_column_is_in_the_chain(event_log: EventLog, log_database: str, tampering: str, broken_at: int) -> None:
    """Also for whoever owns the database."""
    fill(event_log)
    with administrator(log_database) as root:
        assert root.execute(tampering.encode()).rowcount == 1
    assert verify(event_log, log_database) == broken_at


def test_bytes_that_move_between_columns_change_the_link() -> None:
    """Lengths are part of the bytes, so no two rows give the same ones."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    ids = (uuid4(), uuid4())
    one = StoredRow(1, "contact-1", 1, "a@1", b"{}", at, *ids)
    assert link(GENESIS, one) != link(GENESIS, one._replace(topic="a@", state=b"1{}"))
    assert link(GENESIS, one) != link(b"\x01" * 32, one)
