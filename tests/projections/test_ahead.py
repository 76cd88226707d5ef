"""Reading ahead changes nothing but the time: whole pages are those of the log, and what is in doubt is not held."""

from __future__ import annotations

import pytest

from eventlog.log import EventLog
from projections.ahead import Ahead
from projections.comparing import compare
from projections.status import parked
from tests.fix_eventlog import administrator
from tests.projections.conftest import Office


def spoil(office: Office, position: int) -> None:
    """Makes one event unreadable."""
    with administrator(office.dsn) as root:
        root.execute("UPDATE eventlog.stored_events SET state = '{}' WHERE notification_id = %s", (position,))


@pytest.mark.parametrize("page", [1, 2, 3, 5])
def test_pages_read_ahead_lead_to_the_same_rows(office: Office, page: int) -> None:
    """Of many small pages all but the first are read ahead."""
    for _ in range(4):
        office.open()
    office.project(page)
    assert all(table.is_equal for table in compare(office.dsn))


@pytest.mark.parametrize("page", [1, 2, 5])
def test_unreadable_event_in_a_page_read_ahead_parks_its_stream_only(office: Office, page: int) -> None:
    """The others of its page are applied."""
    for _ in range(4):
        office.open()
    last = office.log.head()
    spoil(office, last)
    office.project(page)
    assert {entry.first_position for entry in parked(office.reader)} == {last}
    assert all(table.is_equal for table in compare(office.dsn))


def test_only_a_whole_page_is_held_and_only_once(office: Office) -> None:
    """What the log does not have yet would belong into the page as well."""
    office.open()
    head = office.log.head()
    ahead = Ahead(office.log)
    ahead.look(0, head)
    assert ahead.take(1, head) is None
    ahead.look(0, head)
    page = ahead.take(0, head)
    assert page is not None
    assert [row.position for row in page.rows] == list(range(1, head + 1)) == list(page.events)
    assert ahead.take(0, head) is None
    ahead.look(0, head + 1)
    assert ahead.take(0, head + 1) is None


def test_page_with_an_unreadable_event_is_held_undecoded(office: Office) -> None:
    """Whoever folds it finds out which event it is."""
    office.open()
    spoil(office, 1)
    ahead = Ahead(office.log)
    ahead.look(0, 2)
    page = ahead.take(0, 2)
    assert page is not None
    assert not page.events


def test_log_that_is_away_is_left_to_the_page_itself(office: Office) -> None:
    """Its own query says so, in its own words."""
    with EventLog("postgresql://127.0.0.1:1/nowhere", wait=0.1, patience=0.1) as away:
        ahead = Ahead(away)
        ahead.look(0, 1)
        assert ahead.take(0, 1) is None
