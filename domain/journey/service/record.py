"""The coded record of a service: fields that the catalogue defines, each with a typed value and never with text.

Spoken(field="language", language="sr-Latn"), On(field="filed-on", on=date(2026, 3, 2))
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.pathway.services import FieldType, RecordField
from domain.values import Code, Count, CountryCode, Day, Instant, Language, Value


class Chosen(Value):
    """One of the choices of a closed list of the catalogue."""

    field: Code
    choice: Code


class Spoken(Value):
    """A language."""

    field: Code
    language: Language


class Placed(Value):
    """A country."""

    field: Code
    country: CountryCode


class On(Value):
    """A local day."""

    field: Code
    on: Day


class At(Value):
    """An instant."""

    field: Code
    at: Instant


class Counted(Value):
    """A number of things."""

    field: Code
    number: Count


class Answered(Value):
    """Yes or no."""

    field: Code
    yes: bool


class Named(Value):
    """A provider of the directory, or a member of staff."""

    field: Code
    id: UUID


Detail = Chosen | Spoken | Placed | On | At | Counted | Answered | Named

_OF_TYPE: Mapping[FieldType, type[Detail]] = {
    FieldType.CHOICE: Chosen,
    FieldType.LANGUAGE: Spoken,
    FieldType.COUNTRY: Placed,
    FieldType.DATE: On,
    FieldType.MOMENT: At,
    FieldType.NUMBER: Counted,
    FieldType.YES_NO: Answered,
    FieldType.PROVIDER: Named,
    FieldType.STAFF: Named,
}


def fits(detail: Detail, field: RecordField) -> bool:
    """Whether the value is one that the catalogue allows in this field."""
    if not isinstance(detail, _OF_TYPE[field.type]):
        return False
    return not isinstance(detail, Chosen) or detail.choice in {c.choice for c in field.choices}
