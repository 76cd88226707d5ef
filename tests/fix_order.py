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
    "tests/demo/test_seeding.py": 45,
    "tests/deploy/test_scripts.py": 40,
    "tests/journeys/test_lived.py": 130,
    "tests/journeys/test_mail_away.py": 50,
    "tests/security/test_nothing_readable.py": 40,
    "tests/soak/test_fault_run.py": 200,
    "tests/analysis/test_what_if.py": 80,
    "tests/staff/test_api_conformance.py": 200,
    "tests/staff/test_browser.py": 300,
    "tests/staff/test_counts.py": 90,
    "tests/staff/test_days.py": 90,
    "tests/worker/backup/test_drill.py": 25,
    "tests/worker/backup/test_workflows.py": 25,
    "tests/worker/test_audit_rebuild.py": 28,
    "tests/worker/test_audit_schedule.py": 25,
    "tests/worker/test_demo.py": 120,
    "tests/worker/test_parts_die.py": 90,
    "tests/worker/test_restored.py": 20,
    "tests/worker/test_storm.py": 20,
    "tests/workflows/test_collected_letters.py": 47,
    "tests/workflows/test_continue_as_new.py": 20,
    "tests/workflows/test_errands.py": 30,
    "tests/workflows/test_hanging_mail.py": 20,
    "tests/workflows/test_long_journeys.py": 25,
    "tests/workflows/test_mixed_releases.py": 45,
    "tests/workflows/test_worker_away.py": 20,
}
"""Files whose tests last long, and about how long on two processors (`--durations=40`)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Heavy files first, where the run is shared; alone, as they are named."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    counted = Counter(map(_file, items))
    items.sort(key=lambda item: -max(counted[_file(item)], SECONDS.get(_file(item), 0)))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
