"""The state of a contact: what its events add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import Role, StreamName
from domain.contact.codes import AttachStatus, CallUrgency, DangerOutcome, HotlineChannel, MayCall, NextStep
from domain.contact.naming import contact_id
from domain.pathway.model import Pin
from domain.refusal import RefusalCode
from domain.stream.dispatching import Dispatch
from domain.stream.obligation import Clockwork
from domain.values import Code, Language, Value


class SafeContact(Value):
    """What the caller said is safe. Without a `window` any of the hotline's first one; stale after `valid_until`."""

    may_call: MayCall = MayCall.NOT_ASKED
    channel: HotlineChannel | None = None
    window: Code | None = None
    leave_message: bool = False
    valid_until: date | None = None

    def allows(self, day: date) -> bool:
        """Whether we may call on that local day. What was not said, or is stale, allows nothing."""
        return self.may_call is MayCall.ALLOWED and (self.valid_until is None or day <= self.valid_until)


class Sorting(Value):
    """As what a contact counts: what statistics are made of."""

    channel: HotlineChannel
    caller: Code
    topics: tuple[Code, ...] = ()
    language: Language
    urgency: CallUrgency = CallUrgency.ORDINARY
    next_step: NextStep = NextStep.NONE


@dataclass(frozen=True)
class Promise:
    """A promised call. `opens_at`: from then on, until it is due, is when the caller can be called."""

    key: str
    role: Role
    staff: UUID | None
    window: str
    opens_at: datetime
    promised_at: datetime
    version: int
    clockwork: Clockwork
    attempts: int = 0


@dataclass(frozen=True)
class DangerState:
    """`acknowledged_by` is the person who has it; open until `outcome` says how it ended."""

    key: str
    number: int
    sign: str
    raised_at: datetime
    version: int
    clockwork: Clockwork
    acknowledged_by: UUID | None = None
    acknowledged_at: datetime | None = None
    outcome: DangerOutcome | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True)
class Report:
    """A report to an authority, as the duty of the pathway names it."""

    duty: str
    authority: str
    article: str | None
    at: datetime
    version: int


@dataclass(frozen=True)
class Attachment:
    """The journey that a contact belongs to. `refused`: why the journey did not take it. `opened`: it began here."""

    journey: UUID
    status: AttachStatus
    version: int
    dispatch: UUID | None = None
    refused: RefusalCode | None = None
    opened: bool = False


@dataclass(frozen=True)
class Contact:
    """`caller` is a code of ours that a person who calls again may name; no number, no name."""

    stream: str
    version: int
    pin: Pin
    contacted_at: datetime
    contacted_on: date
    changed_at: datetime
    sorting: Sorting
    sorted_version: int
    safe: SafeContact
    caller: UUID | None = None
    may_recognise: bool = False
    promise: Promise | None = None
    promises: int = 0
    kept: int = 0
    dangers: Mapping[int, DangerState] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    attachments: Mapping[UUID, Attachment] = field(default_factory=dict)
    opened: int = 0
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return contact_id(self.stream)

    @property
    def is_open(self) -> bool:
        """Whether anything is owed: a promised call, or a danger that nobody has settled."""
        return self.promise is not None or any(danger.is_open for danger in self.dangers.values())

    @property
    def shows_repeats(self) -> bool:
        """Whether earlier contacts of the same number may be shown: with consent, or once it belongs to a journey."""
        return self.may_recognise or any(a.status is AttachStatus.AGREED for a in self.attachments.values())


def contact_stream(contact: UUID) -> str:
    """The stream, and the workflow id, of a contact."""
    return StreamName.CONTACT.stream(contact)
