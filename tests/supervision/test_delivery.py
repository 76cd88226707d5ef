"""Letters while somebody is absent or has left: to whom they go, and what they say."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from activities.delivering import Deliverer
from domain.attendance.absence import ComeBack, PlanAbsence
from domain.attendance.leaving import Leave
from domain.attendance.state import attendance_stream
from domain.calendar import local_date
from domain.codes import StreamName
from domain.handover.values import Successor
from domain.journey.state import journey_stream
from domain.message import DropReason, MessageDropped, MessageSent, message_stream
from domain.stream.naming import stream_code
from tests.fix_mail import Everyone, MailSink, Member
from tests.supervision.conftest import IVA, MILA, VERA, House
from workflows.messages import Delivery, Firing, Start

DESA = uuid4()
STAFF = [
    Member(MILA, "mila@example.org", frozenset({"caseworker"})),
    Member(VERA, "vera@example.org", frozenset({"caseworker"}), "en"),
    Member(IVA, "iva@example.org", frozenset({"lawyer"}), "sr-Cyrl"),
    Member(DESA, "desa@example.org", frozenset({"on-call"}), "en"),
]


def next_letters(house: House, journey: UUID) -> list[Delivery]:
    """The next rung of a journey fires."""
    stream = journey_stream(journey)
    wake = house.recorder.load(Start(stream=stream)).wake
    assert wake is not None
    house.log.set_clock(max(wake.at, house.now))
    fired = house.recorder.fire(Firing(stream=stream, wake=wake))
    return [Delivery(stream=stream, letter=letter) for letter in fired.agenda.deliveries]


def absent(house: House, who: UUID, cover: UUID | None, days: int = 60) -> None:
    """From today on."""
    today = local_date(house.now, "Europe/Belgrade")
    plan = PlanAbsence(pin=house.pin, first_day=today, last_day=today + timedelta(days=days), cover=cover)
    assert house.tell(attendance_stream(who), plan).refusal is None


async def sent(house: House, sink: MailSink, staff: list[Member] | None = None) -> list[str]:
    """Everything that the next rung of a journey of Mila's has delivered; to whom it went."""
    (journey,) = house.journeys(1)
    return await delivered(house, sink, journey, staff)


async def delivered(house: House, sink: MailSink, journey: UUID, staff: list[Member] | None = None) -> list[str]:
    """The same of a journey that there is."""
    post = Deliverer(house.log, Everyone(staff or STAFF), sink.postbox, lambda code: f"https://p.example.org/j/{code}")
    sink.mails.clear()
    for delivery in next_letters(house, journey):
        await post.deliver(delivery)
    return sink.to


def text(sink: MailSink) -> str:
    """Of the only letter."""
    (mail,) = sink.mails
    return str(mail.get_content()).replace("\r\n", "\n")


async def test_whoever_is_at_work_gets_their_own(idle_house: House, mail_sink: MailSink) -> None:
    """The control: no cover is asked, and no line is said about one."""
    absent(idle_house, VERA, IVA)
    assert await sent(idle_house, mail_sink) == ["mila@example.org"]
    assert "PS-" not in mail_sink.mails[0].as_string()


async def test_a_cover_gets_the_letter_and_reads_for_whom(idle_house: House, mail_sink: MailSink) -> None:
    """In the cover's own language, by a code: a name would tell a stranger who works here."""
    absent(idle_house, MILA, VERA)
    assert await sent(idle_house, mail_sink) == ["vera@example.org"]
    body = text(mail_sink)
    code = stream_code(StreamName.STAFF, MILA)
    assert body.startswith(f"You receive this in place of a colleague: {code}.\n\nReminder for PK-")
    absent(idle_house, VERA, IVA)
    assert await sent(idle_house, mail_sink) == ["iva@example.org"]
    assert text(mail_sink).startswith(f"Ову поруку добијате уместо колеге: {code}.\n\n")


async def test_the_receipt_names_who_got_it(idle_house: House, mail_sink: MailSink) -> None:
    """So that it can be told later who was reminded."""
    absent(idle_house, MILA, VERA)
    (journey,) = idle_house.journeys(1)
    post = Deliverer(idle_house.log, Everyone(STAFF), mail_sink.postbox, lambda code: code)
    (delivery,) = next_letters(idle_house, journey)
    await post.deliver(delivery)
    (recorded,) = idle_house.log.load(message_stream(delivery.letter.message)).history
    assert isinstance(recorded.event, MessageSent)
    assert recorded.event.recipients == (VERA,)


async def test_the_cover_reverts_by_itself(idle_house: House, mail_sink: MailSink) -> None:
    """Nothing was recorded meanwhile: the clock has passed the last day, and the next letter is Mila's own."""
    absent(idle_house, MILA, VERA, days=2)
    (journey,) = idle_house.journeys(1)
    assert await delivered(idle_house, mail_sink, journey) == ["vera@example.org"]
    idle_house.log.set_clock(idle_house.now + timedelta(days=4))
    heads = idle_house.log.stream_heads((attendance_stream(MILA),))
    assert "mila@example.org" in await delivered(idle_house, mail_sink, journey)
    assert "vera@example.org" not in mail_sink.to
    assert idle_house.log.stream_heads((attendance_stream(MILA),)) == heads


async def test_whoever_comes_back_early_gets_their_letters_at_once(idle_house: House, mail_sink: MailSink) -> None:
    """The worker that has read the absence reads that too."""
    absent(idle_house, MILA, VERA)
    assert await sent(idle_house, mail_sink) == ["vera@example.org"]
    idle_house.tell(attendance_stream(MILA), ComeBack())
    assert await sent(idle_house, mail_sink) == ["mila@example.org"]


async def test_without_a_cover_the_role_hears_but_nobody_who_is_away(idle_house: House, mail_sink: MailSink) -> None:
    """Then who is on call; and where nobody at all is at work, it waits in the absent one's own box."""
    absent(idle_house, MILA, None)
    assert await sent(idle_house, mail_sink) == ["vera@example.org"]
    absent(idle_house, VERA, None)
    assert await sent(idle_house, mail_sink) == ["desa@example.org"]
    absent(idle_house, DESA, None)
    assert await sent(idle_house, mail_sink) == ["mila@example.org"]


async def test_covers_in_a_ring_stand_for_nobody(idle_house: House, mail_sink: MailSink) -> None:
    """Mila for Vera and Vera for Mila: whoever is on call hears of it."""
    absent(idle_house, MILA, VERA)
    absent(idle_house, VERA, MILA)
    assert await sent(idle_house, mail_sink) == ["desa@example.org"]


async def test_who_has_left_gets_nothing(idle_house: House, mail_sink: MailSink) -> None:
    """Neither as addressee, nor as cover, nor as one who has the role; also before the hand-over has moved a thing."""
    (journey,) = idle_house.journeys(1)
    absent(idle_house, MILA, VERA)
    idle_house.tell(attendance_stream(VERA), Leave(pin=idle_house.pin, successors=(Successor(staff=IVA),)))
    assert await delivered(idle_house, mail_sink, journey) == ["desa@example.org"]
    idle_house.tell(attendance_stream(MILA), Leave(pin=idle_house.pin, successors=(Successor(staff=IVA),)))
    (delivery, *_) = next_letters(idle_house, journey)
    alone = Deliverer(idle_house.log, Everyone(STAFF[:2]), mail_sink.postbox, lambda code: code)
    await alone.deliver(delivery)
    (recorded,) = idle_house.log.load(message_stream(delivery.letter.message)).history
    assert isinstance(recorded.event, MessageDropped)
    assert recorded.event.reason is DropReason.NO_RECIPIENT
