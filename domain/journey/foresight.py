"""Foresight: the journey as it will be once some events are recorded. Deciders and previews think ahead with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.event import Event, Recorded
from domain.journey.folding import evolve
from domain.journey.state import Journey

_NOBODY = UUID(int=0)


def foresee(journey: Journey | None, events: Sequence[Event], now: datetime, *, stream: str = "") -> Journey:
    """The journey once `events` are recorded at `now`; `stream` is needed only where the first of them opens it.

    Raises `ValueError` for no journey and no events.
    """
    for event in events:
        recorded = Recorded(
            stream=journey.stream if journey else stream,
            version=(journey.version if journey else 0) + 1,
            position=0,
            event=event,
            recorded_at=now,
            actor=_NOBODY,
            command_id=_NOBODY,
        )
        journey = evolve(journey, recorded)
    if journey is None:
        raise ValueError("nothing is recorded and nothing is foreseen")
    return journey
