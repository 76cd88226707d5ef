"""The private calendar: what it shows to whom, that it moves with the dates, and that a wrong token opens nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from icalendar import Calendar, Event

from domain.command import Command
from domain.journey.hearing.codes import HearingReason
from domain.journey.hearing.commands import CancelHearing, MoveHearing
from projections.my_day.appointments import AppointmentRow, appointments
from projections.names import ModelName
from projections.versions import TABLES
from tests.staff.house import House
from tests.staff.paper import leads
from worker.demo.staff import STAFF


@dataclass(frozen=True)
class Holder:
    """Somebody with appointments, and their feed."""

    staff: UUID
    locale: str
    url: str
    token: str
    feed: UUID


@pytest.fixture
def holder(house: House) -> Holder:
    """The one of the invented people who has most to keep."""
    busiest = max(STAFF, key=lambda member: len(appointments(house.reader, member.id)))
    made = house.feeds.create(busiest.id)
    return Holder(busiest.id, busiest.locale, f"/calendar/{made.token}.ics", made.token, made.feed.id)


def events(answer: httpx.Response) -> list[Event]:
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar.events


def event_of(answer: httpx.Response, row: AppointmentRow) -> Event:
    """The one of a journey at this instant; UIDs say nothing."""
    (found,) = [
        e for e in events(answer) if str(e["summary"]).endswith(row.code) and e.decoded("dtstart") == row.appointment
    ]
    return found


async def submit(house: House, row: AppointmentRow, command: Command) -> None:
    """Decides, and waits until the feed can know."""
    outcome = await house.desk.submit(row.stream_id, command, command_id=uuid4(), actor=leads(house, row.stream_id))
    assert outcome.refusal is None
    assert outcome.position is not None
    assert house.reader.listening.wait([TABLES[ModelName.MY_DAY]], outcome.position, timeout=5.0)


def step_of(row: AppointmentRow) -> str:
    return row.part.split(":")[1]


def last_hearing(house: House, holder: Holder) -> AppointmentRow:
    """The one that lies farthest ahead."""
    return [row for row in appointments(house.reader, holder.staff) if row.part.startswith("hearing:")][-1]


def moved(row: AppointmentRow, by: timedelta) -> MoveHearing:
    """The court sits another day."""
    reason = HearingReason.COURT_RESCHEDULED
    return MoveHearing(hearing=int(row.part.split(":")[1]), reason=reason, starts_at=row.appointment + by)


async def test_it_shows_what_its_person_has_to_keep(house: House, browser: httpx.AsyncClient, holder: Holder) -> None:
    """Each appointment once, at its instant; nobody else's."""
    kept = appointments(house.reader, holder.staff)
    assert len(kept) > 1
    answer = await browser.get(holder.url)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    shown = sorted((str(e["summary"]).rpartition(" ")[2], e.decoded("dtstart").astimezone(UTC)) for e in events(answer))
    assert shown == sorted((row.code, row.appointment.astimezone(UTC)) for row in kept)
    others = {r.code for m in STAFF if m.id != holder.staff for r in appointments(house.reader, m.id)}
    assert not {code for code, _ in shown} & (others - {row.code for row in kept})


async def test_it_says_nothing_about_anybody(house: House, browser: httpx.AsyncClient, holder: Holder) -> None:
    """No name, no id of a journey, no step, no title of one."""
    text = (await browser.get(holder.url)).text.replace("\r\n ", "")
    for row in appointments(house.reader, holder.staff):
        assert str(row.stream_id) not in text
        assert row.part not in text
        assert not row.part.startswith("step:") or step_of(row) not in text
    for member in STAFF:
        assert member.name not in text
        assert member.email not in text
        assert str(member.id) not in text
    assert "ORGANIZER" not in text


async def test_it_needs_no_session_and_leaves_none(browser: httpx.AsyncClient, holder: Holder) -> None:
    """A calendar program has neither cookie nor language; nothing of it may be kept on the way."""
    answer = await browser.get(holder.url)
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'inline; filename="termini.ics"'
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert (await browser.head(holder.url)).status_code == 200


