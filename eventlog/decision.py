"""What goes into an append and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.event import Event, Recorded
from domain.refusal import Refused


class OutcomeKind(StrEnum):
    """How a command was answered."""

    RECORDED = "recorded"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Claim:
    """Promises a person or a vehicle to this stream, from `since` (included) to `until` (not included)."""

    claim_id: UUID
    resource: UUID
    since: datetime
    until: datetime


class Held(NamedTuple):
    """What another stream holds, until then (not included)."""

    resource: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a decider, to be recorded whole or not at all: events, or a refusal, or nothing.

    `expected_version` is the version of the stream that was decided upon (0: it does not exist yet).
    `version_seen` is the stream version that the person's form showed, None for a timer.
    `released` are claims of this stream that end; they end before `claims` are tried.
    `asked` is the command in its JSON; it is kept with a refusal alone: events say themselves what became of them.
    """

    stream: str
    expected_version: int
    command_id: UUID
    actor: UUID
    events: tuple[Event, ...] = ()
    refusal: Refused | None = None
    claims: tuple[Claim, ...] = ()
    released: tuple[UUID, ...] = ()
    version_seen: int | None = None
    pathway_sha256: str | None = None
    release: str = "dev"
    asked: str | None = None

    def __post_init__(self) -> None:
        if self.refusal is not None and (self.events or self.claims or self.released):
            raise ValueError("a refusal records no events and moves no claims")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the log holds about a command.

    RECORDED: its events have the versions `first_version` to `last_version`, and `position` is that of the last one.
    Else both are the version decided upon, and `position` is the head of the log at that moment.
    `repeated`: the command had been decided before; this is what came of it then.
    `asked`: the refused command in its JSON, where it was kept.
    """

    stream: str
    command_id: UUID
    kind: OutcomeKind
    first_version: int
    last_version: int
    position: int
    refusal: Refused | None
    version_seen: int | None
    pathway_sha256: str | None
    release: str
    decided_at: datetime
    repeated: bool
    asked: str | None = None

    def recorded(self, decision: Decision) -> tuple[Recorded[Event], ...]:
        """The events of `decision` in their envelopes, without reading them back.

        Raises `ValueError` for a repeated outcome: what was stored then may be other events; load the stream.
        """
        if self.repeated:
            raise ValueError("a repeated outcome says nothing about the events of this decision; load the stream")
        first_position = self.position - len(decision.events) + 1
        return tuple(
            Recorded(
                stream=self.stream,
                version=self.first_version + i,
                position=first_position + i,
                event=event,
                recorded_at=self.decided_at,
                actor=decision.actor,
                command_id=self.command_id,
            )
            for i, event in enumerate(decision.events)
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream as it is now. `now` is the log's clock, never before its last event.

    `outcome` is that of the command asked for, None when the log does not know it.
    """

    history: tuple[Recorded[Event], ...]
    now: datetime
    outcome: Outcome | None
    after: int = 0
    """The version after which the history begins, as asked for."""

    @property
    def version(self) -> int:
        """The stream's version; 0 when it does not exist."""
        return self.history[-1].version if self.history else self.after


class StoredRow(NamedTuple):
    """A row of the log, not yet decoded, so that an unreadable one can be parked."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes
    recorded_at: datetime
    actor: UUID
    command_id: UUID


class ChangedStreams(NamedTuple):
    """Which streams moved in a page of the log: the last position of the page and the newest version of each."""

    position: int
    heads: dict[str, int]
