"""What comes back from a backup: the log link by link, keys, read models; and what is refused, changing nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from temporalio.client import Client

from domain.codes import StepOutcome
from domain.errors import BackupDamaged, BackupFault, BackupForeign, LogReplaced, TargetRefused, Unavailable
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from eventlog.log import EventLog
from eventlog.verify import verify
from projections.comparing import compare
from tests.fix_engine import MILA
from tests.fix_eventlog import administrator, as_role, pings
from tests.worker.backup.place import Installation
from vault.errors import VaultError
from worker.backup.manifest import NAME, read_manifest
from worker.backup.sealing import create_backup_key
from workflows.messages import AnswerKind


def test_everything_comes_back_on_an_empty_server(installation: Installation, elsewhere: Installation) -> None:
    """Chain, outcomes, keys and read models are those of before; a repeated command is known, a new one goes."""
    journey, command_id = installation.opened(3)[0], uuid4()
    done = installation.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE), command_id)
    with installation.recorder() as recorder, installation.keys() as keys:
        answer = recorder.record(done).answer
        key = keys.current_key(journey_stream(journey), "notes")
    installation.opened(1)
    installation.signed()
    taken = installation.take()
    restored = elsewhere.restored()
    assert restored.loaded.verified.signed == restored.loaded.verified.head == taken.manifest.head
    assert (restored.lost, restored.kept, restored.loaded.parked) == (None, None, 0)
    assert verify(elsewhere.log).intact
    before = {table.table: table.sha256_of_table for table in compare(installation.log)}
    after = compare(elsewhere.log)
    assert all(table.is_equal for table in after)
    assert {table.table: table.sha256_of_table for table in after} == before
    assert any(table.rows_of_table for table in after)
    with elsewhere.recorder() as recorder, elsewhere.keys() as keys:
        assert recorder.record(done).answer == answer
        assert keys.opening_key(key.key_id) == key.key
        more = recorder.record(elsewhere.order(uuid4(), OpenJourney(pin=elsewhere.pin, caseworker=MILA))).answer
        assert more.position == taken.manifest.head + more.version


def test_on_a_new_server_the_databases_are_made(installation: Installation, elsewhere: Installation) -> None:
    """Nobody has to know how they are made on the worst night."""
    installation.opened(1)
    head = installation.take().manifest.head
    for dsn in (elsewhere.log, elsewhere.settings.vault):
        with administrator(installation.log) as connection:
            connection.execute(f'DROP DATABASE "{dsn.rpartition("/")[2]}"'.encode())
    assert (elsewhere.restored().kept, verify(elsewhere.log).head) == (None, head)


def test_the_restored_log_has_the_same_rights(installation: Installation, elsewhere: Installation) -> None:
    """The writer appends through the function and touches no table; nobody else owns anything."""
    installation.opened()
    installation.take()
    elsewhere.restored()
    with EventLog(as_role(elsewhere.log, "putokaz_writer"), size=1) as log:
        log.append(pings("journey-x", 0))
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        psycopg.connect(as_role(elsewhere.log, "putokaz_writer")) as connection,
    ):
        connection.execute("DELETE FROM eventlog.stored_events")


def test_a_backup_under_running_appends_is_of_one_moment(installation: Installation, elsewhere: Installation) -> None:
    """Four writers go on throughout; the backup ends at a position, with everything before it and nothing after."""
    stop, written = threading.Event(), []

    def write(number: int) -> None:
        with EventLog(installation.log, size=1) as log:
            version = 0
            while not stop.is_set():
                log.append(pings(f"journey-{number}", version))
                version += 1
            written.append(version)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        with EventLog(installation.log, size=1) as log:
            assert log.wait(200, 30) > 200
        taken = installation.take()
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert 200 < taken.manifest.head < sum(written)
    assert elsewhere.restored().loaded.verified.events == taken.manifest.events == taken.manifest.head


def test_a_log_that_holds_something_is_put_aside_only_by_name(
    installation: Installation, databases: Callable[[], set[str]]
) -> None:
    """Refused without its name and with a wrong one; with it, the old one is kept beside, whole."""
    installation.opened(2)
    installation.take()
    installation.opened(1)
    head = verify(installation.log).head
    before = databases()
    for replace in (None, "putokaz"):
        with pytest.raises(TargetRefused):
            installation.restored(replace=replace)
        assert databases() == before
        assert verify(installation.log).head == head
    restored = installation.restored(replace=installation.name)
    assert restored.kept is not None
    assert verify(installation.log).head == restored.manifest.head < head
    assert verify(installation.log.replace(installation.name, restored.kept[0])).head == head
    assert databases() - before == set(restored.kept)


def test_a_process_that_still_runs_is_named_and_nothing_happens(
    installation: Installation, databases: Callable[[], set[str]]
) -> None:
    """A worker that stayed up would go on with what it remembers: PostgreSQL itself refuses the change of names."""
    installation.opened()
    installation.take()
    before = databases()
    with installation.recorder() as recorder:
        recorder.journey("journey-x")
        with pytest.raises(TargetRefused, match="1 of putokaz-log"):
            installation.restored(replace=installation.name)
        assert recorder.journey("journey-x") is None
    assert databases() == before


def test_a_process_that_lived_through_a_restore_does_nothing_more(installation: Installation) -> None:
    """It was not connected at that moment. What it remembers of a journey never happened in the log of now."""
    journey = installation.opened()[0]
    installation.take()
    with installation.recorder() as survivor:
        survivor.record(installation.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE)))
        with administrator(installation.log) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        installation.restored(replace=installation.name)
        with installation.recorder() as fresh:
            other = AdvanceStep(step="contact", outcome=StepOutcome.DECLINED)
            assert fresh.record(installation.order(journey, other)).answer.kind is AnswerKind.RECORDED
        head = verify(installation.log).head
        for _ in range(3):
            with pytest.raises(LogReplaced):
                survivor.record(installation.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE)))
        assert verify(installation.log).head == head


def test_what_was_signed_after_the_backup_is_said_to_be_lost(installation: Installation) -> None:
    """An older point is no tampering, but nobody may take it for the newest; signing goes on in a new file."""
    installation.opened(2)
    installation.signed()
    head = installation.take().manifest.head
    installation.opened(1)
    installation.signed()
    newest = verify(installation.log).head
    restored = installation.restored(replace=installation.name)
    assert restored.lost == (head + 1, newest)
    assert restored.old_heads is not None
    assert restored.old_heads.exists()
    assert "are lost" in restored.old_heads.with_name(restored.old_heads.name + ".note").read_text()
    installation.signed()
    assert [signed.position for signed in installation.heads()] == [head]


def test_a_key_destroyed_after_the_backup_is_destroyed_again(
    installation: Installation, elsewhere: Installation
) -> None:
    """Shredded stays shredded: by the ledger on a new machine, by the old vault as well where it is still there."""
    first, second = installation.opened(2)
    with installation.keys() as keys:
        erased = keys.current_key(journey_stream(first), "notes")
        kept = keys.current_key(journey_stream(second), "notes")
        keys.destroy(journey_stream(uuid4()))
        installation.take()
        assert keys.destroy(journey_stream(first)) == 1
    assert elsewhere.restored().loaded.shredded == 1
    with elsewhere.keys() as keys:
        assert keys.opening_key(erased.key_id) is None
        assert keys.opening_key(kept.key_id) == kept.key
    installation.ledger.file.unlink()
    assert installation.restored(replace=installation.name).loaded.shredded == 1


def test_a_ledger_that_lost_lines_is_refused(installation: Installation, elsewhere: Installation) -> None:
    """Or an older copy of it would revive people in silence. Who knows and says so may go on."""
    first, second = installation.opened(2)
    with installation.keys() as keys:
        for journey in (first, second):
            keys.current_key(journey_stream(journey), "notes")
            keys.destroy(journey_stream(journey))
    installation.take()
    lines = installation.ledger.file.read_bytes().splitlines(keepends=True)
    installation.ledger.file.write_bytes(lines[0])
    with pytest.raises(BackupForeign, match="lost lines"):
        elsewhere.restored()
    with pytest.raises(BackupForeign, match="not set"):
        elsewhere.changed({"PUTOKAZ_SHRED_LEDGER_FILE": ""}).restored()
    elsewhere.wishes["without_ledger"] = True
    assert elsewhere.restored().loaded.shredded == 0


def test_a_key_is_not_destroyed_without_the_ledger(installation: Installation) -> None:
    """First the ledger, then the key: a destruction that a restore would undo is none."""
    journey = installation.opened()[0]
    installation.ledger.file.mkdir()
    with installation.keys() as keys:
        key = keys.current_key(journey_stream(journey), "notes")
        with pytest.raises(VaultError, match="no key was destroyed"):
            keys.destroy(journey_stream(journey))
        assert keys.opening_key(key.key_id) == key.key


def _flip(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)


def _other(folder: Path, **fields: object) -> None:
    manifest = read_manifest(folder).model_copy(update=fields)
    (folder / NAME).write_text(manifest.model_dump_json())


FAULTS: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "a bit of the log": (lambda b: _flip(b, "eventlog.dump"), BackupDamaged, "not the file that was backed up"),
    "a bit of the vault": (lambda b: _flip(b, "vault.dump"), BackupDamaged, "not the file that was backed up"),
    "the end of the log": (lambda b: _cut(b / "eventlog.dump"), BackupDamaged, "not the file that was backed up"),
    "a missing file": (lambda b: (b / "vault.dump").unlink(), BackupDamaged, "cannot be read"),
    "a missing manifest": (lambda b: (b / NAME).unlink(), BackupFault, "is no backup"),
    "a broken manifest": (lambda b: (b / NAME).write_text("{"), BackupDamaged, "no manifest"),
    "another link": (lambda b: _other(b, link="00" * 32), BackupDamaged, "the manifest says"),
    "another head": (lambda b: _other(b, head=1), BackupDamaged, "the manifest says"),
    "a later release": (lambda b: _other(b, installed={"0999_later.sql": "0"}), BackupForeign, "is not in ours"),
    "another past": (lambda b: _other(b, installed={"0001_roles.sql": "0"}), BackupForeign, "differs from ours"),
    "another format": (lambda b: _other(b, format=2), BackupForeign, "format 2"),
    "another master key": (lambda b: _other(b, keks=("00" * 16,)), BackupForeign, "fetch the one of that time"),
    "an unknown sealing": (lambda b: _other(b, sealed_to="0" * 16), BackupForeign, "private half"),
}


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_backup_changes_nothing(
    installation: Installation, databases: Callable[[], set[str]], fault: str
) -> None:
    """It is found out before anything in use is touched, and says what it is."""
    spoil, error, says = FAULTS[fault]
    installation.opened()
    folder = installation.take().folder
    head, before = verify(installation.log).head, databases()
    spoil(folder)
    with pytest.raises(error, match=says):
        installation.restored(folder, replace=installation.name)
    assert (verify(installation.log).head, databases()) == (head, before)


def test_a_tampered_log_is_not_restored(installation: Installation, elsewhere: Installation) -> None:
    """A backup of a database that somebody edited is whole as a file; its chain says what it is."""
    installation.opened(2)
    with administrator(installation.log) as connection:
        connection.execute("UPDATE eventlog.stored_events SET actor = gen_random_uuid() WHERE notification_id = 2")
    installation.take()
    with pytest.raises(BackupDamaged, match="not as it was recorded"):
        elsewhere.restored()


def test_a_sealed_backup_opens_with_its_key_alone(installation: Installation, elsewhere: Installation) -> None:
    """The machine that made it cannot read it."""
    journey = installation.opened()[0]
    key, other = (create_backup_key(installation.folder / name) for name in ("stick", "other"))
    installation.changed({"PUTOKAZ_BACKUP_PUBLIC_KEY": str(key.public)}).take()
    elsewhere.key = other
    with pytest.raises(BackupForeign, match="private half"):
        elsewhere.restored()
    elsewhere.key = key
    elsewhere.restored()
    with elsewhere.recorder() as recorder:
        assert recorder.journey(journey_stream(journey)) is not None


def test_without_temporal_nothing_is_restored_unless_that_is_said(
    installation: Installation, elsewhere: Installation
) -> None:
    """Workflows that know more than the log would ignore it: whoever goes on without has to know."""
    installation.opened()
    installation.take()
    elsewhere.wishes["without_temporal"] = False
    with pytest.raises(Unavailable, match="Temporal"):
        elsewhere.restored()


def test_temporal_that_goes_away_in_the_middle_does_not_hide_what_was_restored(
    installation: Installation, elsewhere: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The databases have changed places by then: it says so, and that the workflows are still to be brought in line."""

    async def there(client: Client) -> None:
        """Temporal answers when it is asked, and never after."""

    installation.opened()
    installation.take()
    monkeypatch.setattr("worker.backup.restoring.require_temporal", there)
    elsewhere.wishes["without_temporal"] = False
    restored = elsewhere.restored()
    assert restored.aligned is None
    assert verify(elsewhere.log).head == restored.manifest.head
