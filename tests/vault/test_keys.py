"""Data keys: one a compartment, made once, gone everywhere when destroyed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from tests.fix_proxy import CuttableProxy, Line
from vault.database import install
from vault.errors import UnknownKey, VaultUnavailable, WrongKek
from vault.kek import Kek
from vault.keys import DataKey, Keys, rewrap

KEK = Kek(b"\x01" * 32)
NEW = Kek(b"\x02" * 32)


@pytest.fixture
def keys(vault_database: str) -> Iterator[Keys]:
    """The keys of an empty vault, as the first process sees them."""
    keys = Keys(vault_database, KEK)
    yield keys
    keys.close()


@pytest.fixture
def elsewhere(vault_database: str) -> Iterator[Keys]:
    """The same vault in a second process."""
    keys = Keys(vault_database, KEK)
    yield keys
    keys.close()


def test_each_compartment_of_each_stream_has_its_own_key(keys: Keys, elsewhere: Keys) -> None:
    """The same one in every process, cached or not."""
    notes = keys.current_key("journey-1", "notes")
    others = [keys.current_key("journey-1", "legal"), keys.current_key("journey-2", "notes")]
    assert len({notes.key, *(k.key for k in others)}) == 3
    assert keys.current_key("journey-1", "notes") == notes == elsewhere.current_key("journey-1", "notes")
    assert elsewhere.opening_key(notes.key_id) == notes.key


def test_a_first_key_that_many_want_at_once_is_made_once(vault_database: str) -> None:
    """Or half of them would seal with a key that is lost."""
    keys = Keys(vault_database, KEK, size=8)
    made: list[DataKey] = []
    barrier = threading.Barrier(8)

    def want() -> None:
        barrier.wait()
        made.append(keys.current_key("journey-1", "notes"))

    threads = [threading.Thread(target=want) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    keys.close()
    assert len(made) == 8
    assert len({k.key_id for k in made}) == len({k.key for k in made}) == 1


def test_a_destroyed_key_is_gone_in_every_process_at_once(keys: Keys, elsewhere: Keys) -> None:
    """Also where it was cached; a new text gets a new key."""
    before = keys.current_key("journey-1", "notes")
    assert elsewhere.opening_key(before.key_id) == before.key
    assert elsewhere.current_key("journey-1", "notes") == before
    assert keys.destroy("journey-1", "notes") == 1
    assert elsewhere.opening_key(before.key_id) is None
    assert keys.opening_key(before.key_id) is None
    assert elsewhere.current_key("journey-1", "notes").key_id != before.key_id


def test_destroying_a_stream_destroys_all_its_compartments(keys: Keys) -> None:
    """And no other stream's."""
    gone = [keys.current_key("journey-1", c) for c in ("identity", "notes", "legal", "health")]
    stays = keys.current_key("journey-2", "notes")
    assert keys.destroy("journey-1") == 4
    assert [keys.opening_key(k.key_id) for k in gone] == [None] * 4
    assert keys.opening_key(stays.key_id) == stays.key
    assert keys.destroy("journey-1") == 0


def test_nothing_of_a_destroyed_key_stays_in_its_row(keys: Keys, vault_database: str) -> None:
    """Only the fact that it was destroyed, and when."""
    gone = keys.current_key("journey-1", "notes")
    keys.destroy("journey-1")
    with psycopg.connect(vault_database) as connection:
        row = connection.execute(
            "SELECT wrapped, destroyed_at IS NOT NULL FROM vault.data_keys WHERE key_id = %s", (gone.key_id,)
        ).fetchone()
    assert row == (None, True)


def test_an_unknown_key_is_not_a_destroyed_one(keys: Keys) -> None:
    """Erased and broken are different messages."""
    with pytest.raises(UnknownKey):
        keys.opening_key(uuid4())


def test_many_keys_are_opened_in_one_question(keys: Keys) -> None:
    """Without those that were destroyed, and those that never were."""
    kept, gone = keys.current_key("journey-1", "identity"), keys.current_key("journey-2", "identity")
    keys.destroy("journey-2")
    assert keys.opening_keys([kept.key_id, gone.key_id, uuid4()]) == {kept.key_id: kept.key}
    assert keys.opening_keys([]) == {}


