"""An approval is of one thing in one version: what changes after it was given was approved by nobody."""

from __future__ import annotations

from datetime import date, timedelta

from domain.codes import NOBODY, ReopeningReason, StepOutcome, StepReason
from domain.event import Event
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.approval.events import ApprovalAsked, ApprovalVoided
from domain.journey.approval.needing import plan_approval
from domain.journey.approval.state import ApprovalStatus, VoidCause
from domain.journey.approval.things import thing_of
from domain.journey.approval.voiding import voids
from domain.journey.closing import ReopenJourney
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan, PlanReviewed, ReviewPlan
from domain.journey.service_plan.state import GoalProgress
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.plan import Approval
from domain.refusal import RefusalCode
from tests.domain.approval.asked import CLOSE, GIVE, TO_CLOSE, agreed, asked, only
from tests.domain.careful import careful
from tests.domain.given import MILA, VERA, Given

HOME = SetGoal(goal="safe-home", target_on=date(2026, 6, 1))
SCHOOL = SetGoal(goal="schooling", target_on=date(2026, 6, 1))
CLOSURE, PLAN = ApprovalMatter.CLOSURE, ApprovalMatter.PLAN


def _void(events: tuple[Event, ...]) -> list[int]:
    return [e.number for e in events if isinstance(e, ApprovalVoided) and e.cause is VoidCause.THING_CHANGED]


def _summon(given: Given) -> OpenStep:
    return OpenStep(step="hearing", appointment=given.now + timedelta(days=30))


def test_a_hearing_after_the_approval_makes_it_void() -> None:
    """The second person did not know of it; while it is only asked, the question is void as well."""
    for before in (agreed().by(MILA), asked()):
        answer = before.when(_summon(before))
        assert _void(answer.events) == [1]
        assert only(answer.after).status is ApprovalStatus.VOID
        answer.after.when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED)
        answer.after.by(VERA).when(GIVE).then_refused(RefusalCode.NO_APPROVAL_ASKED)


def test_a_step_that_opens_after_the_approval_makes_it_void() -> None:
    """Even where it follows by itself from one that was done."""
    before = agreed().by(MILA)
    answer = before.when(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    assert _keys(answer.after) - _keys(before) == {"step:plan:1"}
    assert _void(answer.events) == [1]


def test_what_is_done_since_is_no_obstacle() -> None:
    """A goal that is reached, a step that gets another day: nothing is owed that was not known."""
    rules = careful().pathway.model_copy(update={"approvals": (ApprovalRule(matter=CLOSURE),)})
    before = careful().on(rules).having(HOME, TO_CLOSE).by(VERA).having(GIVE).by(MILA)
    reached = before.when(ProgressGoal(number=1, progress=GoalProgress.REACHED))
    assert _keys(before) - _keys(reached.after) == {"goal:1"}
    later = AdvanceStep(
        step="contact",
        outcome=StepOutcome.POSTPONED,
        reason=StepReason.CLIENT_ASKED,
        next_at=before.now + timedelta(days=3),
    )
    moved = reached.after.when(later)
    assert _void(reached.events) == _void(moved.events) == []
    assert not moved.after.having(CLOSE).state.is_open


def _keys(given: Given) -> set[str]:
    thing = thing_of(given.state, CLOSURE)
    assert thing is not None
    return {str(key) for key in thing.content}


def test_an_approval_closes_once() -> None:
    """Reopened, the journey needs another; a question that nobody answered does not come back either."""
    closed = agreed().by(MILA).having(CLOSE)
    again = closed.later(days=400).having(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    again.when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED, part=None)
    again.by(VERA).when(GIVE).then_refused(RefusalCode.NO_APPROVAL_ASKED)
    assert thing_of(closed.state, CLOSURE) is None
    assert voids(None, closed.state) == ()


def _agreed_plan() -> Given:
    """Mila and the client agree on a goal: the question goes out by itself."""
    return careful().having(HOME, AgreePlan())


def test_a_plan_that_is_agreed_on_asks_the_second_person() -> None:
    """It is in force, and reviewed, once that person agrees."""
    before = careful().having(HOME)
    answer = before.when(AgreePlan())
    question = answer.events[-1]
    assert isinstance(question, ApprovalAsked)
    assert (question.matter, question.of_version) == (PLAN, before.state.version + 1)
    assert plan_approval(answer.after.state) is Approval.PENDING
    answer.after.when(ReviewPlan()).then_refused(RefusalCode.APPROVAL_REQUIRED, part="approval:1")
    answer.after.when(GIVE).then_refused(RefusalCode.SECOND_PERSON_REQUIRED)
    given = answer.after.by(VERA).having(GIVE)
    assert plan_approval(given.state) is Approval.GIVEN
    assert isinstance(given.by(MILA).when(ReviewPlan()).events[0], PlanReviewed)


def test_another_plan_needs_another_approval() -> None:
    """Another goal, another day or a dropped goal; how far a goal has come is the same plan."""
    given = _agreed_plan().by(VERA).having(GIVE).by(MILA)
    under_way = ProgressGoal(number=1, progress=GoalProgress.UNDER_WAY)
    assert _void(given.when(under_way).events) == []
    changes = (
        SCHOOL,
        under_way.model_copy(update={"target_on": date(2026, 9, 1)}),
        ProgressGoal(number=1, progress=GoalProgress.DROPPED),
    )
    for change in changes:
        answer = given.when(change)
        assert _void(answer.events) == [1], change
        assert plan_approval(answer.after.state) is Approval.VOID
        answer.after.when(ReviewPlan()).then_refused(RefusalCode.APPROVAL_REQUIRED)


def test_a_plan_agreed_on_again_is_asked_again() -> None:
    """The first question or approval is void; the explicit question does for a small change."""
    twice = _agreed_plan().having(AgreePlan())
    assert {n: a.status for n, a in twice.state.approvals.items()} == {1: ApprovalStatus.VOID, 2: ApprovalStatus.ASKED}
    changed = _agreed_plan().by(VERA).having(GIVE).by(MILA).having(SCHOOL)
    small = changed.having(AskApproval(matter=PLAN)).by(VERA).having(GiveApproval(number=2))
    assert plan_approval(small.state) is Approval.GIVEN


def test_a_plan_is_proposed_by_a_person() -> None:
    """Where a second one has to agree."""
    nobody = careful().having(HOME).by(NOBODY)
    nobody.when(AgreePlan()).then_refused(RefusalCode.PERSON_REQUIRED)
