"""Letters: once, to the right person, with nothing in them, and not for a date that has moved."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from activities.delivering import Deliverer
from activities.postbox import NotHanded, Postbox
from activities.receipts import TOO_OLD_AFTER
from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.naming import journey_code
from domain.message import DropReason, MessageDropped, MessageSent
from eventlog.decision import Decision, Outcome
from eventlog.log import EventLog
from tests.activities.letters import STAFF, VERA, deliverer, fire_next, receipt
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.development.ports import any_free


async def test_a_letter_says_a_code_a_date_and_where_to_look(bench: Bench, mail_sink: MailSink) -> None:
    """Word for word: nothing in it tells a stranger anything."""
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    (mail,) = mail_sink.mails
    code = journey_code(journey)
    assert (mail["To"], mail["Subject"]) == ("mila@example.org", f"Putokaz: podsetnik {code}")
    assert mail["Message-ID"] == f"<{delivery.letter.message}@example.org>"
    lines = mail.get_content().splitlines()
    assert lines[0] == f"Podsetnik za {code}."
    assert lines[1].startswith("Termin: ")
    assert lines[1].endswith("(Europe/Belgrade).")
    assert lines[2:] == ["", f"Otvorite aplikaciju: https://putokaz.example.org/j/{code}"]


async def test_a_letter_is_sent_once_however_often_it_is_asked_for(bench: Bench, mail_sink: MailSink) -> None:
    """The receipt stands in the message's own stream, and a second delivery finds it."""
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, mail_sink.postbox)
    for _ in range(3):
        await post.deliver(delivery)
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert len(mail_sink.mails) == 1
    sent = receipt(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert sent.recipients == (MILA,)


async def test_escalation_reaches_the_named_roles_in_their_language(bench: Bench, mail_sink: MailSink) -> None:
    """Past its due day a step is told to its owner and to the supervisor, each as they read."""
    journey = bench.opened()
    for _ in range(3):
        deliveries = fire_next(bench, journey)
    for delivery in deliveries:
        await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert [mail["To"] for mail in mail_sink.mails] == ["mila@example.org", "sanja@example.org"]
    assert "Reminder for" in mail_sink.mails[1].get_content()


async def test_a_reminder_of_a_date_that_moved_is_not_sent(bench: Bench, mail_sink: MailSink) -> None:
    """The version of the date is looked at directly before DATA."""
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    bench.record(journey, ScheduleStep(step="contact", on=(bench.log.now() + timedelta(days=9)).date()))
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert mail_sink.mails == []
    dropped = receipt(bench, delivery)
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.SUPERSEDED


async def test_a_reminder_of_a_step_that_was_done_is_not_sent(bench: Bench, mail_sink: MailSink) -> None:
    """Nobody is reminded of what is settled."""
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert mail_sink.mails == []


async def test_a_mail_server_that_is_away_loses_nothing(bench: Bench, mail_sink: MailSink) -> None:
    """Tried again later, the letter goes out; meanwhile there is no receipt."""
    (delivery,) = fire_next(bench, bench.opened())
    away = Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=2.0)
    with pytest.raises(NotHanded):
        await deliverer(bench, away).deliver(delivery)
    mail_sink.answer = "451 come back later"
    with pytest.raises(NotHanded):
        await deliverer(bench, mail_sink.postbox).deliver(delivery)
    mail_sink.answer = "250 OK"
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert len(mail_sink.mails) == 1


async def test_a_letter_that_nobody_could_take_for_weeks_is_given_up(bench: Bench, mail_sink: MailSink) -> None:
    """After a long outage no stale mail goes out; the receipt says why."""
    (delivery,) = fire_next(bench, bench.opened())
    bench.log.set_clock(bench.log.now() + TOO_OLD_AFTER + timedelta(hours=1))
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    dropped = receipt(bench, delivery)
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.TOO_OLD
    assert mail_sink.mails == []


async def test_who_left_is_replaced_by_the_role_and_nobody_by_the_on_call_person(
    bench: Bench, mail_sink: MailSink
) -> None:
    """A letter never ends with somebody who does not work here any more."""
    (delivery,) = fire_next(bench, bench.opened())
    without_mila = Everyone([m for m in STAFF.members if m.id != MILA])
    await deliverer(bench, mail_sink.postbox, without_mila).deliver(delivery)
    assert [mail["To"] for mail in mail_sink.mails] == ["vera@example.org"]


async def test_a_full_mailbox_keeps_a_letter_from_nobody_else_and_sends_none_twice(
    bench: Bench, mail_sink: MailSink
) -> None:
    """Two people on call, the mailbox of the first is full: the second is told at once, and once."""
    first, second = (
        Member(uuid4(), "a@example.org", frozenset({"on-call"})),
        Member(VERA, "vera@example.org", frozenset({"on-call"})),
    )
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, mail_sink.postbox, Everyone([first, second]))
    mail_sink.full = {first.email}
    for _ in range(3):
        with pytest.raises(NotHanded):
            await post.deliver(delivery)
    assert [mail["To"] for mail in mail_sink.mails] == [second.email]
    mail_sink.full = set()
    await deliverer(bench, mail_sink.postbox, Everyone([first, second])).deliver(delivery)
    assert [mail["To"] for mail in mail_sink.mails] == [second.email, first.email]
    sent = receipt(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert set(sent.recipients) == {first.id, second.id}


async def test_a_letter_that_some_had_before_its_date_moved_was_sent_to_them(bench: Bench, mail_sink: MailSink) -> None:
    """The receipt names whom it reached; nobody else gets the old date."""
    journey = bench.opened()
    first, second = (
        Member(uuid4(), "a@example.org", frozenset({"on-call"})),
        Member(VERA, "vera@example.org", frozenset({"on-call"})),
    )
    (delivery,) = fire_next(bench, journey)
    post = deliverer(bench, mail_sink.postbox, Everyone([first, second]))
    mail_sink.full = {second.email}
    with pytest.raises(NotHanded):
        await post.deliver(delivery)
    bench.record(journey, ScheduleStep(step="contact", on=(bench.log.now() + timedelta(days=9)).date()))
    mail_sink.full = set()
    await post.deliver(delivery)
    assert [mail["To"] for mail in mail_sink.mails] == [first.email]
    sent = receipt(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert sent.recipients == (first.id,)


class SlowLog(EventLog):
    """Takes its time to record a receipt."""

    def append(self, decision: Decision) -> Outcome:
        time.sleep(0.5)
        return super().append(decision)


async def test_two_attempts_at_once_send_one_letter(bench: Bench, mail_sink: MailSink) -> None:
    """Temporal began the second attempt because the first took too long; the first is still writing its receipt."""
    (delivery,) = fire_next(bench, bench.opened())
    with SlowLog(bench.dsn) as log:
        post = Deliverer(log, STAFF, mail_sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")
        await asyncio.gather(post.deliver(delivery), post.deliver(delivery))
    assert len(mail_sink.mails) == 1


async def test_letters_to_one_person_go_out_one_after_another(bench: Bench, mail_sink: MailSink) -> None:
    """Two journeys, one caseworker: both letters arrive, each once."""
    deliveries = [*fire_next(bench, bench.opened())]
    other = bench.opened()
    deliveries += fire_next(bench, other)
    post = deliverer(bench, mail_sink.postbox)
    await asyncio.gather(*(post.deliver(d) for d in deliveries))
    assert len({mail["Message-ID"] for mail in mail_sink.mails}) == 2
