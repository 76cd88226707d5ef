"""A value of any of our types with something in every field, so that what is left out of it can be seen."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

_PLAIN: Mapping[type, Any] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    Decimal: Decimal(1),
    UUID: UUID(int=1),
    datetime: datetime(2026, 11, 2, 9, tzinfo=UTC),
    date: date(2026, 11, 2),
    time: time(9),
}


def filled(kind: Any) -> Any:
    """One member in every list and map, and something where there could be nothing. Raises `KeyError` for others."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return filled(inner[0])
    if origin in {typing.Union, types.UnionType}:
        return filled(next(each for each in inner if each is not types.NoneType))
    if origin is not None and issubclass(origin, Mapping):
        return {filled(inner[0]): filled(inner[1])}
    if origin is not None and issubclass(origin, Sequence):
        return (filled(inner[0]),)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind, include_extras=True)
        return kind(**{each.name: filled(hints[each.name]) for each in fields(kind) if each.init})
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_construct(**{name: filled(each.annotation) for name, each in kind.model_fields.items()})
    return _PLAIN[kind]