def test_the_cache_holds_256_keys_at_most(keys: Keys) -> None:
    """Those that fell out are read again."""
    first = keys.current_key("journey-0", "notes")
    for number in range(1, 300):
        keys.current_key(f"journey-{number}", "notes")
    assert len(keys._cache) == 256
    assert keys.current_key("journey-0", "notes") == first


def test_another_kek_is_refused_at_the_start(keys: Keys, vault_database: str) -> None:
    """Before anything is sealed with keys that nobody could open."""
    keys.current_key("journey-1", "notes")
    with pytest.raises(WrongKek, match="1 stored keys"):
        Keys(vault_database, NEW)


def test_a_row_that_was_moved_does_not_open(keys: Keys, vault_database: str) -> None:
    """Whoever may write to the vault's table still cannot give one stream the key of another."""
    moved = keys.current_key("journey-1", "notes")
    keys.current_key("journey-2", "notes")
    keys.close()  # forgets what it has cached
    with psycopg.connect(vault_database) as connection:
        connection.execute(
            "UPDATE vault.data_keys SET wrapped = (SELECT wrapped FROM vault.data_keys WHERE stream = 'journey-2')"
            " WHERE stream = 'journey-1'"
        )
    with pytest.raises(WrongKek):
        keys.opening_key(moved.key_id)


def test_a_new_kek_takes_over_every_key(keys: Keys, vault_database: str) -> None:
    """No sealed text is touched; processes with the older key stop; doing it twice does no harm."""
    notes = keys.current_key("journey-1", "notes")
    assert rewrap(vault_database, KEK, NEW) == 1
    assert rewrap(vault_database, KEK, NEW) == 0
    renewed = Keys(vault_database, NEW)
    assert renewed.opening_key(notes.key_id) == notes.key
    renewed.close()
    with pytest.raises(WrongKek, match="restart"):
        keys.opening_key(notes.key_id)


def test_rewrapping_with_the_wrong_old_kek_changes_nothing(keys: Keys, vault_database: str) -> None:
    """All or none."""
    notes = keys.current_key("journey-1", "notes")
    with pytest.raises(WrongKek, match="nothing was changed"):
        rewrap(vault_database, Kek(b"\x09" * 32), NEW)
    assert keys.opening_key(notes.key_id) == notes.key


@pytest.mark.parametrize(
    "statement", ["DELETE FROM vault.data_keys", "TRUNCATE vault.staff", "UPDATE vault.data_keys SET stream = 'x'"]
)
def test_the_vaults_role_deletes_and_renames_nothing(vault_database: str, statement: str) -> None:
    """Destroying leaves its trace."""
    with (
        psycopg.connect(vault_database) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_a_connection_that_died_idle_costs_nothing(keys: Keys, vault_template: str) -> None:
    """The next call finds a fresh one."""
    notes = keys.current_key("journey-1", "notes")
    with psycopg.connect(vault_template, autocommit=True) as root:
        root.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'putokaz-vault'")
    assert keys.opening_key(notes.key_id) == notes.key


def test_a_vault_that_is_away_says_so() -> None:
    """At start and at installation."""
    away = "host=127.0.0.1 port=1 dbname=x user=x"
    with pytest.raises(VaultUnavailable):
        Keys(away, KEK)
    with pytest.raises(VaultUnavailable):
        install(away)


def test_a_vault_that_answers_nothing_ends_in_unavailable(vault_database: str, cuttable_proxy: CuttableProxy) -> None:
    """A display of notes must not wait for ever."""
    keys = Keys(cuttable_proxy.dsn(vault_database), KEK)
    cuttable_proxy.line = Line.FROZEN
    started = time.monotonic()
    with pytest.raises(VaultUnavailable):
        keys.current_key("journey-1", "notes")
    assert time.monotonic() - started < 8
    cuttable_proxy.line = Line.OPEN
    cuttable_proxy.cut()
    assert len(keys.current_key("journey-1", "notes").key) == 32
    keys.close()
