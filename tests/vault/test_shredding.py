"""The shred ledger: on the disk before a key is gone, readable after a crash, in order for many processes."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fix_services import DatabaseFactory
from vault.errors import LedgerFault
from vault.kek import Kek
from vault.keys import Keys
from vault.shredding import Extent, ShredLedger, destroyed_keys, shred_again

KEK = Kek(b"\x01" * 32)


def test_a_destroyed_key_is_in_the_ledger(vault_database: str, tmp_path: Path) -> None:
    """Its id and a time, nothing of the client, in a file for the owner alone; what was not destroyed is not in it."""
    ledger = ShredLedger(tmp_path / "shredded.jsonl")
    keys = Keys(vault_database, KEK, ledger=ledger)
    notes, legal, _ = (keys.current_key(s, c) for s, c in (("j-1", "notes"), ("j-1", "legal"), ("j-2", "notes")))
    assert keys.destroy("j-1", "notes") == 1
    assert ledger.keys() == {notes.key_id}
    assert keys.destroy("j-1") == 1
    assert keys.destroy("j-1") == 0
    keys.close()
    assert ledger.keys() == {notes.key_id, legal.key_id}  # and not the other one
    assert "j-1" not in ledger.file.read_text()
    assert stat.S_IMODE(ledger.file.stat().st_mode) == 0o600


def test_half_a_line_is_written_over(tmp_path: Path) -> None:
    """A machine went down while it wrote: that key was not destroyed either."""
    ledger = ShredLedger(tmp_path / "shredded.jsonl")
    first, second = uuid4(), uuid4()
    ledger.add([first])
    with ledger.file.open("ab") as file:
        file.write(b'{"key": "0000')
    assert ledger.keys() == {first}
    ledger.add([second])
    assert ledger.keys() == {first, second}


def test_many_at_once_lose_no_line(tmp_path: Path) -> None:
    """Web processes and workers share one file."""
    ids = [uuid4() for _ in range(64)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda key: ShredLedger(tmp_path / "shredded.jsonl").add([key]), ids))
    assert ShredLedger(tmp_path / "shredded.jsonl").keys() == set(ids)


def test_an_older_copy_is_told_from_a_newer_one(tmp_path: Path) -> None:
    """By the lines that were there before; more may have come since."""
    ledger, copy = ShredLedger(tmp_path / "a"), ShredLedger(tmp_path / "b")
    assert ledger.extent().lines == 0
    ledger.add([uuid4(), uuid4()])
    then = ledger.extent()
    copy.file.write_bytes(ledger.file.read_bytes().splitlines(keepends=True)[0])
    ledger.add([uuid4()])
    assert ledger.extent(then.lines) == then
    assert ledger.extent().lines == 3
    assert copy.extent(then.lines) != then
    assert copy.extent(0) == Extent(0, ShredLedger(tmp_path / "none").extent().sha256)


def test_a_line_that_names_no_key_is_a_fault(tmp_path: Path) -> None:
    """To pass it over would revive somebody."""
    (tmp_path / "a").write_text('{"kay": 1}\n')
    with pytest.raises(LedgerFault, match="line 1"):
        ShredLedger(tmp_path / "a").keys()


def test_a_process_that_remembers_a_revived_key_forgets_it(
    database_factory: DatabaseFactory, vault_template: str
) -> None:
    """Destroyed again after a restore: the generation is beyond any that a cache may hold, whatever was counted."""
    dsn = database_factory.copy(vault_template)
    keys = Keys(dsn, KEK)
    for _ in range(3):
        keys.destroy("nobody")
    key = keys.current_key("j-1", "notes")
    assert keys.opening_key(key.key_id) == key.key
    assert shred_again(dsn, [key.key_id, uuid4()]) == 1
    assert keys.opening_key(key.key_id) is None
    assert destroyed_keys(dsn) == {key.key_id}
    keys.close()
    database_factory.drop(dsn)
