"""To which journeys somebody stands, and how: what lists show to whoever does not see all.

for each in involved(reader, {staff, *absent}):
    each.journey, each.footing, each.staff
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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


def involved(reader: Reader, people: Collection[UUID]) -> list[Involved]:
    """How these people stand to journeys. Raises `Unavailable`."""
    found = reader.rows(_HERE, "of", {"people": list(people)})
    return [
        Involved(journey, Footing(Role(role), Involvement(involvement)), staff)
        for journey, role, involvement, staff in found
    ]
