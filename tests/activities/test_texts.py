"""Short messages beside letters, through a real gateway: by choice and rung, each once; neither waits for the other."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import timedelta
from uuid import UUID

import pytest

from activities.postbox import NotHanded, Postbox
from activities.receipts import copy_of
from activities.sms import HttpGateway
from activities.texts import text_of
from domain.codes import StepOutcome
from domain.event import Event
from domain.journey.advancing import AdvanceStep
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent, message_stream
from eventlog.log import EventLog
from tests.activities.digests import DIGEST, all_wait, code, fire_until, lawyer, local, three_waiting, with_hearing
from tests.activities.letters import deliverer, fire_next, receipt, receipts
from tests.activities.test_doubles import doubles
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member, Wishes
from tests.fix_sms import TextSink
from worker.development.ports import any_free
from workflows.messages import Delivery

PHONE = "+381600000001"
WITH_PHONE = Everyone([Member(MILA, "mila@example.org", frozenset({"caseworker"}), "sr-Latn", Wishes(phone=PHONE))])
"""Each letter at once; the first rung of a new journey is of the same day, so it goes to her telephone as well."""


def of_text(bench: Bench, delivery: Delivery, recipient: UUID = MILA) -> list[Event]:
    """What became of the short message."""
    stream = message_stream(text_of(delivery.letter.message, recipient))
    return [recorded.event for recorded in bench.log.load(stream).history]


def urgent(bench: Bench) -> tuple[UUID, Delivery]:
    """Asked for at noon, due at four."""
    bench.log.set_clock(local(1, 9))
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    return journey, delivery


async def test_what_is_urgent_goes_by_both(bench: Bench, mail_sink: MailSink, text_sink: TextSink) -> None:
    """Word for word; each with its receipt, and once."""
    journey, delivery = urgent(bench)
    post = deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway)
    for _ in range(2):
        await post.deliver(delivery)
    assert mail_sink.to == ["mila@example.org"]
    (text,) = text_sink.arrived
    link = f"https://putokaz.example.org/j/{code(journey)}"
    assert text["to"] == PHONE
    assert text["text"] == f"{code(journey)}: termin 2.6.2027. 16:00 (Europe/Belgrade) {link}"
    (sent,) = of_text(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert (sent.channel, sent.recipients, sent.doubt) == (Channel.SMS, (MILA,), None)
    letter = receipt(bench, delivery)
    assert isinstance(letter, MessageSent)
    assert letter.channel is Channel.EMAIL


async def test_of_what_may_wait_only_what_presses_and_only_who_chose_it(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """Reminders of a week before go by letter alone, to whoever has chosen short messages too."""
    _, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer(phone=PHONE, channel=Channel.SMS), gateway=text_sink.gateway)
    await all_wait(post, deliveries)
    bench.log.set_clock(DIGEST)
    for delivery in deliveries:
        await post.deliver(delivery)
    assert (len(mail_sink.mails), text_sink.arrived) == (1, [])


@pytest.mark.parametrize(("channel", "texts"), [(Channel.EMAIL, 0), (Channel.SMS, 1)])
async def test_what_is_due_goes_to_who_chose_it_with_the_digest_and_not_before(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink, channel: Channel, texts: int
) -> None:
    """A hearing whose outcome nobody entered: of no hurry, so both come in the morning."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, local(3, 10))
    *_, due = fire_until(bench, [journey], local(3, 10, 1))
    chosen = lawyer(phone=PHONE, channel=channel)
    post = deliverer(bench, mail_sink.postbox, chosen, gateway=text_sink.gateway)
    with pytest.raises(NotHanded):
        await post.deliver(due)
    assert (mail_sink.mails, text_sink.arrived) == ([], [])
    bench.log.set_clock(local(4, 8, 30))
    await post.deliver(due)
    assert (len(mail_sink.mails), len(text_sink.arrived)) == (1, texts)


async def test_a_gateway_that_cannot_be_reached_delays_no_letter(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """The letter goes at once and once; the short message when there is somebody to take it."""
    _, delivery = urgent(bench)
    nobody = HttpGateway(url=f"http://127.0.0.1:{any_free()}/", token="t", timeout=1.0)
    for _ in range(3):
        with pytest.raises(NotHanded):
            await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=nobody).deliver(delivery)
    assert mail_sink.to == ["mila@example.org"]
    assert receipts(bench, delivery) == []  # not before both: a run that ends now must not forget the other
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    assert (len(mail_sink.mails), len(text_sink.arrived)) == (1, 1)
    assert isinstance(receipt(bench, delivery), MessageSent)


