"""The plan moves, and every timer with it."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ObligationKind
from domain.journey.missions import NoteMission
from domain.mission.codes import CancelReason
from domain.mission.moving import LegMove, MissionMoved, MoveMission
from domain.mission.planning import CancelMission
from domain.refusal import RefusalCode
from tests.domain.mission.given import BACK, JOURNEY, LEAVE, LEG, departed, planned, returned

DEPARTURE, RETURN = ObligationKind.MISSION_DEPARTURE, ObligationKind.MISSION_RETURN
WEEK = timedelta(days=7)
NEXT_WEEK = MoveMission(departure=LEAVE + WEEK, expected_return=BACK + WEEK)


def test_one_event_moves_everything_owed() -> None:
    """The departure, its reminders, the legs, and what the drivers see."""
    (event,) = planned().when(NEXT_WEEK).events
    assert isinstance(event, MissionMoved)
    after = planned().having(NEXT_WEEK)
    owed = after.owed[DEPARTURE]
    assert (owed.due_at, owed.clockwork.date_version) == (LEAVE + WEEK, 2)
    assert owed.ahead[0].rung == "before-1-calendar-days"
    (leg,) = after.state.plan.legs
    assert leg.departs_at == LEG.departs_at + WEEK
    assert leg.shown_from == LEG.departs_at + WEEK - timedelta(minutes=30)
    assert leg.start == LEG.start


def test_a_leg_may_have_times_of_its_own() -> None:
    """Within the plan."""
    at = LEAVE + WEEK + timedelta(hours=3)
    leg = LegMove(number=1, departs_at=at, arrives_at=at + timedelta(hours=1))
    after = planned().having(NEXT_WEEK.model_copy(update={"legs": (leg,)}))
    assert after.state.plan.legs[0].departs_at == at
    outside = leg.model_copy(update={"arrives_at": BACK + WEEK + timedelta(hours=1)})
    planned().when(NEXT_WEEK.model_copy(update={"legs": (outside,)})).then_refused(RefusalCode.LEG_OUTSIDE_PLAN)


def test_under_way_only_the_return_moves() -> None:
    """The check-ins go on as they were."""
    before = departed()
    after = before.when(MoveMission(expected_return=BACK + timedelta(hours=3))).then("mission.moved")
    assert after.owed[RETURN].due_at == BACK + timedelta(hours=3)
    assert after.owed[ObligationKind.MISSION_CHECK_IN] == before.owed[ObligationKind.MISSION_CHECK_IN]
    earlier = MoveMission(departure=LEAVE - timedelta(hours=1), expected_return=BACK)
    before.when(earlier).then_refused(RefusalCode.MISSION_NOT_PLANNED)


def test_a_plan_does_not_move_into_the_past() -> None:
    """Neither before it leaves nor after."""
    late = planned().at(LEAVE + timedelta(days=1))
    late.when(MoveMission(expected_return=BACK + WEEK)).then_refused(RefusalCode.DATE_IN_THE_PAST)
    departed().when(MoveMission(expected_return=LEAVE)).then_refused(RefusalCode.DATE_IN_THE_PAST)


def test_under_way_the_return_does_not_move_before_a_leg() -> None:
    """Somebody would be left on the road."""
    early = MoveMission(expected_return=LEG.arrives_at - timedelta(minutes=1))
    departed().when(early).then_refused(RefusalCode.LEG_OUTSIDE_PLAN)


def test_a_plan_is_moved_as_it_was_shown() -> None:
    """And only where there is one."""
    planned().when(NEXT_WEEK.model_copy(update={"seen": 8})).then_refused(RefusalCode.PART_CHANGED, part="plan")
    returned().when(NEXT_WEEK).then_refused(RefusalCode.MISSION_NOT_PLANNED)
    planned().having(CancelMission(reason=CancelReason.OTHER)).when(NEXT_WEEK).then_refused(RefusalCode.MISSION_ENDED)


def test_the_journeys_are_told_of_the_new_date() -> None:
    """By another command than that of the plan."""
    after = planned().having(NEXT_WEEK)
    notes = [each.command for each in after.state.pending.values() if each.target == JOURNEY]
    assert [note.departure for note in notes if isinstance(note, NoteMission)] == [LEAVE, LEAVE + WEEK]
