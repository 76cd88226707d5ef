"""Contacts in their read model: the list, one of them, and the counts of a month that must agree with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from domain.command import Command
from domain.contact.attaching import AttachContact
from domain.contact.calling import RecordCallBack
from domain.contact.codes import CallOutcome, CallUrgency, HotlineChannel
from domain.contact.danger import AcknowledgeDanger
from domain.contact.kind import CONTACT
from domain.contact.logged import CorrectContact, LogContact
from domain.contact.naming import caller_code
from domain.contact.state import contact_stream
from domain.refusal import Refused
from domain.stream.dispatching import AcknowledgeRelay
from eventlog.decision import Decision
from projections.comparing import compare
from projections.contacts.queries import ContactFilter, list_contacts, one_contact, stats
from projections.my_day.queries import my_day
from projections.registry import READ_MODELS
from tests.domain.contact.given import SAFE, hotline_pathway
from tests.fix_eventlog import as_role
from tests.pathway_examples import small_pin
from tests.projections.conftest import ACTOR, Office

CALLER = uuid4()
JOURNEY = uuid4()


@dataclass
class Line:
    """The hotline of an office."""

    office: Office

    def give(self, contact: UUID, command: Command) -> None:
        """Decided as in earnest, and taken."""
        stream = contact_stream(contact)
        loaded = self.office.log.load(stream)
        state = CONTACT.fold(loaded.history)
        answer = CONTACT.decide(state, command, hotline_pathway(), loaded.now, stream=stream)
        assert not isinstance(answer, Refused), answer
        self.office.log.append(Decision(stream, loaded.version, uuid4(), ACTOR, answer))

    def log(self, caller: str, **fields: object) -> UUID:
        """A contact."""
        contact = uuid4()
        self.give(contact, LogContact.model_validate({"pin": small_pin(), "caller": caller, **fields}))
        return contact

    def answer(self, contact: UUID) -> None:
        """The journey took what it was asked."""
        state = CONTACT.fold(self.office.log.load(contact_stream(contact)).history)
        assert state is not None
        self.give(contact, AcknowledgeRelay(dispatch=next(iter(state.pending))))


def a_busy_day(office: Office) -> dict[str, UUID]:
    """One of each sort."""
    line = Line(office)
    made = {
        "silent": line.log("silent"),
        "wrong": line.log("silent", urgency="urgent"),
        "promised": line.log("relative", topics=("legal", "health"), safe=SAFE, call_back=True, known_as=CALLER),
        "kept": line.log("direct-help", topics=("legal",), safe=SAFE, call_back=True, language="en"),
        "danger": line.log("direct-help", danger="threat"),
    }
    line.give(made["wrong"], CorrectContact(caller="relative", channel=HotlineChannel.MESSAGE))
    line.give(made["kept"], RecordCallBack(outcome=CallOutcome.MADE))
    line.give(made["danger"], AcknowledgeDanger(by=ACTOR))
    line.give(made["kept"], AttachContact(journey=JOURNEY))
    line.answer(made["kept"])
    office.project()
    return made


def test_the_list_shows_what_is_open_and_finds_by_caller_and_journey(office: Office) -> None:
    """Newest first; the code that a caller was told finds what they told us before."""
    made = a_busy_day(office)
    everything = list_contacts(office.reader)
    assert (everything.total, [row.contact for row in everything.rows]) == (5, list(made.values())[::-1])
    opened = list_contacts(office.reader, ContactFilter(open=True))
    assert {row.contact for row in opened.rows} == {made["promised"], made["danger"]}
    assert all(row.due_at is not None for row in opened.rows)
    [known] = list_contacts(office.reader, ContactFilter(known_as=caller_code(CALLER).lower())).rows
    [attached] = list_contacts(office.reader, ContactFilter(journey=JOURNEY)).rows
    assert (known.contact, attached.contact) == (made["promised"], made["kept"])
    assert list_contacts(office.reader, ContactFilter(code="!")).rows == ()
    first = list_contacts(office.reader, limit=3)
    rest = list_contacts(office.reader, limit=3, cursor=first.next)
    assert [*first.rows, *rest.rows] == list(everything.rows)


def test_one_contact_has_its_parts(office: Office) -> None:
    """With the versions that a form sends back."""
    made = a_busy_day(office)
    danger = one_contact(office.reader, made["danger"])
    assert danger is not None
    assert danger.details["dangers"][0]["acknowledged_by"] == str(ACTOR)
    kept = one_contact(office.reader, made["kept"])
    assert kept is not None
    assert (kept.row.kept, kept.details["shows_repeats"]) == (1, True)
    assert [a["status"] for a in kept.details["attachments"]] == ["agreed"]
    assert one_contact(office.reader, uuid4()) is None


def test_the_counts_of_a_month_agree_with_the_list(office: Office) -> None:
    """Corrected contacts count as what they are; small counts are shown as they are."""
    a_busy_day(office)
    rows = list_contacts(office.reader).rows
    counted = stats(office.reader, rows[0].contacted_on)
    assert counted.total == len(rows)
    assert counted.by_caller == Counter(row.caller for row in rows)
    assert counted.by_topic == {"": 3, "legal": 2, "health": 1}
    assert counted.by_language == {"sr": 4, "en": 1}
    assert counted.by_urgency == {CallUrgency.ORDINARY.value: 4, CallUrgency.URGENT.value: 1}
    assert counted.by_channel == {"phone": 4, "message": 1}
    assert (counted.promised, counted.kept, counted.dangers, counted.reports, counted.attached) == (2, 1, 1, 0, 1)
    empty = stats(office.reader, date(2020, 12, 5))
    assert (empty.first, empty.end, empty.total, empty.by_caller) == (date(2020, 12, 1), date(2021, 1, 1), 0, {})


def test_contacts_owe_on_my_day_and_every_row_compares_with_the_log(office: Office) -> None:
    """The promised call is whoever answers the phone's, the danger that of the person who has it."""
    made = a_busy_day(office)
    now = office.log.now()
    mine = my_day(office.reader, staff=ACTOR, now=now, today=now.date())
    assert [(row.stream_id, row.what) for row in mine.rows] == [(made["danger"], "threat")]
    tables = compare(as_role(office.dsn, "putokaz_reader"), models=READ_MODELS)
    assert all(table.is_equal and not table.differing for table in tables)
    before = office.tables()
    assert office.rebuilt() == before
