"""What of an event leaves the house: codes, numbers, dates, and ties to other things. Derived from its class once.

Sealed texts never do, nor ids of documents, callers and guardians. Of anonymous services nothing does: that somebody
used one is kept without a date, and an event would be one.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from domain.codes import StreamName
from domain.deadline import Deadline
from domain.event import EVENT_TYPES, Event
from domain.journey.service.uses import CounsellingForgotten, CounsellingNoted
from domain.pathway.model import Pin


class AttributeType(StrEnum):
    """The types of OCEL 2.0 (Specification, section 4)."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    TIME = "time"


class ThingType(StrEnum):
    """The objects of an export: what events are about, and who takes part in them."""

    JOURNEY = "journey"
    STEP = "step"
    HEARING = "hearing"
    PROCEEDINGS = "proceedings"
    SERVICE = "service"
    MISSION = "mission"
    CONTACT = "contact"
    PROVIDER = "provider"
    HANDOVER = "handover"
    STAFF = "staff"


OWN: typing.Mapping[StreamName, ThingType] = MappingProxyType(
    {
        StreamName.JOURNEY: ThingType.JOURNEY,
        StreamName.CONTACT: ThingType.CONTACT,
        StreamName.MISSION: ThingType.MISSION,
        StreamName.PROVIDER: ThingType.PROVIDER,
        StreamName.HANDOVER: ThingType.HANDOVER,
        StreamName.STAFF: ThingType.STAFF,
    }
)
"""The kinds of stream that are exported, and what each is; exports themselves and messages are not."""

UNTOLD = frozenset({CounsellingNoted.topic, CounsellingForgotten.topic})
"""Topics that no export has: they are about anonymous services."""

_TIES: typing.Mapping[str, ThingType] = MappingProxyType(
    {
        **dict.fromkeys(("staff", "by", "caseworker", "leaver", "asked_by", "cover", "successor"), ThingType.STAFF),
        **dict.fromkeys(("journey", "journeys", "other", "duplicate", "survivor"), ThingType.JOURNEY),
        **dict.fromkeys(("provider", "recipient", "partner", "consulate", "received_by"), ThingType.PROVIDER),
        **dict.fromkeys(("told", "untold", "court", "venue"), ThingType.PROVIDER),
        "contact": ThingType.CONTACT,
        "mission": ThingType.MISSION,
    }
)
"""What an id in a field of this name is. An id under any other name does not leave the house."""


_PARTS = frozenset({"step", "service", "hearing", "proceedings", "occurrence"})
"""The fields that may name a part of a stream, as `_part` reads them."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """`read` gives the value of an event, None where it has none."""

    name: str
    type: AttributeType
    read: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Tie:
    """Other things that the event names; `qualifier` says as what."""

    qualifier: str
    thing: ThingType
    read: Callable[[Any], Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Of one class of events. `part`: the part of the stream that the event is about, such as `step:home-visit:2`."""

    topic: str
    attributes: tuple[Attribute, ...]
    ties: tuple[Tie, ...]
    part: Callable[[Any], tuple[tuple[ThingType, str], ...]]


@cache
def shape_of(cls: type[Event]) -> Shape:
    """The shape of a class of events, or of what exports read of one (`told.py`)."""
    whole: type[Event] = getattr(cls, "told_of", cls)
    hints = typing.get_type_hints(whole)
    attributes: list[Attribute] = []
    ties: list[Tie] = []
    for name in whole.model_fields:
        ours, tie = _of_field(name, hints[name])
        attributes += ours
        ties += tie
    return Shape(whole.topic, tuple(attributes), tuple(ties), _part(set(whole.model_fields), hints))


def fields_told(cls: type[Event]) -> list[str]:
    """The fields of a class that its shape reads, without `occurred_at`."""
    hints = typing.get_type_hints(cls)
    return [name for name in cls.model_fields if name in _PARTS or any(_of_field(name, hints[name]))]


def _of_field(name: str, hint: Any) -> tuple[list[Attribute], list[Tie]]:
    kinds = _kinds(hint)
    if name == "occurred_at":
        return [], []
    if kinds == {UUID}:
        return [], [Tie(name, _TIES[name], _ids(name))] if name in _TIES else []
    return _attributes(name, kinds, repeated=_is_tuple(hint)), []


