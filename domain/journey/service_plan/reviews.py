"""Part: the individual plan as a whole: agreed with the client, looked at again in its rhythm."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.approval.asking import proposed
from domain.journey.approval.needing import needs_approval, refuse_nobody, refuse_unapproved
from domain.journey.approval.things import thing_of
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.foresight import foresee
from domain.journey.obligation import Turn, owes, owner
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.plan import Approval
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count

PLAN = "plan"


class PlanAgreed(Event, topic="journey.plan-agreed"):
    """Client and caseworker agree on the goals as they stand. `deadline`: by when to look again.

    `approval`: whether a second person has to agree as well before the plan is in force; then that is asked at once.
    """

    approval: Approval
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return PLAN


class PlanReviewed(Event, topic="journey.plan-reviewed"):
    """The plan was looked at with the client and goes on."""

    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return PLAN


class AgreePlan(Command, kind="agree-plan"):
    """Records that the plan is agreed, again after goals have changed much."""

    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class ReviewPlan(Command, kind="review-plan"):
    """Records a review."""

    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(AgreePlan)
def _agree(journey: Journey, command: AgreePlan, surroundings: Surroundings) -> Decision:
    deadline = _next(journey, command, surroundings)
    if isinstance(deadline, Refused):
        return deadline
    if all(goal.is_over for goal in journey.plan.goals.values()):
        return Refused(code=RefusalCode.NO_SUCH_GOAL, part=PLAN)
    needed = needs_approval(surroundings.pathway, ApprovalMatter.PLAN)
    if needed and (refused := refuse_nobody(surroundings)):
        return refused
    agreed = PlanAgreed(
        approval=Approval.PENDING if needed else Approval.NONE,
        deadline=deadline,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    thing = thing_of(foresee(journey, (agreed,), surroundings.now), ApprovalMatter.PLAN)
    assert thing is not None  # it has just been agreed
    return (agreed, *proposed(journey, ApprovalMatter.PLAN, thing, surroundings))


@decides(ReviewPlan)
def _review(journey: Journey, command: ReviewPlan, surroundings: Surroundings) -> Decision:
    deadline = _next(journey, command, surroundings)
    if isinstance(deadline, Refused):
        return deadline
    if journey.plan.agreed_at is None:
        return Refused(code=RefusalCode.NO_PLAN, part=PLAN)
    if refused := refuse_unapproved(journey, ApprovalMatter.PLAN, surroundings):
        return refused
    return (PlanReviewed(deadline=deadline, note=command.note, occurred_at=command.occurred_at),)


def _next(journey: Journey, command: AgreePlan | ReviewPlan, surroundings: Surroundings) -> Deadline | Refused:
    """The deadline of the next review, or why the command is not taken."""
    pathway, known = surroundings.pathway, journey.plan
    if pathway.plan is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY)
    if known.version and command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=PLAN, part_version=known.version)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    return ladder_deadline(pathway.plan.review, pathway, now=surroundings.now)


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    clockwork = journey.plan.clockwork
    return journey if clockwork is None else replace(journey, plan=replace(journey.plan, clockwork=turn(clockwork)))


@owes(ObligationKind.PLAN_REVIEW, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    plan = journey.plan
    if plan.clockwork is not None:
        yield Obligation(
            PLAN,
            ObligationKind.PLAN_REVIEW,
            plan.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            plan.clockwork,
            version=plan.version,
        )


@evolves(PlanAgreed)
def _agreed(journey: Journey, recorded: Recorded[PlanAgreed]) -> Journey:
    plan = replace(
        journey.plan,
        agreed_at=recorded.occurred_at,
        reviewed_at=recorded.occurred_at,
        approval=recorded.event.approval,
        version=recorded.version,
        agreed_version=recorded.version,
        clockwork=Clockwork(recorded.event.deadline, date_version=recorded.version),
    )
    return replace(journey, plan=plan)


@evolves(PlanReviewed)
def _reviewed(journey: Journey, recorded: Recorded[PlanReviewed]) -> Journey:
    plan = replace(
        journey.plan,
        reviewed_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(recorded.event.deadline, date_version=recorded.version),
    )
    return replace(journey, plan=plan)
