"""The scripts beside docker-compose.yml, run for real: on a PostgreSQL and a Temporal of the development stack."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from eventlog.heads_key import load_heads_key
from eventlog.log import EventLog
from tests.architecture.sources import ROOT
from tests.deploy.compose import document, our_services
from tests.fix_eventlog import pings
from vault.kek import load_kek
from vault.keys import Keys
from worker.development.postgres import Durability, PostgresServer
from worker.development.postgres_place import find_programs
from worker.development.processes import Children
from worker.development.temporal import SEARCH_ATTRIBUTES, TemporalServer, find_dev_server
from worker.keyring import load_keyring


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `deploy/make-secrets` makes it."""
    folder = tmp_path_factory.mktemp("deploy") / "secrets"
    _run([str(ROOT / "deploy/make-secrets"), str(folder)], {})
    return folder


@pytest.fixture(scope="module")
def own_postgres(session_children: Children) -> Iterator[PostgresServer]:
    """A server of its own: roles belong to a whole server."""
    folder = session_children.records.parent / "postgres-deploy"
    server = PostgresServer(folder, session_children, durability=Durability.NONE)
    server.remove_at_end()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def databases(own_postgres: PostgresServer, secrets: Path) -> PostgresServer:
    """That server after the script that the postgres image runs once."""
    _run(
        [str(ROOT / "deploy/postgres/10-databases.sh")],
        {
            "PATH": f"{find_programs(None)}:{os.defpath}",
            "SECRETS": str(secrets),
            "DATABASES_SQL": str(ROOT / "deploy/postgres/databases.sql"),
            "POSTGRES_USER": "putokaz",
            "POSTGRES_DB": "postgres",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(own_postgres.port),
            "PGPASSWORD": (own_postgres.folder / "password").read_text(),
        },
    )
    return own_postgres


@pytest.fixture(scope="module")
def migrated(databases: PostgresServer, secrets: Path) -> PostgresServer:
    """After the command of the service `migrate`, with its environment."""
    service = our_services()["migrate"]
    command = [sys.executable, "-m", "worker.cli", *service["command"]]
    done = _run(command, _environment("migrate", databases, secrets))
    assert "files run" in done
    assert "nothing to do" in _run(command, _environment("migrate", databases, secrets))
    return databases


def test_secrets_are_what_the_processes_read_and_are_never_overwritten(secrets: Path) -> None:
    """A second run keeps everything: a lost key-encryption key is a lost archive."""
    assert {path.name for path in secrets.iterdir()} == set(document()["secrets"])
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    kek, ring = load_kek(secrets / "kek"), load_keyring(secrets / "keyring.json")
    heads_key = load_heads_key(secrets / "heads.key")
    before = {path.name: path.read_bytes() for path in secrets.iterdir()}
    _run([str(ROOT / "deploy/make-secrets"), str(secrets)], {})
    assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before
    assert (load_kek(secrets / "kek").kek_id, load_keyring(secrets / "keyring.json")) == (kek.kek_id, ring)
    assert load_heads_key(secrets / "heads.key").public.key_id == heads_key.public.key_id


