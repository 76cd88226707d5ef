"""A contact's workflow on real servers: promised calls and alarms are heard of in time, and journeys begin from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from activities.delivering import Deliverer
from domain.command import Command, to_wire
from domain.contact.attaching import AttachContact, BeginJourney, begun_journey
from domain.contact.calling import RecordCallBack
from domain.contact.codes import AttachStatus, CallOutcome, DangerOutcome
from domain.contact.danger import AcknowledgeDanger, SettleDanger
from domain.contact.logged import LogContact
from domain.contact.state import Contact, contact_stream
from domain.journey.state import journey_stream
from domain.pathway.model import Pin
from domain.refusal import RefusalCode
from domain.stream.firing import RungsFired
from tests.domain.contact.given import SAFE, hotline
from tests.fix_engine import MILA, Bench, write_pathway
from tests.fix_mail import Everyone, MailSink, Member
from tests.pathway_examples import small_pathway
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import LOOK_AGAIN, Answer, Order, Start

STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"consultant"})),
        Member(uuid4(), "desa@example.org", frozenset({"on-call"})),
        Member(uuid4(), "sanja@example.org", frozenset({"supervisor"})),
    ]
)


class Line:
    """The hotline of a bench, with its worker's queue."""

    def __init__(self, bench: Bench, client: Client, queue: str, pin: Pin) -> None:
        self.bench, self.client, self.pin = bench, client, pin
        self._road = Road(client, bench.recorder, task_queue=queue, patience=30)  # no test of hurry

    async def give(self, contact: UUID, command: Command) -> Answer:
        """Through the workflow."""
        order = Order(stream=contact_stream(contact), command_id=uuid4(), actor=MILA, command=to_wire(command))
        arrived = await self._road.take(order)
        assert arrived.way in {Way.WORKFLOW, Way.BETWEEN_RUNS}
        return arrived.answer

    async def log(self, caller: str = "direct-help", **fields: object) -> UUID:
        """A contact."""
        contact = uuid4()
        await self.give(contact, LogContact.model_validate({"pin": self.pin, "caller": caller, **fields}))
        return contact

    def state(self, contact: UUID) -> Contact:
        state = self.bench.recorder.state(contact_stream(contact))
        assert isinstance(state, Contact)
        return state

    async def reach(self, contact: UUID, moment: datetime) -> None:
        """The log's clock stands there, and the workflow hears of it."""
        self.bench.log.set_clock(moment)
        await self.client.get_workflow_handle(contact_stream(contact)).signal(LOOK_AGAIN)

    def next_wake(self, contact: UUID) -> datetime:
        wake = self.bench.recorder.load(Start(stream=contact_stream(contact))).wake
        assert wake is not None
        return wake.at

    async def ended(self, contact: UUID) -> None:
        async with asyncio.timeout(30):
            await self.client.get_workflow_handle(contact_stream(contact)).result()


@pytest.fixture
async def client(temporal_server: TemporalServer, tmp_path: Path) -> Client:
    """A client of the running server."""
    return await Client.connect(temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k")))


def published(bench: Bench) -> Pin:
    """The small pathway with a hotline, as its second version."""
    return write_pathway(bench.pathways, small_pathway(2).model_copy(update={"hotline": hotline()}))


def letters(bench: Bench, sink: MailSink) -> Deliverer:
    return Deliverer(bench.log, STAFF, sink.postbox, lambda code: f"https://putokaz.example.org/j/{code}")


async def told(sink: MailSink, address: str, times: int) -> None:
    """At least so many letters have gone there."""
    await until(lambda: sum(mail["To"] == address for mail in sink.mails) >= times)


async def until(holds: Callable[[], bool], seconds: float = 40.0) -> None:
    """Waits for it."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def test_an_alarm_goes_from_one_to_the_next_until_somebody_has_it(
    bench: Bench, client: Client, mail_sink: MailSink
) -> None:
    """On call at once, the consultant after five minutes, the supervisor after ten and again; then nobody any more."""
    queue, pin = f"q-{uuid4()}", published(bench)
    async with engine(client, bench.recorder, letters(bench, mail_sink), task_queue=queue):
        line = Line(bench, client, queue, pin)
        contact = await line.log(danger="threat")
        for number, whom in enumerate(("desa", "mila", "sanja", "sanja"), start=1):
            await told(mail_sink, f"{whom}@example.org", number - 2 if whom == "sanja" else 1)
            await line.reach(contact, line.next_wake(contact))
        await told(mail_sink, "sanja@example.org", 3)
        await line.give(contact, AcknowledgeDanger(by=MILA))
        heard = len(line.bench.log.load(contact_stream(contact)).history)
        await line.reach(contact, bench.log.now() + timedelta(hours=1))
        await asyncio.sleep(1)
        assert len(line.bench.log.load(contact_stream(contact)).history) == heard
        await line.give(contact, SettleDanger(outcome=DangerOutcome.SAFE_NOW))
        await line.ended(contact)
    assert all("threat" not in m.as_string() for m in mail_sink.mails)


async def test_a_promised_call_is_heard_of_when_its_hours_open_and_ends_with_the_call(
    bench: Bench, client: Client, mail_sink: MailSink
) -> None:
    """To whoever answers the phone; the contact is over once the call was made."""
    queue, pin = f"q-{uuid4()}", published(bench)
    async with engine(client, bench.recorder, letters(bench, mail_sink), task_queue=queue):
        line = Line(bench, client, queue, pin)
        contact = await line.log(safe=SAFE, call_back=True)
        promise = line.state(contact).promise
        assert promise is not None
        await line.reach(contact, promise.opens_at)
        await until(lambda: [m["To"] for m in mail_sink.mails] == ["mila@example.org"])
        fired = next(r for r in bench.log.load(contact_stream(contact)).history if isinstance(r.event, RungsFired))
        assert fired.recorded_at >= promise.opens_at
        await line.give(contact, RecordCallBack(outcome=CallOutcome.MADE))
        await line.ended(contact)


async def test_a_silent_call_is_over_at_once_and_a_journey_begins_from_one_that_is_over(
    bench: Bench, client: Client
) -> None:
    """The journey is opened and then linked; one that does not exist refuses, and that is shown."""
    queue, pin = f"q-{uuid4()}", published(bench)
    async with engine(client, bench.recorder, None, task_queue=queue):
        line, nowhere = Line(bench, client, queue, pin), uuid4()
        contact = await line.log("silent")
        await line.ended(contact)
        await line.give(contact, BeginJourney(caseworker=MILA))
        await line.give(contact, AttachContact(journey=nowhere))
        journey = begun_journey(contact, 1)
        await until(lambda: not line.state(contact).pending)
        await line.ended(contact)
        attachments = line.state(contact).attachments
        assert attachments[journey].status is AttachStatus.AGREED
        assert attachments[nowhere].refused is RefusalCode.UNKNOWN_JOURNEY
        begun = bench.recorder.journey(journey_stream(journey))
        assert begun is not None
        assert list(begun.contacts) == [contact]
