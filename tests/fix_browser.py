"""Browser tests without a browser are *not run*, and the closing lines say so; never passed, never hidden.

Tests marked ``browser`` are taken out of the run when there is no Chromium, except where one is required
(``PUTOKAZ_REQUIRE_BROWSER=1``, as in CI): there the fixture fails.
"""

from __future__ import annotations

import pytest

from tools.browser import find, is_required

NOT_RUN = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def browser_program() -> str:
    """Path of a Chromium, for Playwright's ``executable_path``."""
    program = find()
    if program is None:
        pytest.fail("No Chromium on this machine, and PUTOKAZ_REQUIRE_BROWSER=1: run python tools/browser.py")
    return program


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find() is not None or is_required():
        return
    without = [item for item in items if item.get_closest_marker("browser") is not None]
    if without:
        items[:] = [item for item in items if item not in without]
        config.hook.pytest_deselected(items=without)
        config.stash[NOT_RUN] = len(without)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(NOT_RUN, 0)
    if count:
        terminalreporter.write_line(
            f"NOT RUN: {count} browser tests (no Chromium: install it, or set PUTOKAZ_BROWSER to its path)",
            red=True,
            bold=True,
        )
