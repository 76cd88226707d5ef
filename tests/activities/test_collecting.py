"""Letters that may wait go in one mail a day: none is lost, and none doubled but where a worker dies after DATA."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import time
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from icalendar import Calendar

from activities.postbox import NotHanded, Postbox, Waits
from activities.receipts import copy_of
from domain.journey.advancing import ScheduleStep
from domain.message import Doubt, DropReason, MessageDropped, MessageSent, message_stream
from domain.quiet import Pace
from eventlog.log import EventLog
from tests.activities.digests import (
    DIGEST,
    EIGHT,
    NOON,
    SATURDAY,
    TUESDAY,
    all_wait,
    code,
    fire_until,
    lawyer,
    local,
    three_waiting,
    with_hearing,
)
from tests.activities.letters import deliverer, fire_next, receipt, receipts
from tests.activities.test_doubles import doubles
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.development.ports import any_free
from workflows.messages import Delivery

SAID = {
    "sr-Latn": (
        "Putokaz: podsetnici, subota, 5. jun 2027.",
        "Podsetnici, sve u jednoj poruci.",
        ("utorak, 8. jun 2027.", "subota, 12. jun 2027."),
    ),
    "sr-Cyrl": (
        "Путоказ: подсетници, субота, 5. јун 2027.",
        "Подсетници, све у једној поруци.",
        ("уторак, 8. јун 2027.", "субота, 12. јун 2027."),
    ),
    "en": (
        "Putokaz: reminders, Saturday, 5 June 2027",
        "Reminders, all in one message.",
        ("Tuesday, 8 June 2027", "Saturday, 12 June 2027"),
    ),
}


class Died(BaseException):
    """The process is gone: nothing of ours catches this."""


def text_of(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).rstrip().splitlines()


def sent(bench: Bench, delivery: Delivery) -> MessageSent:
    event = receipt(bench, delivery)
    assert isinstance(event, MessageSent)
    return event


def on_their_way(bench: Bench) -> int:
    with psycopg.connect(bench.dsn) as connection:
        row = connection.execute("SELECT count(*) FROM eventlog.handovers").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("locale", SAID)
async def test_what_may_wait_comes_in_one_mail(bench: Bench, mail_sink: MailSink, locale: str) -> None:
    """Word for word, at half past eight and not before; each message has its receipt, which names the mail."""
    journeys, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer(locale))
    assert all(1790 < seconds <= 1800 for seconds in await all_wait(post, deliveries))
    assert mail_sink.mails == []
    bench.log.set_clock(DIGEST)
    await asyncio.gather(*(post.deliver(delivery) for delivery in deliveries))
    (mail,) = mail_sink.mails
    first, second, third = (code(journey) for journey in journeys)
    subject, opening, (tuesday, saturday) = SAID[locale]
    assert (mail["To"], mail["Subject"]) == ("mila@example.org", subject)
    assert text_of(mail) == [
        opening,
        "",
        tuesday,
        f"  10:30 (Europe/Belgrade)  {first}  https://putokaz.example.org/j/{first}",
        "",
        saturday,
        f"  09:00 (Europe/Belgrade)  {second}  https://putokaz.example.org/j/{second}",
        f"  12:00 (Europe/Belgrade)  {third}  https://putokaz.example.org/j/{third}",
    ]
    (part,) = mail.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert [e.decoded("dtstart") for e in Calendar.from_ical(raw).walk("VEVENT")] == [TUESDAY, SATURDAY, NOON]
    for delivery in deliveries:
        told = sent(bench, delivery)
        assert (told.recipients, told.doubt) == ((MILA,), None)
        assert mail["Message-ID"] == f"<{told.digest}@example.org>"
    assert (doubles(bench), on_their_way(bench)) == ({}, 0)


async def test_one_that_waits_alone_is_a_letter(bench: Bench, mail_sink: MailSink) -> None:
    """A list of one teaches nobody anything."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, TUESDAY)
    (delivery,) = fire_until(bench, [journey], EIGHT)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, [delivery])
    bench.log.set_clock(DIGEST)
    await post.deliver(delivery)
    (mail,) = mail_sink.mails
    assert mail["Subject"] == f"Putokaz: podsetnik {code(journey)}"
    assert not text_of(mail)[0].startswith("Ova poruka kasni")  # half an hour was its plan
    assert (sent(bench, delivery).digest, mail["Message-ID"]) == (None, f"<{delivery.letter.message}@example.org>")


