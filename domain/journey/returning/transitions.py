"""What may follow what in a return: the whole table. What it does not have is refused, with what would be possible."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.journey.returning.codes import ReturnMove, ReturnStatus

TABLE: Mapping[ReturnStatus, Mapping[ReturnMove, ReturnStatus]] = MappingProxyType(
    {
        ReturnStatus.PREPARING: {
            ReturnMove.DEPART: ReturnStatus.DEPARTED,
            ReturnMove.STOP: ReturnStatus.STOPPED,
        },
        ReturnStatus.DEPARTED: {
            ReturnMove.HAND_OVER: ReturnStatus.RECEIVED,
            ReturnMove.STOP: ReturnStatus.STOPPED,
        },
        ReturnStatus.RECEIVED: {},
        ReturnStatus.STOPPED: {ReturnMove.RESUME: ReturnStatus.PREPARING},
    }
)
"""Where each move leads."""


def moves(status: ReturnStatus) -> tuple[str, ...]:
    """What is possible now, in the order of the codes."""
    return tuple(move.value for move in ReturnMove if move in TABLE[status])
