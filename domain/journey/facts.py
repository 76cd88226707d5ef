"""The facts that conditions ask about, answered from the state of a journey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.codes import Relation, StepOutcome
from domain.journey.proceedings.codes import JUDGED, ProceedingsOutcome
from domain.journey.proceedings.state import ProceedingsState
from domain.journey.residence.finding import watched
from domain.journey.returning.codes import CheckOutcome, CheckStatus, ReturnStatus
from domain.journey.returning.state import CheckState, ReturnState
from domain.journey.state import Journey, LinkStatus, StepStatus
from domain.pathway.condition import (
    AssignedLeaf,
    ConsentLeaf,
    FactLeaf,
    FactName,
    Holds,
    Leaf,
    MilestoneLeaf,
    StageIs,
    StageLeaf,
    StepIs,
    StepLeaf,
)
from domain.pathway.hearings import Matter
from domain.pathway.model import Pathway, StepKind


def facts_of(journey: Journey, pathway: Pathway, now: datetime, stage: str | None = None) -> Holds:
    """A function that says of each leaf whether it holds for this journey now; for a `stage`, of its own steps."""

    def fact(leaf: Leaf) -> bool:
        match leaf:
            case StepLeaf(step=step, is_=wanted):
                return _step_is(journey, step, wanted)
            case StageLeaf(stage=other, is_=wanted_stage):
                return _stage_is(journey, other, wanted_stage)
            case MilestoneLeaf(milestone=milestone):
                return milestone in journey.milestones
            case ConsentLeaf(consent=purpose):
                return journey.consent(purpose, at=now) is not None
            case AssignedLeaf(assigned=role):
                return role in journey.assigned
            case FactLeaf(fact=name):
                return _fact(journey, pathway, name, stage)

    return fact


def _step_is(journey: Journey, step: str, wanted: StepIs) -> bool:
    occurrences = journey.occurrences(step)
    match wanted:
        case StepIs.OPENED:
            return bool(occurrences)
        case StepIs.SETTLED:
            return any(s.status is StepStatus.SETTLED for s in occurrences)
        case StepIs.DONE | StepIs.DECLINED | StepIs.SKIPPED:
            return any(s.outcome is StepOutcome(wanted.value) for s in occurrences if s.status is StepStatus.SETTLED)


def _stage_is(journey: Journey, stage: str, wanted: StageIs) -> bool:
    state = journey.stages.get(stage)
    match wanted:
        case StageIs.ENTERED:
            return state is not None
        case StageIs.ACTIVE:
            return state is not None and state.is_active
        case StageIs.LEFT:
            return state is not None and not state.is_active


def _fact(journey: Journey, pathway: Pathway, name: FactName, stage: str | None) -> bool:
    match name:
        case FactName.REOPENED:
            return journey.reopened > 0
        case FactName.LINKED_TO_GUARDIAN:
            links = journey.links.values()
            return any(k.relation is Relation.GUARDIAN and k.status is LinkStatus.AGREED for k in links)
        case FactName.REQUIRED_STEPS_SETTLED:
            return all(
                _step_is(journey, step.step, StepIs.SETTLED)
                for place in pathway.stages
                if (journey.is_active(place.stage) if stage is None else place.stage == stage)
                for step in place.steps
                if step.kind is StepKind.REQUIRED
            )
        case FactName.RETURN_STOPPED:
            newest = next(iter(_home(journey)), None)
            return newest is not None and newest.status is ReturnStatus.STOPPED and not newest.untold
        case FactName.RETURN_FOLLOWED_UP:
            newest = next(iter(_home(journey)), None)
            received = newest is not None and newest.status is ReturnStatus.RECEIVED
            return received and all(check.status is not CheckStatus.AHEAD for check in _checks(journey))
        case FactName.RETURNED_SAFELY:
            return any(check.outcome is CheckOutcome.SAFE for check in _checks(journey))
        case FactName.RESIDENCE_WATCHED:
            return watched(journey) is not None
        case FactName.JUDGED:
            return any(case.matter is Matter.CRIMINAL and case.stage in JUDGED for case in _cases(journey))
        case FactName.PROCEEDINGS_OVER:
            return bool(cases := _cases(journey)) and all(case.is_over for case in cases)


def _home(journey: Journey) -> list[ReturnState]:
    """The returns home, newest first; coming for a court is none."""
    return [state for _, state in sorted(journey.returns.items(), reverse=True) if not state.is_visit]


def _checks(journey: Journey) -> Iterator[CheckState]:
    return (check for state in _home(journey) for check in state.checks.values())


def _cases(journey: Journey) -> list[ProceedingsState]:
    """The proceedings that there are; what was entered by mistake never was."""
    mistaken = ProceedingsOutcome.ENTERED_BY_MISTAKE
    return [case for case in journey.proceedings.values() if case.outcome is not mistaken]
