"""A contact is logged in one go, anonymous by default, and corrected by an event that names what it corrects."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import StreamName
from domain.contact.codes import CallUrgency, HotlineChannel, MayCall, NextStep
from domain.contact.logged import ContactCorrected, ContactLogged, ContactNoted, CorrectContact, LogContact, NoteContact
from domain.contact.naming import caller_code, contact_code, contact_id
from domain.contact.state import SafeContact, Sorting, contact_stream
from domain.refusal import RefusalCode
from domain.stream.naming import code_prefix_of
from tests.domain.contact.given import CONTACT_ID, SAFE, called, nothing_yet
from tests.domain.given import MONDAY, NOTE
from tests.pathway_examples import small_pathway, small_pin


def test_a_silent_call_needs_one_key() -> None:
    """Kind of caller, nothing else; nothing is owed and the stream ends at once."""
    silent = nothing_yet().when(LogContact(pin=small_pin(), caller="silent"))
    silent.then(
        ContactLogged(
            pin=small_pin(),
            on=date(2026, 3, 2),
            sorting=Sorting(channel=HotlineChannel.PHONE, caller="silent", language="sr"),
            safe=SafeContact(),
        )
    )
    state = nothing_yet().and_then(*silent.events).state
    assert (state.is_open, state.caller, state.shows_repeats) == (False, None, False)


def test_everything_a_consultant_can_say_is_in_one_command() -> None:
    """With a promised call and a danger in the same breath."""
    contact = called(
        channel="e-mail",
        topics=("legal", "health", "legal"),
        language="rom",
        urgency="urgent",
        next_step="call-back",
        call_back=True,
        danger="threat",
        note=NOTE,
    )
    sorting = contact.state.sorting
    assert sorting.topics == ("legal", "health")
    assert (sorting.language, sorting.urgency, sorting.next_step) == ("rom", CallUrgency.URGENT, NextStep.CALL_BACK)
    assert [o.key for o in contact.owed] == ["danger:1", "call-back:1"]


def test_a_call_of_last_night_counts_on_its_local_day() -> None:
    """It was half past eleven in Belgrade, on Sunday."""
    assert called(occurred_at=MONDAY - timedelta(hours=10, minutes=30)).state.contacted_on == date(2026, 3, 1)
    nothing_yet().when(
        LogContact(pin=small_pin(), caller="silent", occurred_at=MONDAY + timedelta(hours=1))
    ).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


@pytest.mark.parametrize(
    ("fields", "part", "allowed"),
    [
        ({"caller": "aunt"}, "caller", ("direct-help", "relative", "silent")),
        ({"caller": "relative", "topics": ("weather",)}, "topics", ("legal", "health")),
        ({"caller": "relative", "safe": SafeContact(window="at-night")}, "window", ("daytime", "mornings")),
        ({"caller": "relative", "danger": "dragon"}, "sign", ("threat",)),
    ],
)
def test_a_code_that_the_pathway_does_not_list_is_refused(
    fields: dict[str, object], part: str, allowed: tuple[str, ...]
) -> None:
    """It would be counted nowhere."""
    command = LogContact.model_validate({"pin": small_pin(), **fields})
    nothing_yet().when(command).then_refused(RefusalCode.NOT_IN_CATALOGUE, part=part, allowed=allowed)


def test_a_pathway_without_a_hotline_takes_no_calls() -> None:
    """The engine knows no list of its own."""
    command = LogContact(pin=small_pin(), caller="silent")
    nothing_yet().on(small_pathway()).when(command).then_refused(RefusalCode.NO_HOTLINE)


def test_a_contact_is_logged_once_and_nothing_is_said_of_one_that_is_not() -> None:
    """A repetition is answered from the outcome, before anybody decides."""
    called().when(LogContact(pin=small_pin(), caller="silent")).then_refused(RefusalCode.ALREADY_OPENED)
    nothing_yet().when(NoteContact(note=NOTE)).then_refused(RefusalCode.UNKNOWN_CONTACT)


def test_a_wrong_key_is_corrected_by_name() -> None:
    """The first entry stays; statistics count the last."""
    wrong = called(caller="silent")
    wrong.when(CorrectContact(caller="relative", note=NOTE)).then(
        ContactCorrected(
            corrects=1, sorting=Sorting(channel=HotlineChannel.PHONE, caller="relative", language="sr"), note=NOTE
        )
    )
    right = wrong.having(CorrectContact(caller="relative"))
    assert right.state.sorting.caller == "relative"
    assert right.state.sorted_version == 2
    right.when(CorrectContact(caller="relative")).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    right.when(CorrectContact(caller="aunt")).then_refused(RefusalCode.NOT_IN_CATALOGUE)


def test_a_note_is_added_to_a_contact_that_owes_nothing() -> None:
    """Somebody remembers on the next day."""
    called(caller="silent").when(NoteContact(note=NOTE)).then(ContactNoted(note=NOTE))


def test_codes_of_contacts_and_callers_are_told_apart() -> None:
    """The same id under two marks is never taken for the other."""
    assert contact_code(CONTACT_ID).startswith("PZ-")
    assert caller_code(CONTACT_ID).startswith("PB-")
    assert code_prefix_of(StreamName.CONTACT, contact_code(CONTACT_ID).lower()) == contact_code(CONTACT_ID)
    assert contact_id(contact_stream(CONTACT_ID)) == CONTACT_ID
    with pytest.raises(ValueError, match="not the stream of a contact"):
        contact_id(f"journey-{CONTACT_ID}")


def test_what_was_not_said_allows_nothing() -> None:
    """Fail closed; a permission that has run out is none."""
    day = date(2026, 3, 2)
    assert SAFE.allows(day)
    assert not SafeContact().allows(day)
    assert not SafeContact(may_call=MayCall.REFUSED).allows(day)
    assert SafeContact(may_call=MayCall.ALLOWED, valid_until=day).allows(day)
    assert not SafeContact(may_call=MayCall.ALLOWED, valid_until=day).allows(day + timedelta(days=1))
