"""The number of a caller: shown when a call is safe, found again with consent, and nowhere in the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from activities.pathway_files import PathwayStore
from domain.command import Command, to_wire
from domain.contact.attaching import AttachContact
from domain.contact.codes import MayCall
from domain.contact.logged import LogContact
from domain.contact.safe import ReviseSafeContact
from domain.contact.state import Contact, SafeContact, contact_stream
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.sealed import Compartment
from eventlog.sealing import Sealer
from tests.domain.contact.given import SAFE, hotline
from tests.fix_engine import MILA, Bench, write_pathway
from tests.pathway_examples import small_pathway
from tests.security.canaries import canary, forms
from vault.callers import Callers
from vault.kek import Kek
from vault.keys import Keys
from worker.calling import CallerDesk
from workflows.messages import Order, Relay

NUMBER = "+381601234567"


@dataclass
class Office:
    """A hotline on a real log with a real vault."""

    bench: Bench
    pin: Pin
    callers: Callers
    desk: CallerDesk
    sealer: Sealer

    def give(self, contact: UUID, command: Command, command_id: UUID | None = None) -> None:
        order = Order(
            stream=contact_stream(contact), command_id=command_id or uuid4(), actor=MILA, command=to_wire(command)
        )
        assert self.bench.recorder.record(order).answer.refusal is None

    def log(self, **fields: object) -> UUID:
        """A contact whose number is kept."""
        contact = uuid4()
        self.give(contact, LogContact.model_validate({"pin": self.pin, "caller": "relative", **fields}))
        self.callers.keep(contact, NUMBER)
        return contact


@pytest.fixture
def office(bench: Bench, vault_database: str) -> Iterator[Office]:
    pin = write_pathway(bench.pathways, small_pathway(2).model_copy(update={"hotline": hotline()}))
    keys = Keys(vault_database, Kek(b"\x01" * 32))
    callers = Callers(vault_database, keys, home="+381")
    desk = CallerDesk(bench.log, bench.recorder, PathwayStore(bench.pathways), callers)
    yield Office(bench, pin, callers, desk, Sealer(keys))
    callers.close()
    keys.close()


def test_a_number_is_shown_only_while_a_call_is_safe(office: Office) -> None:
    """Not asked, refused, run out: no number, and the vault is not even asked."""
    contact = office.log()
    assert office.desk.number(contact, actor=MILA) == Refused(code=RefusalCode.CALL_BACK_NOT_PERMITTED)
    assert office.callers.looks(contact) == []
    office.give(contact, ReviseSafeContact(safe=SAFE))
    assert office.desk.number(contact, actor=MILA) == NUMBER
    assert [look.actor for look in office.callers.looks(contact)] == [MILA]
    office.give(contact, ReviseSafeContact(safe=SafeContact(may_call=MayCall.REFUSED)))
    assert office.desk.number(contact, actor=MILA) == Refused(code=RefusalCode.CALL_BACK_NOT_PERMITTED)
    assert office.desk.number(uuid4(), actor=MILA) == Refused(code=RefusalCode.UNKNOWN_CONTACT)


def test_earlier_contacts_are_shown_with_consent_or_once_it_belongs_to_a_journey(office: Office) -> None:
    """Else nobody learns that this number called before."""
    first, second = office.log(), office.log()
    assert office.desk.repeats(second, actor=MILA) == Refused(code=RefusalCode.REPEATS_NOT_SHOWN)
    assert office.desk.repeats(office.log(may_recognise=True), actor=MILA) == [first, second]
    office.give(second, AttachContact(journey=office.bench.opened()))
    [dispatch] = _state(office, second).pending
    office.bench.recorder.relay(Relay(stream=contact_stream(second), dispatch=dispatch))
    assert first in _list(office.desk.repeats(second, actor=MILA))


def test_neither_number_nor_text_stands_in_the_log(office: Office) -> None:
    """Not in any form in which a row could hold it; and what is looked for is found where it is."""
    contact, command_id = uuid4(), uuid4()
    latin, cyrillic = canary("contact")
    note = office.sealer.seal(
        f"{latin} {cyrillic} {NUMBER}",
        stream=contact_stream(contact),
        compartment=Compartment.NOTES,
        field="note",
        command_id=command_id,
    )
    command = LogContact(pin=office.pin, caller="relative", safe=SAFE, call_back=True, note=note)
    office.give(contact, command, command_id)
    office.callers.keep(contact, NUMBER)
    rows = [bytes(row.state) for row in office.bench.log.page(0, 100) if row.stream == contact_stream(contact)]
    needles = [
        needle for text in (latin, cyrillic, NUMBER, NUMBER[1:], "0601234567") for needle in forms(text).values()
    ]
    assert len(rows) >= 2
    assert not [needle for needle in needles for row in rows if needle in row]
    assert any(b"relative" in row for row in rows)


def _state(office: Office, contact: UUID) -> Contact:
    state = office.bench.recorder.state(contact_stream(contact))
    assert isinstance(state, Contact)
    return state


def _list(found: list[UUID] | Refused) -> list[UUID]:
    assert not isinstance(found, Refused)
    return found
