"""Reintegration: the one plan's goals, its rhythm, when it is complete, and that it goes on as often as needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.codes import ClosingReason, ConsentPurpose, ReopeningReason, Role
from domain.command import Command
from domain.journey import obligations
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.hearing.commands import SummonHearing
from domain.journey.reintegration.codes import (
    ReintegrationEnd,
    ReintegrationReopening,
    ReintegrationStatus,
    ReviewFinding,
)
from domain.journey.reintegration.commands import (
    EndReintegration,
    ReopenReintegration,
    ReviewReintegration,
    StartReintegration,
)
from domain.journey.reintegration.completing import HOLDS, may_complete
from domain.journey.reintegration.events import (
    ReintegrationEnded,
    ReintegrationReopened,
    ReintegrationReviewed,
    ReintegrationStarted,
)
from domain.journey.safety.alerts import AlertRaised
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.state import GoalProgress
from domain.pathway.assessment import Level
from domain.pathway.reintegration import Criterion
from domain.refusal import RefusalCode
from tests.domain.careful import CLINIC, careful, risk, tell
from tests.domain.given import Given
from tests.domain.returning.home import OUT
from tests.returning_examples import REINTEGRATION, return_pathway

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
START = StartReintegration()
GOAL = SetGoal(goal="safe-home", target_on=date(2026, 9, 1))
REACHED = ProgressGoal(number=1, progress=GoalProgress.REACHED)
COMPLETE = EndReintegration(reason=ReintegrationEnd.COMPLETE)


def started(*commands: Command) -> Given:
    """With a goal in the plan."""
    return careful().on(return_pathway()).at(NOON).having(GOAL, START, *commands)


def done() -> Given:
    """Everything is reached, and safety was looked at."""
    return started(REACHED, risk(Level.LOW))


def review_on(given: Given) -> date | None:
    """The day of the next review; none where none is owed."""
    found = [o for o in obligations(given.state) if o.key == "reintegration"]
    return found[0].clockwork.deadline.due_on if found else None


def unmet(given: Given) -> set[str]:
    """What keeps it from being complete."""
    state = given.state.reintegration
    assert state is not None
    return {one.name for one in may_complete(given.state, state, given.pathway, given.now)}


def test_it_begins_with_the_goals_of_the_one_plan() -> None:
    """Which of them count stands in the event; the first review is a month ahead."""
    given = careful().on(return_pathway()).at(NOON)
    (event,) = given.when(START).events
    assert isinstance(event, ReintegrationStarted)
    assert event.goals == REINTEGRATION.goals
    after = given.and_then(event)
    assert review_on(after) == date(2026, 4, 2)
    after.when(START).then_refused(RefusalCode.REINTEGRATION_RUNNING, part="reintegration")


def test_a_pathway_without_the_section_knows_none() -> None:
    """Which is said."""
    plain = return_pathway().model_copy(update={"reintegration": None})
    careful().on(plain).when(START).then_refused(RefusalCode.NOT_IN_PATHWAY)


def test_reviews_become_rarer_and_never_end() -> None:
    """One month, three, six, six: the last span repeats."""
    given, days = started(), []
    for day in (date(2026, 4, 2), date(2026, 7, 2), date(2027, 1, 2), date(2027, 7, 2)):
        given = given.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        given = given.having(ReviewReintegration(finding=ReviewFinding.ON_COURSE))
        days.append(review_on(given))
    assert days == [date(2026, 7, 2), date(2027, 1, 2), date(2027, 7, 2), date(2028, 1, 2)]


def test_a_review_that_is_not_held_is_told_further() -> None:
    """The supervisor, then whoever is on call."""
    (owed,) = [o for o in obligations(started().state) if o.key == "reintegration"]
    told = [r.to for r in owed.clockwork.deadline.rungs if r.to]
    assert told == [(Role.SUPERVISOR,), (Role.ON_CALL,)]


def test_a_setback_is_told_at_once_and_the_rhythm_begins_anew() -> None:
    """It counts against nobody: the next review is close again."""
    given = started(ReviewReintegration(finding=ReviewFinding.ON_COURSE)).later(days=60)
    events = given.when(ReviewReintegration(finding=ReviewFinding.SETBACK)).events
    assert [type(e) for e in events] == [ReintegrationReviewed, AlertRaised]
    after = given.and_then(*events)
    assert review_on(after) == date(2026, 6, 1)
    assert after.state.reintegration is not None
    assert after.state.reintegration.reviews == 0


def test_a_form_that_shows_an_old_review_is_refused() -> None:
    """As everywhere."""
    given = started(ReviewReintegration(finding=ReviewFinding.ON_COURSE))
    given.when(ReviewReintegration(finding=ReviewFinding.ON_COURSE, seen=1)).then_refused(RefusalCode.PART_CHANGED)


# ----------------------------------------------------------------------------------------------------------- criteria
def test_every_criterion_is_asked() -> None:
    """A new one without a function would always hold, or break the page."""
    assert set(HOLDS) == set(Criterion)


def test_it_is_complete_when_everything_holds() -> None:
    """Then nothing is owed of it."""
    assert unmet(done()) == set()
    after = done().when(COMPLETE).then(ReintegrationEnded(reason=ReintegrationEnd.COMPLETE))
    assert review_on(after) is None
    after.when(COMPLETE).then_refused(RefusalCode.REINTEGRATION_NOT_RUNNING)


FAILING: dict[Criterion, tuple[Command, ...]] = {
    Criterion.GOALS_SETTLED: (SetGoal(goal="schooling", target_on=date(2026, 10, 1)),),
    Criterion.SAFETY_REASSESSED: (risk(Level.HIGH),),
    Criterion.NO_HEARING_AHEAD: (
        SummonHearing(hearing_kind="witness", starts_at=datetime(2026, 6, 10, 8, tzinfo=UTC)),
    ),
    Criterion.NOBODY_UNTOLD: (
        GiveConsent(purpose=ConsentPurpose.MEDICAL, recipient=CLINIC),
        tell(),
        WithdrawConsent(purpose=ConsentPurpose.MEDICAL, recipient=CLINIC),
    ),
    Criterion.RETURN_FOLLOWED_UP: (OUT,),
}


@pytest.mark.parametrize("criterion", FAILING, ids=lambda c: str(c.value))
def test_each_criterion_alone_keeps_it_open(criterion: Criterion) -> None:
    """And is named in the refusal."""
    given = done().having(*FAILING[criterion])
    assert unmet(given) == {criterion.value}
    refused: Any = given.when(COMPLETE).decision
    assert refused.code is RefusalCode.REINTEGRATION_INCOMPLETE
    assert [one.name for one in refused.unmet] == [criterion.value]


def test_safety_must_have_been_looked_at_lately() -> None:
    """Two months are too long ago on the day after."""
    assert unmet(done().later(days=61)) == set()
    assert unmet(done().later(days=62)) == {"safety-reassessed"}


def test_goals_that_do_not_count_keep_nothing_open_and_none_is_not_enough() -> None:
    """Without a single goal nothing was reached."""
    empty = careful().on(return_pathway()).at(NOON).having(START, risk(Level.LOW))
    assert unmet(empty) == {"goals-settled"}


def test_a_wish_is_never_refused() -> None:
    """Whatever is still open."""
    given = started()
    after = given.when(EndReintegration(reason=ReintegrationEnd.CLIENT_WISH)).then(
        ReintegrationEnded(reason=ReintegrationEnd.CLIENT_WISH),
        *given.when(EndReintegration(reason=ReintegrationEnd.CLIENT_WISH)).events[1:],
    )
    assert after.state.reintegration is not None
    assert after.state.reintegration.status is ReintegrationStatus.ENDED


# ------------------------------------------------------------------------------------------------ closing and reopening
def test_a_journey_does_not_end_with_its_goals_reached_while_it_runs() -> None:
    """Its criteria would never be asked; for any other reason it ends with the journey."""
    given = done()
    given.when(CloseJourney(reason=ClosingReason.GOALS_REACHED)).then_refused(RefusalCode.REINTEGRATION_RUNNING)
    after = given.having(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    state = after.state.reintegration
    assert state is not None
    assert (state.status, state.end) == (ReintegrationStatus.ENDED, ReintegrationEnd.JOURNEY_CLOSED)
    assert done().having(COMPLETE).when(CloseJourney(reason=ClosingReason.GOALS_REACHED)).events


def test_it_goes_on_with_the_rhythm_of_a_beginning() -> None:
    """However long ago it ended."""
    given = done().having(COMPLETE).later(days=730)
    (event,) = given.when(ReopenReintegration(reason=ReintegrationReopening.CLIENT_ASKED)).events
    assert isinstance(event, ReintegrationReopened)
    after = given.and_then(event)
    assert review_on(after) == date(2028, 4, 1)
    assert after.state.reintegration is not None
    assert (after.state.reintegration.times, after.state.reintegration.reviews) == (2, 0)
    after.when(ReopenReintegration(reason=ReintegrationReopening.SETBACK)).then_refused(
        RefusalCode.REINTEGRATION_RUNNING
    )


def test_what_never_began_does_not_go_on() -> None:
    """Nor is it reviewed."""
    given = careful().on(return_pathway()).at(NOON)
    for command in (
        ReopenReintegration(reason=ReintegrationReopening.SETBACK),
        ReviewReintegration(finding=ReviewFinding.ON_COURSE),
        COMPLETE,
    ):
        given.when(command).then_refused(RefusalCode.REINTEGRATION_NOT_RUNNING)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (ReopeningReason.CLOSED_BY_MISTAKE, ReintegrationStatus.RUNNING),
        (ReopeningReason.CLIENT_RETURNED, ReintegrationStatus.ENDED),
    ],
)
def test_a_closing_by_mistake_ended_it_by_mistake(reason: ReopeningReason, status: ReintegrationStatus) -> None:
    """After any other closing somebody decides."""
    closed = started().having(CloseJourney(reason=ClosingReason.UNREACHABLE)).later(days=3)
    after = closed.having(ReopenJourney(reason=reason))
    assert after.state.reintegration is not None
    assert after.state.reintegration.status is status
    assert timedelta(0) < after.now - NOON
