"""To which streams somebody stands, as far as read models know it: what lists show to whoever does not see all.

One row for each thing they hold of an open stream, and beside those the journeys that owe them something or that a
mission of theirs serves: whether they stand to these the log knows. Journeys, closed ones too, are in `involvement`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from domain.codes import Role, StreamName
from projections.reader import Reader

_HERE = "projections.caseload"


@dataclass(frozen=True, slots=True)
class Holds:
    """That `staff` holds something of a stream, in a role."""

    kind: StreamName
    stream: UUID
    role: Role
    staff: UUID


def held_by(reader: Reader, people: Collection[UUID]) -> list[Holds]:
    """What these people hold of open streams. Raises `Unavailable`."""
    found = reader.rows(_HERE, "held_by", {"people": list(people)})
    return [Holds(StreamName(kind), stream, Role(role), staff) for kind, stream, role, staff in found]


def served_or_owed(reader: Reader, staff: UUID, missions: Collection[UUID]) -> set[UUID]:
    """The journeys of these missions, and those that wait for something of `staff`."""
    found = reader.rows(_HERE, "served_or_owed", {"staff": staff, "missions": list(missions)})
    return {journey for (journey,) in found}