async def test_a_moved_date_moves_with_a_higher_number(
    house: House, browser: httpx.AsyncClient, holder: Holder
) -> None:
    """The same UID, so that the calendar replaces what it has."""
    row = last_hearing(house, holder)
    before = event_of(await browser.get(holder.url), row)
    later = row.appointment + timedelta(days=9)
    await submit(house, row, moved(row, timedelta(days=9)))
    answer = await browser.get(holder.url)
    (after,) = [e for e in events(answer) if e["uid"] == before["uid"]]
    assert after.decoded("dtstart") == later
    assert after.sequence > before.sequence
    assert len(events(answer)) == len(appointments(house.reader, holder.staff))


async def test_what_is_settled_is_gone(house: House, browser: httpx.AsyncClient, holder: Holder) -> None:
    """A subscribed calendar takes away what the feed no longer has."""
    row = last_hearing(house, holder)
    before = event_of(await browser.get(holder.url), row)
    over = CancelHearing(hearing=int(row.part.split(":")[1]), reason=HearingReason.PARTIES_SETTLED)
    await submit(house, row, over)
    assert before["uid"] not in {e["uid"] for e in events(await browser.get(holder.url))}


async def test_an_unchanged_calendar_is_not_sent_again(
    house: House, browser: httpx.AsyncClient, holder: Holder
) -> None:
    """The ETag is of what it says, not of the moment; it changes with a date."""
    first = await browser.get(holder.url)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}'):
        again = await browser.get(holder.url, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "no-store"
    row = last_hearing(house, holder)
    await submit(house, row, moved(row, timedelta(days=1)))
    assert (await browser.get(holder.url, headers={"if-none-match": tag})).status_code == 200


async def test_unknown_expired_and_revoked_are_one_answer(
    house: House, browser: httpx.AsyncClient, holder: Holder
) -> None:
    """Byte for byte, header for header: nobody learns that a token once was one."""
    expired = house.feeds.create(holder.staff, timedelta(microseconds=1)).token
    revoked = house.feeds.create(holder.staff)
    house.feeds.revoke(revoked.feed.id)
    tokens = (expired, revoked.token, "A" * 43, "x", "%E2%82%AC", "%00", "a" * 4000)
    answers = [await browser.get(f"/calendar/{token}.ics") for token in tokens]
    assert {a.status_code for a in answers} == {404}
    assert {a.content for a in answers} == {b"Not found.\n"}
    assert len({tuple(sorted(a.headers.items())) for a in answers}) == 1
    assert answers[0].headers["cache-control"] == "no-store"
    assert (await browser.get(holder.url)).status_code == 200


async def test_a_token_is_in_no_log_and_no_metric(
    browser: httpx.AsyncClient, holder: Holder, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Requests are counted by route, never by address."""
    with caplog.at_level(logging.DEBUG, logger="putokaz"):
        await browser.get(holder.url)
        await browser.get(f"/calendar/{holder.token}x.ics")
    metrics = (await browser.get("/metrics")).text
    assert "/calendar/{token}.ics" in metrics
    written = capfd.readouterr()
    assert holder.token not in metrics + written.out + written.err + caplog.text


async def test_its_words_are_of_its_persons_tongue(house: House, browser: httpx.AsyncClient) -> None:
    """Whoever looks at it in which browser."""
    for member in STAFF:
        token = house.feeds.create(member.id).token
        answer = await browser.get(f"/calendar/{token}.ics", headers={"accept-language": "de"})
        name = {"sr-Latn": "Termini", "sr-Cyrl": "Термини", "en": "Appointments"}[member.locale]
        assert f"X-WR-CALNAME:{name}\r\n" in answer.text


async def test_made_at_is_of_the_logs_clock(house: House, browser: httpx.AsyncClient, holder: Holder) -> None:
    """Not of this machine's."""
    house.log.set_clock(datetime(2031, 5, 4, 3, 2, tzinfo=UTC))
    (stamp, *_) = {e.decoded("dtstamp") for e in events(await browser.get(holder.url))}
    assert datetime(2031, 5, 4, 3, 2, tzinfo=UTC) <= stamp < datetime(2031, 5, 4, 3, 7, tzinfo=UTC)
