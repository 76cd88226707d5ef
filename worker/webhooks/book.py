"""The book of what partners were told and are to be told: tables beside the read models."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from activities.webhooks.posting import Posted
from activities.webhooks.vocabulary import PublicWord
from eventlog.pool import BoundedConnection, Pool
from eventlog.sql_files import query

LEASE = timedelta(seconds=60)
"""For so long a message belongs to whoever took it; longer than any try lasts."""
KEPT = timedelta(days=90)
"""Receipts older than this are let go."""


class HaltCause(StrEnum):
    """Why a subscription is not at work."""

    ASKED = "asked"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A subscription as the book has it. `waiting` messages are to be sent, `given_up` never arrived."""

    subscription: UUID
    planned_to: int
    failures: int
    failing_since: datetime | None
    next_at: datetime | None
    last_success_at: datetime | None
    halted_at: datetime | None
    halted_for: HaltCause | None
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Planned:
    """An event that a partner is to be told of."""

    position: int
    message: UUID
    stream: str
    word: PublicWord
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that is ours to send for the length of a lease. `failures`: rounds in vain before, of the endpoint."""

    subscription: UUID
    position: int
    message: UUID
    stream: str
    word: PublicWord
    recorded_at: datetime
    attempts: int
    failures: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message so far."""

    message: UUID
    position: int
    stream: str
    word: PublicWord
    recorded_at: datetime
    attempts: int
    tried_at: datetime | None
    next_at: datetime
    status: int | None
    failure: str | None
    settled_at: datetime | None
    outcome: str | None


class WebhookBook:
    """Needs the role putokaz_projector. Raises `Unavailable`; every call but `take` is harmless to repeat."""

    def __init__(self, dsn: str, *, size: int = 2) -> None:
        self._pool = Pool(dsn, size=size, application_name="putokaz-webhooks")

    def close(self) -> None:
        self._pool.close()

    def enable(self, subscription: UUID) -> None:
        """At work from now on."""
        self._run("webhook_enable", {"subscription": subscription})

    def halt(self, subscription: UUID, cause: HaltCause) -> bool:
        """Nothing is planned or sent any more; what waits is kept. Whether it was at work."""
        return self._run("webhook_halt", {"subscription": subscription, "cause": cause.value}) > 0

    def forget(self, subscription: UUID) -> None:
        """The subscription with everything about it."""
        self._run("webhook_forget", {"subscription": subscription})

    def endpoints(self) -> dict[UUID, Endpoint]:
        """Every subscription that was ever at work."""
        found = self._rows("webhook_endpoints", {})
        return {row[0]: _endpoint(*row) for row in found}

    def planning(self) -> dict[UUID, int]:
        """Up to which position each subscription at work is planned."""
        return {row[0]: row[1] for row in self._rows("webhook_planning", {})}

    def plan(self, subscription: UUID, *, after: int, until: int, events: Sequence[Planned]) -> None:
        """Notes what a page of the log holds for a partner; nothing where another follower was faster."""
        self._run("webhook_plan", {"subscription": subscription, "after": after, "until": until, **_columns(events)})

    def again(self, subscription: UUID, events: Sequence[Planned]) -> int:
        """Notes that these are to be sent, whether or not they were before."""
        return self._run("webhook_again", {"subscription": subscription, **_columns(events)})

    def take(self, subscriptions: Collection[UUID], limit: int) -> list[Taken]:
        """What may be sent now: of each stream the first that waits. Ours until the lease ends."""
        values = {"subscriptions": list(subscriptions), "limit": limit, "lease": LEASE}
        taken = [_taken(*row) for row in self._rows("webhook_claim", values)]
        return sorted(taken, key=lambda each: each.position)

    def delivered(self, taken: Taken, posted: Posted) -> None:
        """The partner has it."""
        self._run("webhook_delivered", {**_key(taken), "status": posted.status})

    def failed(self, taken: Taken, posted: Posted, *, pause: timedelta, patience: timedelta) -> None:
        """The partner does not have it."""
        values = {
            **_key(taken),
            "status": posted.status,
            "failure": posted.failure.value if posted.failure else None,
            "of_endpoint": posted.of_endpoint,
            "pause": pause,
            "patience": patience,
        }
        self._run("webhook_failed", values)

    def halt_tired(self, patience: timedelta) -> list[UUID]:
        """Halts whoever has taken nothing for longer than our patience."""
        return [row[0] for row in self._rows("webhook_tired", {"patience": patience})]

    def receipts(self, subscription: UUID, limit: int = 50) -> list[Receipt]:
        """The newest messages for a partner, newest first."""
        found = self._rows("webhook_deliveries", {"subscription": subscription, "limit": limit})
        return [_receipt(*row) for row in found]

    def position_at(self, since: datetime) -> int:
        """The last position of the log before that instant."""
        return int(self._rows("webhook_since", {"since": since})[0][0])

    def prune(self) -> None:
        """Lets go of old receipts."""
        self._run("webhook_prune", {"kept": KEPT})

    def _run(self, name: str, values: dict[str, object]) -> int:
        def work(connection: BoundedConnection) -> int:
            return connection.execute(query("worker", name), values).rowcount

        return self._pool.run(work)

    def _rows(self, name: str, values: dict[str, object]) -> list[tuple[Any, ...]]:
        def work(connection: BoundedConnection) -> list[tuple[Any, ...]]:
            return connection.execute(query("worker", name), values).fetchall()

        return self._pool.run(work)


def _endpoint(*row: Any) -> Endpoint:
    subscription, planned_to, failures, failing_since, next_at, last_success_at, *rest = row
    halted_at, halted_for, waiting, given_up = rest
    return Endpoint(
        subscription,
        planned_to,
        failures,
        failing_since,
        next_at,
        last_success_at,
        halted_at,
        HaltCause(halted_for) if halted_for else None,
        waiting,
        given_up,
    )


def _taken(*row: Any) -> Taken:
    subscription, position, message, stream, word, *rest = row
    return Taken(subscription, position, message, stream, PublicWord(word), *rest)


def _receipt(*row: Any) -> Receipt:
    message, position, stream, word, *rest = row
    return Receipt(message, position, stream, PublicWord(word), *rest)


def _key(taken: Taken) -> dict[str, object]:
    return {"subscription": taken.subscription, "position": taken.position}


def _columns(events: Sequence[Planned]) -> dict[str, object]:
    return {
        "positions": [e.position for e in events],
        "messages": [e.message for e in events],
        "streams": [e.stream for e in events],
        "words": [e.word.value for e in events],
        "times": [e.recorded_at for e in events],
    }
