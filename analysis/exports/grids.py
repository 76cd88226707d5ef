"""The cells of a CSV or XLSX file from elsewhere, as text. Whatever else it is, it is told so and nothing worse."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import PutokazError

Grid = Sequence[Sequence[str]]
MOST_BYTES = 50 * 1024 * 1024
"""Of the file, and of what is unpacked of a spreadsheet."""
_ZIP = b"PK\x03\x04"
_DELIMITERS = ",;\t"
_MOST_COLUMNS = 500
_FAULTS = (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, EOFError, OSError)
"""Of openpyxl, before a file that only looks like a spreadsheet."""


class ForeignFile(PutokazError):
    """It is neither CSV nor a spreadsheet that can be read; the text says what it is instead."""


def grid_of(file: Path) -> Grid:
    """The cells of the first sheet that has some. Raises `ForeignFile`."""
    if file.stat().st_size > MOST_BYTES:
        raise ForeignFile(f"{file.name} has more than {MOST_BYTES // 1024 // 1024} MB")
    return grid_in(file.name, file.read_bytes())


def grid_in(name: str, content: bytes) -> Grid:
    """The cells of a file that is in memory. Raises `ForeignFile`."""
    return _sheet(name, content) if content.startswith(_ZIP) else _csv(name, content)


def _sheet(name: str, content: bytes) -> Grid:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > MOST_BYTES:
            raise ForeignFile(f"{name} is more than {MOST_BYTES // 1024 // 1024} MB unpacked")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            grid = [[_text(cell) for cell in row[:_MOST_COLUMNS]] for row in sheet.iter_rows(values_only=True)]
            if any(any(row) for row in grid):
                return grid
    except _FAULTS as fault:
        raise ForeignFile(f"{name} is no spreadsheet that can be read ({type(fault).__name__})") from None
    return []


def _csv(name: str, content: bytes) -> Grid:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise ForeignFile(f"{name} is neither text nor a spreadsheet")
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise ForeignFile(f"{name} is no text in UTF-8: save it as “CSV UTF-8”") from None
    first = text[:4_000]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return [row[:_MOST_COLUMNS] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as fault:
        raise ForeignFile(f"{name} is no CSV: {fault}") from None


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime() | date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
