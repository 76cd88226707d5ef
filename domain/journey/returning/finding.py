"""The return and the rules that a command is about, or why there are none."""

from __future__ import annotations

from typing import NamedTuple

from domain.journey.deciding import Surroundings
from domain.journey.returning.codes import LIVE, ReturnMove, ReturnStatus
from domain.journey.returning.state import ReturnState, return_key
from domain.journey.returning.transitions import TABLE, moves
from domain.journey.state import Journey
from domain.pathway.returning import ReturningRules
from domain.refusal import RefusalCode, Refused


class Found(NamedTuple):
    """A return with the rules."""

    state: ReturnState
    rules: ReturningRules


def rules_of(surroundings: Surroundings) -> ReturningRules | Refused:
    """The section of the pathway, or that it has none."""
    return surroundings.pathway.returning or Refused(code=RefusalCode.NOT_IN_PATHWAY, part="return")


def find_return(journey: Journey, number: int, seen: int | None, surroundings: Surroundings) -> Found | Refused:
    """Any return; refuses a form that shows an older state of it."""
    rules = rules_of(surroundings)
    if isinstance(rules, Refused):
        return rules
    state = journey.returns.get(number)
    if state is None:
        return Refused(code=RefusalCode.NO_SUCH_RETURN, part=return_key(number))
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return Found(state, rules)


def find_prepared(journey: Journey, number: int, seen: int | None, surroundings: Surroundings) -> Found | Refused:
    """A return that is being prepared."""
    found = find_return(journey, number, seen, surroundings)
    if isinstance(found, Found) and found.state.status is not ReturnStatus.PREPARING:
        return not_now(found.state)
    return found


def find_for(
    journey: Journey, number: int, seen: int | None, move: ReturnMove, surroundings: Surroundings
) -> Found | Refused:
    """A return of which the table has this move now."""
    found = find_return(journey, number, seen, surroundings)
    if isinstance(found, Found) and move not in TABLE[found.state.status]:
        return not_now(found.state)
    return found


def not_now(state: ReturnState) -> Refused:
    """The refusal of what does not fit where a return stands, with what would."""
    return Refused(
        code=RefusalCode.RETURN_NOT_NOW, part=state.key, part_version=state.version, allowed=moves(state.status)
    )


def refuse_unfinished_return(journey: Journey) -> Refused | None:
    """Why a journey may not end yet: somebody is about to leave or on the way, or a partner still waits for them."""
    for state in journey.returns.values():
        if state.status in LIVE or state.untold:
            return Refused(code=RefusalCode.RETURN_UNFINISHED, part=state.key, part_version=state.version)
    return None
