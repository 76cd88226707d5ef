"""Mail servers that are away, that hang, that refuse for a while or for good: nothing is lost, little is doubled."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from activities.postbox import NotHanded, Postbox, Waits
from activities.receipts import TOO_OLD_AFTER
from domain.journey.advancing import ScheduleStep
from domain.message import Doubt, DropReason, MessageDropped, MessageSent
from eventlog.log import EventLog
from tests.activities.letters import VERA, deliverer, fire_next, receipt, receipts
from tests.fix_engine import MILA, Bench
from tests.fix_eventlog import administrator
from tests.fix_mail import Everyone, MailSink, Member
from worker.development.ports import any_free

AWAY = timedelta(days=3)


def away() -> Postbox:
    """Nobody is at this address."""
    return Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=1.0)


@pytest.fixture
def silent() -> Iterator[Postbox]:
    """A mail server that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield Postbox(host="127.0.0.1", port=port, sender="putokaz@example.org", timeout=0.5)


async def test_after_days_without_a_mail_server_one_late_letter_comes(bench: Bench, mail_sink: MailSink) -> None:
    """Three rungs went by. The owner gets the last letter, which says that it is late; nobody gets all three."""
    journey = bench.opened()
    asked = []
    for _ in range(3):
        asked += fire_next(bench, journey)
        with pytest.raises(NotHanded):
            await deliverer(bench, away()).deliver(asked[-1])
    bench.log.set_clock(bench.log.now() + AWAY)
    post = deliverer(bench, mail_sink.postbox)
    for delivery in asked:
        await post.deliver(delivery)
    assert mail_sink.to == ["mila@example.org", "sanja@example.org"]
    late = mail_sink.mails[0].get_content()
    assert late.startswith("Ova poruka kasni; šalje se jednom.")
    assert mail_sink.mails[1].get_content().startswith("This message is late; it is sent once.")
    reasons = [r.reason if isinstance(r := receipt(bench, d), MessageDropped) else None for d in asked]
    assert reasons == [DropReason.OVERTAKEN, DropReason.OVERTAKEN, None, None]


async def test_after_an_outage_each_persons_letters_come_in_their_order(bench: Bench, mail_sink: MailSink) -> None:
    """Six journeys, two workers; the retries come in any order, the letters do not. Each comes once."""
    asked = [fire_next(bench, bench.opened())[0] for _ in range(6)]
    nobody = deliverer(bench, away())
    for delivery in asked:
        with pytest.raises(NotHanded):
            await nobody.deliver(delivery)
    with EventLog(bench.dsn) as other:
        workers = [deliverer(bench, mail_sink.postbox), deliverer(bench, mail_sink.postbox, log=other)]
        retries = [asked[i] for i in (3, 5, 0, 4, 1, 2)]
        await asyncio.gather(*(workers[i % 2].deliver(delivery) for i, delivery in enumerate(retries)))
    ids = [str(mail["Message-ID"]) for mail in mail_sink.mails]
    assert ids == [f"<{d.letter.message}@example.org>" for d in asked]
    assert all(isinstance(receipt(bench, d), MessageSent) for d in asked)
    assert bench.log.handovers.earlier(MILA, 1 << 40) is None


async def test_two_workers_hand_one_letter_at_a_time_to_a_person(bench: Bench, mail_sink: MailSink) -> None:
    """The second waits at the line, and finds there that nothing is left to do."""
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.delay = 0.5
    with EventLog(bench.dsn) as other:
        first, second = deliverer(bench, mail_sink.postbox), deliverer(bench, mail_sink.postbox, log=other)
        await asyncio.gather(first.deliver(delivery), second.deliver(delivery))
    assert mail_sink.to == ["mila@example.org"]


async def test_a_worker_that_dies_leaves_its_line(bench: Bench, mail_sink: MailSink) -> None:
    """Its connection ends with it, and the next worker goes on."""
    with EventLog(bench.dsn) as dead:
        assert dead.handovers.take_line(MILA)
        assert not bench.log.handovers.take_line(MILA)
    (delivery,) = fire_next(bench, bench.opened())
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert mail_sink.to == ["mila@example.org"]


async def test_a_server_that_never_answers_is_given_up_in_time(bench: Bench, silent: Postbox) -> None:
    """It certainly has no letter: no doubt, and the next attempt may follow."""
    (delivery,) = fire_next(bench, bench.opened())
    began = time.monotonic()
    with pytest.raises(NotHanded):
        await deliverer(bench, silent).deliver(delivery)
    assert time.monotonic() - began < 5
    assert bench.log.handovers.doubt(delivery.letter.message) is None


@pytest.mark.parametrize("answer", ["451 come back later", "554 not this one"])
async def test_a_letter_that_is_refused_lets_the_others_pass(bench: Bench, mail_sink: MailSink, answer: str) -> None:
    """For a while or for good, it is tried again; that the server did not take it is certain."""
    first, second = fire_next(bench, bench.opened())[0], fire_next(bench, bench.opened())[0]
    post = deliverer(bench, mail_sink.postbox)
    mail_sink.answer = answer
    with pytest.raises(NotHanded):
        await post.deliver(first)
    mail_sink.answer = "250 OK"
    await post.deliver(second)
    await post.deliver(first)
    assert [str(m["Message-ID"])[1:37] for m in mail_sink.mails] == [str(d.letter.message) for d in (second, first)]
    sent = receipt(bench, first)
    assert isinstance(sent, MessageSent)
    assert sent.doubt is None


