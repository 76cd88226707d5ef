"""One example of every event of a release, with every field filled."""

from __future__ import annotations

from datetime import datetime

from domain.event import Event
from domain.pathway.model import Pin
from domain.release.releasing import TableReleased
from domain.release.values import ALL, ReleasedCell, ReleasePeriod


def release_events(at: datetime) -> tuple[Event, ...]:
    """Codes and counts never change."""
    return (
        TableReleased(
            occurred_at=at,
            pin=Pin(name="astra", version=2, sha256="2" * 64),
            population="journeys-opened",
            table="journeys-by-way-in",
            period=ReleasePeriod(year=2026, quarter=2),
            known_at=at,
            last_position=12,
            threshold=10,
            rounded_to=5,
            cells=(
                ReleasedCell(key=("police",), count=40),
                ReleasedCell(key=("self",)),
                ReleasedCell(key=("other",)),
                ReleasedCell(key=(ALL,), count=55),
            ),
            hidden=2,
            sha256="a" * 64,
        ),
    )
