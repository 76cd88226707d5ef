"""An example of any event class with every field filled, so that the corpus holds every field."""

from __future__ import annotations

import types
import typing
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

from domain.event import Event
from domain.law import InterruptionGround
from domain.sealed import Sealed

M = TypeVar("M", bound=BaseModel)
_BY_TYPE: dict[Any, object] = {
    bool: True,
    int: 1,
    Decimal: Decimal("1.50"),
    UUID: UUID("00000000-0000-4000-8000-000000000001"),
    datetime: datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    AwareDatetime: datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    date: date(2026, 11, 23),
    time: time(9, 30),
    types.NoneType: None,
    InterruptionGround: InterruptionGround.CLAIM_FILED,  # the first one lasts no time, and every field is to be filled
}
_CODES = (
    "review",
    "ZKP 224",
    "rs-0.109",
    "a" * 64,
    "Europe/Belgrade",
    "step:safe-contact:1",
    "sr",
    "RS",
    "RSD",
    "1",
    "1.0",
)
_NUMBERS = (1, 2026)


def example(cls: type[Event]) -> Event:
    """Raises `ValueError` for a kind of field that it does not know: add it here."""
    return example_of(cls)


def example_of(cls: type[M]) -> M:
    """Of any model, a command too. Raises `ValidationError` where its fields bind one another."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return cls.model_validate({name: _value(hints[name]) for name in cls.model_fields})


def _value(hint: Any) -> object:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]
    if origin is typing.Annotated:
        return _accepted(hint, arguments[0])
    if origin in (typing.Union, types.UnionType):
        return _value(next(a for a in arguments if a is not types.NoneType))
    if origin is typing.Literal:
        return arguments[0]
    if origin in (tuple, frozenset):
        kinds = [a for a in arguments if a is not Ellipsis]
        return origin(_value(kind) for kind in kinds)
    if origin is Sealed or hint is Sealed:
        return Sealed.from_bytes(bytes(range(60)))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return example_of(hint)
    raise ValueError(f"no example for {hint!r}")


def _accepted(hint: Any, base: Any) -> object:
    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    for candidate in {str: _CODES, int: _NUMBERS}.get(base) or (_value(base),):
        try:
            adapter.validate_python(candidate)
        except ValidationError:
            continue
        return candidate
    raise ValueError(f"no example for {hint!r}")
