"""Part: the field missions that serve this journey, as their own streams tell of them. Places and people stay there."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Journey, MissionNote
from domain.mission.codes import AbortReason, MissionOutcome, MissionPhase, MissionPurpose
from domain.values import Count, Zone


class MissionNoted(Event, topic="journey.mission-noted"):
    """How a mission that serves this journey stands. `outcome`: what it came to for this client."""

    mission: UUID
    mission_version: Count
    purpose: MissionPurpose
    phase: MissionPhase
    departure: AwareDatetime
    expected_return: AwareDatetime
    zone: Zone
    aborted: AbortReason | None = None
    outcome: MissionOutcome | None = None


class NoteMission(Command, kind="note-mission"):
    """What a mission's workflow asks of each journey that it serves."""

    mission: UUID
    mission_version: Count
    purpose: MissionPurpose
    phase: MissionPhase
    departure: AwareDatetime
    expected_return: AwareDatetime
    zone: Zone
    aborted: AbortReason | None = None
    outcome: MissionOutcome | None = None


@decides(NoteMission, in_every_phase=True)
def _note(journey: Journey, command: NoteMission, _: Surroundings) -> Decision:
    """Words may overtake one another on their way: an older one changes nothing."""
    known = journey.missions.get(command.mission)
    if known is not None and known.mission_version >= command.mission_version:
        return ()
    return (MissionNoted(**{name: getattr(command, name) for name in NoteMission.model_fields}),)


@evolves(MissionNoted)
def _noted(journey: Journey, recorded: Recorded[MissionNoted]) -> Journey:
    event = recorded.event
    fields = {name: getattr(event, name) for name in NoteMission.model_fields}
    note = MissionNote(**fields, version=recorded.version)
    return replace(journey, missions={**journey.missions, note.mission: note})
