"""Which files come first when several processes share them: xdist's own order, by tests, but few tests may last long.

A file of one test that lasts 47 s came last and let the other process wait for most of a minute. A file named here
stands where one with so many tests would stand; so long ones come early, and not all at once.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping

import pytest

SECONDS: Mapping[str, int] = {
    "tests/analysis/test_what_if.py": 80,
    "tests/demo/test_seeding.py": 65,
    "tests/deploy/test_scripts.py": 40,
    "tests/domain/hearing/test_hearing_model.py": 40,
    "tests/domain/hearing/test_newest_date.py": 25,
    "tests/domain/proceedings/test_proceedings_model.py": 35,
    "tests/domain/returning/test_returning_model.py": 37,
    "tests/domain/test_journey_model.py": 26,
    "tests/journeys/test_lived.py": 220,
    "tests/journeys/test_mail_away.py": 80,
    "tests/projections/test_comparing.py": 35,
    "tests/projections/test_rebuilding.py": 25,
    "tests/security/test_nothing_readable.py": 40,
    "tests/soak/test_fault_run.py": 200,
    "tests/staff/test_api_conformance.py": 200,
    "tests/staff/test_browser.py": 540,
    "tests/staff/test_counts.py": 110,
    "tests/staff/test_days.py": 90,
    "tests/staff/test_hotline_browser.py": 75,
    "tests/staff/test_languages.py": 200,
    "tests/staff/test_missions_browser.py": 110,
    "tests/staff/test_sign_in_browser.py": 65,
    "tests/staff/test_timers.py": 20,
    "tests/worker/backup/test_drill.py": 25,
    "tests/worker/backup/test_workflows.py": 25,
    "tests/worker/test_audit_rebuild.py": 35,
    "tests/worker/test_audit_schedule.py": 25,
    "tests/worker/test_demo.py": 267,
    "tests/worker/test_parts_die.py": 155,
    "tests/worker/test_restored.py": 20,
    "tests/worker/test_road.py": 25,
    "tests/worker/test_storm.py": 20,
    "tests/workflows/test_collected_letters.py": 47,
    "tests/workflows/test_continue_as_new.py": 20,
    "tests/workflows/test_errands.py": 30,
    "tests/workflows/test_hanging_mail.py": 20,
    "tests/workflows/test_long_journeys.py": 31,
    "tests/workflows/test_mixed_releases.py": 45,
    "tests/workflows/test_worker_away.py": 20,
}
"""Files whose tests last long, and about how long on two processors: `python -m tools.refresh_order` writes it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Heavy files first, where the run is shared; alone, as they are named."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    counted = Counter(map(_file, items))
    items.sort(key=lambda item: -max(counted[_file(item)], SECONDS.get(_file(item), 0)))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
