"""The row of a mission."""

from __future__ import annotations

from domain.codes import StreamName
from domain.mission.owing import rings
from domain.mission.state import Mission
from projections.folded import Folded, code
from projections.names import ModelName
from projections.read_model import ReadModel, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    mission = folded.state
    assert isinstance(mission, Mission)
    plan, first, costs = mission.plan, folded.obligations[0] if folded.obligations else None, mission.costs
    row = {
        "mission": folded.id,
        "code": folded.code,
        "version": mission.version,
        "plan_version": mission.plan_version,
        "phase": mission.phase.value,
        "purpose": plan.purpose.value,
        "lead": plan.crew.lead,
        "team": list(plan.crew.team),
        "vehicle": plan.crew.vehicle,
        "supervisor": plan.crew.supervisor,
        "journeys": list(plan.journeys),
        "departure": plan.departure,
        "expected_return": plan.expected_return,
        "zone": plan.zone,
        "departed_at": mission.departed_at,
        "heard_at": mission.last_word_at,
        "returned_at": mission.returned_at,
        "next_kind": first.kind.value if first else None,
        "next_due_at": first.due_at if first else None,
        "rings": any(rings(mission, each.kind) for each in folded.obligations),
        "risk": code(mission.risk.result) if mission.risk else None,
        "overridden_by": mission.risk.override_by if mission.risk else None,
        "alarm": code(mission.alarm),
        "aborted": code(mission.aborted),
        "cancelled": code(mission.cancelled),
        "outcomes": {str(journey): report.outcome.value for journey, report in mission.reports.items()},
        "kilometres": costs.kilometres if costs else None,
        "rsd": str(costs.rsd) if costs else None,
        "changed_at": mission.changed_at,
    }
    return {"": row}


MODEL = ReadModel(
    name=ModelName.MISSIONS,
    version=VERSIONS[ModelName.MISSIONS],
    package="projections.missions",
    tables=(Table("missions_v1", rows, keyed=False),),
    kinds=frozenset({StreamName.MISSION}),
)
