"""CSV and Parquet of read models and of the log: the same rows in both, as of a position, read by their readers."""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as parquet
import pytest

from analysis.exports.columns import COLUMNS
from analysis.exports.cut import Cut, cut_at
from analysis.exports.errors import ExportInvalid, ExportNotLevel
from analysis.exports.making import ExportFile
from analysis.exports.parquet import Parquet
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Csv, Rows, escaped
from domain.codes import StepOutcome
from domain.export.codes import ExportTable
from domain.journey.advancing import AdvanceStep
from projections.reader import Reader
from tests.analysis.exports.conftest import KEY, LATEST, log_of, made
from tests.fix_eventlog import administrator
from tests.projections.conftest import Office
from tests.projections.test_models import MONDAY


def rows_of(file: Path) -> list[dict[str, str]]:
    """As a reader of CSV finds them."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("table", list(ExportTable))
def test_parquet_has_the_rows_of_csv(caseload: Reader, whole: Cut, tmp_path: Path, table: ExportTable) -> None:
    """In columns of their kind; and interrupted or not, in the same bytes."""
    text = made(Csv(Rows(table, log_of(caseload, whole), Pseudonyms(KEY))), tmp_path / "t.csv")
    binary = made(Parquet(Rows(table, log_of(caseload, whole), Pseudonyms(KEY))), tmp_path / "t.parquet")
    rows, found = rows_of(text), parquet.read_table(binary)
    assert found.column_names == [column.name for column in COLUMNS[table]]
    assert found.num_rows == len(rows) > 0
    for column in COLUMNS[table]:
        values = [row[column.name] for row in rows]
        for ours, theirs in zip(values, found[column.name].to_pylist(), strict=True):
            if column.kind.value == "instant" and ours:
                assert datetime.fromisoformat(f"{ours}+00:00") == theirs
            elif column.kind.value != "amount":
                assert ours == ("" if theirs is None else str(theirs))
    export = ExportFile(tmp_path / "again.parquet")
    checkpoint = export.begin({})
    maker = Parquet(Rows(table, log_of(caseload, whole), Pseudonyms(KEY)))
    pieces = list(maker.pieces())
    export.draft.write_bytes(b"".join(piece.data for piece in pieces[:2]) + b"half a pie")
    size = sum(len(piece.data) for piece in pieces[:2])
    cut_off = type(checkpoint)({}, pieces[1].cursor, size, sum(piece.rows for piece in pieces[:2]))
    export.make(maker, cut_off, settle=lambda _: None)
    assert export.target.read_bytes() == binary.read_bytes()


def test_the_database_makes_the_same_pseudonyms(caseload: Reader, whole: Cut, furnished: tuple[str, str]) -> None:
    """HMAC-SHA256 of the id's bytes, cut to 128 bits: computed here once more."""
    pieces = Rows(ExportTable.JOURNEYS, log_of(caseload, whole), Pseudonyms(KEY)).pieces()
    found = {line.split(b",")[0].decode() for piece in pieces for line in piece.data.splitlines()}
    with administrator(furnished[0]) as connection:
        ids = [row[0] for row in connection.execute("SELECT journey FROM projections.journey_list_v1")]
    assert found == {hmac.new(KEY, UUID(str(each)).bytes, hashlib.sha256).hexdigest()[:32] for each in ids}


def test_the_events_say_what_the_log_says(caseload: Reader, whole: Cut, tmp_path: Path) -> None:
    """Attributes are an object of text."""
    rows = rows_of(made(Csv(Rows(ExportTable.EVENTS, log_of(caseload, whole), Pseudonyms(KEY))), tmp_path / "e.csv"))
    opened = [json.loads(row["attributes"]) for row in rows if row["topic"] == "journey.opened"]
    assert {each["pathway"] for each in opened} == {"astra", "housing-support"} & {each["pathway"] for each in opened}
    assert all(row["thing"].startswith(row["type"]) for row in rows)


def test_a_cell_that_would_be_calculated_is_not() -> None:
    """Whatever a code may once begin with; all else is left as it is."""
    assert escaped(b'a,"b, c",=1+1\n') == b'a,"b, c",\'=1+1\n'
    assert escaped(b"2026-01-01,-,x\n") == b"2026-01-01,'-,x\n"
    untouched = b"a,2026-01-01 10:00:00,b=c\n"
    assert escaped(untouched) is untouched


def test_a_table_is_as_known_at_its_position(office: Office, tmp_path: Path) -> None:
    """What came later is not in it; and the same position gives the same file afterwards."""
    office.log.set_clock(MONDAY)
    first = office.open()
    office.project()
    then = cut_at(office.reader, LATEST)

    def steps(name: str) -> list[dict[str, str]]:
        table = Csv(Rows(ExportTable.STEPS, log_of(office.reader, then), Pseudonyms(KEY)))
        return rows_of(made(table, tmp_path / name))

    before = steps("before.csv")
    office.log.set_clock(MONDAY + timedelta(days=1))
    office.give(first, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.open()
    with pytest.raises(ExportNotLevel, match="try again in a moment"):
        list(Rows(ExportTable.STEPS, log_of(office.reader, cut_at(office.reader, LATEST)), Pseudonyms(KEY)).pieces())
    office.project()
    assert steps("after.csv") == before
    assert {row["state"] for row in before} == {"open"}
    assert (tmp_path / "before.csv").read_bytes() == (tmp_path / "after.csv").read_bytes()


def test_an_empty_table_has_its_heading(office: Office, tmp_path: Path) -> None:
    """A small office without hearings: nothing is wrong."""
    office.open()
    office.project()
    cut = cut_at(office.reader, LATEST)
    table = Rows(ExportTable.HEARINGS, log_of(office.reader, cut), Pseudonyms(KEY))
    assert rows_of(made(Csv(table), tmp_path / "h.csv")) == []
    assert parquet.read_table(made(Parquet(table), tmp_path / "h.parquet")).num_rows == 0


def test_nothing_is_known_before_the_first_event(office: Office) -> None:
    """Of an empty log as well; it says when there would be something."""
    with pytest.raises(ExportInvalid, match="it is empty"):
        cut_at(office.reader, MONDAY)
    office.log.set_clock(MONDAY)
    office.open()
    with pytest.raises(ExportInvalid, match="its first event is of"):
        cut_at(office.reader, MONDAY - timedelta(days=1))
