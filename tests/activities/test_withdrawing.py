"""A hearing that moves or is called off: whoever had a reminder of it is told, once, and no old date comes after it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import time
from email.message import EmailMessage
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar, Event

from activities.delivering import Deliverer
from activities.postbook import postbook
from activities.postbox import NotHanded, Waits
from activities.receipts import Receipts
from domain.codes import ClosingReason, Role, StepOutcome
from domain.command import Command
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney
from domain.journey.state import journey_stream
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent
from domain.quiet import Pace
from eventlog.handovers import Handovers
from eventlog.log import EventLog
from tests.activities.digests import DIGEST, EIGHT, TUESDAY, all_wait, code, fire_until, lawyer, local, with_hearing
from tests.activities.letters import deliverer, receipt
from tests.activities.test_doubles import doubles
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from tests.fix_sms import TextSink
from workflows.messages import Delivery, Start

LATER = local(22, 9)


def at_once(locale: str = "sr-Latn") -> Everyone:
    """The lawyer, who wants each letter by itself."""
    return lawyer(locale, pace=Pace.EACH)


def tell(bench: Bench, journey: UUID, command: Command) -> list[Delivery]:
    """Records a command; the letters that it asks for."""
    agenda = bench.record(journey, command).agenda
    return [Delivery(stream=journey_stream(journey), letter=letter) for letter in agenda.deliveries]


def reminded(bench: Bench) -> tuple[UUID, Delivery]:
    """It is eight on Saturday, and a reminder of Tuesday's hearing was asked for."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, TUESDAY)
    (delivery,) = fire_until(bench, [journey], EIGHT)
    return journey, delivery


def event_in(mail: EmailMessage) -> tuple[str, Event]:
    """The method and the one event of its calendar."""
    (part,) = mail.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["method"]) == part.get_param("method")
    assert isinstance(event, Event)
    return str(calendar["method"]), event


def text_of(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).splitlines()


