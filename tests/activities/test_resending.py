"""What became of every message of a journey, and a letter that a person sends again."""

from __future__ import annotations

import pytest

from activities.postbook import again_of, postbook
from activities.postbox import NotHanded, Postbox
from activities.resending import NotWanted
from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.state import journey_stream
from domain.message import Channel, DropReason
from tests.activities.digests import DIGEST, all_wait, lawyer, three_waiting
from tests.activities.letters import deliverer, fire_next
from tests.activities.test_texts import WITH_PHONE, urgent
from tests.fix_engine import MILA, Bench
from tests.fix_mail import MailSink
from tests.fix_sms import TextSink
from worker.development.ports import any_free


async def test_every_message_stands_in_the_book(bench: Bench, mail_sink: MailSink, text_sink: TextSink) -> None:
    """On its way; then the letter and the short message beside it."""
    journey, delivery = urgent(bench)
    (waiting,) = postbook(bench.log, journey_stream(journey))
    assert (waiting.message, waiting.settled_at, waiting.reason) == (delivery.letter.message, None, None)
    await deliverer(bench, mail_sink.postbox, WITH_PHONE, gateway=text_sink.gateway).deliver(delivery)
    letter, text = postbook(bench.log, journey_stream(journey))
    assert [(e.channel, e.recipients) for e in (letter, text)] == [(Channel.EMAIL, (MILA,)), (Channel.SMS, (MILA,))]
    assert letter.settled_at is not None


async def test_what_was_dropped_and_what_went_in_a_digest(bench: Bench, mail_sink: MailSink) -> None:
    """Why, and in which."""
    journeys, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, deliveries)
    bench.record(journeys[0], AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    bench.log.set_clock(DIGEST)
    for delivery in deliveries:
        await post.deliver(delivery)
    dropped, called_off = postbook(bench.log, journey_stream(journeys[0]))
    assert (dropped.reason, called_off.settled_at) == (DropReason.SUPERSEDED, None)
    (sent,) = postbook(bench.log, journey_stream(journeys[1]))
    assert mail_sink.mails[0]["Message-ID"] == f"<{sent.digest}@example.org>"


async def test_a_letter_goes_again_under_a_name_of_its_own(bench: Bench, mail_sink: MailSink) -> None:
    """As often as somebody asks; a mailbox that keeps copies apart shows it. Where no server answers, it says so."""
    journey, delivery = urgent(bench)
    post = deliverer(bench, mail_sink.postbox)
    await post.deliver(delivery)
    message = delivery.letter.message
    away = Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=1.0)
    with pytest.raises(NotHanded):
        await deliverer(bench, away).resend(delivery)
    assert [await post.resend(delivery) for _ in range(2)] == [again_of(message, 1), again_of(message, 2)]
    ids = [mail["Message-ID"] for mail in mail_sink.mails]
    assert ids == [f"<{m}@example.org>" for m in (message, again_of(message, 1), again_of(message, 2))]
    assert len({mail.get_content() for mail in mail_sink.mails}) == 1
    assert [e.again for e in postbook(bench.log, journey_stream(journey))] == [0, 1, 2]


async def test_an_old_date_is_not_sent_again(bench: Bench, mail_sink: MailSink) -> None:
    """It was settled meanwhile: nothing goes, nothing is left in the line."""
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    post = deliverer(bench, mail_sink.postbox)
    await post.deliver(delivery)
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    with pytest.raises(NotWanted):
        await post.resend(delivery)
    assert len(mail_sink.mails) == 1
    assert bench.log.handovers.earlier(MILA, 1 << 40) is None
