"""A reminder of an appointment brings it for the calendar; a moved one brings the new date under the same name."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from icalendar import Calendar, Event

from domain.journey.advancing import OpenStep
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.activities.letters import deliverer, fire_next
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from workflows.messages import Delivery

HEARING = "step:hearing:1"


def fire_for_the_hearing(bench: Bench, journey: UUID) -> Delivery:
    """Lets rungs fire until one of the hearing does; its letter."""
    for _ in range(20):
        for delivery in fire_next(bench, journey):
            history = bench.log.load(journey_stream(journey), after=delivery.letter.version - 1).history
            if isinstance(history[0].event, RungsFired) and history[0].event.obligation == HEARING:
                return delivery
    raise AssertionError("no rung of the hearing fired")


def event_in(mail: EmailMessage) -> Event:
    (part,) = mail.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    calendar = Calendar.from_ical(raw)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    return event


async def test_a_reminder_of_a_hearing_brings_it_for_the_calendar(bench: Bench, mail_sink: MailSink) -> None:
    """Its instant, and no word of what it is; every reminder of the same date the same event."""
    journey = bench.opened()
    at = bench.log.now().replace(microsecond=0) + timedelta(days=20)
    bench.record(journey, OpenStep(step="hearing", appointment=at))
    post = deliverer(bench, mail_sink.postbox)
    for _ in range(2):
        await post.deliver(fire_for_the_hearing(bench, journey))
    first, second = (event_in(mail) for mail in mail_sink.mails)
    assert first.decoded("dtstart") == at
    assert (first["uid"], first.sequence) == (second["uid"], second.sequence)
    assert first["organizer"] == "mailto:putokaz@example.org"
    for mail in mail_sink.mails:
        for part in mail.walk():
            assert b"hearing" not in (part.get_payload(decode=True) or b"")
            assert str(journey).encode() not in (part.get_payload(decode=True) or b"")


async def test_what_is_no_appointment_or_is_over_brings_nothing(bench: Bench, mail_sink: MailSink) -> None:
    """A deadline is to be met, not attended; and nobody puts yesterday into a calendar."""
    journey = bench.opened()
    (plain,) = fire_next(bench, journey)
    post = deliverer(bench, mail_sink.postbox)
    await post.deliver(plain)
    at = bench.log.now() + timedelta(days=2)
    bench.record(journey, OpenStep(step="hearing", appointment=at))
    delivery = fire_for_the_hearing(bench, journey)
    while bench.log.now() < at:
        delivery = fire_for_the_hearing(bench, journey)
    await post.deliver(delivery)
    assert len(mail_sink.mails) == 2
    assert [list(mail.iter_attachments()) for mail in mail_sink.mails] == [[], []]
