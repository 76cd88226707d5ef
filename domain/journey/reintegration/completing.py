"""Whether reintegration is complete: what of the pathway's criteria does not hold yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from domain.calendar import add, calendar_of, local_date
from domain.journey.reintegration.state import ReintegrationState
from domain.journey.returning.codes import LIVE
from domain.journey.state import Journey
from domain.pathway.model import Pathway
from domain.pathway.reintegration import Criterion, ReintegrationRules
from domain.refusal import Unmet


class Completing(NamedTuple):
    """A reintegration to be looked at, now."""

    journey: Journey
    state: ReintegrationState
    rules: ReintegrationRules
    pathway: Pathway
    now: datetime


def may_complete(journey: Journey, state: ReintegrationState, pathway: Pathway, now: datetime) -> tuple[Unmet, ...]:
    """The criteria that do not hold, in the pathway's order; empty: it may end as complete."""
    rules = pathway.reintegration
    if rules is None:
        return ()
    completing = Completing(journey, state, rules, pathway, now)
    return tuple(
        Unmet(kind="criterion", name=criterion.value, wants="met")
        for criterion in rules.criteria
        if not HOLDS[criterion](completing)
    )


def _goals_settled(it: Completing) -> bool:
    """Every goal that counts is reached or dropped, and there was one at all."""
    counted = [goal for goal in it.journey.plan.goals.values() if goal.goal in it.state.goals]
    return bool(counted) and all(goal.is_over for goal in counted)


def _safety_reassessed(it: Completing) -> bool:
    found = it.journey.assessments.get(it.rules.safety or "")
    if found is None or found.overall.rank > it.rules.at_most.rank:
        return False
    zone, calendar = it.pathway.zone, calendar_of(it.pathway.calendar)
    last = add(local_date(found.assessed_at, zone), it.rules.assessed_within, calendar)
    return local_date(it.now, zone) <= last


def _no_hearing_ahead(it: Completing) -> bool:
    return all(hearing.is_over for hearing in it.journey.hearings.values())


def _no_term_running(it: Completing) -> bool:
    """Limitations run for years and are followed for themselves."""
    return all(term.is_over or term.is_limitation for term in it.journey.terms.values())


def _no_referral_open(it: Completing) -> bool:
    return not any(referral.is_open for referral in it.journey.services.referrals.values())


def _nobody_untold(it: Completing) -> bool:
    return not it.journey.untold and not any(state.untold for state in it.journey.returns.values())


def _return_followed_up(it: Completing) -> bool:
    return not any(state.owed or state.status in LIVE for state in it.journey.returns.values())


HOLDS: Mapping[Criterion, Callable[[Completing], bool]] = MappingProxyType(
    {
        Criterion.GOALS_SETTLED: _goals_settled,
        Criterion.SAFETY_REASSESSED: _safety_reassessed,
        Criterion.NO_HEARING_AHEAD: _no_hearing_ahead,
        Criterion.NO_TERM_RUNNING: _no_term_running,
        Criterion.NO_REFERRAL_OPEN: _no_referral_open,
        Criterion.NOBODY_UNTOLD: _nobody_untold,
        Criterion.RETURN_FOLLOWED_UP: _return_followed_up,
    }
)
"""When each criterion holds."""
