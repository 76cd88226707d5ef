"""What every decider of a mission asks: that the people are a team, the dates are in order, a fact lies in the past."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from domain.journey.timing import CLOCK_TOLERANCE
from domain.mission.state import Mission
from domain.mission.values import Crew, Leg, LegWanted
from domain.refusal import RefusalCode, Refused
from domain.values import StaffId

AT_LEAST = 2
"""Nobody goes alone."""
PLAN = "plan"
RISK = "risk"
REPORT = "report"
"""Parts of a mission besides what it owes."""


def unfit_crew(crew: Crew, drivers: Iterable[StaffId | None]) -> Refused | None:
    """A refusal where fewer than two go, or where the lead or a driver stays at home."""
    if len(set(crew.team)) < AT_LEAST:
        return Refused(code=RefusalCode.TEAM_TOO_SMALL, part=PLAN)
    for person in (crew.lead, *drivers):
        if person is not None and person not in crew.team:
            return Refused(code=RefusalCode.NOT_OF_THE_TEAM, part=PLAN, other=person)
    return None


def unfit_dates(departure: datetime, expected_return: datetime, now: datetime) -> Refused | None:
    """A refusal where a plan lies in the past or ends before it begins."""
    if departure < now - CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=PLAN)
    if expected_return <= departure:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=PLAN)
    return None


def unfit_legs(
    legs: Iterable[LegWanted], departure: datetime, expected_return: datetime, journeys: Iterable[UUID]
) -> Refused | None:
    """A refusal where a leg is not within the plan, not after the one before, or of a journey that is not served."""
    served, at = frozenset(journeys), departure
    for leg in legs:
        if not at <= leg.departs_at < leg.arrives_at <= expected_return:
            return Refused(code=RefusalCode.LEG_OUTSIDE_PLAN, part=PLAN)
        if leg.journey is not None and leg.journey not in served:
            return Refused(code=RefusalCode.JOURNEY_NOT_SERVED, part=PLAN, other=leg.journey)
        at = leg.arrives_at
    return None


def numbered(legs: Iterable[LegWanted], margin: timedelta) -> tuple[Leg, ...]:
    """The legs with their numbers, and with the time in which their drivers see the places."""
    return tuple(
        Leg(
            number=number,
            shown_from=leg.departs_at - margin,
            shown_until=leg.arrives_at + margin,
            **{name: getattr(leg, name) for name in LegWanted.model_fields},
        )
        for number, leg in enumerate(legs, start=1)
    )


def misdated(mission: Mission, occurred_at: datetime | None, now: datetime) -> Refused | None:
    """A refusal where a fact is said to lie in the future, or before the team was heard of last."""
    if occurred_at is None:
        return None
    if occurred_at > now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    last = mission.last_word_at
    if last is not None and occurred_at < last:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER)
    return None


def changed(part: str, version: int, seen: int | None) -> Refused | None:
    """A refusal where the part is no longer what the form showed."""
    if seen is None or seen == version:
        return None
    return Refused(code=RefusalCode.PART_CHANGED, part=part, part_version=version)
