"""Part: the team is out there. It leaves, is heard of every so often, and comes back."""

from __future__ import annotations

from pydantic import AwareDatetime

from domain.codes import ObligationKind
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.timing import Instant
from domain.mission.codes import AlarmCause, CheckInWord, MissionPhase
from domain.mission.owing import timed
from domain.mission.register import decides, evolves
from domain.mission.rules import PLAN, RISK, changed, misdated
from domain.mission.state import Mission
from domain.mission.telling import telling
from domain.mission.timers import (
    alarm_deadline,
    check_in_deadline,
    missions_of,
    report_deadline,
    return_deadline,
)
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import Count


class MissionDeparted(Event, topic="mission.departed"):
    """The team left at `left_at`. From now on it is waited for."""

    left_at: AwareDatetime
    check_in: Deadline
    comes_back: Deadline
    note: Sealed[Notes] | None = None


class CheckedIn(Event, topic="mission.checked-in"):
    """The team was heard of. `next` is by when it is to be heard of again: of an aborted mission, its alarm."""

    word: CheckInWord
    next: Deadline
    note: Sealed[Notes] | None = None


class AlarmRaised(Event, topic="mission.alarm-raised"):
    """The team asks for help: people are called at once."""

    alarm: Deadline


class MissionReturned(Event, topic="mission.returned"):
    """Everybody is back, and nobody is waited for any more; a report is owed."""

    report: Deadline
    note: Sealed[Notes] | None = None


class DepartMission(Command, kind="depart-mission"):
    """The team leaves. `seen` is the version of the plan on the form."""

    seen: Count | None = None
    occurred_at: Instant | None = None
    note: Sealed[Notes] | None = None


class CheckIn(Command, kind="check-in"):
    """The team says how it is."""

    word: CheckInWord = CheckInWord.ALL_WELL
    occurred_at: Instant | None = None
    note: Sealed[Notes] | None = None


class ReturnMission(Command, kind="return-mission"):
    """Everybody is back."""

    occurred_at: Instant | None = None
    note: Sealed[Notes] | None = None


@decides(DepartMission)
def _depart(mission: Mission, command: DepartMission, surroundings: Surroundings) -> Decision:
    plan, now = mission.plan, surroundings.now
    if mission.phase is not MissionPhase.PLANNED:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    if mission.risk is None:
        return Refused(code=RefusalCode.RISK_CHECK_REQUIRED, part=RISK)
    if not mission.risk.lets_go:
        return Refused(code=RefusalCode.RISK_NOT_CLEAR, part=RISK, part_version=mission.risk.version)
    if command.occurred_at is not None and command.occurred_at < mission.opened_at:
        return Refused(code=RefusalCode.DATE_BEFORE_OPENING, part=PLAN)
    if plan.expected_return <= now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=PLAN)
    refused = changed(PLAN, mission.plan_version, command.seen) or misdated(mission, command.occurred_at, now)
    if refused:
        return refused
    left_at = command.occurred_at or now
    return (
        MissionDeparted(
            occurred_at=command.occurred_at,
            left_at=left_at,
            check_in=check_in_deadline(surroundings, left_at, plan.zone),
            comes_back=return_deadline(surroundings, plan.expected_return, plan.zone),
            note=command.note,
        ),
    )


@decides(CheckIn)
def _check_in(mission: Mission, command: CheckIn, surroundings: Surroundings) -> Decision:
    if not mission.is_out:
        return Refused(code=RefusalCode.MISSION_NOT_OUT)
    if refused := misdated(mission, command.occurred_at, surroundings.now):
        return refused
    zone = mission.plan.zone
    if mission.phase is MissionPhase.ABORTED:
        pause = missions_of(surroundings.pathway).acknowledged_for
        calm = command.word is not CheckInWord.HELP
        alarm = alarm_deadline(surroundings, zone, after=pause) if calm else alarm_deadline(surroundings, zone)
        return (CheckedIn(word=command.word, next=alarm, occurred_at=command.occurred_at, note=command.note),)
    following = check_in_deadline(surroundings, command.occurred_at or surroundings.now, zone)
    heard = CheckedIn(word=command.word, next=following, occurred_at=command.occurred_at, note=command.note)
    if command.word is CheckInWord.HELP:
        return (heard, AlarmRaised(alarm=alarm_deadline(surroundings, zone)))
    return (heard,)


@decides(ReturnMission)
def _return(mission: Mission, command: ReturnMission, surroundings: Surroundings) -> Decision:
    if not mission.is_out:
        return Refused(code=RefusalCode.MISSION_NOT_OUT)
    if refused := misdated(mission, command.occurred_at, surroundings.now):
        return refused
    back_at = command.occurred_at or surroundings.now
    report = report_deadline(surroundings, back_at, mission.plan.zone)
    return (MissionReturned(report=report, occurred_at=command.occurred_at, note=command.note),)


@evolves(MissionDeparted)
def _departed(mission: Mission, recorded: Recorded[MissionDeparted]) -> Mission:
    event = recorded.event
    out = replace(mission, phase=MissionPhase.DEPARTED, departed_at=event.left_at)
    out = timed(out, ObligationKind.MISSION_CHECK_IN, event.check_in, recorded)
    return telling(timed(out, ObligationKind.MISSION_RETURN, event.comes_back, recorded), recorded)


@evolves(CheckedIn)
def _checked_in(mission: Mission, recorded: Recorded[CheckedIn]) -> Mission:
    event = recorded.event
    heard = replace(mission, checked_in_at=recorded.occurred_at)
    if mission.phase is MissionPhase.ABORTED:
        return timed(heard, ObligationKind.MISSION_ALARM, event.next, recorded)
    if event.word is CheckInWord.ALL_WELL:
        heard = replace(heard, alarm=None)
    return timed(heard, ObligationKind.MISSION_CHECK_IN, event.next, recorded)


@evolves(AlarmRaised)
def _alarm_raised(mission: Mission, recorded: Recorded[AlarmRaised]) -> Mission:
    alarmed = replace(mission, alarm=AlarmCause.HELP_ASKED)
    return timed(alarmed, ObligationKind.MISSION_ALARM, recorded.event.alarm, recorded)


@evolves(MissionReturned)
def _returned(mission: Mission, recorded: Recorded[MissionReturned]) -> Mission:
    back = replace(mission, phase=MissionPhase.RETURNED, returned_at=recorded.occurred_at, alarm=None)
    return telling(timed(back, ObligationKind.MISSION_REPORT, recorded.event.report, recorded), recorded)
