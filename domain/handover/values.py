"""The values that a hand-over's commands and events share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.codes import Role, StreamName
from domain.values import ObligationKey, StaffId, Value

MOST_SUCCESSORS = 20


class HandoverReason(StrEnum):
    """Why a caseload changes hands. A value is never renamed or reused."""

    LEAVING = "leaving"
    LONG_ABSENCE = "long-absence"
    WORKLOAD = "workload"
    OTHER = "other"


class HandoverPhase(StrEnum):
    """How far a hand-over is."""

    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"


class ItemStatus(StrEnum):
    """What became of one thing that changes hands: the receipt."""

    UNDER_WAY = "under-way"
    MOVED = "moved"
    REFUSED = "refused"


class Successor(Value):
    """Who takes over; only what these `roles` do, where some are named."""

    staff: StaffId
    roles: Annotated[tuple[Role, ...], Field(max_length=len(Role))] = ()


class Item(Value):
    """One thing that changes hands, and to whom it goes."""

    stream_kind: StreamName
    stream_id: UUID
    part: ObligationKey
    role: Role
    successor: StaffId

    @property
    def key(self) -> str:
        """What it is called within the hand-over."""
        return item_key(self.stream_kind, self.stream_id, self.part)


def item_key(kind: StreamName, id_: UUID, part: str) -> str:
    """What one thing is called within a hand-over."""
    return f"{kind.value}:{id_}:{part}"
