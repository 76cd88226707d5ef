"""The traps of the pathway are those of the legal calendar: each refers to it, and threatens where the law says."""

from __future__ import annotations

import pytest

from domain.law import TRAPS, HearingKind, Trap
from domain.pathway.hearings import Hearings
from tests.pathways.test_published import ASTRA

KINDS = {
    HearingKind.PREPARATORY: {"criminal": "criminal-preparatory", "civil": "civil-preparatory"},
    HearingKind.CRIMINAL_TRIAL: {"criminal": "criminal-main"},
    HearingKind.CIVIL_MAIN: {"civil": "civil-main"},
}
"""The kinds of hearing of the calendar, as the pathway calls them in each sort of proceedings."""
ABSENCES = [trap for trap in TRAPS if trap.kinds]


def section() -> Hearings:
    """The hearings of the pathway."""
    assert ASTRA.hearings is not None
    return ASTRA.hearings


@pytest.mark.parametrize("law", ABSENCES, ids=lambda trap: str(trap.trap))
def test_an_absence_that_costs_a_right_is_alarmed_at_exactly_its_hearings(law: Trap) -> None:
    """By one trap of the pathway, which names the article of the calendar."""
    (ours,) = [trap for trap in section().traps if law.trap in trap.law]
    assert law.article in ours.articles
    threatened = {KINDS[kind][law.proceedings.value] for kind in law.kinds}
    assert {kind.hearing for kind in section().kinds if kind.trap == ours.trap} == threatened


def test_the_pathway_knows_no_trap_of_its_own() -> None:
    """What is no law is no trap."""
    known = {trap.trap for trap in ABSENCES}
    assert all(trap.law and set(trap.law) <= known for trap in section().traps)
