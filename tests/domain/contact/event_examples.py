"""One example of every event of a contact, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.codes import Role
from domain.contact.attaching import ContactAttached, ContactDetached, JourneyBegun
from domain.contact.calling import CallBackPromised, CallBackReleased, CalledBack
from domain.contact.codes import (
    CallOutcome,
    CallUrgency,
    DangerOutcome,
    HotlineChannel,
    MayCall,
    NextStep,
    ReleaseReason,
)
from domain.contact.danger import DangerAcknowledged, DangerRaised, DangerSettled
from domain.contact.logged import ContactCorrected, ContactLogged, ContactNoted
from domain.contact.reporting import AuthorityReported
from domain.contact.safe import SafeContactRevised
from domain.contact.state import SafeContact, Sorting
from domain.deadline import Deadline
from domain.event import Event
from domain.pathway.model import Pin
from domain.sealed import Notes, Sealed

MILA = UUID("00000000-0000-4000-8000-00000000a001")
JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
CALLER = UUID("7f3e0000-0000-4000-8000-00000000ca11")
HAPPENED = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
PIN = Pin(name="astra", version=2, sha256="ab" * 32)
SORTING = Sorting(
    channel=HotlineChannel.PHONE,
    caller="direct-help",
    topics=("legal", "health"),
    language="sr-Latn",
    urgency=CallUrgency.URGENT,
    next_step=NextStep.CALL_BACK,
)
SAFE = SafeContact(
    may_call=MayCall.ALLOWED,
    channel=HotlineChannel.PHONE,
    window="daytime",
    leave_message=False,
    valid_until=date(2026, 6, 1),
)


def contact_events(ladder: Deadline) -> tuple[Event, ...]:
    """All of them."""
    at = HAPPENED
    return (
        ContactLogged(
            occurred_at=at,
            pin=PIN,
            on=date(2026, 3, 2),
            sorting=SORTING,
            safe=SAFE,
            caller=CALLER,
            may_recognise=True,
            note=NOTE,
        ),
        ContactCorrected(occurred_at=at, corrects=1, sorting=SORTING, note=NOTE),
        ContactNoted(occurred_at=at, note=NOTE),
        SafeContactRevised(occurred_at=at, safe=SAFE, note=NOTE),
        CallBackPromised(
            occurred_at=at,
            number=1,
            role=Role.CONSULTANT,
            staff=MILA,
            window="daytime",
            opens_at=at,
            deadline=ladder,
        ),
        CalledBack(
            occurred_at=at,
            number=1,
            outcome=CallOutcome.NOT_REACHED,
            role=Role.SUPERVISOR,
            opens_at=at,
            deadline=ladder,
            note=NOTE,
        ),
        CallBackReleased(occurred_at=at, number=1, reason=ReleaseReason.UNREACHABLE, note=NOTE),
        DangerRaised(occurred_at=at, number=1, sign="threat", deadline=ladder, note=NOTE),
        DangerAcknowledged(occurred_at=at, number=1, by=MILA, deadline=ladder),
        DangerSettled(occurred_at=at, number=1, outcome=DangerOutcome.SAFE_NOW, note=NOTE),
        AuthorityReported(
            occurred_at=at, duty="child", authority="centre-for-social-work", article="ZKP 280", note=NOTE
        ),
        ContactAttached(occurred_at=at, journey=JOURNEY),
        ContactDetached(occurred_at=at, journey=JOURNEY),
        JourneyBegun(occurred_at=at, journey=JOURNEY, journey_pin=PIN, caseworker=MILA),
    )