async def test_what_is_due_today_does_not_wait(bench: Bench, mail_sink: MailSink) -> None:
    """Three wait for a digest whose hour has come, and nobody has sent it; what is due at four goes past them."""
    _, waiting = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, waiting)
    other = bench.opened()
    (urgent,) = fire_next(bench, other)  # Monday at noon, four hours before the contact is due
    await post.deliver(urgent)
    assert [mail["Subject"] for mail in mail_sink.mails] == [f"Putokaz: podsetnik {code(other)}"]


async def test_what_moved_while_it_waited_leaves_the_digest(bench: Bench, mail_sink: MailSink) -> None:
    """Its receipt says so; the others go."""
    journeys, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, deliveries)
    bench.record(journeys[1], ScheduleStep(step="hearing", appointment=local(20, 9)))
    bench.log.set_clock(DIGEST)
    for delivery in deliveries:
        await post.deliver(delivery)
    (mail,) = mail_sink.mails
    assert code(journeys[1]) not in mail.as_string()
    dropped = receipt(bench, deliveries[1])
    assert isinstance(dropped, MessageDropped)
    assert dropped.reason is DropReason.SUPERSEDED
    assert {sent(bench, deliveries[n]).digest for n in (0, 2)} != {None}
    assert on_their_way(bench) == 0


