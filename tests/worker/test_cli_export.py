"""Exports on the command line: begun and made in the log, refused to who may not, resumed, clear about bad input."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from uuid import UUID

import pytest

from domain.export.kind import EXPORT
from domain.export.making import ExportBegun, ExportMade
from domain.export.state import export_stream
from domain.streams import id_of
from tests.fix_engine import MILA
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]

XES = ("--format", "xes", "--purpose", "research", "--pathway", "small")


@pytest.fixture
def open_case(shell: Shell) -> None:
    """A journey, to be seen by the read models."""
    shell.json("journey", "open", "--pathway", "small")
    shell.catch_up()


@pytest.mark.usefixtures("open_case")
def test_an_export_stands_in_the_log_with_the_sum_of_its_file(shell: Shell, tmp_path: Path) -> None:
    """Begun before, made after; the reason is sealed."""
    file = tmp_path / "log.xes"
    made = shell.json("export", "make", str(file), *XES, "--reason", "за истраживање")
    assert made["code"].startswith("PE-")
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    history = shell.bench.log.load(export_stream(UUID(made["export"]))).history
    assert [type(each.event) for each in history] == [ExportBegun, ExportMade]
    export = EXPORT.fold(history)
    assert export is not None
    assert export.made is not None
    assert (export.made.sha256, export.made.rows) == (made["sha256"], made["rows"])
    begun = history[0].event
    assert isinstance(begun, ExportBegun)
    assert begun.note is not None
    assert str(id_of(history[0].stream)) not in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("open_case")
def test_whoever_may_not_gets_no_file(shell: Shell, tmp_path: Path) -> None:
    """A caseworker: persons one by one are for supervisors. Nothing is left beside the place of the file either."""
    refused = shell.run("export", "make", str(tmp_path / "log.xes"), *XES, "--actor", str(MILA))
    assert refused.exit_code != 0
    assert "not-permitted" in refused.output
    assert list(tmp_path.glob("log.xes*")) == []


@pytest.mark.usefixtures("open_case")
def test_bad_input_is_told_in_one_line(shell: Shell, tmp_path: Path) -> None:
    """A table too few or too many, a moment before everything, nothing to resume, a name that is taken."""
    file = str(tmp_path / "a")
    csv = ("--format", "csv", "--purpose", "research", "--pathway", "small")
    assert "export-without-table" in shell.run("export", "make", file, *csv).output
    assert "export-without-table" in shell.run("export", "make", file, *XES, "--table", "steps").output
    early = shell.run("export", "make", file, *XES, "--as-known-at", "1999-01-01T00:00:00+00:00")
    assert early.exit_code == 1
    assert "nothing had been recorded by 1999-01-01" in early.output
    assert "nothing was interrupted here" in shell.run("export", "make", file, "--resume").output
    assert shell.run("export", "make", file).exit_code == 2
    ocel = ("--format", "ocel-json", "--purpose", "research", "--pathway", "small", "--since", "2026-01-01")
    assert "export-without-period" in shell.run("export", "make", file, *ocel).output
    (tmp_path / "a").write_text("")
    assert "is there already" in shell.run("export", "make", file, *XES).output


@pytest.mark.usefixtures("open_case")
def test_a_draft_is_gone_on_with(shell: Shell, tmp_path: Path) -> None:
    """Under its own position and key; the events of the export itself are one begin and one end."""
    whole, again = tmp_path / "a.csv", tmp_path / "b.csv"
    table = ("--format", "csv", "--table", "steps", "--purpose", "donor-report", "--pathway", "small")
    made = shell.json("export", "make", str(whole), *table)
    assert made["rows"] > 0
    plan = {
        "export": made["export"],
        "actor": "00000000-0000-4000-8000-000000000001",
        "format": "csv",
        "table": "steps",
        "position": made["position"],
        "known_at": made["known_at"],
        "key": "00" * 32,
    }
    checkpoint = {"plan": plan, "cursor": None, "size": 0, "rows": 0}
    again.with_name("b.csv.part.json").write_text(json.dumps(checkpoint))
    # Another key gives another file: the log has one for this export already, and takes no second one.
    refused = shell.run("export", "make", str(again), "--resume")
    assert "export-made" in refused.output
    assert not again.exists()


@pytest.mark.usefixtures("open_case")
def test_a_calendar_without_hearings_says_that_it_is_empty(shell: Shell, tmp_path: Path) -> None:
    """It is a calendar all the same."""
    file = tmp_path / "hearings.ics"
    ical = ("--format", "ical", "--purpose", "own-analysis", "--pathway", "small", "--before", "2030-01-01")
    told = shell.run("export", "make", str(file), *ical)
    assert "There is nothing of this kind" in told.output
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_from_elsewhere_is_explained(shell: Shell, tmp_path: Path) -> None:
    """Row by row; nothing is recorded."""
    file = tmp_path / "htcds.csv"
    file.write_text("cas_Status,prs_Gender,prs_First_Name\nActive,Feminine,A\nGone,Feminine,B\n", encoding="utf-8")
    told = shell.run("export", "read-htcds", str(file), "--json")
    assert told.exit_code == 1
    rows = json.loads(told.stdout)["rows"]
    assert [len(row["problems"]) for row in rows] == [0, 1]
    said = shell.run("export", "read-htcds", str(file)).output
    assert "row 3, column 1 (Status): 'Gone' – write one of: " in said
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\0")
    foreign = shell.run("export", "read-htcds", str(tmp_path / "picture.csv"))
    assert foreign.exit_code == 1
    assert "neither text nor a spreadsheet" in foreign.output


@pytest.mark.usefixtures("open_case")
def test_a_table_is_previewed_and_leaves_only_once_its_time_is_over(shell: Shell) -> None:
    """Of one person nothing is shown; what is no table, no period or not over is said."""
    assert shell.run("export", "release").output.count("in-care") >= 4
    year = str(shell.bench.log.now().year)
    asked = ("export", "release", "in-care-by-plan", "--period", year, "--pathway", "small")
    seen = shell.json(*asked, "--preview")
    assert seen["sha256"] is None
    assert {cell["count"] for cell in seen["cells"]} == {None}
    refused = shell.run(*asked)
    assert refused.exit_code == 1
    assert "release-too-early" in refused.output
    assert shell.json("export", "releases") == []
    assert shell.run("export", "release", "in-care-by-plan", "--period", "2026-07").exit_code == 2
    assert shell.run("export", "release", "in-care-by-plan").exit_code == 2
    assert "these may" in shell.run("export", "release", "names", "--period", year).output
