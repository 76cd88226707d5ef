"""What tests of letters share: people, rungs that fire, and what became of a message."""

from __future__ import annotations

from uuid import UUID, uuid4

from activities.delivering import Deliverer
from activities.postbox import Postbox
from activities.sms import TextGateway
from domain.event import Event
from domain.journey.state import journey_stream
from domain.message import message_stream
from eventlog.log import EventLog
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, Member
from workflows.messages import Delivery, Firing, Start

SANJA, VERA = uuid4(), uuid4()
STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"caseworker"})),
        Member(SANJA, "sanja@example.org", frozenset({"supervisor"}), "en"),
        Member(VERA, "vera@example.org", frozenset({"on-call"})),
    ]
)


def fire_next(bench: Bench, journey: UUID) -> list[Delivery]:
    """Lets the next rung of a journey fire; its letters."""
    stream = journey_stream(journey)
    wake = bench.recorder.load(Start(stream=stream)).wake
    assert wake is not None
    bench.log.set_clock(max(wake.at, bench.log.now()))
    fired = bench.recorder.fire(Firing(stream=stream, wake=wake))
    return [Delivery(stream=stream, letter=letter) for letter in fired.agenda.deliveries]


def receipts(bench: Bench, delivery: Delivery) -> list[Event]:
    """What the message's own stream says became of it; empty while nothing has."""
    return [r.event for r in bench.log.load(message_stream(delivery.letter.message)).history]


def receipt(bench: Bench, delivery: Delivery) -> Event:
    """The one word about it."""
    (event,) = receipts(bench, delivery)
    return event


def deliverer(
    bench: Bench,
    postbox: Postbox,
    staff: Everyone = STAFF,
    log: EventLog | None = None,
    gateway: TextGateway | None = None,
) -> Deliverer:
    return Deliverer(log or bench.log, staff, postbox, lambda code: f"https://putokaz.example.org/j/{code}", gateway)
