"""The state of a hand-over: what its events add up to. Frozen, without slots (`copying.replace`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.codes import StreamName
from domain.handover.values import HandoverPhase, HandoverReason, Item, ItemStatus, Successor
from domain.pathway.model import Pin
from domain.refusal import RefusalCode
from domain.stream.dispatching import Dispatch
from domain.stream.kind import id_of
from domain.stream.obligation import Clockwork


@dataclass(frozen=True)
class Receipt:
    """One thing that changes hands, and what became of it. `refused`: why it stays where it is."""

    item: Item
    status: ItemStatus
    found_at: datetime
    settled_at: datetime | None = None
    refused: RefusalCode | None = None


@dataclass(frozen=True)
class Handover:
    """`rounds`: how often it has looked. `asked`: the keys of the receipts that are due, by command id."""

    stream: str
    version: int
    pin: Pin
    begun_at: datetime
    changed_at: datetime
    leaver: UUID
    successors: tuple[Successor, ...]
    reason: HandoverReason
    asked_by: UUID
    clockwork: Clockwork
    phase: HandoverPhase = HandoverPhase.RUNNING
    rounds: int = 0
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    asked: Mapping[UUID, str] = field(default_factory=dict)
    ended_at: datetime | None = None
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return id_of(self.stream)

    @property
    def is_open(self) -> bool:
        return self.phase is HandoverPhase.RUNNING

    def count(self, status: ItemStatus) -> int:
        """How many things stand like this."""
        return sum(receipt.status is status for receipt in self.receipts.values())

    def is_left_behind(self, key: str) -> bool:
        """Whether this thing was refused: it is not asked for again in the same hand-over."""
        receipt = self.receipts.get(key)
        return receipt is not None and receipt.status is ItemStatus.REFUSED


def handover_stream(handover: UUID) -> str:
    """The stream, and the workflow id, of a hand-over."""
    return StreamName.HANDOVER.stream(handover)
