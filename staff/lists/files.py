"""A list as a file: a spreadsheet (XLSX), or text (CSV). A cell holds text, a number or a date, never a formula.

Spreadsheet programs calculate what begins with one of a few signs, also in a text file, and such a formula can send the
file elsewhere. In XLSX every text is written as text. In CSV, which cannot say so, it gets an apostrophe in front
(OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from analysis.exports.cells import harmless
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.lists.column import Cell, Column, List

BOM = "\ufeff"
"""By which spreadsheet programs know UTF-8."""
_LONGEST = 32_767
"""Signs in a cell of XLSX (ECMA-376, part 1, 18.18.37: `ST_Xstring` as Excel limits it)."""
_DAY = {Locale.ENGLISH: "yyyy-mm-dd"}
_OUR_DAY = "dd.mm.yyyy"


class FileKind(StrEnum):
    """What a list can be had as."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
}


def file_of(kind: FileKind, wanted: List[Any], rows: Sequence[Any], words: Words, now: datetime) -> bytes:
    """The file, with a row of headings in the language of `words`, dates on the clock of its zone."""
    return _WRITERS[kind](wanted, rows, words, now)


def as_text(wanted: List[Any], rows: Sequence[Any], words: Words, _: datetime) -> bytes:
    """As CSV in UTF-8 with a mark; by commas in English, else by semicolons, as spreadsheet programs expect it."""
    out = io.StringIO()
    out.write(BOM)
    delimiter = "," if words.locale is Locale.ENGLISH else ";"
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(words(column.title)) for column in wanted.columns])
    writer.writerows([[_in_text(cell, words) for cell in _cells(wanted.columns, row)] for row in rows])
    return out.getvalue().encode()


def _in_text(cell: Cell, words: Words) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return words.local(cell).strftime("%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case _:
            return harmless(cell)


def as_sheet(wanted: List[Any], rows: Sequence[Any], words: Words, now: datetime) -> bytes:
    """As XLSX; a second sheet says which list it is, and as of when. Nothing is written to a disk on the way."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = _DAY.get(words.locale, _OUR_DAY)
        bold, days = book.add_format({"bold": True}), book.add_format({"num_format": day})
        moments = book.add_format({"num_format": f"{day} hh:mm"})
        sheet = book.add_worksheet(_sheet_name(words(wanted.title)))
        for place, column in enumerate(wanted.columns):
            sheet.write_string(0, place, words(column.title), bold)
            sheet.set_column(place, place, column.width)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(_cells(wanted.columns, row)):
                _put(sheet, line, place, cell, words, {datetime: moments, date: days})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(wanted.columns) - 1)
        about = book.add_worksheet(_sheet_name(words("lists.about-file")))
        about.set_column(0, 1, 34)
        for line, (name, said) in enumerate(_about(wanted, rows, words, now)):
            about.write_string(line, 0, name, bold)
            about.write_string(line, 1, said)
    return out.getvalue()


def _about(wanted: List[Any], rows: Sequence[Any], words: Words, now: datetime) -> Iterator[tuple[str, str]]:
    yield words("lists.list"), words(wanted.title)
    yield words("lists.as-of"), words.moment(now)
    yield words("lists.clock"), words.place(words.zone)
    yield words("lists.rows"), str(len(rows))


def _put(sheet: Any, line: int, place: int, cell: Cell, words: Words, formats: Mapping[type, Any]) -> None:
    match cell:
        case None:
            return
        case datetime():
            sheet.write_datetime(
                line, place, cell.astimezone(ZoneInfo(words.zone)).replace(tzinfo=None), formats[datetime]
            )
        case date():
            sheet.write_datetime(line, place, cell, formats[date])
        case int():
            sheet.write_number(line, place, cell)
        case _:
            sheet.write_string(line, place, cell[:_LONGEST])


def _cells(columns: Sequence[Column[Any]], row: Any) -> list[Cell]:
    return [column.value(row) for column in columns]


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31]


_WRITERS: Mapping[FileKind, Callable[[List[Any], Sequence[Any], Words, datetime], bytes]] = {
    FileKind.XLSX: as_sheet,
    FileKind.CSV: as_text,
}
