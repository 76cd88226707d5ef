"""Promises: people and vehicles that a stream takes for a time. Nobody is promised twice for the same time.

A kind of stream says what it promises in a state (`StreamKind.promises`), and that is all: whoever records compares the
promises before a decision with those after it, and the log takes and releases claims in the same append. So a claim can
neither be forgotten nor outlive its reason.

A promise is made of what events say, never of when they were recorded: that instant is known only afterwards, and a
claim is found again by its times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid5

OPEN_END = datetime(9999, 1, 1, tzinfo=UTC)
"""Until somebody says otherwise."""


class PromiseKind(StrEnum):
    """`planned`: for the time of a plan. `out`: being away at this moment, for nobody knows how long.

    The two do not exclude one another: who is still out may be promised for next week. But nobody leaves twice.
    """

    PLANNED = "planned"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Promise:
    """From `since` (included) to `until` (not included)."""

    resource: UUID
    since: datetime
    until: datetime
    kind: PromiseKind = PromiseKind.PLANNED

    @property
    def claimed(self) -> UUID:
        """What is claimed in the log: promises of different kinds do not meet there."""
        return self.resource if self.kind is PromiseKind.PLANNED else uuid5(self.resource, self.kind.value)

    def claim_id(self, stream: str) -> UUID:
        """The id of the claim by which `stream` keeps it."""
        return uuid5(self.claimed, f"{stream}|{self.since.isoformat()}|{self.until.isoformat()}")
