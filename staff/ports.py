"""What the pages are given by the composition root: they know neither Temporal nor the log nor keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.codes import NOBODY, StreamName
from domain.command import Command
from domain.errors import PutokazError
from domain.event import Event, Recorded
from domain.journey import Journey
from domain.message import Channel, Doubt, DropReason
from domain.mission.rides import Ride
from domain.pathway.model import Pathway, Pin
from domain.refusal import Refused
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denied, Stance
from domain.sealed import Compartment
from projections.my_day.appointments import AppointmentRow
from vault.callers import Look
from workflows.messages import AnswerKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command. `position` is what a read model must reach to show it.

    `reminders_resume_later`: recorded while Temporal was away; the page says so.
    """

    kind: AnswerKind
    version: int
    position: int | None
    refusal: Refused | None
    reminders_resume_later: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a command would do: the events it would record, and where it is of a journey, that before and after."""

    events: tuple[Event, ...]
    refusal: Refused | None
    before: Journey | None
    after: Journey | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as pages show one."""

    id: UUID
    name: str
    roles: frozenset[str]
    locale: str


class Desk(Protocol):
    """Everything a page may ask for besides read models. Raises `Unavailable` where a part cannot be reached."""

    async def submit(
        self, stream: UUID, command: Command, *, command_id: UUID, actor: UUID, kind: StreamName = StreamName.JOURNEY
    ) -> Outcome:
        """Decides and records. The same `command_id` again returns the first outcome."""
        ...

    async def preview(
        self, stream: UUID, command: Command, *, actor: UUID = NOBODY, kind: StreamName = StreamName.JOURNEY
    ) -> Foreseen:
        """Decides without recording what `actor` would do."""
        ...

    def pathway(self, pin: Pin) -> Pathway:
        """The pinned pathway. Raises `PathwayMissing`."""
        ...

    def published(self, name: str, version: int) -> Pathway:
        """A version of a pathway as it is on this machine, for titles in lists. Raises `PathwayMissing`."""
        ...

    def pathways(self) -> Sequence[tuple[Pin, Pathway]]:
        """The newest version of each pathway, for opening a journey."""
        ...

    def read_pathway(self, content: bytes) -> Pathway:
        """The pathway of a file that is not published. Raises `PathwayInvalid` with a line for each fault."""
        ...

    def versions(self) -> Sequence[tuple[Pin, Pathway]]:
        """Every version of each pathway, by name and version: by which rules something was decided."""
        ...

    def seal(
        self,
        stream: UUID,
        compartment: Compartment,
        *,
        field: str,
        command_id: UUID,
        text: str,
        kind: StreamName = StreamName.JOURNEY,
    ) -> str:
        """Seals free text before it travels; the textual form of a `Sealed`. Raises `TextTooLong`."""
        ...

    def unseal(
        self,
        stream: UUID,
        compartment: Compartment,
        *,
        field: str,
        command_id: UUID,
        sealed: str,
        kind: StreamName = StreamName.JOURNEY,
    ) -> str:
        """The text for display. Raises `SealBroken`, `KeyDestroyed` or `VaultUnavailable`."""
        ...

    def rides(self, mission: UUID, driver: UUID) -> Sequence[Ride]:
        """The rides of a driver, with their places, still sealed, for the time of each ride."""
        ...

    def history(self, stream: str) -> Sequence[Recorded[Event]]:
        """What the log holds of a stream, oldest first: for streams of few events, as a mission is one."""
        ...

    def staff(self) -> Sequence[Person]:
        """The members of staff, for names and choices."""
        ...

    def provider_name(self, provider: UUID) -> str | None:
        """What the directory calls a provider; None where it does not know it, or cannot be read now."""
        ...


@dataclass(frozen=True, slots=True)
class FeedBody:
    """A calendar as bytes. `etag`, in quotes, is the same as long as nothing in it changes."""

    body: bytes
    etag: str


class Feeds(Protocol):
    """The private calendars of members of staff."""

    def holder(self, token: str) -> UUID | None:
        """Whose token it is; None for one that is unknown, expired or revoked. Raises `VaultUnavailable`."""
        ...

    def calendar(self, rows: Sequence[AppointmentRow], *, locale: str, now: datetime) -> FeedBody:
        """The appointments as iCalendar."""
        ...

    def calendar_file(self, rows: Sequence[AppointmentRow], *, locale: str, now: datetime) -> bytes:
        """The appointments as iCalendar that nobody subscribes to."""
        ...


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One message. `settled_at` None: on its way, or it waits for its hour; `reason` where it was dropped.

    `again`: how often a person had sent it again before.
    """

    message: UUID
    obligation: str
    asked_at: datetime
    channel: Channel
    recipients: tuple[UUID, ...]
    settled_at: datetime | None
    reason: DropReason | None
    doubt: Doubt | None
    digest: UUID | None
    again: int


class LetterUnknown(PutokazError):
    """No such message was ever asked for."""


class LetterRefused(PutokazError):
    """It is not sent again: its date does not hold any more, nobody can have it, or what sends is not set up."""


class Letters(Protocol):
    """The messages to members of staff, and their receipts."""

    def listed(self, stream: str) -> Sequence[LetterRow]:
        """Every message of a stream, in the order in which they were asked for."""
        ...

    async def resend(self, stream: str, message: UUID) -> UUID:
        """Sends one again; its new name. Raises `LetterUnknown`, `LetterRefused`, `Unavailable`."""
        ...


class Hotline(Protocol):
    """What a contact went through, and what is kept of callers. Raises `Unavailable`, `VaultUnavailable`."""

    def history(self, contact: UUID) -> Sequence[Recorded[Event]]:
        """Every event of a contact, oldest first; none where there is no such contact."""
        ...

    def caller(self, contact: UUID) -> UUID | None:
        """Whose contact it is, where the caller was told a code."""
        ...

    def is_number(self, number: str) -> bool:
        """Whether that could be a telephone number."""
        ...

    def keep(self, contact: UUID, number: str) -> None:
        """Keeps the number of a contact in the vault, in the place of one before. Raises `NumberInvalid`."""
        ...

    def number(self, contact: UUID, *, actor: UUID) -> str | Refused | None:
        """The number to call, if a call is safe today; None where none was kept. The look is written down first."""
        ...

    def repeats(self, contact: UUID, *, actor: UUID) -> Sequence[UUID] | Refused:
        """The other contacts of the same number, where that may be shown. The look is written down first."""
        ...

    def safe_contact_notes(self, contact: UUID, *, actor: UUID) -> Sequence[Recorded[Event]]:
        """The revisions of safe contact with a note, the latest first. The look is written down first."""
        ...

    def looks(self, contact: UUID) -> Sequence[Look]:
        """Who looked at what is kept of this contact, oldest first."""
        ...


class Rights(Protocol):
    """What a person may now. Raises `Unavailable` and `VaultUnavailable`: who cannot be asked allows nothing."""

    def may(self, staff: UUID, action: Action, stream: str | None = None) -> Allowed | Denied:
        """Whether they may, with what the stream (`journey-…`, `contact-…`) is about, or with none in particular."""
        ...

    def stance(self, staff: UUID, stream: str | None = None) -> Stance:
        """How they stand to it now, to be asked about several actions: a page shows many."""
        ...

    def stands_in_for(self, staff: UUID, absent: Iterable[UUID]) -> Collection[UUID]:
        """Those of `absent` in whose place they act now."""
        ...


Clock = Callable[[], datetime]
"""The log's clock: an aware instant."""

Probe = Callable[[], bool]
"""Whether a part is ready now. False or any `PutokazError` means not."""

Probes = Mapping[str, Probe]
