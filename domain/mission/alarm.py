"""Part: breaking a mission off, and answering for whoever was called. Only the team's own word ends an alarm."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.timing import Instant
from domain.mission.codes import AbortReason, AlarmCause, MissionPhase
from domain.mission.owing import KEYS, KIND_OF, rings, timed
from domain.mission.register import decides, evolves
from domain.mission.rules import misdated
from domain.mission.state import Mission
from domain.mission.telling import telling
from domain.mission.timers import acknowledged_deadline, alarm_deadline, missions_of
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import ObligationKey

RINGING = (ObligationKind.MISSION_ALARM, ObligationKind.MISSION_CHECK_IN, ObligationKind.MISSION_RETURN)
"""What calls people by the minute, the gravest first."""


class MissionAborted(Event, topic="mission.aborted"):
    """The team breaks off and is on its way home, or in need: people are called at once, until it is back."""

    reason: AbortReason
    alarm: Deadline
    note: Sealed[Notes] | None = None


class AlarmAcknowledged(Event, topic="mission.alarm-acknowledged"):
    """Somebody sees to it. Until `next` the chain is not called again."""

    obligation: ObligationKey
    kind: ObligationKind
    next: Deadline
    note: Sealed[Notes] | None = None


class AbortMission(Command, kind="abort-mission"):
    """Breaks off a mission that is out there; one that has not left is cancelled."""

    reason: AbortReason
    occurred_at: Instant | None = None
    note: Sealed[Notes] | None = None


class AcknowledgeAlarm(Command, kind="acknowledge-alarm"):
    """Says that one sees to it. Without `obligation`: to whatever rings, the gravest first."""

    obligation: ObligationKey | None = None
    note: Sealed[Notes] | None = None


@decides(AbortMission)
def _abort(mission: Mission, command: AbortMission, surroundings: Surroundings) -> Decision:
    if mission.phase is not MissionPhase.DEPARTED:
        return Refused(code=RefusalCode.MISSION_NOT_OUT)
    if refused := misdated(mission, command.occurred_at, surroundings.now):
        return refused
    alarm = alarm_deadline(surroundings, mission.plan.zone)
    return (MissionAborted(reason=command.reason, alarm=alarm, occurred_at=command.occurred_at, note=command.note),)


@decides(AcknowledgeAlarm)
def _acknowledge(mission: Mission, command: AcknowledgeAlarm, surroundings: Surroundings) -> Decision:
    named = KIND_OF.get(command.obligation) if command.obligation else None
    kinds = RINGING if command.obligation is None else (named,) if named in RINGING else ()
    kind = next((k for k in kinds if k is not None and rings(mission, k)), None)
    if kind is None:
        return Refused(code=RefusalCode.NOTHING_RINGS, part=command.obligation)
    zone = mission.plan.zone
    if kind is ObligationKind.MISSION_ALARM:
        following = alarm_deadline(surroundings, zone, after=missions_of(surroundings.pathway).acknowledged_for)
    else:
        following = acknowledged_deadline(surroundings, zone)
    return (AlarmAcknowledged(obligation=KEYS[kind], kind=kind, next=following, note=command.note),)


@evolves(MissionAborted)
def _aborted(mission: Mission, recorded: Recorded[MissionAborted]) -> Mission:
    event = recorded.event
    aborted = replace(mission, phase=MissionPhase.ABORTED, aborted=event.reason, alarm=AlarmCause.ABORTED)
    return telling(timed(aborted, ObligationKind.MISSION_ALARM, event.alarm, recorded), recorded)


@evolves(AlarmAcknowledged)
def _acknowledged(mission: Mission, recorded: Recorded[AlarmAcknowledged]) -> Mission:
    event = recorded.event
    return timed(mission, event.kind, event.next, recorded)
