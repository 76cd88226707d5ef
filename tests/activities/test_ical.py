"""Appointments as iCalendar: read back by the library, and the raw bytes as RFC 5545 wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from activities.ical import ALARMS, Appointment, Method, Status, calendar
from activities.ical_zone import time_zone

NOW = datetime(2026, 11, 25, 9, 30, 17, 250_000, tzinfo=UTC)
BELGRADE = ZoneInfo("Europe/Belgrade")
STREAM = "journey-7b0e6f5a-6f0a-4c53-9f43-2a50f0b0c111"
HEARING = Appointment(
    stream=STREAM,
    obligation="step:main-hearing:1",
    sequence=1,
    code="PK-7QW2M0X",
    starts_at=datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
    zone="Europe/Belgrade",
    link="https://putokaz.example.org/j/PK-7QW2M0X",
)
VENUE = replace(HEARING, obligation="step:main-hearing:2", zone="America/New_York")
ZONES = ("Europe/Belgrade", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Lord_Howe")


def published(*appointments: Appointment, locale: str = "sr-Latn") -> bytes:
    return calendar(appointments, method=Method.PUBLISH, locale=locale, now=NOW, organizer="putokaz@example.org")


def read(raw: bytes) -> Calendar:
    read = Calendar.from_ical(raw)
    assert isinstance(read, Calendar)
    return read


def the_event(raw: bytes) -> Event:
    (event,) = read(raw).events
    return event


def start(event: Event) -> datetime:
    found = event.start
    assert isinstance(found, datetime)
    return found


def lines(raw: bytes) -> list[str]:
    """Unfolded."""
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_an_appointment_comes_back_as_it_was_given() -> None:
    """Instant, wall clock, length, status, alarms, and DTSTAMP from the clock that was given."""
    raw = published(HEARING)
    event = the_event(raw)
    assert start(event) == HEARING.starts_at
    assert event["dtstart"].params["TZID"] == "Europe/Belgrade"
    assert start(event).strftime("%H:%M") == "09:00"
    assert event.duration == timedelta(hours=1)
    assert event.decoded("dtstamp") == NOW.replace(microsecond=0)
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [-before for before in ALARMS]
    assert read(raw)["method"] == "PUBLISH"
    assert read(raw)["version"] == "2.0"


def test_the_whole_of_it() -> None:
    """Word for word, without the zone: what a stranger could read."""
    text = lines(published(HEARING))
    head, event = text[: text.index("BEGIN:VTIMEZONE")], text[text.index("BEGIN:VEVENT") :]
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Putokaz//Putokaz//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert event == [
        "BEGIN:VEVENT",
        "SUMMARY:Termin PK-7QW2M0X",
        "DTSTART;TZID=Europe/Belgrade:20261201T090000",
        "DURATION:PT1H",
        "DTSTAMP:20261125T093017Z",
        f"UID:{HEARING.uid}",
        "SEQUENCE:1",
        "CLASS:PRIVATE",
        "DESCRIPTION:Otvorite aplikaciju: https://putokaz.example.org/j/PK-7QW2M0X",
        "ORGANIZER:mailto:putokaz@example.org",
        "STATUS:CONFIRMED",
        "URL:https://putokaz.example.org/j/PK-7QW2M0X",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Termin",
        "TRIGGER:-P1D",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Termin",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_neither_the_stream_nor_the_step_can_be_read() -> None:
    """The UID is a hash of both, and the same in every calendar."""
    raw = published(HEARING)
    assert b"hearing" not in raw
    assert STREAM.removeprefix("journey-").encode() not in raw
    assert HEARING.uid != VENUE.uid


@pytest.mark.parametrize(("locale", "word"), [("sr-Latn", "Termin"), ("sr-Cyrl", "Термин"), ("en", "Appointment")])
def test_the_neutral_word_is_of_the_readers_tongue(locale: str, word: str) -> None:
    """Title and alarm."""
    event = the_event(published(HEARING, locale=locale))
    assert event["summary"] == f"{word} PK-7QW2M0X"
    assert {alarm["description"] for alarm in event.walk("VALARM")} == {word}


@pytest.mark.parametrize("locale", ["sr-Latn", "sr-Cyrl", "en"])
def test_lines_are_short_and_end_as_the_standard_wants(locale: str) -> None:
    """CRLF everywhere, at most 75 bytes a line, no letter cut in two (RFC 5545 §3.1)."""
    long = replace(HEARING, link="https://putokaz.example.org/" + "x" * 200 + "/j/PK-7QW2M0X")
    raw = published(long, locale=locale)
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert the_event(raw)["url"] == long.link


def test_a_moved_date_keeps_its_name_and_raises_its_number() -> None:
    """So a calendar replaces the old date, whatever order the two arrive in."""
    moved = replace(HEARING, starts_at=HEARING.starts_at + timedelta(days=30), sequence=2)
    first, second = the_event(published(HEARING)), the_event(published(moved))
    assert first["uid"] == second["uid"]
    assert second.sequence > first.sequence
    assert start(second) == moved.starts_at


@pytest.mark.parametrize(("method", "status"), [(Method.CANCEL, Status.CONFIRMED), (Method.PUBLISH, Status.CANCELLED)])
def test_what_is_cancelled_says_so_and_rings_no_more(method: Method, status: Status) -> None:
    """Also where it was still thought confirmed: a CANCEL with a confirmed event would be nonsense."""
    cancelled = replace(HEARING, status=status, sequence=3)
    raw = calendar([cancelled], method=method, locale="en", now=NOW, organizer="putokaz@example.org")
    event = the_event(raw)
    assert (event["status"], event["sequence"], event["uid"]) == ("CANCELLED", 3, HEARING.uid)
    assert event.walk("VALARM") == []


def test_a_request_names_both_sides() -> None:
    """RFC 5546 §3.2.2; without them no calendar would take it."""
    raw = calendar(
        [HEARING],
        method=Method.REQUEST,
        locale="en",
        now=NOW,
        organizer="putokaz@example.org",
        attendee="mila@example.org",
    )
    event = the_event(raw)
    assert (event["organizer"], event["attendee"]) == ("mailto:putokaz@example.org", "mailto:mila@example.org")
    with pytest.raises(ValueError, match="organizer"):
        calendar([HEARING], method=Method.REQUEST, locale="en", now=NOW)


def test_one_to_subscribe_to_has_a_name_and_says_how_often_to_ask() -> None:
    """A letter's has neither: nobody wants a new calendar for each letter."""
    raw = calendar([], method=Method.PUBLISH, locale="sr-Cyrl", now=NOW, refresh=timedelta(hours=1))
    assert lines(raw)[5:8] == ["NAME:Термини", "X-WR-CALNAME:Термини", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    assert read(raw).refresh_interval == timedelta(hours=1)


def test_an_empty_calendar_is_one() -> None:
    """A feed of somebody who has nothing to keep."""
    assert read(published()).events == []


@pytest.mark.parametrize(
    ("instant", "line"),
    [
        # 29 March 2026: 02:00 becomes 03:00.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "DTSTART;TZID=Europe/Belgrade:20260329T015900"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "DTSTART;TZID=Europe/Belgrade:20260329T030000"),
        # 25 October 2026: 03:00 becomes 02:00. The standard means the first 02:30; the second is said in UTC.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Belgrade:20261025T023000"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "DTSTART:20261025T013000Z"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "DTSTART;TZID=Europe/Belgrade:20261025T030000"),
    ],
)
def test_the_nights_on_which_the_clocks_change(instant: datetime, line: str) -> None:
    """Worked by hand; what is read back is the same instant."""
    raw = published(replace(HEARING, starts_at=instant))
    assert line in lines(raw)
    assert start(the_event(raw)).astimezone(UTC) == instant


def test_the_zone_changes_its_clocks_when_it_does() -> None:
    """Onsets are on the clock before the change (RFC 5545 §3.6.5); 2026: 29 March and 25 October."""
    text = time_zone("Europe/Belgrade", 2026, 2026).to_ical().decode()
    assert "DTSTART:20260329T020000\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in text
    assert "DTSTART:20261025T030000\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100" in text
    assert text.count("BEGIN:STANDARD") == 2
    assert text.count("BEGIN:DAYLIGHT") == 1


@pytest.mark.parametrize("name", ZONES)
def test_who_has_no_zones_of_their_own_reads_the_same_instants(name: str) -> None:
    """The VTIMEZONE alone, read by the library, shows the offset of the zone's database at noon of every day."""
    made = time_zone(name, 2026, 2027)
    assert isinstance(made, Timezone)
    alone = made.to_tz(lookup_tzid=False)
    day = date(2026, 1, 2)
    while day < date(2027, 12, 30):
        noon = datetime.combine(day, time(12))
        assert noon.replace(tzinfo=alone).utcoffset() == noon.replace(tzinfo=ZoneInfo(name)).utcoffset(), noon
        day += timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(
    at=st.integers(1_577_836_800, 2_366_841_600).map(lambda s: datetime.fromtimestamp(s, UTC)),  # 2020 to 2045
    zone=st.sampled_from(ZONES),
    sequence=st.integers(0, 10_000),
)
def test_any_instant_in_any_zone_comes_back(at: datetime, zone: str, sequence: int) -> None:
    """With its number, and no zone but its own."""
    raw = published(replace(HEARING, starts_at=at, zone=zone, sequence=sequence))
    event = the_event(raw)
    assert start(event).astimezone(UTC) == at
    assert event["sequence"] == sequence
    zones = {str(z["tzid"]) for z in read(raw).walk("VTIMEZONE")}
    assert zones == ({event["dtstart"].params["TZID"]} if "TZID" in event["dtstart"].params else set())
