"""To which journeys somebody stands, and how: what lists show to whoever does not see all.

for each in involved(reader, {staff, *absent}):
    each.journey, each.footing, each.staff
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.codes import Role
from domain.rights.involvement import Footing, Involvement
from projections.reader import Reader

_HERE = "projections.involvement"


@dataclass(frozen=True, slots=True)
class Involved:
    """That `staff` stands to a journey, open or closed, as this."""

    journey: UUID
    footing: Footing
    staff: UUID


def in_emergency(reader: Reader, staff: UUID, now: datetime) -> set[UUID]:
    """The journeys that an emergency access of theirs opens to them at `now`. Raises `Unavailable`."""
    return {journey for (journey,) in reader.rows(_HERE, "in_emergency", {"staff": staff, "now": now})}


def involved(reader: Reader, people: Collection[UUID]) -> list[Involved]:
    """How these people stand to journeys, for as long as nothing else is recorded. Raises `Unavailable`."""
    found = reader.rows(_HERE, "of", {"people": list(people)})
    return [
        Involved(journey, Footing(Role(role), Involvement(involvement)), staff)
        for journey, role, involvement, staff in found
    ]
