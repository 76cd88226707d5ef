"""What is checked of the sections of consents, safety, assessments and the plan."""

from __future__ import annotations

from typing import Any

import pytest

from domain.codes import Role
from domain.pathway.check import check
from domain.pathway.common import EscalateRung, Span, Title
from domain.pathway.ladder import Ladder
from domain.pathway.model import Pathway
from domain.pathway.plan import GoalKind
from domain.pathway.safety import AlertRules, EmergencyRules, SafetyRules
from tests.domain.careful import ANY, careful_pathway


def _faults(**sections: Any) -> list[str]:
    sound = {str(p.path) + p.message for p in check(careful_pathway())}
    found = check(careful_pathway().model_copy(update=sections))
    return [f"{'.'.join(map(str, p.path))}: {p.message}" for p in found if str(p.path) + p.message not in sound]


def _changed(**fields: Any) -> dict[str, Any]:
    plan = careful_pathway().plan
    assert plan is not None
    return {"plan": plan.model_copy(update=fields)}


DANGLING = Ladder(within=Span(count=1), escalate=(EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),))


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (_changed(review=DANGLING), "plan.review.escalate: the escalation ends at supervisor: add a last rung"),
        (
            {"safety": SafetyRules(emergency=EmergencyRules(transport=("visits",)))},
            "safety.emergency.transport.0: there is no step visits; did you mean visit?",
        ),
        (
            {"safety": SafetyRules(alert=AlertRules(answer_within=Span(count=1)))},
            "safety.alert.answer_within: danger does not wait for office hours: give it in `hours`",
        ),
        (
            _changed(goals=(GoalKind(goal="home", title=ANY), GoalKind(goal="home", title=ANY))),
            "plan.goals.1.goal: there are two goals home: give one another key",
        ),
        (
            _changed(goals=(GoalKind(goal="home", title=Title(sr="Dom", en="Home")),)),
            "plan.goals.0.title.sr: the Serbian text has Latin letters (D, m, o)",
        ),
    ],
    ids=["ladder", "transport", "hours", "doubles", "titles"],
)
def test_a_fault_is_named_with_its_place(sections: dict[str, Any], expected: str) -> None:
    """And with what to do."""
    found = _faults(**sections)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_a_pathway_without_these_sections_is_sound() -> None:
    """Every version that was published before has none of them."""
    old = Pathway.model_validate(
        {k: v for k, v in careful_pathway().model_dump(by_alias=True).items() if k not in SECTIONS}
    )
    assert (old.assessments, old.plan) == ((), None)


SECTIONS = {"consent", "safety", "assessments", "plan"}
