"""A plan: everything that is to be written, in order of time. It is made in memory by the real deciders.

Because a plan depends on nothing but its `now`, a seeding that was cut off makes the same plan again and goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.command import Command
from domain.event import Event
from domain.stream.obligation import Wake


@dataclass(frozen=True, slots=True)
class Told:
    """A person gave a command. `note` is still in the clear: it is sealed when it is written, into `field`."""

    command: Command
    command_id: UUID
    actor: UUID
    note: str | None
    field: str = "note"


@dataclass(frozen=True, slots=True)
class Fired:
    """A timer ran out."""

    wake: Wake


@dataclass(frozen=True, slots=True)
class Delivered:
    """The mail server took a message."""

    message: UUID
    receipt: Event


@dataclass(frozen=True, slots=True)
class Relayed:
    """A journey's command for another one was carried out and acknowledged."""

    dispatch: UUID


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to write at an instant. `version` and `wake` are what the stream's agenda must say afterwards."""

    at: datetime
    stream: str
    what: Told | Fired | Delivered | Relayed
    version: int
    wake: Wake | None
