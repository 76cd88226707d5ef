"""An empty vault with two people in its directory, and the parts of sign-in over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vault.entrance import Entrance, entrance_of
from vault.kek import Kek
from vault.keys import Keys
from vault.shredding import ShredLedger


@pytest.fixture
def entrance(vault_database: str, tmp_path: Path) -> Iterator[Entrance]:
    """No accounts yet."""
    ledger = ShredLedger(tmp_path / "shredded.jsonl")
    with (
        closing(Keys(vault_database, Kek(b"\x01" * 32), size=8, ledger=ledger)) as keys,
        entrance_of(vault_database, keys, ledger) as entrance,
    ):
        yield entrance
