"""A mail server comes back at night: what is about the day that begins goes at once, the rest waits for the morning."""

from __future__ import annotations

from datetime import time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from activities.postbox import NotHanded, Postbox
from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.state import journey_stream
from domain.message import DropReason, MessageDropped
from domain.quiet import Pace
from tests.activities.digests import (
    DIGEST,
    EIGHT,
    TUESDAY,
    all_wait,
    fire_until,
    lawyer,
    local,
    three_waiting,
    with_hearing,
)
from tests.activities.letters import deliverer, receipt
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.fix_sms import TextSink
from worker.development.ports import any_free
from workflows.messages import Delivery

NIGHT: dict[str, Any] = {"quiet_from": time(21), "quiet_until": time(7)}
EVE = local(7, 23)
"""Of the hearing on Tuesday at half past ten, two hours after the quiet ones have begun."""


def away() -> Postbox:
    """Nobody is at this address."""
    return Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=1.0)


def text_of(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).splitlines()


async def test_what_is_about_the_day_that_begins_does_not_wait_for_it(bench: Bench, mail_sink: MailSink) -> None:
    """Three hearings, one of them in the morning; the mail server was away from Saturday to Monday night."""
    journeys, deliveries = three_waiting(bench)
    chosen = lawyer(**NIGHT)
    bench.log.set_clock(DIGEST)
    for delivery in deliveries:
        with pytest.raises(NotHanded):
            await deliverer(bench, away(), chosen).deliver(delivery)
    (last,) = fire_until(bench, journeys, EVE)
    tuesday = journey_stream(journeys[0])
    overtaken = next(each for each in deliveries if each.stream == tuesday)
    others = [each for each in deliveries if each.stream != tuesday]

    post = deliverer(bench, mail_sink.postbox, chosen)
    await all_wait(post, others)
    await post.deliver(overtaken)
    await post.deliver(last)
    (mail,) = mail_sink.mails
    assert text_of(mail)[0] == "Ova poruka kasni; šalje se jednom."
    assert "Termin: utorak, 8. jun 2027., 10:30 (Europe/Belgrade)." in text_of(mail)
    dropped = receipt(bench, overtaken)
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.OVERTAKEN

    bench.log.set_clock(local(8, 7))
    for delivery in others:
        await post.deliver(delivery)
    _, digest = mail_sink.mails
    assert len([line for line in text_of(digest) if "PK-" in line]) == 2


async def test_while_the_mail_server_is_away_the_telephone_says_what_is_about_the_day_that_begins(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """At noon the letter may still come in time; on the eve it would not, and a short message goes, once."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, TUESDAY)
    *_, last = fire_until(bench, [journey], local(7, 12))
    chosen = lawyer(phone="+381600000001", **NIGHT)
    post = deliverer(bench, away(), chosen, gateway=text_sink.gateway)
    with pytest.raises(NotHanded):
        await post.deliver(last)
    assert text_sink.arrived == []
    bench.log.set_clock(EVE)
    for _ in range(2):
        with pytest.raises(NotHanded):
            await post.deliver(last)
    (text,) = text_sink.arrived
    assert "8.6.2027. 10:30" in text["text"]
    await deliverer(bench, mail_sink.postbox, chosen, gateway=text_sink.gateway).deliver(last)
    assert (len(mail_sink.mails), len(text_sink.arrived)) == (1, 1)


@pytest.mark.parametrize("days", [0, 20])
async def test_a_letter_whose_date_has_moved_does_not_wait_for_its_hour(
    bench: Bench, mail_sink: MailSink, days: int
) -> None:
    """It would wait for the morning; nothing is left to be told, and its receipt says that, however old it is."""
    journeys, deliveries = three_waiting(bench)
    letter = next(each for each in deliveries if each.stream != journey_stream(journeys[0]))
    chosen = lawyer(**NIGHT)
    bench.log.set_clock(EVE)
    await all_wait(deliverer(bench, mail_sink.postbox, chosen), [letter])
    moved = next(j for j in journeys if journey_stream(j) == letter.stream)
    bench.record(moved, AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    bench.log.set_clock(EVE + timedelta(days=days, minutes=1))
    await deliverer(bench, mail_sink.postbox, chosen).deliver(letter)
    dropped = receipt(bench, letter)
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.SUPERSEDED
    assert mail_sink.mails == []


async def test_that_tomorrows_date_holds_no_longer_is_said_at_night(bench: Bench, mail_sink: MailSink) -> None:
    """She had a reminder on Saturday; what was called off that noon she hears before she leaves on Tuesday morning."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, TUESDAY)
    (reminder,) = fire_until(bench, [journey], EIGHT)
    chosen = lawyer(pace=Pace.EACH, **NIGHT)
    post = deliverer(bench, mail_sink.postbox, chosen)
    await post.deliver(reminder)
    bench.log.set_clock(local(5, 12))
    agenda = bench.record(journey, AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED)).agenda
    (called_off,) = [Delivery(stream=journey_stream(journey), letter=letter) for letter in agenda.deliveries]
    with pytest.raises(NotHanded):
        await deliverer(bench, away(), chosen).deliver(called_off)
    bench.log.set_clock(EVE)
    await post.deliver(called_off)
    assert text_of(mail_sink.mails[-1])[0] == "Termin je otkazan i više ne važi."
