"""Every journey that a mission serves is told how it stands, so that its file shows the mission."""

from __future__ import annotations

from domain.event import Event, Recorded
from domain.journey.missions import NoteMission
from domain.mission.state import Mission
from domain.stream.dispatching import with_dispatch


def telling(mission: Mission, recorded: Recorded[Event]) -> Mission:
    """The mission with a word under way to each journey. It bears the version it is of: the newest one stays."""
    for journey in mission.plan.journeys:
        report = mission.reports.get(journey)
        note = NoteMission(
            mission=mission.id,
            mission_version=recorded.version,
            purpose=mission.plan.purpose,
            phase=mission.phase,
            departure=mission.plan.departure,
            expected_return=mission.plan.expected_return,
            zone=mission.plan.zone,
            aborted=mission.aborted,
            outcome=report.outcome if report else None,
        )
        mission = with_dispatch(mission, recorded, journey, note)
    return mission
