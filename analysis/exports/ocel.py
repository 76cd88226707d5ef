"""A cut of the log as events and objects of OCEL 2.0 (Berti et al., *OCEL 2.0 Specification*, 2023), for all its forms.

First all events in the order of the log, then all objects stream by stream; the members of staff and the providers that
are named and have no stream of their own come last, so nothing has to be remembered but them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from analysis.exports.cut import LogReader
from analysis.exports.making import Cursor
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.shapes import OWN, UNTOLD, AttributeType, ThingType, shape_of, shapes, text_of
from analysis.exports.things import CHECKED, Naming, Thing, attributes_of, things_of
from domain.codes import StreamName
from domain.event import Event, Recorded

OF, ACTOR = "of", "actor"
"""How an event is tied to the stream that it is of, and to who decided it."""
KNOWN = "recorded_at"
"""Since when it is known; an event's own time is when it happened."""
_KINDS = sorted(OWN)
_EVENTS_SHARE = 0.6  # of the work, by experience: objects are made from the same log read again


@dataclass(frozen=True, slots=True)
class Batch:
    """Some events, or else some objects, as the JSON of the standard has them; `cursor` goes on behind them."""

    events: list[dict[str, Any]]
    objects: list[dict[str, Any]]
    cursor: Cursor
    share: float


@dataclass(slots=True)
class _Named:
    """Who was named. `own`: the providers that have a stream, which comes with its facts."""

    named: set[tuple[ThingType, str]] = field(default_factory=set)
    own: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, cursor: Cursor) -> _Named:
        return cls({(ThingType(type_), name) for type_, name in cursor["named"]}, set(cursor["own"]))

    def cursor(self, kind: int, after: str | None) -> Cursor:
        named = sorted((type_.value, name) for type_, name in self.named)
        return {"kind": kind, "after": after, "named": named, "own": sorted(self.own)}

    def left(self) -> list[Thing]:
        return [Thing(name, type_) for type_, name in sorted(self.named) if name not in self.own]


def event_types() -> list[dict[str, Any]]:
    """Every type of event with its attributes, those that do not occur as well: the file begins with them."""
    own = {kind.value for kind in OWN} | {"obligation", "stream"}
    return [
        {
            "name": shape.topic,
            "attributes": [
                {"name": KNOWN, "type": AttributeType.TIME.value},
                *({"name": each.name, "type": each.type.value} for each in shape.attributes),
            ],
        }
        for shape in shapes()
        if shape.topic.partition(".")[0] in own
    ]


def object_types() -> list[dict[str, Any]]:
    """Every type of object."""
    return [
        {
            "name": thing.value,
            "attributes": [{"name": name, "type": type_.value} for name, type_ in attributes_of(thing)],
        }
        for thing in ThingType
    ]


class ObjectCentric:
    """Reads one cut in batches."""

    def __init__(self, log: LogReader, pseudonyms: Pseudonyms) -> None:
        self._log = log
        self._naming = Naming(pseudonyms)

    def batches(self, cursor: Cursor | None = None) -> Iterator[Batch]:
        """From the beginning, or from behind a batch."""
        if cursor is None or "event" in cursor:
            yield from self._events(cursor["event"] if cursor else 0)
            cursor = _Named().cursor(0, None)
        yield from self._objects(cursor)

    def _events(self, after: int) -> Iterator[Batch]:
        until = self._log.cut.position
        for page in self._log.events(after):
            begun = self._begun(page.events)
            events = [made for recorded in page.events if (made := self._event(recorded, begun)) is not None]
            yield Batch(events, [], {"event": page.last}, _EVENTS_SHARE * page.last / until)

    def _objects(self, cursor: Cursor) -> Iterator[Batch]:
        people, first = _Named.of(cursor), int(cursor["kind"])
        for number in range(first, len(_KINDS)):
            after = cursor["after"] if number == first else None
            for streams in self._log.told(StreamName(_KINDS[number]), after):
                done = _EVENTS_SHARE + (1 - _EVENTS_SHARE) * (number + streams.share) / len(_KINDS)
                objects = self._things(streams.histories, people)
                yield Batch([], objects, people.cursor(number, streams.last), done)
        if first <= len(_KINDS):
            rest = [_object(thing) for thing in people.left()]
            yield Batch([], rest, _Named().cursor(len(_KINDS) + 1, None), 1.0)

    def _things(self, histories: dict[str, list[Recorded[Event]]], people: _Named) -> list[dict[str, Any]]:
        begun = self._begun([recorded for history in histories.values() for recorded in history])
        objects = []
        for history in histories.values():
            things, named = things_of(history, self._naming, begun)
            people.named |= named
            people.own |= {each.id for each in things if each.type in (ThingType.PROVIDER, ThingType.STAFF)}
            objects += [_object(thing) for thing in things]
        return objects

    def _begun(self, page: list[Recorded[Event]]) -> frozenset[str]:
        asked = {
            stream for recorded in page for thing, _, __, stream in self._naming.tied(recorded) if thing in CHECKED
        }
        return self._log.begun(asked)

    def _event(self, recorded: Recorded[Event], begun: frozenset[str]) -> dict[str, Any] | None:
        event = recorded.event
        own = self._naming.own(recorded.stream)
        if own is None or event.topic in UNTOLD:
            return None
        shape = shape_of(type(event))
        ties = {(own[1], OF): None, (self._naming.actor(recorded), ACTOR): None}
        for type_, part in shape.part(event):
            ties[f"{own[1]}/{part}", type_.value] = None
        if shape.ties:
            for thing, name, qualifier, stream in self._naming.tied(recorded):
                if thing not in CHECKED or stream in begun:
                    ties[name, qualifier] = None
        known_at = recorded.recorded_at.isoformat()
        attributes = [{"name": KNOWN, "value": known_at}]
        for each in shape.attributes:
            value = each.read(event)
            if value is not None:
                attributes.append({"name": each.name, "value": self._naming.text(value)})
        return {
            "id": str(recorded.position),
            "type": event.topic,
            "time": known_at if event.occurred_at is None else event.occurred_at.isoformat(),
            "attributes": attributes,
            "relationships": [{"objectId": name, "qualifier": qualifier} for name, qualifier in ties],
        }


def _object(thing: Thing) -> dict[str, Any]:
    return {
        "id": thing.id,
        "type": thing.type.value,
        "attributes": [
            {"name": name, "value": text_of(value), "time": since.isoformat()} for name, value, since in thing.changes
        ],
        "relationships": [{"objectId": name, "qualifier": qualifier} for name, qualifier in thing.ties],
    }
