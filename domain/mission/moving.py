"""Part: the plan moves, and every timer of it with it, in one event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.codes import ObligationKind
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.timing import Instant
from domain.mission.codes import MissionPhase
from domain.mission.owing import timed
from domain.mission.register import decides, evolves
from domain.mission.rules import PLAN, changed, numbered, unfit_dates, unfit_legs
from domain.mission.state import Mission
from domain.mission.telling import telling
from domain.mission.timers import departure_deadline, missions_of, return_deadline
from domain.mission.values import Leg, LegTimes
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import Count, Value


class MissionMoved(Event, topic="mission.moved"):
    """The plan has other times, and with it what is owed: the departure before the team leaves, the return after it."""

    departure: AwareDatetime
    expected_return: AwareDatetime
    legs: tuple[LegTimes, ...]
    departs: Deadline | None = None
    comes_back: Deadline | None = None
    note: Sealed[Notes] | None = None


class LegMove(Value):
    """Other times of one leg."""

    number: Count
    departs_at: Instant
    arrives_at: Instant


class MoveMission(Command, kind="move-mission"):
    """Moves a plan. Under way only the return moves. Legs that are not named move as the departure does."""

    expected_return: Instant
    departure: Instant | None = None
    legs: Annotated[tuple[LegMove, ...], Field(max_length=24)] = ()
    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(MoveMission)
def _move(mission: Mission, command: MoveMission, surroundings: Surroundings) -> Decision:
    if mission.phase not in {MissionPhase.PLANNED, MissionPhase.DEPARTED}:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    if refused := changed(PLAN, mission.plan_version, command.seen):
        return refused
    return _out(mission, command, surroundings) if mission.is_out else _not_left(mission, command, surroundings)


def _not_left(mission: Mission, command: MoveMission, surroundings: Surroundings) -> Decision:
    plan, departure = mission.plan, command.departure or mission.plan.departure
    legs = _moved_legs(mission, command, departure, missions_of(surroundings.pathway).ride_margin)
    refused = unfit_dates(departure, command.expected_return, surroundings.now) or unfit_legs(
        legs, departure, command.expected_return, plan.journeys
    )
    if refused:
        return refused
    return (
        MissionMoved(
            departure=departure,
            expected_return=command.expected_return,
            legs=_times(legs),
            departs=departure_deadline(surroundings, departure, plan.zone),
            note=command.note,
        ),
    )


def _out(mission: Mission, command: MoveMission, surroundings: Surroundings) -> Decision:
    """Only what lies ahead moves: nobody leaves again, and a leg that is over stays as it was."""
    plan = mission.plan
    if command.departure is not None and command.departure != plan.departure:
        return Refused(code=RefusalCode.MISSION_NOT_PLANNED, part=PLAN)
    if command.expected_return <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=PLAN)
    legs = _moved_legs(mission, command, plan.departure, missions_of(surroundings.pathway).ride_margin)
    if refused := unfit_legs(legs, plan.departure, command.expected_return, plan.journeys):
        return refused
    return (
        MissionMoved(
            departure=plan.departure,
            expected_return=command.expected_return,
            legs=_times(legs),
            comes_back=return_deadline(surroundings, command.expected_return, plan.zone),
            note=command.note,
        ),
    )


def _moved_legs(mission: Mission, command: MoveMission, departure: datetime, margin: timedelta) -> tuple[Leg, ...]:
    named = {leg.number: leg for leg in command.legs}
    shift = departure - mission.plan.departure
    moved = []
    for leg in mission.plan.legs:
        wanted = named.get(leg.number)
        departs_at = wanted.departs_at if wanted else leg.departs_at + shift
        arrives_at = wanted.arrives_at if wanted else leg.arrives_at + shift
        moved.append(leg.model_copy(update={"departs_at": departs_at, "arrives_at": arrives_at}))
    return numbered(moved, margin)


def _times(legs: Iterable[Leg]) -> tuple[LegTimes, ...]:
    return tuple(LegTimes(**{name: getattr(leg, name) for name in LegTimes.model_fields}) for leg in legs)


@evolves(MissionMoved)
def _moved(mission: Mission, recorded: Recorded[MissionMoved]) -> Mission:
    event = recorded.event
    times = {each.number: each.model_dump() for each in event.legs}
    plan = mission.plan.model_copy(
        update={
            "departure": event.departure,
            "expected_return": event.expected_return,
            "legs": tuple(leg.model_copy(update=times.get(leg.number, {})) for leg in mission.plan.legs),
        }
    )
    moved = replace(mission, plan=plan, plan_version=recorded.version)
    if event.departs is not None:
        moved = timed(moved, ObligationKind.MISSION_DEPARTURE, event.departs, recorded)
    if event.comes_back is not None:
        moved = timed(moved, ObligationKind.MISSION_RETURN, event.comes_back, recorded)
    return telling(moved, recorded)
