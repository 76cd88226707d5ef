"""Events as far as exports tell of them: of each body only what leaves the house is read, and judged as ever.

The larger half of a body is a deadline's whole reckoning with its ladder of reminders, of which an export has the day.
Here a class has the names and types of the event's own, but only those that its shape reads; all else is passed over.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from typing import Any, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, create_model

from analysis.exports.shapes import OWN, UNTOLD, fields_told
from domain.deadline import Deadline
from domain.errors import EventUnreadable
from domain.event import EVENT_TYPES, Event, Recorded
from domain.streams import name_of
from eventlog.bodies import Columns, decode

_FAULTS = (ValidationError, ValueError)


class Told(BaseModel):
    """Base of what an export reads of an event; `told_of` is the event's class."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, arbitrary_types_allowed=True)

    topic: ClassVar[str]
    told_of: ClassVar[type[Event]]

    occurred_at: AwareDatetime | None = None


class _Due(BaseModel):
    """What an export reads of a deadline."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    due_on: date


class Telling:
    """Reads rows of the log. `left_out` counts those that this release cannot read."""

    def __init__(self) -> None:
        self.left_out = 0

    def events(self, rows: Iterable[Columns]) -> list[Recorded[Any]]:
        """What exports tell of, in order: their attributes are those that `shape_of` their class reads."""
        found: list[Recorded[Any]] = []
        for position, stream, version, topic, state, recorded_at, actor, command_id in rows:
            reader = _reader(topic)
            if reader is None or name_of(stream) not in OWN:
                continue
            try:
                event = reader(state)
            except (EventUnreadable, *_FAULTS):
                self.left_out += 1
            else:
                found.append(Recorded(stream, version, position, event, recorded_at, actor, command_id))
        return found


@cache
def _reader(column: str) -> Callable[[bytes], Any] | None:
    """None for a topic that no export has. An older version is brought up to date whole."""
    topic, _, number = column.rpartition("@")
    if topic in UNTOLD:
        return None
    cls = EVENT_TYPES.get(topic)
    if cls is None or number != str(cls.schema_version):
        return lambda state: decode(column, state)
    return told_class(cls).__pydantic_validator__.validate_json


@cache
def told_class(cls: type[Event]) -> type[Told]:
    """The class of what exports tell of the events of a class."""
    hints = typing.get_type_hints(cls, include_extras=True)
    fields: dict[str, Any] = {}
    for name in fields_told(cls):
        field = cls.model_fields[name]
        fields[name] = (_narrowed(hints[name]), ... if field.is_required() else field.get_default())
    made = create_model(f"{cls.__name__}Told", __base__=Told, **fields)
    made.topic, made.told_of = cls.topic, cls
    return made


def _narrowed(hint: Any) -> Any:
    """The same type with the day alone in place of each deadline, and the text of a code in place of its enum."""
    if hint is Deadline:
        return _Due
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return typing.Literal[tuple(code.value for code in hint)]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return reduce(or_, [_narrowed(each) for each in typing.get_args(hint)])
    return hint
