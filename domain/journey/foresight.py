"""Foresight: the journey as it will be once some events are recorded. Deciders and previews think ahead with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.event import Event
from domain.journey.folding import FOLDING
from domain.journey.state import Journey
from domain.stream.foresight import foresee_stream


def foresee(journey: Journey | None, events: Sequence[Event], now: datetime, *, stream: str = "") -> Journey:
    """The journey once `events` are recorded at `now`; `stream` is needed only where the first of them opens it.

    Raises `ValueError` for no journey and no events.
    """
    return foresee_stream(FOLDING, journey, events, now, stream=stream)
