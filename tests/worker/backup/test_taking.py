"""What a backup is on the disk: whole or not at all, for its owner alone, with a manifest that keeps no secrets."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from domain.errors import BackupDamaged, BackupFault
from domain.journey.state import journey_stream
from eventlog.log import EventLog
from tests.architecture.sources import ROOT
from tests.fix_eventlog import administrator, pings
from tests.worker.backup.place import Installation
from worker.backup.folder import backups
from worker.backup.manifest import NAME
from worker.backup.sealing import BackupPublicKey, create_backup_key, load_backup_key
from worker.backup.tools import find_tools


def command(place: Installation, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "worker.cli", "backup", *arguments]


def environment(place: Installation, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], **place.environment, **more}


def test_files_are_for_their_owner_and_hold_no_secret(installation: Installation) -> None:
    """Mode 0600 in a folder of mode 0700; the manifest counts, names ids of keys, and quotes the newest signed head."""
    journey = installation.opened(2)[0]
    installation.signed()
    with installation.keys() as keys:
        key = keys.current_key(journey_stream(journey), "notes")
    taken = installation.take()
    assert stat.S_IMODE(taken.folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in taken.folder.iterdir()} == {
        NAME: 0o600,
        "eventlog.dump": 0o600,
        "vault.dump": 0o600,
    }
    text = (taken.folder / NAME).read_text()
    known = json.loads(text)
    assert (known["head"], known["streams"], known["keys"]) == (taken.manifest.events, 2, 1)
    assert json.loads(known["signed_head"])["position"] == known["head"]
    for secret in (key.key.hex(), (installation.folder / "kek").read_text().strip(), installation.log):
        assert secret not in text


def test_only_the_newest_are_kept(installation: Installation) -> None:
    """So many as were asked for, the new one among them."""
    folders = []
    for _ in range(3):
        folders.append(installation.take(keep=2).folder)
        time.sleep(1.05)  # they are named by the second
    assert backups(installation.backups) == folders[1:]


@pytest.fixture
def large(installation: Installation) -> Installation:
    """A log that takes a moment to dump."""
    with EventLog(installation.log, size=1) as log:
        for stream in range(20):
            log.append(pings(f"journey-{stream}", 0, 500))
    return installation


def test_a_killed_backup_is_none(large: Installation) -> None:
    """Whatever it had written is not taken for a backup, and the next one removes it."""
    lock = administrator(large.environment["VAULT_DATABASE_URL"])
    lock.autocommit = False
    lock.execute("LOCK TABLE vault.staff IN ACCESS EXCLUSIVE MODE")  # the dump of the vault waits, half way
    with subprocess.Popen(command(large, "create", str(large.backups)), env=environment(large), cwd=ROOT) as process:
        deadline = time.monotonic() + 60
        while not any(large.backups.glob(".*.partial/eventlog.dump")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    lock.close()
    assert list(large.backups.glob(".*.partial"))
    assert backups(large.backups) == []
    taken = large.take()
    assert backups(large.backups) == [taken.folder]
    assert not list(large.backups.glob(".*.partial"))


def test_a_full_disk_leaves_the_earlier_ones(large: Installation) -> None:
    """The limit on the size of a file stands for the end of the disk: the write fails in the middle."""
    earlier = large.take()
    limited = ["/bin/sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *command(large, "create", str(large.backups))]
    time.sleep(1.05)
    settings = environment(large, PYTHONDONTWRITEBYTECODE="1")  # or half a compiled module would stay behind
    done = subprocess.run(limited, env=settings, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No backup was made" in done.stderr
    assert [path.name for path in large.backups.iterdir() if path.name != ".lock"] == [earlier.folder.name]


def test_two_at_once_do_not_mix(installation: Installation) -> None:
    """The second one says so."""
    installation.backups.mkdir()
    holder = subprocess.Popen(["flock", str(installation.backups / ".lock"), "sleep", "60"])
    try:
        time.sleep(0.5)
        with pytest.raises(BackupFault, match="another backup"):
            installation.take()
    finally:
        subprocess.run(["pkill", "-P", str(holder.pid)], check=False)
        holder.kill()
        holder.wait()


def test_a_database_without_a_log_is_named(installation: Installation) -> None:
    """DATABASE_URL points at something else."""
    elsewhere = installation.environment["VAULT_DATABASE_URL"]
    with pytest.raises(BackupFault, match="DATABASE_URL"):
        installation.changed({"DATABASE_URL": elsewhere}).take()


@pytest.fixture
def old_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PATH begins with programs of PostgreSQL 12."""
    folder = tmp_path / "old"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 12.22'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.mark.usefixtures("old_programs")
def test_programs_that_are_too_old_are_passed_by_or_named() -> None:
    """`pg_dump` of an older version cannot read a newer server."""
    assert find_tools(18).major >= 18
    assert find_tools(12).major == 12
    with pytest.raises(BackupFault, match=r"version 99 or newer .*has version 12.*postgresql-client-99"):
        find_tools(99)


def test_sealed_files_show_each_change(tmp_path: Path) -> None:
    """Altered, cut at a block's end, blocks swapped, opened with another key."""
    key = create_backup_key(tmp_path / "key")
    assert str(load_backup_key(tmp_path / "key").public) == str(key.public)
    content = os.urandom(3 << 20)
    whole = b"".join(BackupPublicKey(str(key.public)).sealed([content[:100], content[100:]]))
    file = tmp_path / "sealed"

    def opened(by: bytes) -> bytes:
        file.write_bytes(by)
        return b"".join(key.opened(file))

    assert opened(whole) == content
    block, start = (1 << 20) + 16, len(whole) - 3 * ((1 << 20) + 16)
    swapped = whole[:start] + whole[start + block : start + 2 * block] + whole[start : start + block] + whole[-block:]
    altered = whole[:-1] + bytes([whole[-1] ^ 1])
    for bad in (whole[:-block], whole[:-1], swapped, altered, b"x" + whole, whole[:20], whole + b"x"):
        with pytest.raises(BackupDamaged):
            opened(bad)
    file.write_bytes(whole)
    with pytest.raises(BackupDamaged, match="another key"):
        list(create_backup_key(tmp_path / "other").opened(file))
    for size in (0, 1, 1 << 20, (1 << 20) + 1):
        assert opened(b"".join(key.public.sealed([content[:size]]))) == content[:size]


def test_a_reading_role_is_enough(installation: Installation) -> None:
    """Whoever steals the address of the backups cannot write: the role has `pg_read_all_data` and nothing else."""
    installation.opened()
    with administrator(installation.log) as connection:
        connection.execute("DROP ROLE IF EXISTS test_backup")
        connection.execute("CREATE ROLE test_backup LOGIN PASSWORD 'x' IN ROLE pg_read_all_data")
    server = installation.log.rpartition("@")[2].partition("/")[0]
    urls = {
        name: f"postgresql://test_backup:x@{server}/{installation.environment[name].rpartition('/')[2]}"
        for name in ("DATABASE_URL", "VAULT_DATABASE_URL")
    }
    assert installation.changed(urls).take().manifest.streams == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(urls["DATABASE_URL"]) as connection:
        connection.execute("DELETE FROM eventlog.outcomes")
