"""The page on the legal calendar says what the catalogue says."""

from __future__ import annotations

import re

import pytest

from domain.law import LIMITATION_RULES, PROSECUTION, TERM_RULES, TRAPS
from tools.refresh_law import PAGE, refreshed


def test_the_tables_are_those_of_the_catalogue() -> None:
    """`make docs` was run after the last change."""
    page = PAGE.read_text("utf-8")
    assert refreshed(page) == page


def test_every_rule_has_its_row() -> None:
    """Once, in whichever table."""
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    codes = [*TERM_RULES, *LIMITATION_RULES, *(crime.value for crime in PROSECUTION), *(trap.trap for trap in TRAPS)]
    assert sorted(rows) == sorted(codes)


def test_a_marker_without_a_table_is_refused() -> None:
    """A table that is no longer made does not stay on the page."""
    with pytest.raises(KeyError):
        refreshed("<!-- tariffs -->\n| old |\n<!-- end -->")
