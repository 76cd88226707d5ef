"""The values that a mission's commands and events share."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.mission.codes import (
    Housing,
    Met,
    MissionCost,
    MissionOutcome,
    MissionPurpose,
    RiskAnswer,
    Safety,
    VisitNeed,
    Wellbeing,
)
from domain.sealed import Identity, Notes, Sealed
from domain.values import Code, Count, StaffId, Value, Zone

Dinars = Annotated[Decimal, Field(ge=0, le=Decimal("100000000"), decimal_places=2)]
"""Amounts in RSD, to the para."""
Kilometres = Annotated[int, Field(ge=0, le=20_000)]


class LegWanted(Value):
    """A leg as it is asked for. Its places are sealed with the key of `journey`; without one, with the mission's own.

    The places are sealed under the field names of `place_field`, with the id of the command that plans the mission.
    """

    start: Sealed[Identity]
    end: Sealed[Identity]
    departs_at: AwareDatetime
    arrives_at: AwareDatetime
    journey: UUID | None = None
    driver: StaffId | None = None


class Leg(LegWanted):
    """A leg of the plan. Its driver sees the places from `shown_from` (included) to `shown_until` (not included)."""

    number: Count
    shown_from: AwareDatetime
    shown_until: AwareDatetime


class LegTimes(Value):
    """When a leg is, after the plan has moved."""

    number: Count
    departs_at: AwareDatetime
    arrives_at: AwareDatetime
    shown_from: AwareDatetime
    shown_until: AwareDatetime


class Crew(Value):
    """Who goes, in what. `supervisor` is told when the team is silent; where nobody is named, whoever has that role."""

    team: Annotated[tuple[StaffId, ...], Field(max_length=12)]
    lead: StaffId
    vehicle: UUID | None = None
    supervisor: StaffId | None = None

    @property
    def resources(self) -> frozenset[UUID]:
        """Everybody and everything that can be in one place only."""
        return frozenset({*self.team, self.lead} | ({self.vehicle} if self.vehicle else set()))


class Plan(Value):
    """What was planned, as it stands now."""

    purpose: MissionPurpose
    crew: Crew
    departure: AwareDatetime
    expected_return: AwareDatetime
    zone: Zone
    legs: tuple[Leg, ...] = ()
    journeys: tuple[UUID, ...] = ()


class RiskReply(Value):
    """One answer of the risk check."""

    question: Code
    answer: RiskAnswer


class Cost(Value):
    """One thing paid for."""

    kind: MissionCost
    rsd: Dinars


class Costs(Value):
    """What a mission cost."""

    kilometres: Kilometres = 0
    items: Annotated[tuple[Cost, ...], Field(max_length=40)] = ()

    @property
    def rsd(self) -> Decimal:
        """The sum."""
        return sum((cost.rsd for cost in self.items), Decimal(0))


class HomeVisit(Value):
    """The coded fields of a home-visit report; what was said stands in the sealed note."""

    met: Met
    housing: Housing
    safety: Safety
    wellbeing: Wellbeing
    needs: Annotated[tuple[VisitNeed, ...], Field(max_length=12)] = ()
    next_visit_on: Annotated[date, Field(ge=date(1990, 1, 1), lt=date(2200, 1, 1))] | None = None


class JourneyReport(Value):
    """What a mission came to for one journey. `note` is sealed with the key of that journey."""

    journey: UUID
    outcome: MissionOutcome
    visit: HomeVisit | None = None
    note: Sealed[Notes] | None = None


def place_field(number: int, end: str) -> str:
    """The field under which a place is sealed, by its path in command and event: `legs.0.start` of leg 1."""
    return f"legs.{number - 1}.{end}"


def within(instant: datetime, since: datetime, until: datetime) -> bool:
    """Whether an instant lies in a time whose end is not part of it."""
    return since <= instant < until
