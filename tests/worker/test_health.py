"""What the doctor says of work that nobody waits for."""

from __future__ import annotations

import pytest

from worker.health import judged
from worker.releasing import Standing


@pytest.mark.parametrize(
    ("standings", "good"),
    [
        ([Standing("new", current=True, workers=True, open_runs=5)], True),
        ([Standing("new", current=True, workers=False, open_runs=0)], False),
        ([], False),
        ([Standing("new", True, True, 5), Standing("old", current=False, workers=True, open_runs=5)], True),
        ([Standing("new", True, True, 5), Standing("old", current=False, workers=False, open_runs=5)], False),
        ([Standing("new", True, True, 5), Standing("old", current=False, workers=False, open_runs=0)], True),
    ],
)
def test_a_release_whose_timers_nobody_watches_is_named(standings: list[Standing], good: bool) -> None:
    """Neither new runs nor those of an older release are to wait for a worker that is gone."""
    assert judged("so many", standings).good is good
