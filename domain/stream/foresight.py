"""Foresight: a stream as it will be once some events are recorded. Deciders and previews think ahead with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from domain.event import Event, Recorded
from domain.stream.folding import Folding

_NOBODY = UUID(int=0)


class Placed(Protocol):
    """A state that knows where it stands."""

    @property
    def stream(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def changed_at(self) -> datetime: ...


S = TypeVar("S", bound=Placed)


def foresee_stream(
    folding: Folding[S], state: S | None, events: Sequence[Event], now: datetime, *, stream: str = ""
) -> S:
    """The state once `events` are recorded at `now`; `stream` is needed only where the first of them opens it.

    Raises `ValueError` for no state and no events.
    """
    for event in events:
        recorded: Recorded[Any] = Recorded(
            stream=state.stream if state else stream,
            version=(state.version if state else 0) + 1,
            position=0,
            event=event,
            recorded_at=now,
            actor=_NOBODY,
            command_id=_NOBODY,
        )
        state = folding.evolve(state, recorded)
    if state is None:
        raise ValueError("nothing is recorded and nothing is foreseen")
    return state
