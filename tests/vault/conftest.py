"""An empty vault: the parts of sign-in over it and two people, or the identities of clients and their log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vault.entrance import Entrance, entrance_of
from vault.access_log import AccessLog
from vault.identities import Identities
from vault.kek import Kek
from vault.keys import Keys
from vault.shredding import ShredLedger

KEK = Kek(b"\x01" * 32)


@pytest.fixture
def entrance(vault_database: str, tmp_path: Path) -> Iterator[Entrance]:
    """No accounts yet."""
    ledger = ShredLedger(tmp_path / "shredded.jsonl")
    with (
        closing(Keys(vault_database, KEK, size=8, ledger=ledger)) as keys,
        entrance_of(vault_database, keys, ledger) as entrance,
    ):
        yield entrance


@pytest.fixture
def keys(vault_database: str) -> Iterator[Keys]:
    """The keys of an empty vault."""
    keys = Keys(vault_database, KEK)
    yield keys
    keys.close()


@pytest.fixture
def identities(vault_database: str, keys: Keys) -> Iterator[Identities]:
    """Its identities."""
    identities = Identities(vault_database, keys)
    yield identities
    identities.close()


@pytest.fixture
def log(vault_database: str, keys: Keys) -> Iterator[AccessLog]:
    """Its access log."""
    log = AccessLog(vault_database, keys)
    yield log
    log.close()
