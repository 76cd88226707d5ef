"""Part: what people hold of a mission: a seat, the supervision, the report; it may be taken over by another."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Role
from domain.copying import replace
from domain.event import Event, Recorded
from domain.mission.codes import MissionPhase
from domain.mission.register import decides, evolves
from domain.mission.rules import PLAN, REPORT, unfit_crew
from domain.mission.state import Mission
from domain.mission.values import Crew, Leg
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision, Surroundings
from domain.stream.holding import Held, TakeOver
from domain.values import ObligationKey, StaffId

SUPERVISOR = "supervisor"


class MissionTakenOver(Event, topic="mission.taken-over"):
    """A seat, with the wheel and the lead where the leaver had them, the supervision or the report is another's now."""

    part: ObligationKey
    leaver: StaffId
    successor: StaffId


def seat(person: StaffId) -> str:
    """The part that somebody's place in the team is."""
    return f"crew:{person}"


def held(mission: Mission) -> Iterator[Held]:
    """Who goes, or is out there; who is told when nothing is heard; who reports, once everybody is back."""
    crew = mission.plan.crew
    if mission.phase is MissionPhase.RETURNED:
        yield Held(REPORT, Role.MOBILE_TEAM, mission.reporter)
        return
    for person in dict.fromkeys((crew.lead, *crew.team)):
        yield Held(seat(person), Role.MOBILE_TEAM, person)
    if crew.supervisor is not None:
        yield Held(SUPERVISOR, Role.SUPERVISOR, crew.supervisor)


@decides(TakeOver)
def _take_over(mission: Mission, command: TakeOver, _: Surroundings) -> Decision:
    if refused := _not_held(mission, command):
        return refused
    if command.part in {SUPERVISOR, REPORT}:
        holder = next(each.staff for each in held(mission) if each.part == command.part)
        if holder == command.successor:
            return ()
        if holder != command.leaver:
            return Refused(code=RefusalCode.HELD_BY_ANOTHER, part=command.part, other=holder)
    elif mission.phase is not MissionPhase.PLANNED:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    else:
        crew = _with(mission.plan.crew, command.leaver, command.successor)
        legs = _driven(mission.plan.legs, command.leaver, command.successor)
        if refused := unfit_crew(crew, (leg.driver for leg in legs)):
            return refused
    return (MissionTakenOver(part=command.part, leaver=command.leaver, successor=command.successor),)


def _not_held(mission: Mission, command: TakeOver) -> Refused | None:
    if any(each.part == command.part for each in held(mission)):
        return None
    return Refused(code=RefusalCode.NOT_ASSIGNED, part=command.part)


def _with(crew: Crew, leaver: StaffId, successor: StaffId) -> Crew:
    team = tuple(dict.fromkeys(successor if person == leaver else person for person in crew.team))
    lead = successor if crew.lead == leaver else crew.lead
    return crew.model_copy(update={"team": team, "lead": lead})


def _driven(legs: tuple[Leg, ...], leaver: StaffId, successor: StaffId) -> tuple[Leg, ...]:
    return tuple(leg.model_copy(update={"driver": successor}) if leg.driver == leaver else leg for leg in legs)


@evolves(MissionTakenOver)
def _taken_over(mission: Mission, recorded: Recorded[MissionTakenOver]) -> Mission:
    event, plan = recorded.event, mission.plan
    if event.part == REPORT:
        return replace(mission, reported_by=event.successor)
    if event.part == SUPERVISOR:
        plan = plan.model_copy(update={"crew": plan.crew.model_copy(update={"supervisor": event.successor})})
    else:
        update = {
            "crew": _with(plan.crew, event.leaver, event.successor),
            "legs": _driven(plan.legs, event.leaver, event.successor),
        }
        plan = plan.model_copy(update=update)
    return replace(mission, plan=plan, plan_version=recorded.version)
