"""A contact belongs to a journey once both have recorded it; a journey that refuses is shown."""

from __future__ import annotations

from uuid import UUID

from domain.contact.attaching import (
    AttachContact,
    BeginJourney,
    ContactAttached,
    ContactDetached,
    DetachContact,
    JourneyBegun,
    begun_journey,
)
from domain.contact.codes import AttachStatus
from domain.contact.state import Contact
from domain.journey.contacts import ContactLinked, ContactUnlinked, LinkContact, UnlinkContact
from domain.journey.merging import MergeJourney
from domain.journey.opening import OpenJourney
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay, Dispatch
from tests.domain.contact.given import CONTACT_ID, called
from tests.domain.given import JOURNEY, MILA, OTHER, begun, planned
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pin


def under_way(contact: GivenOf[Contact]) -> Dispatch:
    """The one command that is."""
    [dispatch] = contact.state.pending.values()
    return dispatch


def answered(contact: GivenOf[Contact], refused: RefusalCode | None = None) -> GivenOf[Contact]:
    """The journey has answered it."""
    return contact.later(seconds=1).having(AcknowledgeRelay(dispatch=under_way(contact).id, refused=refused))


def status(contact: GivenOf[Contact], journey: UUID = JOURNEY) -> AttachStatus:
    """How that attachment stands."""
    return contact.state.attachments[journey].status


def test_attaching_is_agreed_once_the_journey_has_recorded_it() -> None:
    """Under way until then. From then on earlier contacts of the number may be shown."""
    before = called(caller="silent")
    before.when(AttachContact(journey=JOURNEY)).then(ContactAttached(journey=JOURNEY))
    asked = before.having(AttachContact(journey=JOURNEY))
    dispatch = under_way(asked)
    assert (dispatch.stream, dispatch.command) == (f"journey-{JOURNEY}", LinkContact(contact=CONTACT_ID))
    assert (status(asked), asked.state.shows_repeats) == (AttachStatus.UNDER_WAY, False)
    done = answered(asked)
    assert (status(done), done.state.shows_repeats, done.state.pending) == (AttachStatus.AGREED, True, {})
    done.when(AttachContact(journey=JOURNEY)).then_refused(RefusalCode.ALREADY_ATTACHED)


def test_a_journey_that_refuses_is_shown_and_may_be_asked_again() -> None:
    """With its reason."""
    refused = answered(called().having(AttachContact(journey=JOURNEY)), RefusalCode.UNKNOWN_JOURNEY)
    attachment = refused.state.attachments[JOURNEY]
    assert (attachment.status, attachment.refused) == (AttachStatus.REFUSED, RefusalCode.UNKNOWN_JOURNEY)
    again = answered(refused.having(AttachContact(journey=JOURNEY)))
    assert status(again) is AttachStatus.AGREED


def test_an_attachment_taken_back_is_taken_back_on_both_sides() -> None:
    """Also where the answer to the first is still to come."""
    called().when(DetachContact(journey=JOURNEY)).then_refused(RefusalCode.NOT_ATTACHED)
    attached = answered(called().having(AttachContact(journey=JOURNEY)))
    attached.when(DetachContact(journey=JOURNEY)).then(ContactDetached(journey=JOURNEY))
    gone = attached.having(DetachContact(journey=JOURNEY))
    assert under_way(gone).command == UnlinkContact(contact=CONTACT_ID)
    assert answered(gone).state.attachments == {}


def test_a_journey_begins_with_a_contact_and_then_knows_it() -> None:
    """Opened first, linked when that is done; the id follows from the contact, so that a repetition opens no second."""
    journey = begun_journey(CONTACT_ID, 1)
    called().when(BeginJourney(caseworker=MILA)).then(
        JourneyBegun(journey=journey, journey_pin=small_pin(), caseworker=MILA)
    )
    opening = called().having(BeginJourney(caseworker=MILA))
    assert under_way(opening).command == OpenJourney(pin=small_pin(), caseworker=MILA)
    linking = answered(opening)
    assert (under_way(linking).command, status(linking, journey)) == (
        LinkContact(contact=CONTACT_ID),
        AttachStatus.UNDER_WAY,
    )
    done = answered(linking)
    assert (status(done, journey), done.state.attachments[journey].opened) == (AttachStatus.AGREED, True)
    second = done.having(BeginJourney(journey_pin=small_pin(2)))
    assert begun_journey(CONTACT_ID, 2) in second.state.attachments


def test_a_journey_that_could_not_be_opened_is_shown_as_refused() -> None:
    """Nothing is linked to what is not there."""
    refused = answered(called().having(BeginJourney()), RefusalCode.ALREADY_OPENED)
    assert status(refused, begun_journey(CONTACT_ID, 1)) is AttachStatus.REFUSED
    assert refused.state.pending == {}


def test_the_journey_records_its_side_once() -> None:
    """A repetition is nothing; what is not linked is not unlinked."""
    linked = begun().when(LinkContact(contact=CONTACT_ID)).then(ContactLinked(contact=CONTACT_ID))
    assert list(linked.state.contacts) == [CONTACT_ID]
    linked.when(LinkContact(contact=CONTACT_ID)).then_nothing()
    linked.when(UnlinkContact(contact=CONTACT_ID)).then(ContactUnlinked(contact=CONTACT_ID))
    begun().when(UnlinkContact(contact=CONTACT_ID)).then_nothing()


def test_a_merged_journey_says_where_it_went() -> None:
    """The contact belongs to the one that goes on."""
    merged = planned().having(MergeJourney(survivor=OTHER))
    merged.when(LinkContact(contact=CONTACT_ID)).then_refused(RefusalCode.JOURNEY_MERGED, other=OTHER)
