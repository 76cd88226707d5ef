"""What the API is given to keep partner systems told (docs/webhooks.md): subscriptions, their secrets, their receipts.

No address and no key ever comes back, and a secret only from what has just made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.errors import PutokazError


class SubscriptionState(StrEnum):
    """Whether a partner is told what happens. Halted: until somebody enables it again."""

    NEVER_AT_WORK = "never-at-work"
    AT_WORK = "at-work"
    NOT_ANSWERING = "not-answering"
    HALTED = "halted"


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One partner. `halted_for`: why it is halted; `waiting` messages are to be sent, `given_up` never arrived."""

    subscription: UUID
    name: str
    topics: tuple[str, ...]
    created_at: datetime
    state: SubscriptionState
    halted_for: str | None
    waiting: int
    given_up: int
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubscriptionSecret:
    """What the partner verifies messages with. It is shown once."""

    subscription: UUID
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrialMessage:
    """What a partner answered to one test message; `failure` None: it was taken."""

    message: str
    failure: str | None
    status: int | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message for a partner. `outcome` None: it is still to be sent; `answer`: the last fault, or status."""

    message: str
    position: int
    topic: str
    recorded_at: datetime
    attempts: int
    answer: str | None
    outcome: str | None
    settled_at: datetime | None


class SubscriptionUnknown(PutokazError):
    """There is no such subscription."""


class SubscriptionKnown(PutokazError):
    """There is one under this id already."""


class SubscriptionInvalid(PutokazError):
    """Address, name or words will not do. The text says why, and repeats no address."""


class SubscriptionRefused(PutokazError):
    """It does not stand as this asks for. The text says how it does."""


class Subscriptions(Protocol):
    """Each raises `Unavailable` or `VaultUnavailable` where a part is away; all but `listed` and `add` unknown ids."""

    def listed(self) -> Sequence[SubscriptionRow]:
        """Every partner, the oldest first."""
        ...

    def add(
        self, name: str, url: str, topics: Sequence[str], *, subscription: UUID | None = None
    ) -> SubscriptionSecret:
        """Adds one, at work from now on. Raises `SubscriptionInvalid`, `SubscriptionKnown`."""
        ...

    def rotate(self, subscription: UUID, *, overlap: timedelta) -> SubscriptionSecret:
        """A new secret; the old one signs as well for so long."""
        ...

    def enable(self, subscription: UUID) -> None:
        """At work again: what waits goes out first."""
        ...

    def halt(self, subscription: UUID) -> None:
        """Nothing is sent any more, what waits is kept. Raises `SubscriptionRefused` where it was not at work."""
        ...

    def remove(self, subscription: UUID) -> None:
        """Forgets it with its address, its secrets and what was to be sent."""
        ...

    def deliveries(self, subscription: UUID, limit: int) -> Sequence[DeliveryRow]:
        """The newest messages with their receipts."""
        ...

    async def send_trial(self, subscription: UUID) -> TrialMessage:
        """Sends one test message now, whether or not it is at work. Raises `SubscriptionInvalid` where none can go."""
        ...

    def send_again(self, subscription: UUID, *, since: datetime | None = None, position: int | None = None) -> int:
        """What was recorded since then, or the one message about a position, once more (else everything); how many.

        Raises `SubscriptionRefused` where it was never at work.
        """
        ...
