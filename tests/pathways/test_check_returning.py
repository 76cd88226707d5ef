"""The sections on returns and reintegration: what the organisation published, and faults that would let somebody go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from activities.pathway_files import PathwayStore
from activities.pathway_reading import read_pathway
from domain.codes import Role
from domain.pathway.check import check
from domain.pathway.common import EscalateRung, Span, Unit
from domain.pathway.reintegration import Criterion, ReintegrationRules
from domain.pathway.returning import Preparation, ReturnDirection, ReturnPurpose
from tests.pathway_examples import days
from tests.returning_examples import REINTEGRATION, RETURNING, return_pathway

PATHWAYS = Path(__file__).parents[2] / "pathways"
ASTRA = (PATHWAYS / "astra" / "2.yaml").read_text("utf-8")


def faults(section: str, **changes: Any) -> list[str]:
    """What is wrong with a section once these fields are changed, with its place."""
    rules = RETURNING if section == "returning" else REINTEGRATION
    pathway = return_pathway().model_copy(update={section: rules.model_copy(update=changes)})
    return [f"{'.'.join(map(str, p.path))}: {p.message}" for p in check(pathway) if p.path[0] == section]


def test_the_published_section_looks_after_people_for_a_year() -> None:
    """After two weeks, three, six and twelve months; a missing handover reaches a second person at once."""
    rules = PathwayStore(PATHWAYS).latest("astra").pathway.returning
    assert rules is not None
    months = [c.after.count for c in rules.checks if c.after.unit is Unit.MONTHS]
    assert months == [3, 6, 12]
    assert rules.handover.escalate[0] == EscalateRung(after=Span(count=0, unit=Unit.HOURS), to=Role.SUPERVISOR)
    visit = [d.document for d in rules.documents if d.is_for(ReturnDirection.INBOUND, ReturnPurpose.TESTIMONY)]
    assert visit == ["travel-document", "entry-permit", "fit-to-travel"]


def test_the_published_reintegration_counts_goals_of_the_one_plan() -> None:
    """And slows down from monthly to yearly; after the last span it goes on."""
    pathway = PathwayStore(PATHWAYS).latest("astra").pathway
    assert pathway.reintegration is not None
    assert pathway.plan is not None
    assert set(pathway.reintegration.goals) < {goal.goal for goal in pathway.plan.goals}
    assert [pathway.reintegration.span(n).count for n in (1, 3, 4, 5, 6, 9)] == [1, 1, 3, 6, 12, 12]


def test_the_examples_have_no_fault() -> None:
    """The control of the next ones."""
    assert faults("returning") == faults("reintegration") == []


@pytest.mark.parametrize("name", ["expiry", "departure", "handover", "at_once", "stop", "check", "way_home"])
def test_every_ladder_ends_at_a_person_who_is_there(name: str) -> None:
    """Else nobody is told in the end."""
    dangling = (EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),)
    ladder = getattr(RETURNING, name).model_copy(update={"escalate": dangling})
    found = faults("returning", **{name: ladder})
    assert len(found) == 1
    assert found[0].startswith(f"returning.{name}.escalate: the escalation ends at supervisor")


@pytest.mark.parametrize("missing", Preparation)
def test_no_preparation_can_be_left_out(missing: Preparation) -> None:
    """What is not in the list would never be asked for."""
    left = tuple(p for p in RETURNING.preparations if p.preparation is not missing)
    assert faults("returning", preparations=left) == [
        f"returning.preparations: {missing.value} is missing: every return needs it"
    ]


def test_what_happens_at_once_is_told_to_somebody() -> None:
    """A return that is off, or a risk that was raised, and nobody hears."""
    silent = RETURNING.stop.model_copy(update={"tell": ()})
    assert faults("returning", stop=silent) == [
        "returning.stop.tell: nobody hears of it at once: name the roles that are told"
    ]


def test_checks_are_in_order_and_each_once() -> None:
    """Two at one moment are one too many."""
    first, second, *_ = RETURNING.checks
    assert faults("returning", checks=(second, first, first.model_copy(update={"after": days(200)}))) == [
        "returning.checks.2: there are two of check after-14-calendar-days: keep one",
        "returning.checks.1.after: it is not later than the check before it: order them by time",
    ]


def test_a_form_or_goal_that_is_not_there_is_named() -> None:
    """With what was probably meant."""
    assert faults("returning", assessment="return-rsk") == [
        "returning.assessment: there is no assessment return-rsk; did you mean return-risk?"
    ]
    assert faults("reintegration", goals=("safe-hame",), safety="rsk") == [
        "reintegration.goals.0: the individual plan has no goal safe-hame; did you mean safe-home?",
        "reintegration.safety: there is no assessment rsk; did you mean risk?",
    ]


def test_a_rhythm_has_lengths() -> None:
    """A review after no time would follow itself."""
    assert faults("reintegration", rhythm=(Span(count=0),)) == [
        "reintegration.rhythm.0: a review after no time at all never ends: give it a length"
    ]


def test_safety_is_reassessed_by_a_form() -> None:
    """The criterion asks for one."""
    fields = REINTEGRATION.model_dump() | {"safety": None}
    with pytest.raises(ValueError, match="name its form in `safety`"):
        ReintegrationRules.model_validate(fields)
    ReintegrationRules.model_validate(fields | {"criteria": [Criterion.GOALS_SETTLED]})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  assessment: return-risk\n  blocks_at", "  assessment: return-rsk\n  blocks_at", "there is no assessment"),
        ("    - preparation: escort", "    - preparation: escorts", "'escorts' is not known"),
        ("  check_again: {count: 7, unit: calendar-days}", "  check_again: {count: seven}", "valid integer"),
        ("  safety: risk", "  safety: rizik", "there is no assessment rizik"),
    ],
)
def test_a_fault_of_the_published_file_names_its_line(old: str, new: str, said: str) -> None:
    """Where an editor's cursor should go."""
    assert ASTRA.count(old) == 1
    line = ASTRA[: ASTRA.index(old)].count("\n") + 1
    reading = read_pathway(ASTRA.replace(old, new).encode())
    assert reading.pinned is None
    assert any(re.match(rf"line {line}\b", p) and said in p for p in reading.problems), reading.problems


def test_a_service_is_no_return_where_there_are_none() -> None:
    """It would wait for a handover that never comes."""
    pathway = PathwayStore(PATHWAYS).latest("astra").pathway
    found = [p.path for p in check(pathway.model_copy(update={"returning": None})) if p.path[0] == "services"]
    assert pathway.services is not None
    covered = [n for n, kind in enumerate(pathway.services.kinds) if kind.covered_by is not None]
    assert len(covered) == 3
    assert found == [("services", "kinds", n, "covered_by") for n in covered]