async def test_a_gateway_that_hangs_delays_no_letter(bench: Bench, mail_sink: MailSink, text_sink: TextSink) -> None:
    """Of another journey either."""
    _, first = urgent(bench)
    text_sink.delay = 3.0
    post = deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway)
    hanging = asyncio.create_task(post.deliver(first))
    began = time.monotonic()
    while not mail_sink.mails:
        await asyncio.sleep(0.02)
    assert time.monotonic() - began < 2.0
    with pytest.raises(NotHanded):
        await hanging


async def test_a_mail_server_that_is_away_delays_no_short_message(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """At night it is the telephone that wakes somebody; with the letter it is not sent again."""
    _, delivery = urgent(bench)
    away = Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=1.0)
    for _ in range(2):
        with pytest.raises(NotHanded):
            await deliverer(bench, away, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    assert len(text_sink.arrived) == 1
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    assert (len(mail_sink.mails), len(text_sink.arrived)) == (1, 1)


async def test_a_worker_that_dies_before_the_receipt_of_a_short_message(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """It goes again under the name by which the gateway knows it, and the receipt says so; the letter does not."""
    _, delivery = urgent(bench)
    text_sink.delay = 6.0
    patient = HttpGateway(url=text_sink.url, token="t", timeout=20.0)
    letter = message_stream(copy_of(delivery.letter.message, MILA))
    with EventLog(bench.dsn) as dying:
        post = deliverer(bench, mail_sink.postbox, WITH_PHONE, log=dying, gateway=patient)
        attempt = asyncio.create_task(post.deliver(delivery))
        while not (text_sink.arrived and bench.log.load(letter).history):
            await asyncio.sleep(0.02)
        attempt.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await attempt
    text_sink.delay = 0.0
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    assert len({text["reference"] for text in text_sink.arrived}) == 1
    assert len(text_sink.arrived) == 2
    (sent,) = of_text(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert sent.doubt is Doubt.WORKER_DIED
    assert len(mail_sink.mails) == 1
    assert doubles(bench) == {Doubt.WORKER_DIED: 1}


async def test_what_was_settled_meanwhile_is_not_sent(bench: Bench, mail_sink: MailSink, text_sink: TextSink) -> None:
    """Neither letter nor short message, and both say so."""
    journey, delivery = urgent(bench)
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    assert (mail_sink.mails, text_sink.arrived) == ([], [])
    for found in (receipts(bench, delivery), of_text(bench, delivery)):
        (dropped,) = found
        assert isinstance(dropped, MessageDropped)
        assert dropped.reason is DropReason.SUPERSEDED


async def test_one_that_nobody_could_take_for_a_day_is_given_up(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """The letter has said it; and a number that does not exist is given up at once."""
    _, delivery = urgent(bench)
    nobody = HttpGateway(url=f"http://127.0.0.1:{any_free()}/", token="t", timeout=1.0)
    with pytest.raises(NotHanded):
        await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=nobody).deliver(delivery)
    bench.log.set_clock(bench.log.now() + timedelta(days=1, hours=1))
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=nobody).deliver(delivery)
    (dropped,) = of_text(bench, delivery)
    assert isinstance(dropped, MessageDropped)
    assert (dropped.reason, dropped.channel) == (DropReason.TOO_OLD, Channel.SMS)
    assert isinstance(receipt(bench, delivery), MessageSent)
    text_sink.status = 404
    (other,) = fire_next(bench, bench.opened())
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(other)
    (refused,) = of_text(bench, other)
    assert isinstance(refused, MessageDropped)
    assert refused.reason is DropReason.NO_RECIPIENT


async def test_without_a_gateway_or_a_number_there_are_letters_only(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """Nothing waits for what is not there."""
    _, delivery = urgent(bench)
    await deliverer(bench, mail_sink.postbox, WITH_PHONE).deliver(delivery)
    (other,) = fire_next(bench, bench.opened())
    await deliverer(bench, mail_sink.postbox, gateway=text_sink.gateway).deliver(other)
    assert (len(mail_sink.mails), text_sink.arrived) == (2, [])
