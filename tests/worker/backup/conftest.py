"""Installations to back up and to restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

import projections.install
from eventlog.heads_key import create_heads_key
from tests.fix_engine import write_pathway
from tests.fix_eventlog import administrator
from tests.fix_services import DatabaseFactory
from tests.pathway_examples import small_pathway
from tests.worker.backup.place import Installation
from vault.kek import create_kek
from worker.development.postgres import PostgresServer
from worker.keyring import create_keyring


@pytest.fixture(scope="session")
def whole_template(database_factory: DatabaseFactory, log_template: str) -> str:
    """A database with an empty log and empty read models, to be copied."""
    dsn = database_factory.copy(log_template)
    projections.install.install(dsn)
    return dsn


@pytest.fixture
def installation(
    database_factory: DatabaseFactory, whole_template: str, vault_template: str, tmp_path: Path
) -> Iterator[Installation]:
    """A running system without processes."""
    create_kek(tmp_path / "kek")
    create_heads_key(tmp_path / "heads.key")
    create_keyring(tmp_path / "keyring.json")
    pin = write_pathway(tmp_path / "pathways", small_pathway())
    log, vault = database_factory.copy(whole_template), database_factory.copy(vault_template)
    environment = {
        "PUTOKAZ_MODE": "demo",
        "DATABASE_URL": log,
        "VAULT_DATABASE_URL": vault,
        "TEMPORAL_ADDRESS": "127.0.0.1:1",
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "PUTOKAZ_HEADS_FILE": str(tmp_path / "heads.jsonl"),
        "PUTOKAZ_HEADS_KEY_FILE": str(tmp_path / "heads.key"),
        "PUTOKAZ_SHRED_LEDGER_FILE": str(tmp_path / "shredded.jsonl"),
        "PUTOKAZ_PATHWAYS": str(tmp_path / "pathways"),
    }
    yield Installation(environment, tmp_path, pin)
    with administrator(log.rpartition("/")[0] + "/postgres") as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
    mine = tuple(dsn.rpartition("/")[2] for dsn in (log, vault))
    for name in names:
        if name in mine or name.startswith(tuple(f"{each}_" for each in mine)):
            database_factory.server.drop_database(name)


@pytest.fixture
def elsewhere(installation: Installation, database_factory: DatabaseFactory) -> Iterator[Installation]:
    """The same installation with two new, empty databases: another machine after a fire."""
    log, vault = database_factory.create(), database_factory.create()
    yield installation.changed({"DATABASE_URL": log, "VAULT_DATABASE_URL": vault})
    database_factory.drop(log)
    database_factory.drop(vault)


@pytest.fixture
def databases(postgres_server: PostgresServer) -> Callable[[], set[str]]:
    """The names of all databases now."""

    def names() -> set[str]:
        with psycopg.connect(postgres_server.dsn()) as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    return names
