"""Whatever the day and hour on which somebody tries the demonstration, its stories can be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.demo.test_boards import STORE
from worker.demo.caseload import plan

FIRST = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.soak
@pytest.mark.parametrize("day", range(0, 400, 5))
def test_the_stories_can_be_told_on_any_day(day: int) -> None:
    """Every fifth day of more than a year, each at another hour: `StoryBroken` would end the first start."""
    now = FIRST + timedelta(days=day, hours=day * 7 % 24, minutes=day * 11 % 60)
    actions = plan(now, STORE)
    assert actions[-1].at <= now
