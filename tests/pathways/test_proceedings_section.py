"""The section on legal proceedings: what the organisation published, and faults that would silence an alarm."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from activities.pathway_files import PathwayStore
from domain.codes import Role
from domain.pathway.check import check
from domain.pathway.common import EscalateRung, Span, Unit
from domain.pathway.proceedings import AlarmLadder, DatedSuspension
from tests.proceedings_examples import RULES, court_pathway

PATHWAYS = Path(__file__).parents[2] / "pathways"


def faults(**changes: Any) -> list[str]:
    """The places of the faults of this section."""
    pathway = court_pathway().model_copy(update={"proceedings": RULES.model_copy(update=changes)})
    return [".".join(map(str, p.path)) for p in check(pathway) if p.path[0] == "proceedings"]


def test_the_published_section_holds_together() -> None:
    """Limitation is told long before; a right that ends reaches a second person on its day."""
    rules = PathwayStore(PATHWAYS).latest("astra").pathway.proceedings
    assert rules is not None
    months = [r.before.count for r in rules.limitation.remind if r.before.unit is Unit.MONTHS]
    assert months == [24, 12, 6, 3, 1]
    assert rules.rights.escalate[0] == EscalateRung(after=Span(count=0, unit=Unit.HOURS), to=Role.SUPERVISOR)
    assert Role.ON_CALL in rules.power_at_once.tell


def test_the_example_has_no_fault() -> None:
    """The control of the next ones."""
    assert faults() == []


@pytest.mark.parametrize("name", ["terms", "rights", "limitation", "fee"])
def test_every_ladder_ends_at_a_person_who_is_there(name: str) -> None:
    """Else nobody is told in the end."""
    ladder = AlarmLadder(escalate=(EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),))
    assert faults(**{name: ladder}) == [f"proceedings.{name}.escalate"]


def test_rungs_are_in_order() -> None:
    """The later one first would come late."""
    late = EscalateRung(after=Span(count=5), to=Role.SUPERVISOR)
    soon = EscalateRung(after=Span(count=1), to=Role.ON_CALL)
    assert faults(terms=AlarmLadder(escalate=(late, soon))) == ["proceedings.terms.escalate.1.after"]


def test_a_suspension_names_what_the_legal_calendar_knows() -> None:
    """A typing error would stop no clock, or the wrong one."""
    act = DatedSuspension(
        starts=date(2026, 3, 1), ends=date(2026, 3, 9), act="sg-1-2026", proceedings=("civl",), only=("zpp-367",)
    )
    assert faults(suspensions=(act,)) == [
        "proceedings.suspensions.0.proceedings.0",
        "proceedings.suspensions.0.only.0",
    ]


def test_a_step_is_covered_by_what_there_is() -> None:
    """A typing error would tell twice: terms of the legal calendar, lines of the checklist, a power of attorney."""
    pathway = PathwayStore(PATHWAYS).latest("astra").pathway
    stage = pathway.stages[0]
    names = ("zkp-254-property-claim", "interpreter", "power-of-attorney", "zkp-254-property-clam", "interpretr")
    step = stage.steps[0].model_copy(update={"covered_by": names})
    changed = stage.model_copy(update={"steps": (step, *stage.steps[1:])})
    found = check(pathway.model_copy(update={"stages": (changed, *pathway.stages[1:])}))
    assert [(p.path, p.message.rpartition("; ")[2]) for p in found] == [
        (("stages", 0, "steps", 0, "covered_by", 3), "did you mean zkp-254-property-claim?"),
        (("stages", 0, "steps", 0, "covered_by", 4), "did you mean interpreter?"),
    ]
