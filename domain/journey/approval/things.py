"""What is approved: each part that has such a matter says what the thing is, so that its change is noticed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from domain.codes import ObligationKind
from domain.errors import DefinitionError
from domain.journey.obligation import obligations
from domain.journey.service_plan.state import GoalProgress, GoalState
from domain.journey.state import Journey
from domain.pathway.approvals import ApprovalMatter


@dataclass(frozen=True, slots=True)
class Thing:
    """What is proposed, as it is now. `version` is that of its part; `content` all that an approval is about."""

    version: int
    content: frozenset[Hashable]


Finding = Callable[[Journey, int | None], Thing | None]
"""The thing of a matter; None where there is nothing to be approved."""
Comparing = Callable[[Thing, Thing], bool]
"""Whether the second is another thing than the first was when it was proposed or approved."""


def differs(before: Thing, after: Thing) -> bool:
    """By default every difference counts."""
    return before.content != after.content


@dataclass(frozen=True, slots=True)
class Approvable:
    """What a part registers for one matter."""

    find: Finding
    has_changed: Comparing


APPROVABLE: dict[ApprovalMatter, Approvable] = {}


def approvable(matter: ApprovalMatter, *, has_changed: Comparing = differs) -> Callable[[Finding], Finding]:
    """Registers what the thing of a matter is."""

    def register(find: Finding) -> Finding:
        if matter in APPROVABLE:
            raise DefinitionError(f"{matter.value} is two things to be approved")
        APPROVABLE[matter] = Approvable(find, has_changed)
        return find

    return register


def thing_of(journey: Journey, matter: ApprovalMatter, of: int | None = None) -> Thing | None:
    """The thing as it is; None where there is none."""
    found = APPROVABLE.get(matter)
    return found.find(journey, of) if found else None


@approvable(ApprovalMatter.PLAN)
def _plan(journey: Journey, of: int | None) -> Thing | None:
    """The goals as client and caseworker agreed on them: how far they have come is no other plan."""
    plan = journey.plan
    if of is not None or plan.agreed_at is None:
        return None
    versions = [plan.agreed_version, *(goal.version for goal in plan.goals.values())]
    goals = (_goal(goal) for goal in plan.goals.values())
    return Thing(max(versions), frozenset({("agreed", plan.agreed_version), *goals}))


def _goal(goal: GoalState) -> Hashable:
    is_dropped = goal.progress is GoalProgress.DROPPED
    return (goal.number, goal.goal, goal.measures, goal.role, goal.target_on, is_dropped)


_NOT_OF_A_CLOSURE = frozenset({ObligationKind.REVIEW, ObligationKind.APPROVAL})
"""What keeps a journey alive, and the question itself."""


def _owes_more(before: Thing, after: Thing) -> bool:
    """What was done since is no obstacle to a closure; what is owed since was not weighed when it was approved."""
    return not after.content <= before.content


@approvable(ApprovalMatter.CLOSURE, has_changed=_owes_more)
def _closure(journey: Journey, of: int | None) -> Thing | None:
    """An end with everything that is still owed: hearings, steps, services, alerts, goals."""
    if of is not None or not journey.is_open:
        return None
    return Thing(journey.version, frozenset(o.key for o in obligations(journey) if o.kind not in _NOT_OF_A_CLOSURE))
