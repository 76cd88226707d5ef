"""Without a browser its tests are reported as not run; where one is required they fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TWO_TESTS = """
import pytest

def test_without_a_browser() -> None:
    pass

@pytest.mark.browser
def test_with_a_browser(browser_program: str) -> None:
    assert browser_program
"""


def _run(folder: Path, **environment: str) -> str:
    folder.joinpath("test_two.py").write_text(TWO_TESTS)
    folder.joinpath("pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.fix_browser", "-p", "no:cacheprovider"],
        cwd=folder,
        env={"PATH": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_a_missing_browser_is_visible(tmp_path: Path) -> None:
    """Neither passed nor quietly skipped."""
    said = _run(tmp_path)
    assert "NOT RUN: 1 browser tests" in said
    assert "1 passed, 1 deselected" in said


def test_a_missing_browser_fails_where_it_is_required(tmp_path: Path) -> None:
    """As in CI."""
    said = _run(tmp_path, PUTOKAZ_REQUIRE_BROWSER="1")
    assert "NOT RUN" not in said
    assert "1 passed, 1 error" in said


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_an_installed_browser_is_used(tmp_path: Path, name: str) -> None:
    """Whatever it is called."""
    program = tmp_path / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert "2 passed" in _run(tmp_path)
