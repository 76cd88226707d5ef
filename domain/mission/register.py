"""The register of a mission's parts; each part registers its own. Who is told where a ladder names a role."""

from __future__ import annotations

from domain.codes import Role, StreamName
from domain.mission.state import Mission
from domain.refusal import RefusalCode
from domain.stream.obligation import Owner
from domain.stream.simple import Refusals, SimpleKind


def told(mission: Mission, role: Role) -> Owner:
    """The team is told through its lead, or who reports instead, the supervisor whom the plan names; else the role."""
    crew = mission.plan.crew
    named = {Role.MOBILE_TEAM: mission.reporter, Role.SUPERVISOR: crew.supervisor}
    return Owner(role, named.get(role))


MISSIONS: SimpleKind[Mission] = SimpleKind(
    StreamName.MISSION,
    refusals=Refusals(unknown=RefusalCode.UNKNOWN_MISSION, ended=RefusalCode.MISSION_ENDED),
    told=told,
)
decides, opens = MISSIONS.decides, MISSIONS.opens
evolves, begins = MISSIONS.evolves, MISSIONS.begins
