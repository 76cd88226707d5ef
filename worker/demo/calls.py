"""Contacts at the hotline that have to do with a journey: one that opens it, one attached to the wrong one at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.command import Command
from domain.contact.attaching import AttachContact, BeginJourney, DetachContact
from domain.contact.calling import ReleaseCallBack
from domain.contact.codes import CallUrgency, HotlineChannel, MayCall, NextStep, ReleaseReason
from domain.contact.logged import CorrectContact, LogContact, NoteContact
from domain.contact.safe import ReviseSafeContact
from domain.contact.state import SafeContact, contact_stream
from worker.demo.days import Days
from worker.demo.staff import JASNA, MILA
from worker.demo.tale import NAMESPACE, Story
from worker.demo.told import Told
from worker.demo.writing import UNSEALED

DAYTIME = SafeContact(may_call=MayCall.ALLOWED, channel=HotlineChannel.PHONE, window="daytime")


def contact_id(name: str) -> UUID:
    """The id of a contact of that name."""
    return uuid5(NAMESPACE, f"contact {name}")


class Writing(Protocol):
    """Where commands go."""

    def tell(self, tale: CallTale, command: Command, actor: UUID, note: str | None, field: str = "note") -> None: ...


@dataclass
class CallTale(Told):
    """One contact while it is being told."""

    name: str
    pinned: Pinned
    days: Days
    writing: Writing

    def __post_init__(self) -> None:
        self.id = contact_id(self.name)
        self.stream = contact_stream(self.id)
        self.now = self.days.now

    def tell(self, command: Command, note: str | None = None) -> None:
        """Gives a command as the consultant who took the call."""
        self.writing.tell(self, command, JASNA.id, note)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """The working day nearest to that one, at that hour in Belgrade."""
        return self.days.at(self.days.near(day), time(hour, minute))


def asks_for_help(tale: CallTale) -> Story:
    """Calls in the morning; a journey is opened from the call."""
    yield tale.at(-1, 8, 1)
    tale.tell(
        LogContact(
            pin=tale.pinned.pin, caller="direct-help", topics=("own-situation",), next_step=NextStep.OPEN_JOURNEY
        ),
        "Говори тихо, неко је у другој соби.",
    )
    yield tale.at(-1, 8, 6)
    tale.tell(BeginJourney(caseworker=MILA.id))


def aunt_of_somebody(tale: CallTale) -> Story:
    """Attached to the journey of another child with the same name; she may be called, then not any more."""
    yield tale.at(-64, 14, 20)
    tale.tell(LogContact(pin=tale.pinned.pin, caller="relative", topics=("concern",), safe=DAYTIME, call_back=True))
    tale.tell(AttachContact(journey=uuid5(NAMESPACE, "plan-overdue")))
    yield tale.at(-64, 14, 45)
    tale.tell(DetachContact(journey=uuid5(NAMESPACE, "plan-overdue")))
    tale.tell(AttachContact(journey=uuid5(NAMESPACE, "child-with-guardian")))
    tale.tell(NoteContact(note=UNSEALED), "Tetka po ocu; živi u drugom gradu.")
    tale.tell(CorrectContact(urgency=CallUrgency.URGENT))
    yield tale.at(-64, 15, 30)
    tale.tell(ReleaseCallBack(reason=ReleaseReason.REACHED_OTHERWISE))
    tale.tell(ReviseSafeContact(safe=SafeContact(may_call=MayCall.REFUSED)))


CALLS: Sequence[tuple[str, Callable[[CallTale], Story]]] = (
    ("asks-for-help", asks_for_help),
    ("aunt-of-somebody", aunt_of_somebody),
)
"""Their names, from which their ids derive, and what happens."""
