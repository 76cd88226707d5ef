"""The individual plan: goals of the catalogue, each with its day and who answers for it; looked at in its rhythm."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import ObligationKind, Role
from domain.journey import obligations
from domain.journey.approval.commands import GiveApproval
from domain.journey.service_plan.goals import GoalSet, ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan, ReviewPlan
from domain.journey.service_plan.state import GoalProgress
from domain.pathway.plan import Approval
from domain.refusal import RefusalCode
from tests.domain.careful import careful
from tests.domain.given import MILA, NOTE, VERA, Given
from tests.pathway_examples import small_pathway

HOME = SetGoal(goal="safe-home", target_on=date(2026, 6, 1), role=Role.LAWYER, measures=("find-flat",), text=NOTE)


def _owed(here: Given, kind: ObligationKind) -> dict[str, date]:
    return {o.key: o.clockwork.deadline.due_on for o in obligations(here.state) if o.kind is kind}


def test_a_goal_is_owed_on_its_day_by_who_answers_for_it() -> None:
    """By the role; while nobody has it, by the caseworker."""
    here = careful().having(HOME)
    event = here.history[-1].event
    assert isinstance(event, GoalSet)
    assert (event.number, event.text) == (1, NOTE)
    owed = next(o for o in obligations(here.state) if o.kind is ObligationKind.GOAL)
    assert (owed.key, owed.what, owed.clockwork.deadline.due_on) == ("goal:1", "safe-home", date(2026, 6, 1))
    assert owed.owner == (Role.CASEWORKER, MILA)


@pytest.mark.parametrize("progress", GoalProgress)
def test_a_goal_is_over_when_it_is_reached_or_dropped(progress: GoalProgress) -> None:
    """Everything else goes on."""
    here = careful().having(HOME).later(days=1).having(ProgressGoal(number=1, progress=progress))
    over = progress in (GoalProgress.REACHED, GoalProgress.DROPPED)
    assert (not _owed(here, ObligationKind.GOAL)) is over


def test_a_goal_may_get_more_time_and_go_on_after_it_was_over() -> None:
    """A new day is a new date; one that goes on has the day it had."""
    here = careful().having(HOME)
    moved = here.having(ProgressGoal(number=1, progress=GoalProgress.UNDER_WAY, target_on=date(2026, 9, 1)))
    assert _owed(moved, ObligationKind.GOAL) == {"goal:1": date(2026, 9, 1)}
    dropped = moved.having(ProgressGoal(number=1, progress=GoalProgress.DROPPED))
    again = dropped.having(ProgressGoal(number=1, progress=GoalProgress.UNDER_WAY))
    assert _owed(again, ObligationKind.GOAL) == {"goal:1": date(2026, 9, 1)}


def test_a_plan_is_agreed_on_goals_and_looked_at_again() -> None:
    """Whether a second person has to agree is the pathway's word."""
    careful().when(AgreePlan()).then_refused(RefusalCode.NO_SUCH_GOAL, part="plan")
    careful().having(HOME).when(ReviewPlan()).then_refused(RefusalCode.NO_PLAN)
    here = careful().having(HOME, AgreePlan())
    assert here.state.plan.approval is Approval.PENDING
    assert _owed(here, ObligationKind.PLAN_REVIEW) == {"plan": date(2026, 6, 2)}
    approved = here.by(VERA).having(GiveApproval(number=1)).by(MILA)
    reviewed = approved.later(days=90).having(ReviewPlan(seen=here.state.plan.version))
    assert _owed(reviewed, ObligationKind.PLAN_REVIEW) == {"plan": date(2026, 8, 31)}
    reviewed.when(ReviewPlan(seen=1)).then_refused(RefusalCode.PART_CHANGED, part="plan")


def test_words_come_from_the_catalogue() -> None:
    """Goals and measures alike; a pathway without a plan has none."""
    careful().when(SetGoal(goal="fame", target_on=date(2026, 6, 1))).then_refused(
        RefusalCode.NOT_IN_PATHWAY, allowed=("safe-home", "schooling")
    )
    careful().when(HOME.model_copy(update={"measures": ("buy-flat",)})).then_refused(
        RefusalCode.NOT_IN_PATHWAY, allowed=("find-flat",)
    )
    careful().on(small_pathway()).when(HOME).then_refused(RefusalCode.NOT_IN_PATHWAY, allowed=())
    careful().on(small_pathway()).when(AgreePlan()).then_refused(RefusalCode.NOT_IN_PATHWAY)


def test_goals_are_not_set_into_the_past_nor_changed_under_a_form() -> None:
    """As with every part."""
    careful().when(SetGoal(goal="schooling", target_on=date(2026, 3, 1))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    here = careful().having(HOME)
    under_way = ProgressGoal(number=1, progress=GoalProgress.UNDER_WAY)
    here.when(under_way.model_copy(update={"seen": 1})).then_refused(RefusalCode.PART_CHANGED, part="goal:1")
    here.when(under_way.model_copy(update={"target_on": date(2026, 3, 1)})).then_refused(RefusalCode.DATE_IN_THE_PAST)
    here.when(ProgressGoal(number=2, progress=GoalProgress.REACHED)).then_refused(RefusalCode.NO_SUCH_GOAL)
