"""A refusal in words: why, what to do next, and which conditions stand in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from domain.codes import ClosingReason, ConsentPurpose, ObligationKind, Role, StepOutcome
from domain.journey.returning.codes import ReturnMove
from domain.journey.service.codes import Move, ReferralAnswer
from domain.pathway.condition import FactName
from domain.pathway.formal_status import FormalStatus
from domain.pathway.reintegration import Criterion
from domain.pathway.returning import Preparation
from domain.refusal import RefusalCode, Refused, Unmet
from staff.pages import standing
from staff.titles import Titles


@dataclass(frozen=True, slots=True)
class Explanation:
    """`way_out`: the code of the refusal, so that a page can offer the link that leads on."""

    why: str
    do: str
    unmet: tuple[str, ...]
    allowed: tuple[str, ...]
    way_out: RefusalCode


def explain(refused: Refused, titles: Titles) -> Explanation:
    """The refusal in the language of the page."""
    words = titles.words
    # A no has a reason of its own, which says whom to ask as well.
    do = f"denied.{refused.denial.value}" if refused.denial else f"refusal.{refused.code.value}.do"
    return Explanation(
        why=words(f"refusal.{refused.code.value}.why"),
        do=words(do),
        unmet=tuple(condition(leaf, titles) for leaf in refused.unmet),
        allowed=_allowed(refused, titles),
        way_out=refused.code,
    )


def condition(leaf: Unmet, titles: Titles) -> str:
    """One condition that is not met: `the step “Safe contact agreed” must be done`."""
    kind = f"not-{leaf.kind}" if leaf.negated else leaf.kind
    return titles.words(f"unmet.{kind}.{leaf.wants}", name=_name(leaf, titles))


def _name(leaf: Unmet, titles: Titles) -> str:
    words = titles.words
    names: dict[str, Callable[[str], str]] = {
        "step": titles.step,
        "stage": titles.stage,
        "milestone": titles.milestone,
        "consent": lambda name: words.label(ConsentPurpose(name)),
        "role": lambda name: words.label(Role(name)),
        "fact": lambda name: words.label(FactName(name)),
        "criterion": lambda name: words.label(Criterion(name)),
        "return": lambda name: words.label(Preparation(name)),
        "return-document": lambda name: titles.owed(ObligationKind.RETURN_DOCUMENT, name),
    }
    return names[leaf.kind](leaf.name)


_ALLOWED: dict[RefusalCode, type[Enum]] = {
    RefusalCode.OUTCOME_NOT_ALLOWED: StepOutcome,
    RefusalCode.NOT_ASSIGNED: Role,
    RefusalCode.APPROVAL_REQUIRED: Role,
    RefusalCode.APPROVED_OTHERWISE: ClosingReason,
    RefusalCode.ALREADY_ASSIGNED: Role,
    RefusalCode.CONSENT_REQUIRED: ConsentPurpose,
    RefusalCode.FORMAL_STATUS_NOT_POSSIBLE: FormalStatus,
    RefusalCode.RETURN_NOT_NOW: ReturnMove,
}


_NAMED: dict[RefusalCode, Callable[[str, Titles], str]] = {
    RefusalCode.DECIDER_NOT_COMPETENT: standing.decider,
    RefusalCode.UNKNOWN_FORM: standing.form,
    RefusalCode.UNKNOWN_PERMIT_KIND: standing.permit_kind,
    RefusalCode.UNKNOWN_GROUND: standing.ground,
    RefusalCode.UNKNOWN_DOCUMENT: lambda key, titles: titles.owed(ObligationKind.RETURN_DOCUMENT, key),
    RefusalCode.NO_SUCH_CHECK: lambda key, titles: titles.owed(ObligationKind.RETURN_CHECK, key),
    RefusalCode.ASSESSMENT_OUTDATED: lambda key, titles: titles.assessment(key),
}


def _allowed(refused: Refused, titles: Titles) -> tuple[str, ...]:
    """What would be possible instead, each by its name."""
    if kind := _ALLOWED.get(refused.code):
        return tuple(titles.words.label(kind(value)) for value in refused.allowed)
    if refused.code in (RefusalCode.UNKNOWN_STAGE, RefusalCode.STAGE_NOT_ENTERED):
        return tuple(titles.stage(value) for value in refused.allowed)
    if refused.code is RefusalCode.UNKNOWN_STEP:
        return tuple(titles.step(value) for value in refused.allowed)
    if refused.code is RefusalCode.UNKNOWN_SERVICE:
        return tuple(titles.service(value) for value in refused.allowed)
    if refused.code is RefusalCode.MOVE_NOT_ALLOWED:
        said: type[Enum] = Move if (refused.part or "").startswith("service:") else ReferralAnswer
        return tuple(titles.words.label(said(value)) for value in refused.allowed)
    if named := _NAMED.get(refused.code):
        return tuple(named(value, titles) for value in refused.allowed)
    return ()
