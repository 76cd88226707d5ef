"""The commands for read models on a real log: what they say, in words and in JSON, and how they end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner, Result

from domain.journey.state import journey_stream
from projections.whole_log import Progress
from tests.fix_eventlog import administrator, as_role, pings
from tests.projections.conftest import OF_JOURNEYS, TABLES, Office
from vault.kek import create_kek
from worker.cli import app
from worker.cli.progress import pace
from worker.keyring import create_keyring

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Every command sets up the logs of its process; the tests after it want theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """`putokaz projections …` with each role's own rights."""
    create_kek(tmp_path / "kek")
    create_keyring(tmp_path / "keyring.json")
    environment = {
        "DATABASE_URL": office.dsn,
        "PUTOKAZ_PROJECTOR_URL": as_role(office.dsn, "putokaz_projector"),
        "PUTOKAZ_READER_URL": as_role(office.dsn, "putokaz_reader"),
        "VAULT_DATABASE_URL": office.dsn,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
    }

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["projections", *arguments], env=environment)

    return command


def document(result: Result) -> Any:
    """What a program reads."""
    return json.loads(result.stdout)


def test_replay_says_that_there_is_nothing_to_do(office: Office, run: Run) -> None:
    """Nothing parked at all, or not this stream: both are good endings."""
    journey = office.open()
    office.project()
    whole, one = run("replay"), run("replay", str(journey))
    assert (whole.exit_code, one.exit_code) == (0, 0)
    assert "nothing is parked" in whole.stdout
    assert f"{journey_stream(journey)} is not parked" in one.stdout
    assert document(run("replay", "--json")) == []


def test_replay_tells_what_is_followed_again_and_what_is_not(office: Office, run: Run) -> None:
    """Exit code 1 while something stays parked; mended, the same command ends well."""
    sick = office.open()
    office.log.append(pings(journey_stream(sick), office.journey(sick).version))
    office.project()
    still = run("replay", journey_stream(sick))
    assert still.exit_code == 1
    assert "still parked: unreadable" in still.stdout
    assert {answer["error"] for answer in document(run("replay", "--json"))} == {"unreadable"}
    with administrator(office.dsn) as connection:
        connection.execute("DELETE FROM eventlog.stored_events WHERE topic = 'test.pinged@1'")
        connection.execute("UPDATE projections.parked SET last_position = first_position - 1")
    mended = run("replay")
    assert mended.exit_code == 0, mended.output
    assert f"{len(OF_JOURNEYS)} of {len(OF_JOURNEYS)} are followed again" in mended.stdout
    assert "nothing is parked" in run("parked").stdout


def test_compare_says_equal_and_names_what_differs(office: Office, run: Run) -> None:
    """Exit code 1 on a difference; `--first` bounds the names, a model can be chosen."""
    journeys = [office.open() for _ in range(3)]
    office.project()
    equal = run("compare")
    assert equal.exit_code == 0, equal.output
    assert equal.stdout.count("equal") == len(TABLES)
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE projections.journey_list_v1 SET version = 99")
    differs = run("compare", "--first", "1")
    assert differs.exit_code == 1
    assert "3 journeys differ" in differs.stdout
    assert f"journey_list_v1: {journey_stream(min(journeys))} differs" in differs.stdout
    assert differs.stdout.count("journey-") == 1
    found = {each["table"]: each for each in document(run("compare", "journey_list", "my_day", "--json"))}
    assert {name: each["is_equal"] for name, each in found.items()} == {"journey_list_v1": False, "my_day_v2": True}
    assert found["journey_list_v1"]["journeys"] == [str(journey) for journey in sorted(journeys)]
    assert run("compare", "my_day").exit_code == 0
    assert run("compare", "no_such_model").exit_code == 2


def test_rebuild_repairs_what_compare_found(office: Office, run: Run) -> None:
    """One line of what was done, for people and for programs."""
    office.open()
    head = office.project()
    with administrator(office.dsn) as connection:
        connection.execute("DELETE FROM projections.my_day_v2")
    assert run("compare", "my_day").exit_code == 1
    result = run("rebuild", "my_day")
    assert result.exit_code == 0, result.output
    assert f"my_day_v2 is rebuilt at position {head}" in result.stdout
    assert run("compare").exit_code == 0
    again = document(run("rebuild", "my_day", "--json"))
    assert (again["removed"], again["put"], again["parked"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(0, 10, 0.0), ""),
        (Progress(1_000, 66_000, 1.0), "1,000 events/s, 1:05 left"),
        (Progress(10, 10, 2.0), "5 events/s, 0:00 left"),
    ],
)
def test_pace_is_events_a_second_and_what_remains(progress: Progress, words: str) -> None:
    """Nothing is said before there is something to judge by."""
    assert pace(progress) == words
