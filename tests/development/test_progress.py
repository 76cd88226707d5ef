"""Progress is readable on a terminal, in a pipe and in a log file."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from worker.development.progress import Progress


def _lines(encoding: str, *, fails: bool = False) -> list[str]:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    progress = Progress(Console(file=out, highlight=False, soft_wrap=True))
    if fails:
        with pytest.raises(ValueError, match="no"), progress.step("PostgreSQL [18]"):
            raise ValueError("no")
    else:
        with progress.step("PostgreSQL [18]"):
            pass
        progress.note("stopped what a killed run had left: temporal")
        progress.closing([("Workflows", "http://127.0.0.1:8233"), ("Open", "http://127.0.0.1:8000")])
    out.flush()
    return raw.getvalue().decode(encoding).splitlines()


def test_in_a_pipe_every_step_is_one_plain_line_and_the_address_is_last() -> None:
    """No colour codes, no cursor movements, nothing taken for markup."""
    lines = _lines("utf-8")
    assert re.fullmatch(r"  ✓ PostgreSQL \[18\] +0\.0 s", lines[0])
    assert lines[-1] == "  Open       http://127.0.0.1:8000"
    assert "\x1b" not in "".join(lines)


def test_without_unicode_it_still_speaks() -> None:
    """LANG=C, an old console."""
    assert _lines("ascii")[0].startswith("  ok PostgreSQL")


def test_a_failed_step_is_marked_and_the_error_goes_on() -> None:
    """The line says where it stopped; the caller says why."""
    assert _lines("utf-8", fails=True)[0].startswith("  ✗ PostgreSQL")


def test_on_a_terminal_it_says_what_is_under_way() -> None:
    """Two steps at a time, as PostgreSQL and Temporal start together."""
    out = io.StringIO()
    progress = Progress(Console(file=out, force_terminal=True, width=100, color_system=None))
    with progress.step("PostgreSQL"), progress.step("Temporal"):
        pass
    assert "PostgreSQL · Temporal" in out.getvalue()
    assert out.getvalue().count("✓") == 2
