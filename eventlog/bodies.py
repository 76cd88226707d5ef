"""Events to stored bytes and back.

Topic column: `<topic>@<schema version>`. State: the body as JSON, without what is None. A body of the current version
is parsed straight from the bytes; an older one passes its upcasters first. Nothing of a body ever gets into an error.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from pydantic import BaseModel, ValidationError

from domain.errors import DefinitionError, EventUnreadable
from domain.event import EVENT_TYPES, UPCASTERS, Event, Recorded
from eventlog.decision import StoredRow

Reader = Callable[[bytes], Event]

Columns = tuple[int, str, int, str, bytes, datetime, UUID, UUID]
"""What a `StoredRow` has, also without its names: making one for each row of a history is time."""

_FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""Of pydantic (a `ValueError`), of json, or of an upcaster that met a body it does not expect."""

_columns: dict[type[Event], str] = {}
_readers: dict[str, Reader] = {}


def topic_column(cls: type[Event]) -> str:
    """`journey.consent-given@1`. Raises `DefinitionError` when the class would not come back from its own bytes."""
    column = _columns.get(cls)
    if column is None:
        faults = _lost_nones(cls)
        if faults:
            raise DefinitionError(
                f"event {cls.__name__}: None is not stored, so it must be the default of {', '.join(faults)}"
            )
        column = _columns[cls] = f"{cls.topic}@{cls.schema_version}"
    return column


def encode(event: Event) -> tuple[str, bytes]:
    """The topic column and the state of an event."""
    cls = type(event)
    return topic_column(cls), cls.__pydantic_serializer__.to_json(event, exclude_none=True)


def decode(topic: str, state: bytes) -> Event:
    """The event, brought up to the current version of its class. Raises `EventUnreadable`."""
    reader = _readers.get(topic)
    if reader is None:
        reader = _readers[topic] = _reader(topic)
    try:
        return reader(state)
    except ValidationError as error:
        reason = _reason(error)
    except _FAULTS as error:
        reason = type(error).__name__
    # Outside the handlers: a chained exception would carry the body along.
    raise EventUnreadable(f"{topic}: {reason}")


def recorded(row: StoredRow) -> Recorded[Event]:
    """A stored row as an event in its envelope. Raises `EventUnreadable`."""
    position, stream, version, topic, state, recorded_at, actor, command_id = row
    return Recorded(stream, version, position, decode(topic, state), recorded_at, actor, command_id)


def decoded(rows: Iterable[Columns]) -> list[Recorded[Event]]:
    """Stored rows as events in their envelopes. Raises `EventUnreadable` at the first that cannot be read."""
    found = list(rows)
    envelope, readers = partial(tuple.__new__, Recorded), _readers
    try:
        # What nearly always happens, without a call of ours for each event.
        return [
            envelope((stream, version, position, readers[topic](state), recorded_at, actor, command_id))
            for position, stream, version, topic, state, recorded_at, actor, command_id in found
        ]
    except _FAULTS:
        pass  # a topic that is read for the first time, or something unreadable: one by one, to say which
    return [recorded(StoredRow._make(row)) for row in found]


def _reader(column: str) -> Reader:
    topic, _, number = column.rpartition("@")
    cls = EVENT_TYPES.get(topic)
    if cls is None:
        raise EventUnreadable(f"{column}: this release knows no such topic")
    if not number.isdecimal() or not 1 <= int(number) <= cls.schema_version:
        raise EventUnreadable(f"{column}: this release reads versions 1 to {cls.schema_version}")
    if int(number) == cls.schema_version:
        return cls.__pydantic_validator__.validate_json
    missing = [v for v in range(int(number), cls.schema_version) if (topic, v) not in UPCASTERS]
    if missing:
        raise EventUnreadable(f"{column}: no upcaster from version {missing[0]}")
    steps = [UPCASTERS[topic, v] for v in range(int(number), cls.schema_version)]

    def read_older(state: bytes) -> Event:
        body = json.loads(state)
        for step in steps:
            body = step(body)
        # Through JSON again, so that an old body is judged by the same rules as a new one.
        return cls.model_validate_json(json.dumps(body))

    return read_older


def _reason(error: ValidationError) -> str:
    kinds = {str(e["type"]) for e in error.errors(include_url=False, include_context=False, include_input=False)}
    return f"{error.error_count()} faults ({', '.join(sorted(kinds))})"


def _lost_nones(cls: type[BaseModel]) -> list[str]:
    found = []
    for name, field in cls.model_fields.items():
        parts = typing.get_args(field.annotation) or (field.annotation,)
        if type(None) in parts and (field.is_required() or field.get_default(call_default_factory=False) is not None):
            found.append(f"{cls.__name__}.{name}")
        for part in parts:
            if isinstance(part, type) and issubclass(part, BaseModel):
                found += _lost_nones(part)
    return found
