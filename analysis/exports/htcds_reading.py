"""A file of HTCDS from elsewhere: what each column and row of it means here. Nothing is recorded by reading.

Every variant of the names is understood (`htcds_fields`). The spreadsheets have two rows of headings, hidden names over
labels, and five of the names stand over the label of another field; people fill in what they see, so the label counts.
A file that is of another kind is told from one with faults; neither raises more than `ForeignFile`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from analysis.exports.grids import Grid, grid_of
from analysis.exports.htcds_fields import NO, YES, Field, FieldKind, choice_called, field_called, folded

MOST_ROWS = 100_000
_HEADINGS_WITHIN = 10  # rows in which the headings must come
_FEWEST = 3  # headings by which a row is known to be one of headings
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T].*)?$")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[./] ?(?P<month>\d{1,2})[./] ?(?P<year>\d{4})\.?")
_PARTS = re.compile(r"[;\n|]")


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """`number` from 1; `field` None: nobody knows what it is, and what stands in it is left out."""

    number: int
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell that was not taken over. `field` None: nobody knows what its column is."""

    column: int
    heading: str
    text: str = dataclasses.field(repr=False)
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`number` as the file counts. `fields` by their names, with codes where the field has some.

    `left`: every other cell of the row that says something, so that nothing of a file is lost unseen.
    """

    number: int
    fields: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]
    left: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file means. `problems` are those of the file as a whole."""

    columns: tuple[ReadColumn, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def understood(self) -> int:
        """How many rows have no problem."""
        return sum(not row.problems for row in self.rows)


def read_file(file: Path) -> Reading:
    """What a CSV or XLSX file means. Raises `ForeignFile` where it is neither."""
    return read_grid(grid_of(file))


def read_grid(grid: Grid) -> Reading:
    """The same of its cells."""
    place = _headings_at(grid)
    if place is None:
        return Reading(problems=("none of its first ten rows has headings of HTCDS: it is another kind of file",))
    upper, first = grid[place], place + 1
    lower: Sequence[str] = ()
    if first < len(grid) and _known(grid[first]) >= _FEWEST:
        lower, first = grid[first], first + 1
    columns, problems = _columns(upper, lower)
    places = [(each.number - 1, found) for each in columns if each.field and (found := field_called(each.field))]
    others = [each for each in columns if each.field is None]
    rows = [
        _row(number, cells, places, others)
        for number, cells in enumerate(grid[first : first + MOST_ROWS], start=first + 1)
        if any(cell.strip() for cell in cells)
    ]
    if len(grid) - first > MOST_ROWS:
        problems.append(f"only the first {MOST_ROWS} rows were read")
    return Reading(tuple(columns), tuple(rows), tuple(problems))


def _headings_at(grid: Grid) -> int | None:
    return next((number for number, row in enumerate(grid[:_HEADINGS_WITHIN]) if _known(row) >= _FEWEST), None)


def _known(row: Sequence[str]) -> int:
    return sum(field_called(cell) is not None for cell in row if cell.strip())


def _columns(upper: Sequence[str], lower: Sequence[str]) -> tuple[list[ReadColumn], list[str]]:
    columns: list[ReadColumn] = []
    problems: list[str] = []
    taken: dict[str, int] = {}
    for number in range(max(len(upper), len(lower))):
        name = upper[number] if number < len(upper) else ""
        label = lower[number] if number < len(lower) else ""
        seen = field_called(label) if label.strip() else None
        meant = seen or (field_called(name) if name.strip() else None)
        if not (name.strip() or label.strip()):
            continue
        if meant is not None and meant.name in taken:
            problems.append(f"column {number + 1} is {meant.name} again, after column {taken[meant.name]}")
            meant = None
        if meant is not None:
            taken[meant.name] = number + 1
        columns.append(ReadColumn(number + 1, label or name, meant.name if meant else None))
    return columns, problems


def _row(
    number: int, cells: Sequence[str], places: Sequence[tuple[int, Field]], others: Sequence[ReadColumn]
) -> ReadRow:
    fields: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    left = [
        Cell(each.number, each.heading, text)
        for each in others
        if each.number <= len(cells) and (text := cells[each.number - 1].strip())
    ]
    for at, place in places:
        text = cells[at].strip() if at < len(cells) else ""
        if not text:
            continue
        read = _READERS[place.kind](place, text)
        if read is None:
            problems.append(f"{place.name}: {_shown(text)} is no {_KINDS[place.kind]}")
            left.append(Cell(at + 1, place.label, text, place))
        else:
            fields[place.name] = read
    left.sort(key=lambda cell: cell.column)
    return ReadRow(number, fields, tuple(problems), tuple(left))


def _shown(text: str) -> str:
    """The cell in a message: short, on one line."""
    line = " ".join(text.split())
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"


def _text(_: Field, text: str) -> tuple[str, ...]:
    return (text,)


def _choice(place: Field, text: str) -> tuple[str, ...] | None:
    if not place.choices:
        return (text,)
    code = choice_called(place, text)
    return None if code is None else (code,)


def _choices(place: Field, text: str) -> tuple[str, ...] | None:
    """Several, parted by `;` as here, by spaces as surveys part codes, or by commas, which labels have as well."""
    if not place.choices:
        return tuple([part.strip() for part in re.split(r"[;,\s]+", text) if part.strip()])
    whole = choice_called(place, text)
    if whole is not None:
        return (whole,)
    for parts in (_PARTS.split(text), text.split(","), text.split()):
        codes = [choice_called(place, part) for part in parts if part.strip()]
        found = tuple([code for code in codes if code is not None])
        if found and len(found) == len(codes):
            return tuple(dict.fromkeys(found))
    return None


def _yes_no(_: Field, text: str) -> tuple[str, ...] | None:
    word = folded(text)
    if word in YES:
        return ("true",)
    return ("false",) if word in NO else None


def _date(_: Field, text: str) -> tuple[str, ...] | None:
    """A day first or a year first; a month first, which some write, cannot be told from a day first and is not read."""
    found = _YEAR_FIRST.match(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return (day.isoformat(),) if 1900 <= day.year < 2200 else None


def _number(_: Field, text: str) -> tuple[str, ...] | None:
    return (text,) if re.fullmatch(r"-?\d+([.,]\d+)?", text) else None


_READERS: Mapping[FieldKind, Callable[[Field, str], tuple[str, ...] | None]] = MappingProxyType(
    {
        FieldKind.TEXT: _text,
        FieldKind.CHOICE: _choice,
        FieldKind.CHOICES: _choices,
        FieldKind.YES_NO: _yes_no,
        FieldKind.DATE: _date,
        FieldKind.NUMBER: _number,
    }
)
_KINDS = {
    FieldKind.TEXT: "text",
    FieldKind.CHOICE: "code or label of this field",
    FieldKind.CHOICES: "list of codes or labels of this field",
    FieldKind.YES_NO: "yes or no",
    FieldKind.DATE: "date",
    FieldKind.NUMBER: "number",
}
