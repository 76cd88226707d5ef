"""The events of residence. Each that sets or moves a date carries every timer of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.residence.codes import ApplicationOutcome, EndReason
from domain.journey.residence.state import permit_key
from domain.sealed import Notes, Sealed
from domain.values import Code, Count

Note = Sealed[Notes] | None


class ResidenceGranted(Event, topic="journey.residence-granted"):
    """A permit was given, from and until these days, both covered. It takes the place of the one before."""

    number: Count
    kind: Code
    ground: Code
    valid_from: date
    valid_until: date
    role: Role
    deadline: Deadline
    document: UUID | None = None
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ExtensionApplied(Event, topic="journey.residence-extension-applied"):
    """An extension was applied for. The clock goes on: an application is no permit."""

    number: Count
    applied_on: date
    document: UUID | None = None
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ApplicationSettled(Event, topic="journey.residence-application-settled"):
    """The application leads to no extension."""

    number: Count
    outcome: ApplicationOutcome
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceExtended(Event, topic="journey.residence-extended"):
    """The permit has a new last day: it and every timer in one event. What was applied for is decided."""

    number: Count
    valid_until: date
    deadline: Deadline
    document: UUID | None = None
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceExpired(Event, topic="journey.residence-expired"):
    """The last day has passed and nothing extended it. `deadline` has the next alarm."""

    number: Count
    deadline: Deadline

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceAlarmRepeated(Event, topic="journey.residence-alarm-repeated"):
    """Still nothing covers the person. `deadline` has the next alarm."""

    number: Count
    deadline: Deadline

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceRevoked(Event, topic="journey.residence-revoked"):
    """The permit was taken away on this ground."""

    number: Count
    ground: Code
    deadline: Deadline
    document: UUID | None = None
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceEnded(Event, topic="journey.residence-ended"):
    """Nobody has to watch over this permit any longer."""

    number: Count
    reason: EndReason
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceReinstated(Event, topic="journey.residence-reinstated"):
    """The permit that took its place was never given: this one is watched over again, as it stood."""

    number: Count
    deadline: Deadline

    @property
    def part(self) -> str:
        return permit_key(self.number)


class ResidenceCorrected(Event, topic="journey.residence-corrected"):
    """What `corrects` says of the permit was a mistake; this stands instead. Without a kind it was never given.

    It is valid then, unless another permit has its place.
    """

    number: Count
    corrects: Count
    kind: Code | None = None
    ground: Code | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    deadline: Deadline | None = None
    note: Note = None

    @property
    def part(self) -> str:
        return permit_key(self.number)
