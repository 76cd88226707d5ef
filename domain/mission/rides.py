"""The narrow view: a driver sees the places of a ride for the time of the ride, and nothing else of a mission.

for ride in rides(mission, driver=me, now=now):
    ride.places          # None outside the time of that ride
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.mission.codes import MissionPhase
from domain.mission.state import Mission
from domain.mission.values import Leg, within
from domain.sealed import Identity, Sealed
from domain.values import StaffId, Zone


@dataclass(frozen=True, slots=True)
class Places:
    """Where from and where to, still sealed: with the key of `journey`, or without one with the mission's own."""

    journey: UUID | None
    sealed_by: UUID
    start: Sealed[Identity]
    end: Sealed[Identity]


@dataclass(frozen=True, slots=True)
class Ride:
    """What a driver is told: when, and while it lasts where. Not for whom, nor why."""

    number: int
    departs_at: datetime
    arrives_at: datetime
    zone: Zone
    places: Places | None


def rides(mission: Mission, *, driver: StaffId, now: datetime) -> tuple[Ride, ...]:
    """The rides of this driver at `now`. Nobody drives for a mission that is cancelled, broken off or over."""
    if mission.phase not in {MissionPhase.PLANNED, MissionPhase.DEPARTED} or driver not in mission.plan.crew.team:
        return ()
    return tuple(_ride(mission, leg, now) for leg in mission.plan.legs if leg.driver == driver)


def _ride(mission: Mission, leg: Leg, now: datetime) -> Ride:
    shown = within(now, leg.shown_from, leg.shown_until)
    places = Places(leg.journey, mission.sealed_by, leg.start, leg.end) if shown else None
    return Ride(leg.number, leg.departs_at, leg.arrives_at, mission.plan.zone, places)
