"""Fifty people at work for five minutes: nobody gets an error, nothing is lost, nothing doubled."""

from __future__ import annotations

import pytest

from tests.soak.crowd import crowd


@pytest.mark.soak
def test_fifty_people_click_for_five_minutes() -> None:
    """Every command that a page calls saved is in the log once, every other one not at all."""
    worked = crowd(50, 300.0)
    print("\n".join(worked.lines()))
    assert worked.is_good, "\n".join(worked.lines())
    assert worked.saved >= 60, "nearly nobody wrote anything"
