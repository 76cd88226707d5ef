"""Nudges: whoever can move a stalled thing on is reminded, staff only, and at most once a working day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import Mover, ObligationKind, Role, RungEffect, StallCause
from domain.journey.advancing import AdvanceStep
from domain.journey.nudging import Nudged, NudgeStalled, told_of
from domain.journey.obligation import is_wanted, obligations, wakes
from domain.journey.stalling import WHOSE_MOVE, StallStep
from domain.refusal import RefusalCode
from domain.stream.firing import RungsFired
from domain.stream.obligation import Owner
from tests.domain.given import MILA, VERA, planned

NUDGE = NudgeStalled(obligation="step:plan:1")


@pytest.mark.parametrize("cause", [c for c in StallCause if c is not StallCause.NOBODY_ASSIGNED])
def test_one_of_us_is_reminded_whatever_it_waits_on(cause: StallCause) -> None:
    """The event says whose move it was; the letter goes to staff, also where that is the client, court or partner."""
    stalled = planned().having(StallStep(step="plan", cause=cause))
    nudged, letter = stalled.by(VERA).when(NUDGE).events
    assert isinstance(nudged, Nudged)
    assert (nudged.kind, nudged.mover, nudged.staff) == (ObligationKind.STEP, WHOSE_MOVE[cause], MILA)
    assert isinstance(letter, RungsFired)
    assert letter.effects == (RungEffect.REMIND,)
    assert [(each.role, each.staff) for each in letter.addressees] == [(nudged.role, MILA)]


def test_the_clients_move_becomes_the_caseworkers_task() -> None:
    """Whoever the step belongs to: only the caseworker decides how the client is reached."""
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_CLIENT)).state
    (owed,) = [each for each in obligations(stalled) if each.key == "step:plan:1"]
    of_a_lawyer = owed._replace(owner=Owner(Role.LAWYER, VERA))
    assert told_of(stalled, of_a_lawyer, Mover.CLIENT) == Owner(Role.CASEWORKER, MILA)
    assert told_of(stalled, of_a_lawyer, Mover.COURT) == Owner(Role.LAWYER, VERA)


def test_not_again_within_a_working_day() -> None:
    """Refused until the next office morning, whoever asks; then it may be said again, as another letter."""
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_US))
    once = stalled.having(NUDGE)
    (first,) = [r.event for r in once.history if isinstance(r.event, RungsFired)][-1:]
    assert once.state.nudges["step:plan:1"].at == once.now
    again_at = once.state.nudges["step:plan:1"].again_at
    assert again_at > once.now
    almost = once.later(seconds=(again_at - once.now).total_seconds() - 1)
    almost.by(VERA).when(NUDGE).then_refused(RefusalCode.ALREADY_NUDGED, part="step:plan:1", until=again_at)
    _, second = almost.later(seconds=1).by(VERA).when(NUDGE).events
    assert isinstance(second, RungsFired)
    assert second.rungs != first.rungs
    assert second.addressees[0].message != first.addressees[0].message


def test_a_weekend_is_no_working_day() -> None:
    """Nudged on a Friday, the next one is on Monday."""
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_US))
    friday = stalled.later(days=(4 - stalled.now.weekday()) % 7)
    again = friday.having(NUDGE).state.nudges["step:plan:1"].again_at
    assert again - friday.now > timedelta(days=2)


def test_it_changes_nothing_about_the_step() -> None:
    """Neither its version, so that an open form stays good, nor when its timers wake; settled, the letter is void."""
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_US))
    after = stalled.having(NUDGE)
    assert after.step("plan:1").version == stalled.step("plan:1").version
    assert wakes(after.state) == wakes(stalled.state)
    date_version = after.step("plan:1").clockwork.date_version
    assert is_wanted(after.state, "step:plan:1", date_version)
    done = after.having(AdvanceStep.model_validate({"step": "plan", "outcome": "done"}))
    assert not is_wanted(done.state, "step:plan:1", date_version)


def test_only_what_stands_still_as_the_board_shows_it() -> None:
    """Nothing unknown, nothing that moves, nothing that somebody has changed meanwhile."""
    planned().when(NUDGE).then_refused(RefusalCode.NOT_STALLED, part="step:plan:1")
    planned().when(NudgeStalled(obligation="step:nothing:1")).then_refused(
        RefusalCode.NOT_STALLED, part="step:nothing:1"
    )
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_US))
    seen = stalled.step("plan:1").version
    stalled.when(NudgeStalled(obligation="step:plan:1", seen=seen - 1)).then_refused(
        RefusalCode.PART_CHANGED, part="step:plan:1", part_version=seen
    )