async def test_a_wrong_address_is_replaced_by_the_role_and_then_by_who_is_on_call(
    bench: Bench, mail_sink: MailSink
) -> None:
    """A reminder does not end at a mailbox that was closed."""
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.wrong = {"mila@example.org"}
    with capture_logs() as logs:
        await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert mail_sink.to == ["vera@example.org"]
    sent = receipt(bench, delivery)
    assert isinstance(sent, MessageSent)
    assert sent.recipients == (VERA,)
    said = [each for each in logs if each["event"] == "address not taken"]
    assert said, "a wrong address stays wrong: somebody has to read of it"
    for each in said:
        assert (each["log_level"], each["code"]) == ("warning", 550)
        assert str(delivery.letter.message) in each["letter"]
    assert "mila" not in str(logs), "an address is nobody's business"


async def test_a_server_that_refuses_everybody_loses_nothing(bench: Bench, mail_sink: MailSink) -> None:
    """Somebody set it up wrongly. Once mended, the letter goes to the person it was for."""
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, mail_sink.postbox)
    mail_sink.wrong = {"*"}
    with pytest.raises(NotHanded):
        await post.deliver(delivery)
    assert receipts(bench, delivery) == []
    mail_sink.wrong = set()
    await post.deliver(delivery)
    assert mail_sink.to == ["mila@example.org"]


async def test_what_is_too_old_is_given_up_and_the_supervisor_was_told_meanwhile(
    bench: Bench, mail_sink: MailSink
) -> None:
    """The owner's mailbox was full for two weeks; the ladder went on."""
    journey = bench.opened()
    for _ in range(3):
        owner, *others = fire_next(bench, journey)
    mail_sink.full = {"mila@example.org"}
    post = deliverer(bench, mail_sink.postbox)
    with pytest.raises(NotHanded):
        await post.deliver(owner)
    for delivery in others:
        await post.deliver(delivery)
    assert mail_sink.to == ["sanja@example.org"]
    bench.log.set_clock(bench.log.now() + TOO_OLD_AFTER + timedelta(hours=1))
    await post.deliver(owner)
    dropped = receipt(bench, owner)
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.TOO_OLD
    assert len(mail_sink.mails) == 1


async def test_a_date_that_moves_while_the_letter_is_at_the_server_is_followed_by_the_new_one(
    bench: Bench, mail_sink: MailSink
) -> None:
    """The old date has gone out; the new one follows at once and says that only it holds."""
    journey = bench.opened()
    (delivery,) = fire_next(bench, journey)
    day = (bench.log.now() + timedelta(days=9)).date()

    def move() -> None:
        if len(mail_sink.mails) == 1:
            bench.record(journey, ScheduleStep(step="contact", on=day))

    mail_sink.at_data = move
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    first, second = mail_sink.mails
    assert first["Message-ID"] != second["Message-ID"]
    assert second.get_content().startswith("Termin je pomeren. Važi samo ovaj:")
    assert str(day.year) in second.get_content()
    assert first.get_content() not in second.get_content()
    assert isinstance(receipt(bench, delivery), MessageSent)


async def test_a_server_that_takes_letters_and_never_answers_gets_each_rarely(
    bench: Bench, mail_sink: MailSink
) -> None:
    """It may deliver each of them: the second copy waits a minute, each one after it twice as long."""
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.delay = 3.0
    slow = Postbox(host="127.0.0.1", port=mail_sink.port, sender="putokaz@example.org", timeout=0.5)
    post = deliverer(bench, slow)
    for _ in range(4):
        with pytest.raises(NotHanded):
            await post.deliver(delivery)
    assert len(mail_sink.mails) == 1
    assert bench.log.handovers.doubt(delivery.letter.message) == Doubt.REPLY_LATE


@pytest.mark.parametrize(("minutes", "goes"), [(120, True), (30, False)])
async def test_a_letter_whose_reply_never_came_rests_for_a_quarter_of_the_time_left_at_most(
    bench: Bench, mail_sink: MailSink, minutes: int, goes: bool
) -> None:
    """Due in four hours. Nine times the server took it and fell silent, which would be a rest of eight and a half."""
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.delay = 3.0
    slow = Postbox(host="127.0.0.1", port=mail_sink.port, sender="putokaz@example.org", timeout=0.5)
    with pytest.raises(NotHanded):
        await deliverer(bench, slow).deliver(delivery)
    mail_sink.delay = 0.0
    with administrator(bench.dsn) as connection:
        connection.execute(
            "UPDATE eventlog.handovers SET times = 9, began_at = began_at - make_interval(mins => %s)", (minutes,)
        )
    post = deliverer(bench, mail_sink.postbox)
    if goes:
        await post.deliver(delivery)
        assert isinstance(receipt(bench, delivery), MessageSent)
        return
    with pytest.raises(Waits) as waits:
        await post.deliver(delivery)
    assert 28 * 60 < waits.value.seconds <= 30 * 60


async def test_several_on_call_get_their_letters_though_one_address_hangs(bench: Bench, mail_sink: MailSink) -> None:
    """A refused address among several counts for nobody else."""
    people = [Member(uuid4(), f"{name}@example.org", frozenset({"on-call"})) for name in ("a", "b")]
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.wrong = {"a@example.org"}
    await deliverer(bench, mail_sink.postbox, Everyone(people)).deliver(delivery)
    assert mail_sink.to == ["b@example.org"]