def test_each_process_has_the_rights_it_needs(
    migrated: PostgresServer, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker appends and uses the vault's keys, the relay reads the log, all with their own pass file."""
    worker = _environment("worker", migrated, secrets)
    monkeypatch.setenv("PGPASSFILE", worker["PGPASSFILE"])
    with EventLog(worker["PUTOKAZ_WRITER_URL"], size=1) as log:
        log.append(pings("other-x", 0))
    keys = Keys(worker["VAULT_DATABASE_URL"], load_kek(secrets / "kek"))
    assert keys.current_key(f"journey-{uuid4()}", "notes").key
    keys.close()
    relay = _environment("relay", migrated, secrets)
    monkeypatch.setenv("PGPASSFILE", relay["PGPASSFILE"])
    with EventLog(relay["PUTOKAZ_PROJECTOR_URL"], size=1) as log:
        assert log.head() == 1


def test_the_worker_can_be_asked_how_everything_is(migrated: PostgresServer, secrets: Path) -> None:
    """`docker compose run --rm worker doctor`: its rights are enough for that, and what is not there is named."""
    environment = _environment("worker", migrated, secrets) | {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
    command = [sys.executable, "-m", "worker.cli", "doctor", "--json"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    findings = {finding["part"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert {"event log", "schema", "pathways"} <= {part for part, finding in findings.items() if finding["good"]}
    assert "nobody on call" in findings["vault"]["says"]
    assert not findings["Temporal"]["good"]


@pytest.mark.parametrize(
    ("process", "address"),
    [
        ("relay", "PUTOKAZ_WRITER_URL"),
        ("relay", "VAULT_DATABASE_URL"),
        ("projections", "PUTOKAZ_WRITER_URL"),
        ("projections", "VAULT_DATABASE_URL"),
    ],
)
def test_a_process_cannot_be_another(
    migrated: PostgresServer, secrets: Path, monkeypatch: pytest.MonkeyPatch, process: str, address: str
) -> None:
    """What its pass file does not hold, it cannot open."""
    environment = _environment(process, migrated, secrets)
    monkeypatch.setenv("PGPASSFILE", environment["PGPASSFILE"])
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(environment[address], connect_timeout=2)


def test_nobody_enters_a_database_that_is_not_theirs(migrated: PostgresServer, secrets: Path) -> None:
    """Temporal's role cannot even connect to the log, nor the writer to the vault."""
    for role, database in [("temporal", "putokaz"), ("temporal", "putokaz_vault"), ("writer", "putokaz_vault")]:
        user = role if role == "temporal" else f"putokaz_{role}"
        password = (secrets / f"password_{role}").read_text()
        address = f"postgresql://{user}:{password}@127.0.0.1:{migrated.port}/{database}"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(address, connect_timeout=2)


def test_a_backup_is_taken_by_a_reader_and_restored_by_the_owner(
    migrated: PostgresServer, secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the pass files of those services and the rights of their roles, none of them a superuser."""
    worker = _environment("worker", migrated, secrets)
    monkeypatch.setenv("PGPASSFILE", worker["PGPASSFILE"])
    stream = f"other-{uuid4()}"
    with EventLog(worker["PUTOKAZ_WRITER_URL"], size=1) as log:
        log.append(pings(stream, 0))
    keys = Keys(worker["VAULT_DATABASE_URL"], load_kek(secrets / "kek"))
    key = keys.current_key(stream, "notes")
    keys.close()
    folder = str(tmp_path / "backups")
    here = [folder if word == "/backups" else word for word in our_services()["backup"]["command"]]
    _run([sys.executable, "-m", "worker.cli", *here], _environment("backup", migrated, secrets))
    with EventLog(worker["PUTOKAZ_WRITER_URL"], size=1) as log:
        log.append(pings(stream, 1))
        head = log.head()
    _run([sys.executable, "-m", "worker.cli", "log", "sign-head"], worker)
    owner = _environment("restore", migrated, secrets)
    command = [sys.executable, "-m", "worker.cli", "backup"]
    _run([*command, "drill", folder], owner)
    said = _run([*command, "restore", folder, "--replace", "putokaz", "--yes", "--without-temporal"], owner)
    assert "putokaz backup align" in said
    assert f"Lost: positions {head} to at least {head}" in said
    away = {**owner, "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    aligned = subprocess.run([*command, "align"], env=away, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert b"Temporal cannot be reached" in aligned.stderr, aligned.stderr
    with EventLog(worker["PUTOKAZ_WRITER_URL"], size=1) as log:
        assert log.head() == head - 1
        log.append(pings(stream, 1))
    keys = Keys(worker["VAULT_DATABASE_URL"], load_kek(secrets / "kek"))
    assert keys.opening_key(key.key_id) == key.key
    keys.close()
    monkeypatch.setenv("PGPASSFILE", str(secrets / "pgpass_projections"))
    with psycopg.connect(_environment("projections", migrated, secrets)["PUTOKAZ_PROJECTOR_URL"]) as connection:
        assert connection.execute("SELECT min(position) FROM projections.positions").fetchone() == (head - 1,)
    test_nobody_enters_a_database_that_is_not_theirs(migrated, secrets)


def test_the_namespace_is_made_once(temporal_server: TemporalServer) -> None:
    """With the search attributes that the workflows set; repeating changes nothing."""
    environment = {
        "TEMPORAL_ADDRESS": temporal_server.address,
        "TEMPORAL_NAMESPACE": "putokaz-deploy",
        "PATH": f"{find_dev_server().parent}:{os.defpath}",
        "HOME": str(temporal_server.folder),
    }
    command = ["/bin/sh", str(ROOT / "deploy/temporal/create-namespace.sh")]
    _run(command, environment)
    again = _run(command, environment)
    assert again.split() == [word for name in SEARCH_ATTRIBUTES for word in (name, "is", "there")]
    listed = _run(["temporal", "operator", "search-attribute", "list", "--namespace", "putokaz-deploy"], environment)
    assert all(name in listed and kind in listed for name, kind in SEARCH_ATTRIBUTES.items())


def _environment(service: str, server: PostgresServer, secrets: Path) -> dict[str, str]:
    """The environment of a service in compose, with the addresses and files of this test."""
    set_ = our_services()[service]["environment"].items()
    given = {key: str(value) for key, value in set_ if value is not None and str(value)}
    here = {key: value.replace("@postgres/", f"@127.0.0.1:{server.port}/") for key, value in given.items()}
    here |= {key: value.replace("/run/secrets", str(secrets)) for key, value in here.items()}
    here |= {key: value.replace("/evidence/", f"{secrets.parent}/") for key, value in here.items()}
    return {**here, "PGPASSFILE": str(secrets / f"pgpass_{service}"), "PATH": os.defpath}


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        env={"PATH": os.defpath, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
