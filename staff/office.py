"""What the pages of the office are given: the directory of providers, the people who work here, and what keeps it up.

office.providers.listed()
await office.people.change(staff, account, seen=…, actor=…, command_id=…)
await office.upkeep.temporal()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.errors import PutokazError
from domain.event import Event, Recorded
from domain.provider.state import Provider
from vault.feeds import Feed
from vault.preferences import Preferences
from vault.staff import StaffMember
from vault.staff_changes import StaffChange
from vault.staff_register import Account


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """One entry of the directory, opened for display. A text is None where it was erased or does not open."""

    id: UUID
    code: str
    state: Provider
    identity: str | None
    capacity: str | None
    history: Sequence[Recorded[Event]] = field(repr=False)


class Providers(Protocol):
    """The directory of providers, as the log has it now. Raises `Unavailable`, `VaultUnavailable`."""

    def listed(self) -> Sequence[ProviderEntry]:
        """Everyone who was ever taken in."""
        ...

    def find(self, provider: UUID) -> ProviderEntry | None:
        """One of them."""
        ...


class PeopleFault(StrEnum):
    """Why an account is not kept as it was entered. A page has a sentence for each."""

    EMAIL_TAKEN = "email-taken"
    """Somebody else signs in with this address."""
    OWN_ROLES = "own-roles"
    """Nobody gives or takes roles of their own."""
    EXISTS = "exists"
    """The person was added already, by another form."""


class PeopleRefused(PutokazError):
    """Nothing was changed."""

    def __init__(self, fault: PeopleFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class PersonUnknown(PutokazError):
    """Nobody has this id."""


class PersonChanged(PutokazError):
    """Somebody else was first, and nothing was overwritten. `stored` is what is there now."""

    def __init__(self, stored: StaffMember) -> None:
        super().__init__("changed meanwhile")
        self.stored = stored


@dataclass(frozen=True, slots=True)
class FeedToken:
    """A new calendar with its address, which is shown once."""

    feed: Feed
    address: str = field(repr=False)


class People(Protocol):
    """Who works here, their private calendars, and who changed what. Each call raises `VaultUnavailable`.

    A `command_id` that was done already is not done again: the answer is then False, or None.
    """

    def listed(self) -> Sequence[StaffMember]:
        """Everybody, by name."""
        ...

    def find(self, staff: UUID) -> StaffMember | None:
        """One of them."""
        ...

    def add(self, staff: UUID, account: Account, *, actor: UUID, command_id: UUID) -> bool:
        """Adds a person. Raises `PeopleRefused`."""
        ...

    def change(self, staff: UUID, account: Account, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """Changes an account. Raises `PeopleRefused`, `PersonUnknown`, `PersonChanged`."""
        ...

    def settle(self, staff: UUID, preferences: Preferences, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """Changes how somebody wants to be reached. Raises `PersonUnknown`, `PersonChanged`."""
        ...

    def changes(self, staff: UUID | None = None, most: int = 50) -> Sequence[StaffChange]:
        """Who changed what, the newest first."""
        ...

    def changes_are_whole(self) -> bool:
        """Whether no line of that log was edited, moved or taken out."""
        ...

    def feeds(self, staff: UUID | None = None) -> Sequence[Feed]:
        """Every calendar that there is or was, the oldest first."""
        ...

    def make_feed(self, staff: UUID, lasts: timedelta, *, actor: UUID, command_id: UUID) -> FeedToken | None:
        """A new one. Raises `PersonUnknown`."""
        ...

    def revoke_feed(self, staff: UUID, feed: UUID, *, actor: UUID, command_id: UUID) -> bool:
        """Closes one of this person's; False where there was nothing to close."""
        ...


@dataclass(frozen=True, slots=True)
class Signed:
    """How far the end of the log can be proved by signed heads. `seconds`: how long the first unsigned event waits."""

    holds: bool
    beyond: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RelayLag:
    """How many events the relay is behind, and for how many seconds it has not moved; None: it never has."""

    events: int
    still: float | None


class Upkeep(Protocol):
    """What only whoever runs the processes can see. Raises `Unavailable` where the database is away."""

    async def temporal(self) -> int | None:
        """How many workflows are running; None where Temporal does not answer."""
        ...

    def relay(self) -> RelayLag:
        """How far behind the relay is."""
        ...

    def signed(self) -> Signed | None:
        """How far the log is signed; None where no heads are kept."""
        ...

    def sends_mail(self) -> bool:
        """Whether there is a mail server at all."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """Everything of the office, given once by the composition root."""

    providers: Providers
    people: People
    upkeep: Upkeep