@pytest.mark.parametrize(
    ("locale", "said", "date"),
    [
        ("sr-Latn", "Termin je otkazan i više ne važi.", "Termin: utorak, 8. jun 2027., 10:30 (Europe/Belgrade)."),
        ("sr-Cyrl", "Термин је отказан и више не важи.", "Термин: уторак, 8. јун 2027., 10:30 (Europe/Belgrade)."),
        (
            "en",
            "This date has been called off and holds no longer.",
            "Date: Tuesday, 8 June 2027, 10:30 (Europe/Belgrade).",
        ),
    ],
)
async def test_who_was_reminded_hears_that_it_is_called_off(
    bench: Bench, mail_sink: MailSink, locale: str, said: str, date: str
) -> None:
    """Word for word; the calendar takes it out. Once, however often it is asked for."""
    journey, delivery = reminded(bench)
    post = deliverer(bench, mail_sink.postbox, at_once(locale))
    await post.deliver(delivery)
    (withdrawal,) = tell(bench, journey, AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    for _ in range(2):
        await post.deliver(withdrawal)
    invitation, mail = mail_sink.mails
    assert (text_of(mail)[0], text_of(mail)[1]) == (said, "")
    assert text_of(mail)[3] == date
    assert code(journey) in text_of(mail)[2]
    (method, void), (_, invited) = event_in(mail), event_in(invitation)
    assert (method, str(void["status"]), void["uid"]) == ("CANCEL", "CANCELLED", invited["uid"])
    assert (void.sequence, void.decoded("dtstart")) == (invited.sequence + 1, TUESDAY)
    assert b"hearing" not in mail.as_bytes()
    told = receipt(bench, withdrawal)
    assert isinstance(told, MessageSent)
    assert (told.recipients, told.doubt) == ((MILA,), None)


@pytest.mark.parametrize("closed", [False, True])
async def test_nobody_hears_of_what_they_never_had(bench: Bench, mail_sink: MailSink, closed: bool) -> None:
    """The reminder had not gone out: it is dropped, and no letter calls off what nobody knew. Also once all is over."""
    journey, delivery = reminded(bench)
    command = (
        CloseJourney(reason=ClosingReason.CLIENT_WISH) if closed else ScheduleStep(step="hearing", appointment=LATER)
    )
    (withdrawal,) = tell(bench, journey, command)
    post = deliverer(bench, mail_sink.postbox, at_once())
    await post.deliver(withdrawal)
    await post.deliver(delivery)
    assert mail_sink.mails == []
    for asked, reason in ((withdrawal, DropReason.NOBODY_KNEW), (delivery, DropReason.SUPERSEDED)):
        dropped = receipt(bench, asked)
        assert isinstance(dropped, MessageDropped)
        assert dropped.reason is reason


async def test_before_anything_was_sent_nothing_is_asked_for(bench: Bench) -> None:
    """No rung has been reached: the decision is as it was."""
    bench.log.set_clock(local(1, 9))
    journey = with_hearing(bench, TUESDAY)
    assert tell(bench, journey, ScheduleStep(step="hearing", appointment=LATER)) == []


async def test_who_was_told_of_a_new_date_hears_of_the_next_one(bench: Bench, mail_sink: MailSink) -> None:
    """Moved twice before the second date had a reminder; each letter has a higher number and the date that holds."""
    journey, delivery = reminded(bench)
    post = deliverer(bench, mail_sink.postbox, at_once())
    await post.deliver(delivery)
    for at in (LATER, local(29, 9)):
        (withdrawal,) = tell(bench, journey, ScheduleStep(step="hearing", appointment=at))
        await post.deliver(withdrawal)
    found = [event_in(mail) for mail in mail_sink.mails]
    assert [event.decoded("dtstart") for _, event in found] == [TUESDAY, LATER, local(29, 9)]
    numbers = [event.sequence for _, event in found]
    assert numbers == sorted(set(numbers))
    assert {method for method, _ in found} == {"PUBLISH"}
    assert text_of(mail_sink.mails[-1])[0] == "Termin je pomeren. Važi samo ovaj:"


async def test_another_lawyer_does_not_hear_but_the_one_who_was_reminded_does(
    bench: Bench, mail_sink: MailSink
) -> None:
    """The case was handed over in between."""
    journey, delivery = reminded(bench)
    (mila,) = at_once().members
    other = Member(uuid4(), "vera@example.org", frozenset({"lawyer"}), "en")
    post = deliverer(bench, mail_sink.postbox, Everyone([mila, other]))
    await post.deliver(delivery)
    bench.record(journey, Assign(role=Role.LAWYER, staff=other.id))
    (withdrawal,) = tell(bench, journey, ScheduleStep(step="hearing", appointment=LATER))
    await post.deliver(withdrawal)
    assert mail_sink.to == ["mila@example.org", "mila@example.org"]


async def test_it_is_not_said_at_night_where_there_is_time(bench: Bench, mail_sink: MailSink) -> None:
    """On Saturday at eleven in the evening, of Tuesday's hearing: after the quiet hours. Of tomorrow's: now."""
    journey, delivery = reminded(bench)
    post = deliverer(bench, mail_sink.postbox, lawyer(quiet_from=time(21), quiet_until=time(7)))
    await all_wait(post, [delivery])
    bench.log.set_clock(DIGEST)
    await post.deliver(delivery)
    bench.log.set_clock(local(5, 23))
    (withdrawal,) = tell(bench, journey, ScheduleStep(step="hearing", appointment=LATER))
    with pytest.raises(Waits):
        await post.deliver(withdrawal)
    bench.log.set_clock(local(6, 7))
    await post.deliver(withdrawal)
    assert len(mail_sink.mails) == 2
    *_, last = fire_until(bench, [journey], local(21, 8))  # the day before
    await all_wait(post, [last])
    bench.log.set_clock(local(21, 8, 30))
    await post.deliver(last)
    bench.log.set_clock(local(21, 23))
    (withdrawal,) = tell(bench, journey, AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    await post.deliver(withdrawal)
    assert event_in(mail_sink.mails[-1])[0] == "CANCEL"


async def test_of_what_is_today_a_short_message_says_so_too(
    bench: Bench, mail_sink: MailSink, text_sink: TextSink
) -> None:
    """On the morning of the hearing: by both, once; the letter does not wait for a gateway that refuses."""
    journey, delivery = reminded(bench)
    chosen = lawyer(pace=Pace.EACH, phone="+381600000001")
    post = deliverer(bench, mail_sink.postbox, chosen, gateway=text_sink.gateway)
    await post.deliver(delivery)
    assert text_sink.arrived == []  # a reminder of three days before
    bench.log.set_clock(local(8, 8))
    (withdrawal,) = tell(bench, journey, AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    text_sink.status = 503
    with pytest.raises(NotHanded):
        await post.deliver(withdrawal)
    assert len(mail_sink.mails) == 2
    text_sink.status = 202
    for _ in range(2):
        await post.deliver(withdrawal)
    link = f"https://putokaz.example.org/j/{code(journey)}"
    assert (
        text_sink.arrived[-1]["text"] == f"Otkazano. {code(journey)}: termin 8.6.2027. 10:30 (Europe/Belgrade) {link}"
    )
    assert (len(mail_sink.mails), len(text_sink.arrived)) == (2, 2)
    _, text = [e for e in postbook(bench.log, journey_stream(journey)) if e.message != delivery.letter.message]
    assert (text.channel, text.recipients, text.reason) == (Channel.SMS, (MILA,), None)


async def test_a_run_that_begins_finds_it(bench: Bench) -> None:
    """Temporal's database was lost: what nobody was told of yet is in the log."""
    journey, _ = reminded(bench)
    (withdrawal,) = tell(bench, journey, ScheduleStep(step="hearing", appointment=LATER))
    assert withdrawal.letter in bench.recorder.load(Start(stream=journey_stream(journey))).deliveries


async def test_a_worker_that_dies_while_it_says_so(bench: Bench, mail_sink: MailSink) -> None:
    """As with any letter: again under the same name, and the receipt says so."""
    journey, delivery = reminded(bench)
    post = deliverer(bench, mail_sink.postbox, at_once())
    await post.deliver(delivery)
    (withdrawal,) = tell(bench, journey, ScheduleStep(step="hearing", appointment=LATER))
    mail_sink.delay = 30.0
    with EventLog(bench.dsn) as dying:
        attempt = asyncio.create_task(deliverer(bench, mail_sink.postbox, at_once(), log=dying).deliver(withdrawal))
        while len(mail_sink.mails) < 2:
            await asyncio.sleep(0.02)
        attempt.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await attempt
    mail_sink.delay = 0.0
    await post.deliver(withdrawal)
    assert len({mail["Message-ID"] for mail in mail_sink.mails[1:]}) == 1
    told = receipt(bench, withdrawal)
    assert isinstance(told, MessageSent)
    assert told.doubt is Doubt.WORKER_DIED
    assert doubles(bench) == {Doubt.WORKER_DIED: 1}


class Checkpoint(StrEnum):
    """Where the reminder of the old date is when the hearing moves."""

    BEFORE_THE_CHECK = "before the version is looked at"
    BEFORE_DATA = "after that, before DATA"
    AFTER_DATA = "after DATA, before the answer"
    BEFORE_THE_RECEIPT = "after the answer, before the receipt"


@pytest.mark.parametrize("in_digest", [False, True])
@pytest.mark.parametrize("moves", [True, False])
@pytest.mark.parametrize("checkpoint", Checkpoint)
async def test_the_race(
    bench: Bench,
    mail_sink: MailSink,
    monkeypatch: pytest.MonkeyPatch,
    checkpoint: Checkpoint,
    moves: bool,
    in_digest: bool,
) -> None:
    """Another worker tells of the new date as soon as there is one. No old one comes after it, nobody hears twice."""
    bench.log.set_clock(local(1, 9))
    journeys = [with_hearing(bench, TUESDAY) for _ in range(2 if in_digest else 1)]
    deliveries = fire_until(bench, journeys, EIGHT)
    chosen = lawyer() if in_digest else at_once()
    post = deliverer(bench, mail_sink.postbox, chosen)
    if in_digest:
        await all_wait(post, deliveries)
        bench.log.set_clock(DIGEST)
    asked: list[Delivery] = []

    once = threading.Lock()

    def change() -> None:
        if once.acquire(blocking=False):
            declined = AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED)
            command = ScheduleStep(step="hearing", appointment=LATER) if moves else declined
            asked.extend(tell(bench, journeys[0], command))

    if checkpoint is Checkpoint.BEFORE_THE_CHECK:
        _before(monkeypatch, Receipts, "still_wanted", change)
    elif checkpoint is Checkpoint.BEFORE_DATA:
        _before(monkeypatch, Handovers, "begin_all" if in_digest else "begin", change)
    elif checkpoint is Checkpoint.AFTER_DATA:
        mail_sink.at_data, mail_sink.delay = change, 0.3
    else:
        _before(monkeypatch, Receipts, "write", change)
    with EventLog(bench.dsn) as elsewhere:
        other = asyncio.create_task(_tell_meanwhile(deliverer(bench, mail_sink.postbox, chosen, log=elsewhere), asked))
        for delivery in deliveries:
            await post.deliver(delivery)
        await asyncio.wait_for(other, 20)
    about = [mail for mail in mail_sink.mails if code(journeys[0]) in mail.as_string()]
    (withdrawal,) = asked
    if checkpoint is Checkpoint.BEFORE_THE_CHECK:
        assert about == []
        assert isinstance(receipt(bench, withdrawal), MessageDropped)
        return
    old, new = about
    assert old["Subject"].startswith("Putokaz: podsetni")
    method, event = event_in(new)
    assert (method, event.decoded("dtstart")) == (("PUBLISH", LATER) if moves else ("CANCEL", TUESDAY))
    assert all(event.sequence > old_event.sequence for old_event in _events(old) if old_event["uid"] == event["uid"])
    assert event["uid"] in {old_event["uid"] for old_event in _events(old)}
    told = receipt(bench, withdrawal)
    assert isinstance(told, MessageSent)
    assert (told.recipients, doubles(bench)) == ((MILA,), {})


def _events(mail: EmailMessage) -> list[Event]:
    (part,) = mail.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return [event for event in Calendar.from_ical(raw).walk("VEVENT") if isinstance(event, Event)]


def _before(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, change: Callable[[], None]) -> None:
    """`change` happens at the moment at which the method is called."""
    method = getattr(owner, name)

    def changed(*arguments: object) -> object:
        change()
        return method(*arguments)

    monkeypatch.setattr(owner, name, changed)


async def _tell_meanwhile(post: Deliverer, asked: list[Delivery]) -> None:
    while not asked:
        await asyncio.sleep(0.01)
    while True:
        with contextlib.suppress(NotHanded):
            await post.deliver(asked[0])
            return
        await asyncio.sleep(0.05)
