"""What a domain event is: typed, pseudonymous by construction, and for ever readable.

    class ConsentGiven(Event, topic="journey.consent-given", version=1):
        purpose: ConsentPurpose

The body never repeats its envelope (stream, version, who, when recorded): that is `Recorded`. A field that could hold
free text is refused when the class is defined, not in a review. Topic and version are written with every event; a
body of an older version passes the upcasters of its topic before it is parsed.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from domain.errors import DefinitionError
from domain.sealed import Health, Identity, Legal, Notes, Sealed
from domain.values import CodePattern, Value

_PLAIN = (UUID, date, time, int, Decimal, bool, types.NoneType)
_AWARE = (AwareDatetime,)
COMPARTMENTS = (Identity, Notes, Legal, Health)

Body = dict[str, Any]
Upcaster = Callable[[Body], Body]


def forbidden_fields(cls: type[BaseModel]) -> list[str]:
    """The fields of `cls` that could hold free text or an ambiguous time, with the reason."""
    hints = typing.get_type_hints(cls, include_extras=True)
    found = []
    for name in cls.model_fields:
        reason = _why_forbidden(hints[name])
        if reason:
            found.append(f"{name}: {reason}")
    return found


def _why_forbidden(hint: Any) -> str | None:
    if hint in _AWARE:
        return None
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        base, *marks = typing.get_args(hint)
        if any(isinstance(m, CodePattern) for m in marks):
            if any(isinstance(m, StringConstraints) and m.pattern for m in marks):
                return None
            return "a code without a pattern could hold free text; give it one"
        return _why_forbidden(base)
    if origin in (typing.Union, types.UnionType) or origin in (tuple, frozenset):
        return next((r for a in typing.get_args(hint) if a is not Ellipsis and (r := _why_forbidden(a))), None)
    if origin is typing.Literal:
        return None
    if origin is Sealed:
        if typing.get_args(hint)[0] in COMPARTMENTS:
            return None
        return f"{hint!r} is sealed for no compartment; use one of {', '.join(c.__name__ for c in COMPARTMENTS)}"
    if isinstance(hint, type):
        if issubclass(hint, datetime):
            return "a datetime without a zone is no instant; use AwareDatetime"
        if issubclass(hint, Enum) or issubclass(hint, _PLAIN):
            return None
        if issubclass(hint, Value):
            inner = forbidden_fields(hint)
            return f"{hint.__name__} has {inner[0]}" if inner else None
    return f"{hint!r} could hold free text; use an id, a code, an enum or Sealed[...]"


class Event(BaseModel):
    """Base of every domain event. `occurred_at` is set only where the fact happened before it was recorded.

    Raises `DefinitionError` when a subclass has a field that could hold free text, or a topic that is taken.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    topic: ClassVar[str]
    schema_version: ClassVar[int]

    occurred_at: AwareDatetime | None = None

    def __init_subclass__(cls, *, topic: str, version: int = 1, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        topic, version = str(kwargs.pop("topic")), int(kwargs.pop("version", 1))
        super().__pydantic_init_subclass__(**kwargs)
        cls.topic = topic
        cls.schema_version = version
        problems = forbidden_fields(cls)
        if problems:
            raise DefinitionError(f"event {cls.__name__}: " + "; ".join(problems))
        if topic in EVENT_TYPES:
            raise DefinitionError(f"event {cls.__name__}: topic {topic} belongs to {EVENT_TYPES[topic].__name__}")
        EVENT_TYPES[topic] = cls


EVENT_TYPES: dict[str, type[Event]] = {}
UPCASTERS: dict[tuple[str, int], Upcaster] = {}


def upcaster(topic: str, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Registers the function that turns a body of `from_version` into one of `from_version + 1`."""

    def register(function: Upcaster) -> Upcaster:
        if (topic, from_version) in UPCASTERS:
            raise DefinitionError(f"{topic} has two upcasters from version {from_version}")
        UPCASTERS[topic, from_version] = function
        return function

    return register


E = TypeVar("E", bound=Event, covariant=True)


class Recorded(NamedTuple, Generic[E]):
    """An event in its envelope, as the log holds it. A tuple, since histories are made of nothing else.

    `version` counts from 1 within the stream, `position` from 1 over the whole log. `recorded_at` is the log's own
    clock under the append lock: it never runs backwards.
    """

    stream: str
    version: int
    position: int
    event: E
    recorded_at: datetime
    actor: UUID
    command_id: UUID

    @property
    def occurred_at(self) -> datetime:
        """When the fact happened in the world."""
        return self.event.occurred_at or self.recorded_at
