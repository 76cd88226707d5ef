"""`putokaz replay …` on a real log: what it shows of the past, and how it answers to what cannot be shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from domain.codes import Phase, StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.naming import journey_code
from tests.fix_eventlog import as_role
from tests.projections.conftest import Office, office, office_template
from tests.projections.test_commands import own_logs
from tests.projections.test_models import MONDAY
from vault.kek import create_kek
from worker.cli import app
from worker.keyring import create_keyring

__all__ = ["office", "office_template", "own_logs"]

Run = Callable[..., Result]
HOUR = timedelta(hours=1)


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """`putokaz replay …` with the reader's rights."""
    create_kek(tmp_path / "kek")
    create_keyring(tmp_path / "keyring.json")
    environment = {
        "DATABASE_URL": office.dsn,
        "PUTOKAZ_READER_URL": as_role(office.dsn, "putokaz_reader"),
        "VAULT_DATABASE_URL": office.dsn,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
    }
    return lambda *arguments: CliRunner().invoke(app, ["replay", *arguments], env=environment)


@pytest.fixture
def journey(office: Office) -> UUID:
    """Opened on Monday at ten o'clock of the office; told on Wednesday: the first step was done on Monday at noon."""
    office.log.set_clock(MONDAY)
    opened = office.open()
    office.log.set_clock(MONDAY + 48 * HOUR)
    office.give(opened, AdvanceStep(step="contact", outcome=StepOutcome.DONE, occurred_at=MONDAY + 2 * HOUR))
    office.project()
    return opened


def _document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _outcomes(shown: Any) -> dict[str, Any]:
    return {step["part"]: step["outcome"] for step in shown["file"]["steps"]}


def test_a_journey_by_both_clocks(run: Run, journey: UUID) -> None:
    """What is told late was not known then, and had happened."""
    code = journey_code(journey)
    known = run("journey", code, "--at", "2026-03-02T13:30")
    assert "As known on 2026-03-02T13:30" in known.stdout
    assert "step-advanced" not in known.stdout
    assert _outcomes(_document(run("journey", code, "--at", "2026-03-02T13:30", "--json"))) == {"step:contact:1": None}
    was = _document(run("journey", code, "--at", "2026-03-02T13:30", "--clock", "occurred", "--json"))
    assert _outcomes(was)["step:contact:1"] == "done"
    assert _outcomes(_document(run("journey", code, "--at", "2026-03-04", "--json")))["step:contact:1"] == "done"


def test_step_by_step_each_decision_with_what_it_changed(run: Run, journey: UUID) -> None:
    """The opening brings everything; the second decision settles one step and opens the next."""
    first, second = _document(run("journey", journey_code(journey), "--at", "2026-03-04", "--step", "--json"))
    assert first["changed"]["came"]["journey"] == {"phase": "open", "stalled": None}
    assert first["changed"]["changed"] == {}
    assert {"field": "outcome", "before": None, "after": "done"} in second["changed"]["changed"]["step:contact:1"]
    assert list(second["changed"]["came"]) == ["step:plan:1"]
    said = run("journey", journey_code(journey), "--at", "2026-03-04", "--step")
    assert "outcome: – → done" in said.stdout
    assert len(_document(run("journey", journey_code(journey), "--at", "2026-03-03", "--step", "--json"))) == 1


def test_two_moments_side_by_side(run: Run, journey: UUID) -> None:
    """What differs, and exactly the events between."""
    found = _document(run("compare", str(journey), "--from", "2026-03-02", "--to", "2026-03-04", "--json"))
    assert [each["version"] for each in found["events"]] == [5, 6]
    assert "step:plan:1" in found["differs"]["came"]
    same = run("compare", str(journey), "--from", "2026-03-02", "--to", "2026-03-03")
    assert "Nothing that a file shows of it differs." in same.stdout
    assert "0 events between." in same.stdout
    assert run("compare", str(journey), "--from", "2026-03-04", "--to", "2026-03-03").exit_code == 2


@pytest.mark.parametrize("board", ["list", "stalled", "hearings", "workload"])
def test_every_board_at_a_moment(run: Run, journey: UUID, board: str) -> None:
    """In words and for programs."""
    assert "As known on 2026-03-03T10:00" in run("board", board, "--at", "2026-03-03T10:00").stdout
    found = _document(run("board", board, "--at", "2026-03-03T10:00", "--json"))
    assert found["total"] == len(found["rows"])


def test_the_list_of_then_is_not_that_of_today(run: Run, office: Office, journey: UUID) -> None:
    """One that was opened later is not in it."""
    office.open()
    office.project()
    rows = _document(run("board", "list", "--at", "2026-03-03", "--json"))["rows"]
    assert [(row["code"], row["phase"]) for row in rows] == [(journey_code(journey), Phase.OPEN)]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("journey", "CODE", "--at", "2026-03-01"), 1, "had not begun by then: its first event is of 2026-03-02T10:00"),
        (("journey", "CODE", "--at", "2031-01-01"), 2, "has not come yet"),
        (("journey", "CODE", "--at", "32.13.2026"), 2, "is no date"),
        (("journey", "PK-ZZZZZZZ", "--at", "2026-03-03"), 1, "no journey has the code"),
        (("journey", "00000000-0000-4000-8000-000000000001", "--at", "2026-03-03"), 1, "there is no journey"),
        (("board", "list", "--at", "2026-03-01"), 1, "nothing had been recorded by then"),
        (("compare", "CODE", "--from", "x", "--to", "2026-03-03"), 2, "is no date"),
    ],
)
def test_what_cannot_be_shown_is_said_plainly(
    run: Run, journey: UUID, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """One line, and an exit code."""
    result = run(*[journey_code(journey) if each == "CODE" else each for each in arguments])
    assert result.exit_code == code, result.output
    assert words in result.output


def test_a_report_counts_by_what_was_known_and_names_the_events(run: Run, journey: UUID) -> None:
    """The journey of Monday is opened in its year; on the day before nothing had been recorded."""
    year = str(MONDAY.year)
    listed = _document(run("reports", "--json"))
    assert "journeys-opened" in {each["code"] for each in listed["reports"]}
    assert "claim-paid" in listed["not_recorded"]
    made = _document(run("report", "journeys-opened", "--year", year, "--json"))
    assert [(cell["count"], cell["behind"]) for cell in made["cells"]] == [
        (1, [{"stream": f"journey-{journey}", "version": 1}])
    ]
    assert f"journey-{journey}@1" in run("report", "journeys-opened", "--year", year, "--events").stdout
    same = run("report", "journeys-opened", "--year", year, "--against", f"{MONDAY + 24 * HOUR:%Y-%m-%d}")
    assert "Nothing was revised" in same.stdout
    assert "not recorded: sex" in run("report", "serbia-year", "--year", year).stdout
    for wrong, said, code in (
        (("nobody", "--year", year), "there is no report", 1),
        (("calls", "--period", "spring"), "no period", 1),
        (("calls",), "say --year or --period", 2),
        (("calls", "--year", year, "--as-known-at", "soon"), "is no date", 2),
        (("calls", "--year", "2019"), "lies before the first event", 1),
        (("calls", "--year", year, "--as-known-at", "2001-01-01"), "nothing had been recorded", 1),
        (("astra-year", "--year", year, "--against", "2026-01-01"), "--against is for reports", 2),
    ):
        answer = run("report", *wrong)
        assert (answer.exit_code, said in answer.output) == (code, True), answer.output
