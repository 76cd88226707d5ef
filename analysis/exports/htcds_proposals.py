"""What a file of HTCDS would become here: a proposal a row, for a person to accept, one by one. Nothing is recorded.

A proposal opens a case: name and birth become the client's, everything else that the row says stands in the note, by
the words of the standard, cells that were not understood as well. So nothing of a file is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from analysis.exports.htcds_fields import Field, FieldKind, field_called, folded
from analysis.exports.htcds_reading import Cell, Reading, ReadRow

MOST_PROPOSALS = 100
"""Rows of a file that are proposed; a person looks at each."""
_CHOICES_NAMED = 6
_CLIENT = MappingProxyType({"prs_FirstName": "given", "prs_SecondName": "family", "prs_Birthdate": "born"})
_ADVICE: Mapping[FieldKind, str] = MappingProxyType(
    {
        FieldKind.YES_NO: "write yes or no",
        FieldKind.DATE: "write 2001-02-03 or 3.2.2001.: a month first cannot be told from a day first",
        FieldKind.NUMBER: "write digits",
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The case that a row would open. `twin`: an earlier row with the same name and birth.

    `note`: everything besides name and birth. `left`: the cells that were not understood; they stand in the note too.
    """

    row: int
    given: str = field(repr=False)
    family: str = field(repr=False)
    born: str = field(repr=False)
    note: str = field(repr=False)
    left: tuple[Cell, ...]
    twin: int | None

    @property
    def is_named(self) -> bool:
        """Whether it says who the client is."""
        return bool(self.given or self.family)


def proposals(reading: Reading) -> tuple[Proposal, ...]:
    """Those of the first `MOST_PROPOSALS` rows."""
    seen: dict[tuple[str, ...], int] = {}
    return tuple(_proposals(reading, seen))


def advice(cell: Cell) -> str:
    """What to do about a cell that was not understood, in English: of a list, some of what it may be."""
    if cell.field is None:
        return "no field of HTCDS has this heading; it stays in the note"
    return _ADVICE.get(cell.field.kind) or f"write one of: {choices_of(cell.field)}"


def choices_of(place: Field) -> str:
    """The first labels of a list, as far as there is room for them."""
    labels = list(place.choices.values())
    return ", ".join(labels[:_CHOICES_NAMED]) + (", …" if len(labels) > _CHOICES_NAMED else "")


def _proposals(reading: Reading, seen: dict[tuple[str, ...], int]) -> Iterator[Proposal]:
    for row in reading.rows[:MOST_PROPOSALS]:
        client = {_CLIENT[name]: values[0] for name, values in row.fields.items() if name in _CLIENT}
        given, family, born = (client.get(name, "") for name in ("given", "family", "born"))
        key = (folded(given), folded(family), born)
        twin = seen.get(key) if any(key[:2]) else None
        seen.setdefault(key, row.number)
        yield Proposal(row.number, given, family, born, _note(row), row.left, twin)


def _note(row: ReadRow) -> str:
    lines = [_said(name, values) for name, values in row.fields.items() if name not in _CLIENT]
    return "\n".join([*lines, *(f"{cell.heading}: {cell.text}" for cell in row.left)])


def _said(name: str, values: tuple[str, ...]) -> str:
    place = field_called(name)
    assert place is not None, "a reading has fields of the standard alone"
    return f"{place.label}: {', '.join(place.choices.get(value, value) for value in values)}"
