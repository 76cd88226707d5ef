"""Entry and exit conditions as data, so that a page can say *why* a step is blocked (CMMN 1.1 §5.4.6, sentries).

A condition is `all`, `any`, `not`, or a leaf about one fact. No expression strings.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag

from domain.codes import ConsentPurpose, Role
from domain.refusal import Unmet
from domain.values import Code, Value


class StepIs(StrEnum):
    OPENED = "opened"
    DONE = "done"
    DECLINED = "declined"
    SKIPPED = "skipped"
    SETTLED = "settled"


class StageIs(StrEnum):
    ENTERED = "entered"
    ACTIVE = "active"
    LEFT = "left"


class FactName(StrEnum):
    """Facts that parts of a journey register and that need no name of a step or stage (see `domain.journey.facts`)."""

    REOPENED = "reopened"
    LINKED_TO_GUARDIAN = "linked-to-guardian"
    REQUIRED_STEPS_SETTLED = "required-steps-settled"
    RETURN_STOPPED = "return-stopped"
    RETURN_FOLLOWED_UP = "return-followed-up"
    RETURNED_SAFELY = "returned-safely"
    RESIDENCE_WATCHED = "residence-watched"
    JUDGED = "judged"
    PROCEEDINGS_OVER = "proceedings-over"


class StepLeaf(Value):
    """`{step: safe-contact, is: done}`"""

    step: Code
    is_: StepIs = Field(alias="is")

    def unmet(self) -> Unmet:
        return Unmet(kind="step", name=self.step, wants=self.is_.value)


class StageLeaf(Value):
    """`{stage: recovery, is: entered}`"""

    stage: Code
    is_: StageIs = Field(alias="is")

    def unmet(self) -> Unmet:
        return Unmet(kind="stage", name=self.stage, wants=self.is_.value)


class MilestoneLeaf(Value):
    """`{milestone: plan-agreed}`"""

    milestone: Code

    def unmet(self) -> Unmet:
        return Unmet(kind="milestone", name=self.milestone, wants="reached")


class ConsentLeaf(Value):
    """`{consent: medical}`: in force at this moment."""

    consent: ConsentPurpose

    def unmet(self) -> Unmet:
        return Unmet(kind="consent", name=self.consent.value, wants="given")


class AssignedLeaf(Value):
    """`{assigned: lawyer}`"""

    assigned: Role

    def unmet(self) -> Unmet:
        return Unmet(kind="role", name=self.assigned.value, wants="assigned")


class FactLeaf(Value):
    """`{fact: reopened}`"""

    fact: FactName

    def unmet(self) -> Unmet:
        return Unmet(kind="fact", name=self.fact.value, wants="true")


def _says_something(condition: Condition) -> Condition:
    """An empty `all` always holds; negated it would never hold, and no leaf could be named as missing."""
    if isinstance(condition, All) and not condition.all:
        raise ValueError("an empty `all` always holds and stands alone: leave it out here")
    return condition


Inner = Annotated["Condition", AfterValidator(_says_something)]


class All(Value):
    all: tuple[Inner, ...]


class AnyOf(Value):
    any: tuple[Inner, ...] = Field(min_length=1)


class Not(Value):
    not_: Inner = Field(alias="not")


Leaf = StepLeaf | StageLeaf | MilestoneLeaf | ConsentLeaf | AssignedLeaf | FactLeaf
LEAVES = (StepLeaf, StageLeaf, MilestoneLeaf, ConsentLeaf, AssignedLeaf, FactLeaf)
_KEYS = {
    "all": "all",
    "any": "any",
    "not": "not",
    "not_": "not",
    "step": "step",
    "stage": "stage",
    "milestone": "milestone",
    "consent": "consent",
    "assigned": "assigned",
    "fact": "fact",
}


def _kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else type(value).model_fields
    return next((_KEYS[k] for k in _KEYS if k in keys), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[StepLeaf, Tag("step")]
    | Annotated[StageLeaf, Tag("stage")]
    | Annotated[MilestoneLeaf, Tag("milestone")]
    | Annotated[ConsentLeaf, Tag("consent")]
    | Annotated[AssignedLeaf, Tag("assigned")]
    | Annotated[FactLeaf, Tag("fact")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="a condition is all, any, not, step, stage, milestone, consent, assigned or fact",
    ),
]

All.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()

Holds = Callable[[Leaf], bool]


def holds(condition: Condition | None, fact: Holds) -> bool:
    """Whether the condition holds; no condition always holds. The quick half of `unmet`: asked at every decision."""
    match condition:
        case None:
            return True
        case All(all=parts):
            return all(holds(part, fact) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, fact) for part in parts)
        case Not(not_=inner):
            return not holds(inner, fact)
        case leaf:
            return fact(leaf)


def unmet(condition: Condition | None, fact: Holds, negated: bool = False) -> tuple[Unmet, ...]:
    """The leaves that stand in the way, in the order of the file; empty when the condition holds.

    Of an `any` that fails, every branch is named: each would be a way out.
    """
    match condition:
        case None:
            return ()
        case All(all=parts):
            return _every(parts, fact, negated) if not negated else _some(parts, fact, negated)
        case AnyOf(any=parts):
            return _some(parts, fact, negated) if not negated else _every(parts, fact, negated)
        case Not(not_=inner):
            return unmet(inner, fact, not negated)
        case leaf:
            if fact(leaf) is not negated:
                return ()
            return (leaf.unmet().model_copy(update={"negated": negated}),)


def _every(parts: tuple[Condition, ...], fact: Holds, negated: bool) -> tuple[Unmet, ...]:
    return tuple(u for part in parts for u in unmet(part, fact, negated))


def _some(parts: tuple[Condition, ...], fact: Holds, negated: bool) -> tuple[Unmet, ...]:
    found = [unmet(part, fact, negated) for part in parts]
    return () if any(not f for f in found) else tuple(u for f in found for u in f)


def leaves(condition: Condition | None) -> list[Leaf]:
    """Every leaf, for checks and drawings."""
    match condition:
        case None:
            return []
        case All(all=parts) | AnyOf(any=parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(not_=inner):
            return leaves(inner)
        case leaf:
            return [leaf]
