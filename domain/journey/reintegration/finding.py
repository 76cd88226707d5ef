"""The reintegration that a command is about, or why there is none; and why a journey may not end yet."""

from __future__ import annotations

from typing import NamedTuple

from domain.codes import ClosingReason
from domain.journey.deciding import Surroundings
from domain.journey.reintegration.state import REINTEGRATION, ReintegrationState
from domain.journey.state import Journey
from domain.pathway.reintegration import ReintegrationRules
from domain.refusal import RefusalCode, Refused


class Known(NamedTuple):
    """A reintegration with the rules."""

    state: ReintegrationState
    rules: ReintegrationRules


def find_reintegration(
    journey: Journey, seen: int | None, surroundings: Surroundings, *, running: bool
) -> Known | Refused:
    """One that runs, or one that has ended; refuses a form that shows an older state of it."""
    rules = surroundings.pathway.reintegration
    if rules is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=REINTEGRATION)
    state = journey.reintegration
    if state is None:
        return Refused(code=RefusalCode.REINTEGRATION_NOT_RUNNING, part=REINTEGRATION)
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=REINTEGRATION, part_version=state.version)
    if state.is_running is not running:
        code = RefusalCode.REINTEGRATION_NOT_RUNNING if running else RefusalCode.REINTEGRATION_RUNNING
        return Refused(code=code, part=REINTEGRATION, part_version=state.version)
    return Known(state, rules)


def refuse_incomplete(journey: Journey, reason: ClosingReason) -> Refused | None:
    """Why a journey does not end with its goals reached: its reintegration runs, and its criteria are not asked so."""
    state = journey.reintegration
    if reason is not ClosingReason.GOALS_REACHED or state is None or not state.is_running:
        return None
    return Refused(code=RefusalCode.REINTEGRATION_RUNNING, part=REINTEGRATION, part_version=state.version)
