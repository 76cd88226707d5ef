"""The rows of who stands to a journey. Unlike a caseload, which is of what is open, they stay when it is closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.codes import Role
from domain.journey.proceedings.codes import HolderKind
from domain.journey.state import Journey
from domain.rights.involvement import Involvement
from projections.folded import Folded
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """One for each role that somebody has, and for each member of staff with a power of attorney in force.

    These two are those of `domain.rights.footings.of_journey`, for everybody at once. Beside them one for each person
    who opened the journey in an emergency, with the end of their last access. Referrals and missions: elsewhere.
    """
    journey = folded.state
    assert isinstance(journey, Journey)
    team = {
        role.value: _row(folded, role.value, Involvement.ASSIGNED, role, staff)
        for role, staff in journey.assigned.items()
    }
    powers = (power for state in journey.proceedings.values() for power in state.powers.values())
    holders = {each.holder for each in powers if each.in_force and each.holder_kind is HolderKind.STAFF}
    counsel = {
        part: _row(folded, part, Involvement.COUNSEL, Role.LAWYER, staff)
        for staff in sorted(holders)
        for part in (f"{Involvement.COUNSEL.value}:{staff}",)
    }
    return {**team, **counsel, **_emergencies(folded, journey)}


def _emergencies(folded: Folded, journey: Journey) -> Rows:
    ends: dict[UUID, datetime] = {}
    for access in journey.emergencies.values():
        ends[access.staff] = max(access.ends_at, ends.get(access.staff, access.ends_at))
    return {
        part: _row(folded, part, Involvement.EMERGENCY, None, staff, end)
        for staff, end in sorted(ends.items())
        for part in (f"{Involvement.EMERGENCY.value}:{staff}",)
    }


def _row(
    folded: Folded, part: str, involvement: Involvement, role: Role | None, staff: UUID, ends_at: datetime | None = None
) -> Row:
    return {
        "journey": folded.id,
        "part": part,
        "involvement": involvement.value,
        "role": role.value if role is not None else None,
        "staff": staff,
        "ends_at": ends_at,
    }


MODEL = ReadModel(
    name=ModelName.INVOLVEMENT,
    version=VERSIONS[ModelName.INVOLVEMENT],
    package="projections.involvement",
    tables=(Table("involvement_v2", rows, keyed=True),),
)
