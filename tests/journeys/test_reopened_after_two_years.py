"""Reintegration that was complete goes on after two years: a setback, another goal, complete again.

Told on the published pathway, the clock moved by hand. What must hold: complete means that every criterion holds; the
reviews become rarer; what is over owes nothing for two years; going on is one command, with the rhythm of a beginning
and everything that was before.
"""

from __future__ import annotations

from datetime import date, datetime, time

from domain.calendar import at_local
from domain.codes import ClosingReason, Phase, ReopeningReason, Role
from domain.command import Command
from domain.journey import obligations, wakes
from domain.journey.approval.commands import GiveApproval
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.commands import (
    EndReintegration,
    ReopenReintegration,
    ReviewReintegration,
    StartReintegration,
)
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.journey.service_plan.state import GoalProgress
from domain.pathway.assessment import Level
from domain.refusal import RefusalCode, Refused
from tests.journeys.by_hand import CASEWORKER, SUPERVISOR, ByHand
from tests.journeys.tale import Tale

REVIEW = "reintegration"


def moment(day: date, hour: int = 9) -> datetime:
    """By the clock on the wall in Belgrade."""
    return at_local(day, time(hour), "Europe/Belgrade")


def assessed(story: ByHand, level: Level) -> Command:
    """The form of risk, everything at this level."""
    form = next(a for a in story.pinned.pathway.assessments if a.assessment == "risk")
    return Assess(assessment="risk", levels=tuple(DomainLevel(domain=d.domain, level=level) for d in form.domains))


def next_review(story: ByHand) -> date | None:
    """The day of the next one; none where none is owed."""
    found = [o for o in obligations(story.here) if o.key == REVIEW]
    return found[0].clockwork.deadline.due_on if found else None


def unmet(story: ByHand) -> list[str]:
    """Why it does not end as complete."""
    refused = story.ask(EndReintegration(reason=ReintegrationEnd.COMPLETE))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.REINTEGRATION_INCOMPLETE
    return [one.name for one in refused.unmet]


def reviewed(story: ByHand, day: date, finding: ReviewFinding = ReviewFinding.ON_COURSE) -> date | None:
    """A review on that day, and the day of the next."""
    story.on(day)
    story.tell(ReviewReintegration(finding=finding))
    return next_review(story)


def first_time() -> ByHand:
    """From January 2026 to February 2027: two goals, reviews, complete, closed."""
    story = ByHand(moment(date(2026, 1, 12)))
    story.tell(Assign(role=Role.SUPERVISOR, staff=SUPERVISOR))
    story.tell(SetGoal(goal="safe-home", measures=("accommodation",), target_on=date(2026, 9, 1)))
    story.tell(SetGoal(goal="own-income", measures=("training",), target_on=date(2026, 12, 1)))
    story.tell(AgreePlan())
    story.tell(GiveApproval(number=1), SUPERVISOR)
    story.tell(StartReintegration())
    assert next_review(story) == date(2026, 2, 12)

    assert reviewed(story, date(2026, 2, 12)) == date(2026, 3, 12)
    assert reviewed(story, date(2026, 3, 12)) == date(2026, 4, 12)
    # Nobody holds the third one: reminders, then the supervisor, then whoever is on call.
    story.on(date(2026, 5, 8))
    # (12 April is Easter Sunday, and the 13th and the first days of May are holidays.)
    assert story.told(REVIEW)[-5:] == [
        (date(2026, 4, 11), frozenset({CASEWORKER})),
        (date(2026, 4, 12), frozenset({CASEWORKER})),
        (date(2026, 4, 20), frozenset({CASEWORKER, SUPERVISOR})),
        (date(2026, 4, 27), frozenset({CASEWORKER})),
        (date(2026, 5, 5), frozenset({CASEWORKER, "on-call"})),
    ]
    assert reviewed(story, date(2026, 5, 8)) == date(2026, 8, 8)
    story.tell(ProgressGoal(number=1, progress=GoalProgress.REACHED))
    assert reviewed(story, date(2026, 8, 8)) == date(2027, 2, 8)
    assert unmet(story) == ["goals-settled", "safety-reassessed"]

    story.on(date(2027, 2, 8))
    story.tell(ProgressGoal(number=2, progress=GoalProgress.REACHED))
    story.tell(assessed(story, Level.LOW))
    refused = story.ask(CloseJourney(reason=ClosingReason.GOALS_REACHED))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.REINTEGRATION_RUNNING
    story.tell(EndReintegration(reason=ReintegrationEnd.COMPLETE))
    story.close(ClosingReason.GOALS_REACHED)
    return story


def it_goes_on_after_two_years() -> Tale:
    """The client lost the job and came back."""
    story = first_time()
    assert wakes(story.here) == []
    before = len(story.history)
    story.on(date(2029, 2, 20))
    assert len(story.history) == before, "for two years nobody was reminded of anything"

    story.tell(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    state = story.here.reintegration
    assert state is not None
    assert not state.is_running, "that it goes on is decided by somebody"
    story.tell(ReopenReintegration(reason=ReintegrationReopening.CLIENT_ASKED))
    assert next_review(story) == date(2029, 3, 20)
    # Both goals stand as reached, with their history; the new one is the third of the same plan.
    story.tell(SetGoal(goal="schooling", measures=("training",), target_on=date(2029, 9, 3)))
    assert [g.progress for g in story.here.plan.goals.values()] == [
        GoalProgress.REACHED,
        GoalProgress.REACHED,
        GoalProgress.NOT_BEGUN,
    ]
    assert unmet(story) == ["goals-settled", "safety-reassessed"]

    # A setback is told at once, and the next review is close again.
    assert reviewed(story, date(2029, 3, 20)) == date(2029, 4, 20)
    assert reviewed(story, date(2029, 4, 20)) == date(2029, 5, 20)
    assert reviewed(story, date(2029, 5, 18), ReviewFinding.SETBACK) == date(2029, 6, 18)
    story.on(date(2029, 5, 18), time(11))
    assert any(SUPERVISOR in to for _, to in story.told("alert:1"))
    story.tell(AcknowledgeAlert(number=1))
    assert reviewed(story, date(2029, 6, 18)) == date(2029, 7, 18)

    story.on(date(2029, 7, 18))
    story.tell(ProgressGoal(number=3, progress=GoalProgress.REACHED))
    story.tell(assessed(story, Level.MODERATE))
    story.tell(EndReintegration(reason=ReintegrationEnd.COMPLETE))
    story.close(ClosingReason.GOALS_REACHED)
    state = story.here.reintegration
    assert state is not None
    assert (story.here.phase, state.times, state.end) == (Phase.CLOSED, 2, ReintegrationEnd.COMPLETE)
    assert wakes(story.here) == []
    return story.tale


def test_it_goes_on_after_two_years() -> None:
    """As above."""
    it_goes_on_after_two_years()