async def test_what_moves_while_the_mail_server_is_asked_leaves_it_too(
    bench: Bench, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it was composed, before the last look: it is composed anew, and no old date goes out."""
    journeys, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, deliveries)
    bench.log.set_clock(DIGEST)
    hand_over = Postbox.hand_over
    moved: list[object] = []

    async def moving(self: Postbox, mail: EmailMessage, *rest: Any) -> object:
        if not moved:
            moved.append(bench.record(journeys[2], ScheduleStep(step="hearing", appointment=local(21, 12))))
        return await hand_over(self, mail, *rest)

    monkeypatch.setattr(Postbox, "hand_over", moving)
    for delivery in deliveries:
        await post.deliver(delivery)
    (mail,) = mail_sink.mails
    assert code(journeys[2]) not in mail.as_string()
    assert [isinstance(receipt(bench, d), MessageSent) for d in deliveries] == [True, True, False]
    assert doubles(bench) == {}


async def test_a_worker_that_dies_between_data_and_receipt(bench: Bench, mail_sink: MailSink) -> None:
    """The next one sends the same digest under the same name, and the receipt of every message in it says so."""
    _, deliveries = three_waiting(bench)
    await all_wait(deliverer(bench, mail_sink.postbox, lawyer()), deliveries)
    bench.log.set_clock(DIGEST)
    mail_sink.delay = 30.0
    with EventLog(bench.dsn) as dying:
        attempt = asyncio.create_task(deliverer(bench, mail_sink.postbox, lawyer(), log=dying).deliver(deliveries[1]))
        while not mail_sink.mails:
            await asyncio.sleep(0.02)
        attempt.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await attempt
    assert all(receipts(bench, delivery) == [] for delivery in deliveries)
    mail_sink.delay = 0.0
    survivor = deliverer(bench, mail_sink.postbox, lawyer())
    for delivery in deliveries:
        await survivor.deliver(delivery)
    first, second = mail_sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert text_of(first) == text_of(second)
    assert {sent(bench, delivery).doubt for delivery in deliveries} == {Doubt.WORKER_DIED}
    assert doubles(bench) == {Doubt.WORKER_DIED: 3}
    assert on_their_way(bench) == 0


async def test_a_worker_that_dies_between_two_receipts(
    bench: Bench, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a receipt is not told again; the others are, and their receipts say that it may be a second time."""
    _, deliveries = three_waiting(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer())
    await all_wait(post, deliveries)
    bench.log.set_clock(DIGEST)
    append = EventLog.append
    written: list[object] = []

    def dying(self: EventLog, decision: Any) -> object:
        written.append(decision)
        if len(written) > 1:
            raise Died
        return append(self, decision)

    with EventLog(bench.dsn) as gone, monkeypatch.context() as patched:
        patched.setattr(EventLog, "append", dying)
        with pytest.raises(Died):
            await deliverer(bench, mail_sink.postbox, lawyer(), log=gone).deliver(deliveries[0])
    survivor = deliverer(bench, mail_sink.postbox, lawyer())
    for delivery in deliveries:
        await survivor.deliver(delivery)
    first, second = mail_sink.mails
    assert len([line for line in text_of(first) if "PK-" in line]) == 3
    assert len([line for line in text_of(second) if "PK-" in line]) == 2
    assert first["Message-ID"] != second["Message-ID"]  # or a mailbox would throw away what is in it
    assert sorted(sent(bench, d).doubt is Doubt.WORKER_DIED for d in deliveries) == [False, True, True]
    assert on_their_way(bench) == 0


async def test_what_comes_late_to_a_digest_waits_a_moment_for_the_others(bench: Bench, mail_sink: MailSink) -> None:
    """No worker was there at half past eight. At ten all three are tried at once, and still come in one mail."""
    _, deliveries = three_waiting(bench)
    bench.log.set_clock(local(5, 10))
    post = deliverer(bench, mail_sink.postbox, lawyer())
    assert await all_wait(post, deliveries) == [3.0, 3.0, 3.0]
    for delivery in deliveries:
        await post.deliver(delivery)
    (mail,) = mail_sink.mails
    assert [line.endswith("(kasni)") for line in text_of(mail) if "PK-" in line] == [True, True, True]


async def test_two_workers_make_one_digest(bench: Bench, mail_sink: MailSink) -> None:
    """Whoever has the line sends it; the other finds the receipts."""
    _, deliveries = three_waiting(bench)
    await all_wait(deliverer(bench, mail_sink.postbox, lawyer()), deliveries)
    bench.log.set_clock(DIGEST)
    mail_sink.delay = 0.3
    with EventLog(bench.dsn) as other:
        workers = [deliverer(bench, mail_sink.postbox, lawyer(), log=log) for log in (bench.log, other)]
        await asyncio.gather(*(workers[n % 2].deliver(delivery) for n, delivery in enumerate(deliveries)))
    assert len(mail_sink.mails) == 1
    assert len({sent(bench, delivery).digest for delivery in deliveries}) == 1


async def test_after_an_outage_the_digest_comes_late_and_says_so_but_not_at_night(
    bench: Bench, mail_sink: MailSink
) -> None:
    """The mail server was away from morning to night: at the end of the quiet hours one mail comes."""
    _, deliveries = three_waiting(bench)
    away = Postbox(host="127.0.0.1", port=any_free(), sender="putokaz@example.org", timeout=1.0)
    bench.log.set_clock(DIGEST)
    chosen = lawyer(quiet_from=time(21), quiet_until=time(7))
    for delivery in deliveries:
        with pytest.raises(NotHanded):
            await deliverer(bench, away, chosen).deliver(delivery)
    bench.log.set_clock(local(5, 23))
    post = deliverer(bench, mail_sink.postbox, chosen)
    assert all(s == 3600 for s in await all_wait(post, deliveries))  # an hour at most, then it looks again
    bench.log.set_clock(local(6, 7))
    for delivery in deliveries:
        await post.deliver(delivery)
    (mail,) = mail_sink.mails
    lines = [line for line in text_of(mail) if "PK-" in line]
    assert len(lines) == 3
    assert all(line.endswith("(kasni)") for line in lines)


async def test_a_reply_that_never_comes_lets_the_whole_digest_rest(bench: Bench, mail_sink: MailSink) -> None:
    """The server may have delivered it: no message of it goes again within the minute."""
    _, deliveries = three_waiting(bench)
    await all_wait(deliverer(bench, mail_sink.postbox, lawyer()), deliveries)
    bench.log.set_clock(DIGEST)
    mail_sink.delay = 3.0
    slow = deliverer(
        bench, Postbox(host="127.0.0.1", port=mail_sink.port, sender="p@example.org", timeout=0.5), lawyer()
    )
    for delivery in (*deliveries, *deliveries):
        with pytest.raises(NotHanded):
            await slow.deliver(delivery)
    assert len(mail_sink.mails) == 1
    assert bench.log.handovers.doubt(deliveries[2].letter.message) == Doubt.REPLY_LATE


async def test_each_by_itself_when_the_quiet_hours_end(bench: Bench, mail_sink: MailSink) -> None:
    """Who wants no digest: asked for at eight, quiet until nine; three letters, in the order of the asking."""
    _, deliveries = three_waiting(bench)
    late_riser = lawyer(pace=Pace.EACH, quiet_from=time(21), quiet_until=time(9))
    post = deliverer(bench, mail_sink.postbox, late_riser)
    assert all(3590 < seconds <= 3600 for seconds in await all_wait(post, deliveries))
    bench.log.set_clock(local(5, 9))
    for delivery in reversed(deliveries):
        await post.deliver(delivery)
    assert [m["Message-ID"] for m in mail_sink.mails] == [f"<{d.letter.message}@example.org>" for d in deliveries]
    assert not any(text_of(mail)[0].startswith("Ova poruka kasni") for mail in mail_sink.mails)


async def test_the_night_on_which_the_clocks_go_back_is_an_hour_longer(bench: Bench, mail_sink: MailSink) -> None:
    """31 October 2027: quiet from nine until nine by the wall, asked for at eight, an hour is an hour."""
    bench.log.set_clock(local(25, 9, month=10))
    journey = with_hearing(bench, local(3, 10, month=11))
    *_, delivery = fire_until(bench, [journey], local(31, 8, month=10))
    post = deliverer(bench, mail_sink.postbox, lawyer(pace=Pace.EACH, quiet_from=time(21), quiet_until=time(9)))
    (seconds,) = await all_wait(post, [delivery])
    assert 3590 < seconds <= 3600
    bench.log.set_clock(local(31, 9, month=10))
    await post.deliver(delivery)
    assert len(mail_sink.mails) == 1


async def test_another_choice_holds_for_what_waits(bench: Bench, mail_sink: MailSink) -> None:
    """Nothing of it is stored: whoever chooses each by itself has what waited at once."""
    _, deliveries = three_waiting(bench)
    await all_wait(deliverer(bench, mail_sink.postbox, lawyer()), deliveries)
    impatient = deliverer(bench, mail_sink.postbox, lawyer(pace=Pace.EACH))
    for delivery in deliveries:
        await impatient.deliver(delivery)
    assert len(mail_sink.mails) == 3
    with pytest.raises(Waits):  # a control: with the first choice a new one would wait
        await deliverer(bench, mail_sink.postbox, lawyer()).deliver(
            fire_until(bench, [with_hearing(bench, local(20, 9))], local(13, 8))[0]
        )


async def test_every_copy_of_a_role_has_its_own_hour(bench: Bench, mail_sink: MailSink) -> None:
    """The person left, two have the role: one wants each at once, the other a digest; the receipt waits for both."""
    _, deliveries = three_waiting(bench)
    (mila,) = lawyer().members
    slow, quick = replace(mila, id=uuid4()), Member(uuid4(), "vera@example.org", frozenset({"lawyer"}), "en")
    post = deliverer(bench, mail_sink.postbox, Everyone([slow, quick]))
    await all_wait(post, deliveries)
    assert mail_sink.to == ["vera@example.org"] * 3
    bench.log.set_clock(DIGEST)
    for delivery in deliveries:
        await post.deliver(delivery)
    assert mail_sink.to == ["vera@example.org"] * 3 + ["mila@example.org"]
    for delivery in deliveries:
        told = sent(bench, delivery)
        assert (set(told.recipients), told.digest) == ({slow.id, quick.id}, None)  # the receipt of the copy names it
        (copy,) = bench.log.load(message_stream(copy_of(delivery.letter.message, slow.id))).history
        assert isinstance(copy.event, MessageSent)
        assert mail_sink.mails[-1]["Message-ID"] == f"<{copy.event.digest}@example.org>"
