"""Reading ahead changes nothing but the time: whole pages are those of the log, and what is in doubt is not held."""

from __future__ import annotations

import pytest

from domain.journey.state import journey_stream
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


def nobody(stream: str, version: int) -> None:
    """Where no journey is at hand."""


def test_only_a_whole_page_is_held_and_only_once(office: Office) -> None:
    """What the log does not have yet would belong into the page as well."""
    stream = journey_stream(office.open())
    head = office.log.head()
    ahead = Ahead(office.log)
    ahead.look(0, head, nobody)
    assert ahead.take(1, head) is None
    ahead.look(0, head, nobody)
    page = ahead.take(0, head)
    assert page is not None
    assert page.last == head
    assert [row.position for row in page.found[stream].rows] == list(range(1, head + 1))
    assert ahead.take(0, head) is None
    ahead.look(0, head + 1, nobody)
    assert ahead.take(0, head + 1) is None


def test_journeys_are_folded_where_the_one_before_is_at_hand(office: Office) -> None:
    """From its first event, or onto what is known; else it is left to whoever can read its history."""
    journey = office.journey(office.open())
    ahead = Ahead(office.log)
    ahead.look(0, journey.version, nobody)
    whole = ahead.take(0, journey.version)
    assert whole is not None
    assert whole.found[journey.stream].steps[-1].journey == journey
    ahead.look(1, journey.version, nobody)
    rest = ahead.take(1, journey.version)
    assert rest is not None
    assert not rest.found[journey.stream].is_folded
    ahead.look(1, journey.version, lambda _, version: whole.found[journey.stream].steps[version - 2].journey)
    onto = ahead.take(1, journey.version)
    assert onto is not None
    assert onto.found[journey.stream].steps[-1].journey == journey


def test_log_that_is_away_is_left_to_the_page_itself(office: Office) -> None:
    """Its own query says so, in its own words."""
    with EventLog("postgresql://127.0.0.1:1/nowhere", wait=0.1, patience=0.1) as away:
        ahead = Ahead(away)
        ahead.look(0, 1, nobody)
        assert ahead.take(0, 1) is None
