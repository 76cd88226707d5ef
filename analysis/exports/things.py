"""What an export says of the things that events are about: which of an event's facts are theirs, and from when on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.shapes import OWN, UNTOLD, AttributeType, ThingType, shape_of, text_of
from domain.codes import Phase
from domain.event import Event, Recorded
from domain.streams import id_of, name_of

HAS = "has"
"""How a stream is tied to its parts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """From an event of this topic on, `attribute` of the thing is what the event's attribute `of` says, or `value`."""

    topic: str
    attribute: str
    of: str = ""
    value: str = ""


def _same(topic: str, *attributes: str) -> tuple[Fact, ...]:
    return tuple([Fact(topic, attribute, attribute) for attribute in attributes])


FACTS: Mapping[ThingType, tuple[Fact, ...]] = {
    ThingType.JOURNEY: (
        *_same("journey.opened", "pathway", "pathway_version"),
        Fact("journey.opened", "phase", value=Phase.OPEN),
        Fact("journey.closed", "phase", value=Phase.CLOSED),
        Fact("journey.reopened", "phase", value=Phase.OPEN),
        Fact("journey.merged", "phase", value=Phase.MERGED),
        Fact("journey.merge-reversed", "phase", value=Phase.OPEN),
        Fact("journey.closed", "closing_reason", "reason"),
    ),
    ThingType.STEP: (
        *_same("journey.step-opened", "step", "stage", "role"),
        *_same("journey.step-advanced", "outcome"),
        *_same("journey.step-corrected", "outcome"),
    ),
    ThingType.HEARING: (
        *_same("journey.hearing-summoned", "hearing_kind", "matter", "starts_at"),
        *_same("journey.hearing-moved", "starts_at"),
        *_same("journey.hearing-postponed", "starts_at"),
        *_same("journey.hearing-corrected", "starts_at"),
        *_same("journey.hearing-held", "outcome"),
    ),
    ThingType.PROCEEDINGS: (
        *_same("journey.proceedings-started", "matter", "stage"),
        *_same("journey.proceedings-moved", "stage"),
        *_same("journey.proceedings-ended", "outcome"),
    ),
    ThingType.SERVICE: (
        *_same("journey.service-needed", "service", "role"),
        *_same("journey.service-moved", "status", "outcome"),
        *_same("journey.service-resumed", "status"),
    ),
    ThingType.MISSION: _same("mission.planned", "purpose", "departure"),
    ThingType.CONTACT: _same("contact.logged", "on"),
    ThingType.PROVIDER: (
        *_same("provider.listed", "provider_kind", "country"),
        *_same("provider.changed", "provider_kind", "country"),
    ),
    ThingType.HANDOVER: _same("handover.begun", "reason"),
    ThingType.STAFF: (),
}
"""A correction that leaves a fact out leaves it as it was."""

_BY_TOPIC: Mapping[str, Sequence[tuple[ThingType, Fact]]] = {
    topic: [(thing, fact) for thing, facts in FACTS.items() for fact in facts if fact.topic == topic]
    for topic in {fact.topic for facts in FACTS.values() for fact in facts}
}
_ID_LENGTH = 36
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIMES = frozenset({"starts_at", "departure"})
_NUMBERS = frozenset({"pathway_version"})


def attributes_of(thing: ThingType) -> list[tuple[str, AttributeType]]:
    """The attributes of a type of thing, in order."""
    names = dict.fromkeys(fact.attribute for fact in FACTS[thing])
    return [(name, _type(name)) for name in names]


def _type(name: str) -> AttributeType:
    if name in _TIMES:
        return AttributeType.TIME
    return AttributeType.INTEGER if name in _NUMBERS else AttributeType.STRING


@dataclass(slots=True)
class Thing:
    """One thing. `changes`: attribute, value, and since when it has it; `ties`: other things, and as what."""

    id: str
    type: ThingType
    changes: list[tuple[str, object, datetime]] = field(default_factory=list)
    ties: dict[tuple[str, str], None] = field(default_factory=dict)


class Naming:
    """The names of things in one export."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._own = lru_cache(maxsize=50_000)(self._named)

    def own(self, stream: str) -> tuple[ThingType, str] | None:
        """The thing that a stream is; None for one that no export has."""
        return self._own(stream)

    def _named(self, stream: str) -> tuple[ThingType, str] | None:
        kind = name_of(stream)
        if kind is None or kind not in OWN:
            return None
        thing = OWN[kind]
        return thing, self.of(thing, stream)

    def of(self, thing: ThingType, stream: str) -> str:
        """`journey-4f…`."""
        return f"{thing.value}-{self._pseudonyms.of(id_of(stream))}"

    def tied(self, recorded: Recorded[Event]) -> list[tuple[ThingType, str, str, str]]:
        """The other things that an event names: type, name here, qualifier, and the name of the stream it would be."""
        found: list[tuple[ThingType, str, str, str]] = []
        for tie in shape_of(type(recorded.event)).ties:
            for id_ in tie.read(recorded.event):
                name = f"{tie.thing.value}-{self._pseudonyms.of(id_)}"
                found.append((tie.thing, name, tie.qualifier, f"{tie.thing.value}-{id_}"))
        return found

    def text(self, value: object) -> str:
        """A value as text. The key of an obligation may hold an id: it becomes the pseudonym."""
        text = text_of(value)
        return text if len(text) < _ID_LENGTH else _ID.sub(lambda found: self._pseudonyms.of(UUID(found[0])), text)

    def actor(self, recorded: Recorded[Event]) -> str:
        """Who did it."""
        return f"staff-{self._pseudonyms.of_staff(recorded.actor)}"


CHECKED = frozenset({ThingType.JOURNEY, ThingType.CONTACT, ThingType.MISSION})
"""Things that are streams in any case: one that had not begun by then is not named."""


def things_of(
    history: Iterable[Recorded[Event]], naming: Naming, begun: frozenset[str]
) -> tuple[list[Thing], set[tuple[ThingType, str]]]:
    """The things of one stream, and those that it names without being theirs: members of staff, providers."""
    found: dict[str, Thing] = {}
    named: set[tuple[ThingType, str]] = set()
    for recorded in history:
        if recorded.event.topic in UNTOLD:
            continue
        own = naming.own(recorded.stream)
        if own is None:
            continue
        root = found.setdefault(own[1], Thing(own[1], own[0]))
        here = defaultdict[ThingType, list[Thing]](list)
        here[root.type].append(root)
        for type_, part in shape_of(type(recorded.event)).part(recorded.event):
            name = f"{root.id}/{part}"
            root.ties[name, HAS] = None
            here[type_].append(found.setdefault(name, Thing(name, type_)))
        named.add((ThingType.STAFF, naming.actor(recorded)))
        for type_, name, qualifier, stream in naming.tied(recorded):
            if type_ in CHECKED and stream not in begun:
                continue
            if type_ is not ThingType.STAFF and name != root.id:
                root.ties[name, qualifier] = None
            if type_ not in CHECKED:
                named.add((type_, name))
        _learn(recorded, here)
    return list(found.values()), named


def _learn(recorded: Recorded[Event], here: Mapping[ThingType, Sequence[Thing]]) -> None:
    facts = _BY_TOPIC.get(recorded.event.topic)
    if not facts:
        return
    values = {attribute.name: attribute for attribute in shape_of(type(recorded.event)).attributes}
    for type_, fact in facts:
        value = values[fact.of].read(recorded.event) if fact.of else fact.value
        if value is not None:
            for thing in here.get(type_, ()):
                thing.changes.append((fact.attribute, value, recorded.occurred_at))
