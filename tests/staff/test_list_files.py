"""Lists as files: what is read back is what was listed, and nothing in it is calculated."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports.cells import CALCULATED, harmless
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.lists.column import Column, List, Table
from staff.lists.files import BOM, FileKind, file_of
from staff.lists.registry import LISTS

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half an hour before summer time begins in Belgrade."""
Row = tuple[str | None, datetime | None, date | None, int]
SOME: List[Row] = List(
    title="list.title",
    fetch=lambda visit, query, limit: Table((), 0),
    columns=(
        Column("text", "lists.code", lambda row: row[0]),
        Column("moment", "list.opened", lambda row: row[1]),
        Column("day", "list.due", lambda row: row[2]),
        Column("number", "lists.number", lambda row: row[3]),
    ),
)
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '=HYPERLINK("https://example.org","x")',
    "＝1+1",
    'a";=1+1;"',
    "a\n=1+1",
)


def _read_text(content: bytes, delimiter: str) -> list[list[str]]:
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=delimiter))


@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=6), st.sampled_from(Locale))
def test_no_cell_of_a_text_file_is_calculated(texts: list[str], locale: Locale) -> None:
    """Whatever anybody types: as many rows and cells as there were, none beginning with a sign that calculates."""
    rows: list[Row] = [(text, None, None, -1) for text in texts]
    content = file_of(FileKind.CSV, SOME, rows, Words(locale), NOW)
    read = _read_text(content, "," if locale is Locale.ENGLISH else ";")
    assert len(read) == len(texts) + 1
    for text, cells in zip(texts, read[1:], strict=True):
        assert len(cells) == len(SOME.columns)
        assert cells[0][:1] not in CALCULATED
        assert not cells[0].lstrip()[:1] or cells[0].lstrip()[0] not in CALCULATED
        assert cells[0].removeprefix("'") == " ".join(text.split()).removeprefix("'")
        assert cells[3] == "-1"  # a number of ours stays one


def test_an_ordinary_text_stays_as_it_is() -> None:
    """Only the dangerous ones are marked."""
    assert [harmless(text) for text in ("Ђурђа", "PK-7QW2M0X", "a=b", "")] == ["Ђурђа", "PK-7QW2M0X", "a=b", ""]


@pytest.mark.parametrize("locale", Locale)
def test_a_spreadsheet_holds_texts_dates_and_numbers(locale: Locale) -> None:
    """Texts as texts, also those that look like formulas; dates as dates, on the clock of the office; no formula."""
    words = Words(locale)
    rows: list[Row] = [(text, NOW, date(2026, 3, 29), n) for n, text in enumerate(HOSTILE)]
    rows.append((None, datetime(2026, 3, 29, 1, 30, tzinfo=UTC), None, 7))
    book = openpyxl.load_workbook(io.BytesIO(file_of(FileKind.XLSX, SOME, rows, words, NOW)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [words(column.title) for column in SOME.columns]
    for text, cells in zip(HOSTILE, sheet.iter_rows(min_row=2), strict=False):
        assert cells[0].data_type == "s", text
        assert str(cells[0].value).replace("_x000D_", "\r").replace("\n", "").replace("\r", "") == text.replace(
            "\n", ""
        ).replace("\r", "")
        assert str(cells[1].value) == "2026-03-29 01:30:00"
        assert cells[1].data_type == "d"
        assert str(cells[2].value) == "2026-03-29 00:00:00"
    last = list(sheet.iter_rows(values_only=True))[-1]
    assert last[0] is None
    assert str(last[1]) == "2026-03-29 03:30:00"
    assert last[3] == 7
    assert not any(cell.data_type == "f" for each in book.worksheets for line in each.iter_rows() for cell in line)
    assert str(len(rows)) in {str(cell) for line in book.worksheets[1].iter_rows(values_only=True) for cell in line}


def test_every_list_has_its_headings_in_every_language() -> None:
    """And no two columns of a list by one name."""
    for name, listed in LISTS.items():
        assert len({column.key for column in listed.columns}) == len(listed.columns)
        for locale in Locale:
            titles = [Words(locale)(column.title) for column in listed.columns]
            assert len(set(titles)) == len(titles), (name, titles)
        assert {column.under for column in listed.columns if column.under} <= {column.key for column in listed.columns}
