"""Part: the safety plan, agreed with the client, with the day on which it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import local_date
from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.safety.state import SafetyPlan
from domain.journey.state import Journey
from domain.journey.timing import Day, Instant, misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count

SAFETY_PLAN = "safety-plan"


class SafetyPlanAgreed(Event, topic="journey.safety-plan-agreed"):
    """A plan, or another in its place. `deadline`: by when to look at it again."""

    deadline: Deadline
    plan: Sealed[Notes]

    @property
    def part(self) -> str:
        return SAFETY_PLAN


class SafetyPlanReviewed(Event, topic="journey.safety-plan-reviewed"):
    """Somebody looked with the client, and the plan stands."""

    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SAFETY_PLAN


class SafetyPlanEnded(Event, topic="journey.safety-plan-ended"):
    """It is needed no longer."""

    note: Sealed[Notes] | None = None


class AgreeSafetyPlan(Command, kind="agree-safety-plan"):
    """Records a plan. `review_on`: the day to look again; by default after the pathway's span."""

    plan: Sealed[Notes]
    review_on: Day | None = None
    seen: Count | None = None
    occurred_at: Instant | None = None


class ReviewSafetyPlan(Command, kind="review-safety-plan"):
    """Records that the plan was looked at and stands."""

    review_on: Day | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class EndSafetyPlan(Command, kind="end-safety-plan"):
    """Records that the plan is needed no longer."""

    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(AgreeSafetyPlan)
def _agree(journey: Journey, command: AgreeSafetyPlan, surroundings: Surroundings) -> Decision:
    if refused := _changed(journey.safety_plan, command.seen) or misdated(journey, command.occurred_at, surroundings):
        return refused
    deadline = _deadline(command, surroundings)
    if isinstance(deadline, Refused):
        return deadline
    return (SafetyPlanAgreed(deadline=deadline, plan=command.plan, occurred_at=command.occurred_at),)


@decides(ReviewSafetyPlan)
def _review(journey: Journey, command: ReviewSafetyPlan, surroundings: Surroundings) -> Decision:
    if refused := _changed(journey.safety_plan, command.seen) or _missing(journey.safety_plan):
        return refused
    deadline = _deadline(command, surroundings)
    return deadline if isinstance(deadline, Refused) else (SafetyPlanReviewed(deadline=deadline, note=command.note),)


@decides(EndSafetyPlan)
def _end(journey: Journey, command: EndSafetyPlan, _: Surroundings) -> Decision:
    if refused := _changed(journey.safety_plan, command.seen) or _missing(journey.safety_plan):
        return refused
    return (SafetyPlanEnded(note=command.note),)


def _deadline(command: AgreeSafetyPlan | ReviewSafetyPlan, surroundings: Surroundings) -> Deadline | Refused:
    pathway, now = surroundings.pathway, surroundings.now
    if command.review_on is not None and command.review_on < local_date(now, pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=SAFETY_PLAN)
    return ladder_deadline(pathway.safety.plan, pathway, now=now, on=command.review_on)


def _changed(known: SafetyPlan | None, seen: int | None) -> Refused | None:
    if known is None or seen is None or seen == known.version:
        return None
    return Refused(code=RefusalCode.PART_CHANGED, part=SAFETY_PLAN, part_version=known.version)


def _missing(known: SafetyPlan | None) -> Refused | None:
    if known is not None and known.ended_at is None:
        return None
    return Refused(code=RefusalCode.NO_SAFETY_PLAN, part=SAFETY_PLAN)


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    known = journey.safety_plan
    return journey if known is None else replace(journey, safety_plan=replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.SAFETY_PLAN, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    known = journey.safety_plan
    if known is not None and known.ended_at is None:
        yield Obligation(
            SAFETY_PLAN,
            ObligationKind.SAFETY_PLAN,
            known.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            known.clockwork,
            version=known.version,
        )


@evolves(SafetyPlanAgreed)
def _agreed(journey: Journey, recorded: Recorded[SafetyPlanAgreed]) -> Journey:
    at, clockwork = recorded.occurred_at, Clockwork(recorded.event.deadline, date_version=recorded.version)
    return replace(journey, safety_plan=SafetyPlan(at, at, recorded.version, clockwork))


@evolves(SafetyPlanReviewed)
def _reviewed(journey: Journey, recorded: Recorded[SafetyPlanReviewed]) -> Journey:
    known = journey.safety_plan
    if known is None:
        return journey
    clockwork = Clockwork(recorded.event.deadline, date_version=recorded.version)
    plan = replace(known, reviewed_at=recorded.occurred_at, version=recorded.version, clockwork=clockwork)
    return replace(journey, safety_plan=plan)


@evolves(SafetyPlanEnded)
def _ended(journey: Journey, recorded: Recorded[SafetyPlanEnded]) -> Journey:
    known = journey.safety_plan
    if known is None:
        return journey
    return replace(journey, safety_plan=replace(known, ended_at=recorded.occurred_at, version=recorded.version))
