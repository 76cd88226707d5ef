"""Part: the risk check, without which nobody leaves unless a second person takes it on them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.mission.codes import MissionPhase, RiskAnswer, RiskOverrideReason, RiskResult
from domain.mission.register import decides, evolves
from domain.mission.rules import RISK
from domain.mission.state import Mission, RiskCheck
from domain.mission.timers import missions_of
from domain.mission.values import RiskReply
from domain.pathway.missions import Missions
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import StaffId


class RiskChecked(Event, topic="mission.risk-checked"):
    """Every question was answered; `result` by the pathway's rule of that day. `by` answered."""

    answers: tuple[RiskReply, ...]
    result: RiskResult
    by: StaffId
    note: Sealed[Notes] | None = None


class RiskOverridden(Event, topic="mission.risk-overridden"):
    """Somebody who neither answered nor goes lets the team leave all the same."""

    reason: RiskOverrideReason
    by: StaffId
    note: Sealed[Notes] | None = None


class CheckRisk(Command, kind="check-risk"):
    """Answers the questions of the pathway; each of them, once."""

    answers: Annotated[tuple[RiskReply, ...], Field(max_length=30)]
    by: StaffId
    note: Sealed[Notes] | None = None


class OverrideRisk(Command, kind="override-risk"):
    """Lets a team leave whose check is missing or not clear. `by` is who takes it on them."""

    reason: RiskOverrideReason
    by: StaffId
    note: Sealed[Notes] | None = None


@decides(CheckRisk)
def _check(mission: Mission, command: CheckRisk, surroundings: Surroundings) -> Decision:
    if mission.phase is not MissionPhase.PLANNED:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=RISK)
    rules = missions_of(surroundings.pathway)
    asked = tuple(question.question for question in rules.risk_check)
    answered = sorted(reply.question for reply in command.answers)
    if answered != sorted(asked):
        missing = tuple(question for question in asked if question not in answered)
        return Refused(code=RefusalCode.QUESTIONS_UNANSWERED, part=RISK, allowed=missing or asked)
    result = RiskResult.RAISED if doubtful(command.answers, rules) else RiskResult.CLEAR
    return (RiskChecked(answers=command.answers, result=result, by=command.by, note=command.note),)


def doubtful(answers: tuple[RiskReply, ...], rules: Missions) -> tuple[str, ...]:
    """The questions whose answer is not the one that clears them. Not to know clears nothing."""
    clear = {question.question: RiskAnswer(question.clear) for question in rules.risk_check}
    return tuple(reply.question for reply in answers if reply.answer is not clear.get(reply.question))


@decides(OverrideRisk)
def _override(mission: Mission, command: OverrideRisk, _: Surroundings) -> Decision:
    if mission.phase is not MissionPhase.PLANNED:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=RISK)
    answered_by = mission.risk.checked_by if mission.risk else None
    if command.by == answered_by or command.by in mission.plan.crew.team:
        return Refused(code=RefusalCode.SECOND_PERSON_REQUIRED, part=RISK, other=command.by)
    return (RiskOverridden(reason=command.reason, by=command.by, note=command.note),)


@evolves(RiskChecked)
def _checked(mission: Mission, recorded: Recorded[RiskChecked]) -> Mission:
    """Another check ends an override: it was of other answers."""
    event = recorded.event
    return replace(mission, risk=RiskCheck(event.result, event.by, recorded.version))


@evolves(RiskOverridden)
def _overridden(mission: Mission, recorded: Recorded[RiskOverridden]) -> Mission:
    risk = mission.risk or RiskCheck(None, None, recorded.version)
    return replace(mission, risk=replace(risk, override_by=recorded.event.by, version=recorded.version))
