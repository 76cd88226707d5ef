"""The drill: a restore that nobody notices, and that says what it would be worth."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator

import pytest
import structlog
from typer.testing import CliRunner

from domain.journey.state import journey_stream
from eventlog.log import EventLog
from eventlog.verify import verify
from tests.fix_eventlog import administrator
from tests.worker.backup.place import Installation
from worker.backup.drill import Drilled, drill
from worker.backup.folder import chosen
from worker.backup.loading import checked
from worker.backup.steps import Steps
from worker.cli import app


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Every command sets up the logs of its process; the tests after it want theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def drilled(place: Installation) -> Drilled:
    steps = Steps()
    backup = checked(chosen(place.backups), place.settings, None, steps)
    return asyncio.run(drill(backup, place.settings, place.heads(), steps))


def test_a_good_backup_passes_while_everything_runs(
    installation: Installation, databases: Callable[[], set[str]]
) -> None:
    """Read models equal those of the running system at that position, each workflow wakes when the log says; after it
    nothing is left, and the running system is as it was, its connections too."""
    journeys = installation.opened(4)
    installation.signed()
    with installation.keys() as keys:
        keys.current_key(journey_stream(journeys[0]), "notes")
        installation.take()
        keys.destroy(journey_stream(journeys[0]))
    installation.opened(2)
    before, head = databases(), verify(installation.log).head
    with EventLog(installation.log, size=1) as log:
        assert log.head() == head
        found = drilled(installation)
        assert log.head() == head
    assert (found.differences, found.not_run) == ([], [])
    assert (found.journeys, found.shredded, found.revived) == (4, 1, 0)
    assert {"rows of the log", "chain and signed heads", "read models"} <= set(found.seconds)
    assert databases() == before
    assert verify(installation.log).head == head


def test_a_running_system_that_was_rewritten_is_told(installation: Installation) -> None:
    """The backup holds what was recorded; the log of now holds something else at the same position."""
    installation.opened(1)
    installation.take()
    with administrator(installation.log) as connection:
        connection.execute("UPDATE eventlog.stored_events SET chain = sha256(chain) WHERE notification_id = 4")
    found = drilled(installation)
    assert len(found.differences) == 1
    assert "another link at position 4" in found.differences[0]


def test_without_the_running_system_it_says_what_was_not_compared(
    installation: Installation, elsewhere: Installation
) -> None:
    """On another machine there is nothing to compare with; the rest is tried all the same."""
    installation.opened(1)
    installation.take()
    found = drilled(elsewhere)
    assert found.good
    assert ["cannot be read" in each for each in found.not_run] == [True]


def test_a_person_can_do_it_all_from_the_command_line(installation: Installation) -> None:
    """Take, drill, restore, with the words and the exit codes that a timer job looks at."""

    def run(*arguments: str, **more: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["backup", *arguments], env={**installation.environment, **more})
        return done.exit_code, f"{done.stdout}{done.stderr}{done.exception or ''}"

    folder = str(installation.backups)
    assert run("drill", folder)[0] == 1
    installation.opened(2)
    code, says = run("create", folder, "--keep", "3")
    assert (code, "Not encrypted" in says, "No shred ledger" in says) == (0, True, False), says
    code, says = run("drill", folder)
    assert code == 0
    assert "(RPO)" in says
    assert "This backup would do." in says
    code, says = run("restore", folder, "--without-temporal")
    assert (code, "--replace" in says) == (1, True)
    code, says = run("restore", folder, "--replace", installation.name, "--yes", "--json", "--without-temporal")
    assert code == 0
    assert json.loads(says.splitlines()[0])["kept"]
    time.sleep(1.1)  # what is put aside is named by the second
    code, says = run("restore", folder, "--replace", installation.name, "--yes", "--without-temporal")
    assert code == 0, says
    assert "1. before any worker is started" in says, says
    assert says.index("1. before any worker is started") < says.index("2. start the processes")
    assert run("align")[0] == 4
    code, says = run("key", str(installation.folder / "stick"), "--create")
    public = says.splitlines()[0]
    code, says = run("create", str(installation.folder / "sealed"), "--json", PUTOKAZ_BACKUP_PUBLIC_KEY=public)
    assert (code, "Not encrypted" in says) == (0, False)
    code, says = run("drill", str(installation.folder / "sealed"), "--key", str(installation.folder / "stick"))
    assert code == 0
    assert run("restore", folder, "--without-temporal", PUTOKAZ_KEK_FILE="/nowhere")[0] == 1
