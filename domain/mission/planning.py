"""Part: the plan. Who goes where, in what, for whom, and when they are to be back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.codes import ObligationKind
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.timing import Instant
from domain.mission.codes import CancelReason, MissionPhase, MissionPurpose
from domain.mission.owing import timed
from domain.mission.register import begins, decides, evolves, opens
from domain.mission.rules import PLAN, changed, numbered, unfit_crew, unfit_dates, unfit_legs
from domain.mission.state import Mission
from domain.mission.telling import telling
from domain.mission.timers import departure_deadline, missions_of
from domain.mission.values import Crew, Leg, LegWanted, Plan
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.stream.facts import gives_work
from domain.values import Count, StaffId, Zone


class MissionPlanned(Event, topic="mission.planned"):
    """A team is to go out. `departs` is by when it leaves or the mission is called off."""

    pin: Pin
    purpose: MissionPurpose
    crew: Crew
    departure: AwareDatetime
    expected_return: AwareDatetime
    zone: Zone
    legs: tuple[Leg, ...]
    journeys: tuple[UUID, ...]
    departs: Deadline
    note: Sealed[Notes] | None = None


class CrewChanged(Event, topic="mission.crew-changed"):
    """Others go, or they go in another vehicle."""

    crew: Crew
    note: Sealed[Notes] | None = None


class MissionCancelled(Event, topic="mission.cancelled"):
    """The team does not leave."""

    reason: CancelReason
    note: Sealed[Notes] | None = None


class PlanMission(Command, kind="plan-mission"):
    """Plans a mission. `zone` is that of the places, where it is not the office's."""

    pin: Pin
    purpose: MissionPurpose
    crew: Crew
    departure: Instant
    expected_return: Instant
    zone: Zone | None = None
    legs: Annotated[tuple[LegWanted, ...], Field(max_length=24)] = ()
    journeys: Annotated[tuple[UUID, ...], Field(max_length=24)] = ()
    note: Sealed[Notes] | None = None


class ChangeCrew(Command, kind="change-crew"):
    """Others go. `seen` is the version of the plan on the form."""

    crew: Crew
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class CancelMission(Command, kind="cancel-mission"):
    """Calls a mission off that has not left."""

    reason: CancelReason
    note: Sealed[Notes] | None = None


def _people(crew: Crew, legs: Iterable[LegWanted] = ()) -> Iterator[StaffId | None]:
    yield from (*crew.team, crew.lead, crew.supervisor)
    yield from (leg.driver for leg in legs)


gives_work(PlanMission, lambda command: _people(command.crew, command.legs))
gives_work(ChangeCrew, lambda command: _people(command.crew))


@opens(PlanMission)
def _plan(command: PlanMission, surroundings: Surroundings) -> Decision:
    if surroundings.pathway.missions is None:
        return Refused(code=RefusalCode.NO_MISSIONS_HERE)
    departure, expected = command.departure, command.expected_return
    refused = (
        unfit_crew(command.crew, (leg.driver for leg in command.legs))
        or unfit_dates(departure, expected, surroundings.now)
        or unfit_legs(command.legs, departure, expected, command.journeys)
    )
    if refused:
        return refused
    zone = command.zone or surroundings.pathway.zone
    return (
        MissionPlanned(
            pin=command.pin,
            purpose=command.purpose,
            crew=command.crew,
            departure=departure,
            expected_return=expected,
            zone=zone,
            legs=numbered(command.legs, missions_of(surroundings.pathway).ride_margin),
            journeys=tuple(dict.fromkeys(command.journeys)),
            departs=departure_deadline(surroundings, departure, zone),
            note=command.note,
        ),
    )


@decides(ChangeCrew)
def _change_crew(mission: Mission, command: ChangeCrew, _: Surroundings) -> Decision:
    if mission.phase not in {MissionPhase.PLANNED, MissionPhase.DEPARTED}:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    drivers = (leg.driver for leg in mission.plan.legs)
    refused = changed(PLAN, mission.plan_version, command.seen) or unfit_crew(command.crew, drivers)
    if refused:
        return refused
    return (CrewChanged(crew=command.crew, note=command.note),) if command.crew != mission.plan.crew else ()


@decides(CancelMission)
def _cancel(mission: Mission, command: CancelMission, _: Surroundings) -> Decision:
    if mission.phase is not MissionPhase.PLANNED:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    return (MissionCancelled(reason=command.reason, note=command.note),)


@begins(MissionPlanned)
def _planned(recorded: Recorded[MissionPlanned]) -> Mission:
    event = recorded.event
    mission = Mission(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        opened_at=recorded.occurred_at,
        changed_at=recorded.recorded_at,
        plan=Plan(
            purpose=event.purpose,
            crew=event.crew,
            departure=event.departure,
            expected_return=event.expected_return,
            zone=event.zone,
            legs=event.legs,
            journeys=event.journeys,
        ),
        plan_version=recorded.version,
        sealed_by=recorded.command_id,
    )
    return telling(timed(mission, ObligationKind.MISSION_DEPARTURE, event.departs, recorded), recorded)


@evolves(CrewChanged)
def _crew_changed(mission: Mission, recorded: Recorded[CrewChanged]) -> Mission:
    plan = mission.plan.model_copy(update={"crew": recorded.event.crew})
    return replace(mission, plan=plan, plan_version=recorded.version)


@evolves(MissionCancelled)
def _cancelled(mission: Mission, recorded: Recorded[MissionCancelled]) -> Mission:
    cancelled = replace(mission, phase=MissionPhase.CANCELLED, cancelled=recorded.event.reason)
    return telling(cancelled, recorded)
