"""Opening a step by decision, and setting or moving its date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import ClosingReason, ConsentPurpose, ReopeningReason, StepOutcome
from domain.journey import wakes
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent
from domain.journey.state import StepStatus
from domain.journey.steps import StepScheduled
from domain.pathway.model import Opens, Pathway, StepKind
from domain.refusal import RefusalCode, Refused
from tests.domain.given import MONDAY, NOTE, begun, dated, given, planned, step_opened, supported, with_hearing
from tests.pathway_examples import small_pathway

HEARING = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)


def test_a_hearing_opens_by_decision_with_its_date() -> None:
    """Opened first, then dated: the ladder of the date replaces that of getting one."""
    now = planned().now
    after = (
        planned()
        .when(OpenStep(step="hearing", appointment=HEARING))
        .then(
            step_opened("hearing", now=now),
            StepScheduled(
                step="hearing", occurrence=1, deadline=dated("hearing", now=now, at=HEARING), appointment=HEARING
            ),
        )
    )
    assert after.step("hearing:1").clockwork.date_version == 2


def test_a_hearing_opens_without_a_date_when_none_is_known() -> None:
    """What is due then is to get one."""
    planned().when(OpenStep(step="hearing")).then(step_opened("hearing", now=planned().now))


def test_a_hearing_happens_again_once_the_last_is_settled() -> None:
    """Repeatable: each time a new occurrence, and one open at a time."""
    before = with_hearing(days=1)
    before.when(OpenStep(step="hearing")).then_refused(RefusalCode.STEP_ALREADY_OPEN, part="step:hearing:1")
    settled = before.later(days=2).having(AdvanceStep(step="hearing", outcome=StepOutcome.DECLINED))
    settled.when(OpenStep(step="hearing")).then(step_opened("hearing", 2, now=settled.now))


def test_a_step_is_opened_only_where_its_condition_holds() -> None:
    """With consent; the refusal says whose is missing."""
    refused = supported().when(OpenStep(step="visit")).decision
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.CONDITION_NOT_MET
    assert [(u.kind, u.name, u.wants) for u in refused.unmet] == [("consent", "assistance", "given")]
    agreed = supported().having(GiveConsent(purpose=ConsentPurpose.ASSISTANCE))
    agreed.when(OpenStep(step="visit")).then(step_opened("visit", now=agreed.now))


def test_a_step_that_happens_once_is_not_opened_again() -> None:
    """Unless it is repeatable."""
    planned().when(OpenStep(step="contact")).then_refused(RefusalCode.STEP_NOT_REPEATABLE)


def test_a_single_step_that_was_ended_unsettled_may_be_opened_again() -> None:
    """It never happened: the journey was closed meanwhile."""
    pathway = _with_single_visit()
    before = given(pathway=pathway).on(pathway).and_then(*(r.event for r in supported().history))
    before = before.having(GiveConsent(purpose=ConsentPurpose.ASSISTANCE), OpenStep(step="visit"))
    closed = before.having(CloseJourney(reason=ClosingReason.MISSING)).later(days=30)
    assert closed.step("visit:1").status is StepStatus.ENDED
    found = closed.having(ReopenJourney(reason=ReopeningReason.FOUND))
    found.when(OpenStep(step="visit")).then(step_opened("visit", 2, now=found.now))


def _with_single_visit() -> Pathway:
    pathway = small_pathway()
    intake, support = pathway.stages
    visit, follow_up = support.steps
    single = visit.model_copy(update={"repeatable": False, "kind": StepKind.DISCRETIONARY, "opens": Opens.BY_DECISION})
    return pathway.model_copy(update={"stages": (intake, support.model_copy(update={"steps": (single, follow_up)}))})


def test_an_unknown_step_is_not_opened() -> None:
    """Nor one with a date that has passed."""
    planned().when(OpenStep(step="nothing")).then_refused(RefusalCode.UNKNOWN_STEP)
    planned().when(OpenStep(step="hearing", appointment=MONDAY)).then_refused(RefusalCode.DATE_IN_THE_PAST)


def test_a_step_of_a_stage_not_entered_is_not_opened() -> None:
    """The refusal names the stage."""
    refused = begun().when(OpenStep(step="visit")).decision
    assert isinstance(refused, Refused)
    assert [(u.kind, u.name) for u in refused.unmet] == [("stage", "support")]


def test_a_hearing_moves_and_every_timer_with_it() -> None:
    """One event; the old wakes are void."""
    before = with_hearing().later(days=1)
    later = before.now + timedelta(days=70)
    after = before.when(ScheduleStep(step="hearing", appointment=later, note=NOTE)).then(
        StepScheduled(
            step="hearing",
            occurrence=1,
            deadline=dated("hearing", now=before.now, at=later),
            appointment=later,
            note=NOTE,
        )
    )
    old = {w for w in wakes(before.state) if w.key == "step:hearing:1"}
    assert old
    assert not old & set(wakes(after.state))


def test_a_due_day_moves() -> None:
    """To the end of the office day in Belgrade."""
    before = planned()
    after = before.when(ScheduleStep(step="plan", on=date(2026, 4, 1))).then(
        StepScheduled(step="plan", occurrence=1, deadline=dated("plan", now=before.now, on=date(2026, 4, 1)))
    )
    assert after.step("plan:1").clockwork.deadline.due_at == datetime(2026, 4, 1, 14, tzinfo=UTC)


def test_a_new_date_is_needed_and_lies_ahead() -> None:
    """A day or an instant."""
    before = planned()
    before.when(ScheduleStep(step="plan")).then_refused(RefusalCode.DATE_REQUIRED, part="step:plan:1")
    before.when(ScheduleStep(step="plan", on=date(2026, 3, 1))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    before.when(ScheduleStep(step="plan", appointment=MONDAY)).then_refused(RefusalCode.DATE_IN_THE_PAST)


def test_only_an_open_step_is_scheduled_and_only_as_the_form_shows_it() -> None:
    """As with every change of a part."""
    begun().when(ScheduleStep(step="plan", on=date(2026, 4, 1))).then_refused(RefusalCode.STEP_NOT_OPEN)
    begun().when(ScheduleStep(step="nothing", on=date(2026, 4, 1))).then_refused(RefusalCode.UNKNOWN_STEP)
    planned().when(ScheduleStep(step="plan", on=date(2026, 4, 1), seen=1)).then_refused(
        RefusalCode.PART_CHANGED, part="step:plan:1", part_version=6
    )
