"""The table of files that last long names files that exist."""

from __future__ import annotations

from tests.architecture.sources import ROOT
from tests.fix_order import SECONDS


def test_every_file_of_the_table_is_there() -> None:
    """One that was renamed would come last again."""
    assert [name for name in SECONDS if not (ROOT / name).is_file()] == []