def shapes(topics: Sequence[str] = ()) -> list[Shape]:
    """All shapes that exports have, in the order of their topics."""
    return [
        shape_of(EVENT_TYPES[topic])
        for topic in sorted(topics or EVENT_TYPES)
        if topic not in UNTOLD and topic.partition(".")[0] not in ("message", "export")
    ]


def text_of(value: object) -> str:
    """A value as text, as all formats write it."""
    if value.__class__ is str:  # as codes are read of the log; all else is rarer
        return value
    match value:
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | frozenset():
            return " ".join(text_of(each) for each in value)
        case _:
            return str(value)


def _kinds(hint: Any) -> set[Any]:
    """The types that a field may hold, with what is in a tuple, without None."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _kinds(arguments[0])
    if origin in (typing.Union, types.UnionType, tuple, frozenset):
        return {kind for each in arguments if each is not Ellipsis for kind in _kinds(each)} - {types.NoneType}
    return {hint if origin is None else origin}


def _is_tuple(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return any(_is_tuple(each) for each in typing.get_args(hint))
    return origin in (tuple, frozenset)


def _attributes(name: str, kinds: set[Any], *, repeated: bool) -> list[Attribute]:
    if kinds == {Pin}:
        words = ("pathway", "pathway_version") if name == "pin" else (f"{name}_pathway", f"{name}_pathway_version")
        return [
            Attribute(words[0], AttributeType.STRING, lambda event: getattr(event, name).name),
            Attribute(words[1], AttributeType.INTEGER, lambda event: getattr(event, name).version),
        ]
    if kinds == {Deadline} and not repeated:
        return [Attribute(f"{name}_due_on", AttributeType.STRING, _due_on(name))]
    found = {_type(kind) for kind in kinds}
    if None in found or len(found) != 1:
        return []
    (type_,) = found
    assert type_ is not None
    if repeated:
        return [Attribute(name, AttributeType.STRING, lambda event: getattr(event, name) or None)]
    return [Attribute(name, type_, lambda event: getattr(event, name))]


def _due_on(name: str) -> Callable[[Any], object]:
    def read(event: Any) -> object:
        deadline: Deadline | None = getattr(event, name)
        return None if deadline is None else deadline.due_on

    return read


def _type(kind: Any) -> AttributeType | None:
    if kind is AwareDatetime:
        return AttributeType.TIME
    if not isinstance(kind, type):
        return None
    for base, type_ in _TYPES:
        if issubclass(kind, base):
            return type_
    return None


_TYPES: Sequence[tuple[type, AttributeType]] = (
    (bool, AttributeType.BOOLEAN),
    (Enum, AttributeType.STRING),
    (int, AttributeType.INTEGER),
    (Decimal, AttributeType.FLOAT),
    (datetime, AttributeType.TIME),
    (date, AttributeType.STRING),
    (str, AttributeType.STRING),
)


def _ids(name: str) -> Callable[[Any], Sequence[UUID]]:
    def read(event: Any) -> Sequence[UUID]:
        value = getattr(event, name)
        if value is None:
            return ()
        return (value,) if isinstance(value, UUID) else tuple(value)

    return read


def _part(fields: set[str], hints: typing.Mapping[str, Any]) -> Callable[[Any], tuple[tuple[ThingType, str], ...]]:
    for thing in (ThingType.STEP, ThingType.SERVICE):
        if {thing.value, "occurrence"} <= fields:
            return _occurrence(thing)
    numbered = [
        thing
        for thing in (ThingType.HEARING, ThingType.PROCEEDINGS)
        if thing.value in fields and _kinds(hints[thing.value]) == {int}
    ]
    return _numbered(numbered)


def _occurrence(thing: ThingType) -> Callable[[Any], tuple[tuple[ThingType, str], ...]]:
    name = thing.value
    return lambda event: ((thing, f"{name}:{getattr(event, name)}:{event.occurrence}"),)


def _numbered(things: Sequence[ThingType]) -> Callable[[Any], tuple[tuple[ThingType, str], ...]]:
    if not things:
        return lambda _: ()

    def read(event: Any) -> tuple[tuple[ThingType, str], ...]:
        numbers = ((thing, getattr(event, thing.value)) for thing in things)
        return tuple([(thing, f"{thing.value}:{number}") for thing, number in numbers if number is not None])

    return read
