"""The lengths of residence in the pathway and those of the legal calendar are the same: the earliest reading."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import calendar_of
from domain.journey.residence.clock import last_day
from domain.law.catalogue import TERM_RULES
from domain.law.codes import Trigger
from domain.law.counting import count_term
from tests.pathways.test_published import ASTRA


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("recovery", "zs-62-presumed-victim"),
        ("protection", "zs-63-victim"),
        ("humanitarian", "zs-61-humanitarian"),
    ],
)
@settings(deadline=None)
@given(granted=st.dates(date(2018, 10, 3), date(2060, 12, 31)))
def test_a_permit_without_a_printed_day_ends_on_the_earliest_reading_of_the_law(
    key: str, rule: str, granted: date
) -> None:
    """From any day of the grant."""
    rules = ASTRA.residence
    assert rules is not None
    kind = rules.find_kind(key)
    assert kind is not None
    by_law = count_term(TERM_RULES[rule], {Trigger.RESIDENCE_GRANTED: granted}, calendar_of(ASTRA.calendar))
    assert last_day(kind, granted, ASTRA) == by_law.due_on
    assert by_law.article.startswith(kind.article)
