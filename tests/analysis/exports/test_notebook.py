"""The notebook's entry on files of the demonstration: the worked example runs as it stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from analysis.exports.columns import COLUMNS
from analysis.exports.cut import Cut, LogReader
from analysis.exports.making import ExportFile
from analysis.exports.parquet import Parquet
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Rows
from analysis.notebook import NotebookInvalid, open_caseload
from domain.export.codes import ExportTable
from projections.reader import Reader
from tests.analysis.exports.conftest import KEY
from tests.fix_eventlog import as_role
from worker.settings import CHECKOUT

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(caseload: Reader, whole: Cut, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to work in, with two exports."""
    place = tmp_path_factory.mktemp("notebook")
    (place / "exports").mkdir()
    for table in (ExportTable.STEPS, ExportTable.FLOW):
        log = LogReader(caseload, whole)
        maker = Parquet(Rows(table, log, Pseudonyms(KEY)))
        file = ExportFile(place / "exports" / f"{table.value}-of-autumn.parquet")
        file.make(maker, file.begin({}), settle=lambda _: None)
    return place


def test_the_worked_example_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block, one after the other; what it finds is what is in the files."""
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    blocks = _BLOCK.findall((CHECKOUT / "docs" / "notebook.md").read_text(encoding="utf-8"))
    assert len(blocks) == 4
    for block in blocks:
        exec(compile(block, "docs/notebook.md", "exec"), names)
    steps = pl.read_parquet(folder / "exports" / "steps-of-autumn.parquet")
    assert names["stalled"]["now"].sum() == steps["cause"].is_not_null().sum() > 0
    durations = names["durations"]
    flow = pl.read_parquet(folder / "exports" / "flow-of-autumn.parquet")
    active = flow.filter((pl.col("kind") == "stage") & (pl.col("state") == "active"))
    assert durations["spells"].sum() == active.height > 0
    assert (durations["median_days"] <= durations["p90_days"]).all()


def test_the_house_itself_is_opened_and_nothing_is_left(
    furnished: tuple[str, str], caseload: Reader, whole: Cut
) -> None:
    """Its tables are joined by an id, which is none of the log's; closed, the files are gone."""
    with open_caseload(as_role(furnished[0], "putokaz_reader")) as house:
        places = list(house.files.values())
        assert all(place.exists() for place in places)
        joined = house.sql("select count(*) as n from steps join journeys using (journey)")
        assert joined["n"].item() == house.frame("steps").height > 0
        assert house.scan("events").collect_schema().names() == [each.name for each in COLUMNS[ExportTable.EVENTS]]
        ids = house.frame("journeys")["journey"]
        log = set(house.frame("events")["thing"].drop_nulls())
        journeys = {f"journey-{each}" for each in ids}
        assert not LogReader(caseload, whole).begun(journeys)
        assert journeys <= log
        with pytest.raises(duckdb.Error):
            house.sql("select * from clients")
    assert not any(place.exists() for place in places)


def test_what_cannot_be_opened_is_said(folder: Path, tmp_path: Path) -> None:
    """No folder, none of our files, two of one table, no Parquet, no such table, a moment for a file."""
    with pytest.raises(NotebookInvalid, match="no such folder"):
        open_caseload(tmp_path / "nowhere")
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "other.parquet")
    with pytest.raises(NotebookInvalid, match="no table of"):
        open_caseload(tmp_path)
    steps = (folder / "exports" / "steps-of-autumn.parquet").read_bytes()
    for name in ("a", "b"):
        (tmp_path / f"{name}.parquet").write_bytes(steps)
    with pytest.raises(NotebookInvalid, match="both steps"):
        open_caseload(tmp_path)
    (tmp_path / "a.parquet").write_text("no table")
    with pytest.raises(NotebookInvalid, match="is no Parquet file"):
        open_caseload(tmp_path)
    with open_caseload(folder / "exports") as files, pytest.raises(NotebookInvalid, match="there are: flow, steps"):
        files.frame("journeys")
