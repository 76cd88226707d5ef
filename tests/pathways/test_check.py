"""Each rule of the check, on the small pathway with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from domain.codes import Role, StepOutcome
from domain.pathway.check import check
from domain.pathway.condition import All
from domain.pathway.model import (
    Anchor,
    Day,
    Due,
    EscalateRung,
    Opens,
    Pathway,
    RemindRung,
    Review,
    Span,
    StepKind,
    Unit,
)
from domain.pathway.problem import Path, Severity
from tests.pathway_examples import USUAL, small_pathway

SMALL = small_pathway()


def changed(**fields: Any) -> Pathway:
    """The small pathway with other top fields."""
    return Pathway.model_validate({**SMALL.model_dump(by_alias=True), **fields})


def with_stage(key: str, **fields: Any) -> Pathway:
    """The small pathway with one stage changed."""
    stages = SMALL.model_dump(by_alias=True)["stages"]
    return changed(stages=[{**s, **fields} if s["stage"] == key else s for s in stages])


def with_step(key: str, **fields: Any) -> Pathway:
    """The small pathway with one step changed."""
    stages = SMALL.model_dump(by_alias=True)["stages"]
    for stage in stages:
        stage["steps"] = [{**s, **fields} if s["step"] == key else s for s in stage["steps"]]
    return changed(stages=stages)


def test_the_shared_example_holds_together() -> None:
    """No problem and no warning."""
    assert check(SMALL) == []


WRONG: list[tuple[Callable[[], Pathway], Path, str]] = [
    (lambda: changed(zone="Europe/Beograd"), ("zone",), "no time zone Europe/Beograd"),
    (lambda: changed(day=Day(starts=time(16), ends=time(8))), ("day",), "exchange them"),
    (lambda: changed(review=Review(escalate=())), ("review", "escalate"), "ending with `to: on-call`"),
    (lambda: with_step("plan", escalate=()), ("stages", 0, "steps", 1, "escalate"), "nobody is told"),
    (lambda: with_step("plan", escalate=USUAL[:1]), ("stages", 0, "steps", 1, "escalate"), "ends at supervisor"),
    (
        lambda: with_step("plan", escalate=(USUAL[1], EscalateRung(after=Span(count=2), to=Role.ON_CALL))),
        ("stages", 0, "steps", 1, "escalate", 1, "after"),
        "order the rungs by time",
    ),
    (
        lambda: with_step("plan", remind=(RemindRung(before=Span(count=14, unit=Unit.CALENDAR_DAYS)),)),
        ("stages", 0, "steps", 1, "remind", 0, "before"),
        "would never be sent",
    ),
    (
        lambda: with_step("plan", remind=(RemindRung(before=Span(count=2)), RemindRung(before=Span(count=2)))),
        ("stages", 0, "steps", 1, "remind", 1, "before"),
        "two reminders",
    ),
    (
        lambda: with_step("plan", due=Due(within=Span(count=0)), remind=(RemindRung(before=Span(count=1)),)),
        ("stages", 0, "steps", 1, "remind", 0, "before"),
        "would never be sent",
    ),
    (
        lambda: with_step("plan", outcomes=(StepOutcome.DECLINED, StepOutcome.SKIPPED)),
        ("stages", 0, "steps", 1, "outcomes"),
        "add `done`",
    ),
    (
        lambda: with_step("plan", outcomes=(StepOutcome.DONE, StepOutcome.DONE)),
        ("stages", 0, "steps", 1, "outcomes"),
        "listed twice",
    ),
    (lambda: with_step("plan", kind=StepKind.DISCRETIONARY), ("stages", 0, "steps", 1, "kind"), "planned by a person"),
    (
        lambda: with_step("debrief", due=Due(within=Span(count=48, unit=Unit.HOURS), roll=True)),
        ("stages", 0, "steps", 3, "due", "roll"),
        "never rolls",
    ),
    (
        lambda: with_step("plan", due=Due(within=Span(count=10), roll=True)),
        ("stages", 0, "steps", 1, "due", "roll"),
        "ends on one already",
    ),
    (
        lambda: with_step("plan", due=Due(within=Span(count=10), of="contract")),
        ("stages", 0, "steps", 1, "due", "of"),
        "did you mean contact?",
    ),
    (
        lambda: with_step("plan", due=Due(within=Span(count=10), of="plan")),
        ("stages", 0, "steps", 1, "due", "of"),
        "its own step",
    ),
    (lambda: with_step("hearing", starts=("nothing",)), ("stages", 0, "steps", 2, "starts", 0), "no step nothing"),
    (
        lambda: with_step("hearing", starts=("debrief", "debrief")),
        ("stages", 0, "steps", 2, "starts", 1),
        "started twice",
    ),
    (lambda: with_step("hearing", starts=("contact",)), ("stages", 0, "steps", 2, "starts", 0), "opens by itself"),
    (lambda: with_step("debrief", repeatable=False), ("stages", 0, "steps", 2, "starts", 0), "`repeatable: true`"),
    (lambda: with_step("plan", starts=("plan",)), ("stages", 0, "steps", 1, "starts", 0), "starts itself"),
    (lambda: with_stage("support", stage="intake"), ("stages", 1, "stage"), "two stages intake"),
    (lambda: with_step("visit", step="contact"), ("stages", 1, "steps", 0, "step"), "two steps contact"),
    (lambda: changed(milestones=SMALL.milestones * 2), ("milestones", 1, "milestone"), "two milestones plan-agreed"),
    (
        lambda: with_step("plan", open_when={"any": [{"all": [{"not": {"stage": "suport", "is": "left"}}]}]}),
        ("stages", 0, "steps", 1, "open_when", "any", 0, "all", 0, "not", "stage"),
        "did you mean support?",
    ),
    (
        lambda: with_step("plan", open_when={"milestone": "gone"}),
        ("stages", 0, "steps", 1, "open_when", "milestone"),
        "no milestone gone; known: plan-agreed",
    ),
    (
        lambda: with_step("contact", open_when={"step": "plan", "is": "done"}),
        ("stages", 0, "steps", 0, "open_when"),
        "contact can never open: it waits for step plan done",
    ),
    (
        lambda: with_stage("support", enter_when={"stage": "support", "is": "active"}),
        ("stages", 1, "enter_when"),
        "stage support can never be entered",
    ),
    (
        lambda: with_stage("intake", leave_when={"stage": "intake", "is": "active"}),
        ("stages", 0, "leave_when"),
        "left in the moment it is entered",
    ),
    (lambda: with_stage("intake", leave_when=All(all=())), ("stages", 0, "leave_when"), "left in the moment"),
]


@pytest.mark.parametrize(("pathway", "path", "said"), WRONG)
def test_a_wrong_pathway_has_a_problem_at_its_place(pathway: Callable[[], Pathway], path: Path, said: str) -> None:
    """One change, one place, one sentence."""
    found = [p for p in check(pathway()) if p.severity is Severity.ERROR]
    assert any(p.path == path and said in p.message for p in found), found


def test_the_outcomes_of_the_step_waited_for_count() -> None:
    """Nothing can wait for the decline of a step that cannot be declined."""
    found = check(with_step("debrief", open_when={"step": "follow-up", "is": "declined"}, repeatable=True))
    assert not [p for p in found if p.severity is Severity.ERROR]
    pathway = with_step("follow-up", open_when={"step": "visit", "is": "declined"})
    stages = pathway.model_dump(by_alias=True)["stages"]
    stages[1]["steps"][0]["outcomes"] = [StepOutcome.DONE]
    errors = [p.message for p in check(changed(stages=stages)) if p.severity is Severity.ERROR]
    assert "follow-up can never open: it waits for step visit declined" in errors[0]


def test_a_cycle_of_milestones_and_stages_is_found() -> None:
    """A waits for B, which waits for A: both are named, nothing loops."""
    found = check(with_stage("intake", enter_when={"milestone": "plan-agreed"}))
    assert {p.path for p in found if p.severity is Severity.ERROR} == {
        ("stages", 0, "enter_when"),
        ("stages", 1, "enter_when"),
        ("milestones", 0, "reached_when"),
    }


def test_an_unknown_name_is_told_once() -> None:
    """What depends on it does not repeat the fault."""
    found = check(with_step("plan", open_when={"step": "contract", "is": "done"}))
    assert [p.path for p in found] == [("stages", 0, "steps", 1, "open_when", "step")]


def test_a_started_step_counts_as_reachable() -> None:
    """Although its own condition can never hold."""
    pathway = with_step("debrief", open_when={"step": "debrief", "is": "done"})
    assert not [p for p in check(pathway) if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("pathway", "path", "said"),
    [
        (lambda: with_stage("intake", enter_when=None), ("stages",), "no stage is entered when a journey opens"),
        (
            lambda: with_stage("support", leave_when={"step": "visit", "is": "settled"}),
            ("stages", 1, "leave_when"),
            "opens only by a person's decision",
        ),
        (
            lambda: with_stage("support", leave_when={"step": "follow-up", "is": "done"}),
            ("stages", 1, "leave_when"),
            "ask for `settled`",
        ),
        (
            lambda: with_step("follow-up", opens=Opens.BY_DECISION),
            ("stages", 1, "leave_when"),
            "opens only by a person's decision",
        ),
        (lambda: with_step("hearing", remind=()), ("stages", 0, "steps", 2), "will be missed"),
        (
            lambda: with_step("follow-up", starts=("debrief",), repeatable=False),
            ("stages", 1, "steps", 1, "starts", 0),
            "only while that stage is active",
        ),
    ],
)
def test_what_is_doubtful_is_a_warning(pathway: Callable[[], Pathway], path: Path, said: str) -> None:
    """It may be meant, so it keeps nobody from using the pathway."""
    found = check(pathway())
    assert all(p.severity is Severity.WARNING for p in found), found
    assert any(p.path == path and said in p.message for p in found), found


def test_a_self_starting_repeatable_step_is_right() -> None:
    """A monthly talk that starts the next one."""
    pathway = with_step("visit", starts=("visit",), due=Due(within=Span(count=1, unit=Unit.MONTHS)))
    assert check(pathway) == []


def test_an_appointment_may_have_reminders_of_any_length() -> None:
    """Ninety days before a hearing is no mistake."""
    assert SMALL.stages[0].steps[2].due.after is Anchor.APPOINTMENT
    long = (RemindRung(before=Span(count=90, unit=Unit.CALENDAR_DAYS)),)
    assert check(with_step("hearing", remind=long)) == []
