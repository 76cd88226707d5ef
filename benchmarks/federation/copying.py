"""Copies of journeys: the same decisions under new ids, by other people, with notes sealed under keys of their own.

A body is cut into pieces once, where an id or a sealed text stands; a copy puts its own in between, and the whole is
read as an event again: what is appended has passed the same model as every event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from uuid import UUID, uuid4

from benchmarks.federation.people import PLAYING, Staff, Team
from benchmarks.federation.transcript import Library, Line, Template
from domain.codes import Phase
from domain.event import Event
from domain.journey.state import journey_stream
from domain.message import message_stream
from domain.sealed import Notes, Sealed
from eventlog.bodies import decode, encode
from eventlog.decision import Decision
from eventlog.sealing import Sealer
from vault.keys import DataKey, Keys
from worker.demo.writing import UNSEALED

_IDS = re.compile(rf"({re.escape(UNSEALED.text)}|[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}})")
CLOSED = 4.0
"""A closed journey is copied so many times as often as an open one of its length: about half are closed then."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One journey to be written. `turn` makes ids of its letters from those of the template, 0 leaves them."""

    journey: UUID
    team: Team
    turn: int

    def id(self, text: str, template: Template | None) -> str:
        """What stands in place of an id."""
        if template is None:
            return text
        if text in self.team:
            return self.team[text]
        if text == str(template.journey):
            return str(self.journey)
        return text if text in PLAYING else str(self.message(UUID(text)))

    def message(self, message: UUID) -> UUID:
        """The id of its letter."""
        return UUID(int=message.int ^ self.turn)


ITSELF = Copy(UUID(int=0), {}, 0)


class AllKeys:
    """Current keys, each asked of the vault once: a load comes back to every journey a hundred times."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._known: dict[tuple[str, str], DataKey] = {}

    def current_key(self, stream: str, compartment: str, /) -> DataKey:
        """As `Keys.current_key`."""
        known = self._known.get((stream, compartment))
        if known is None:
            known = self._known[stream, compartment] = self._keys.current_key(stream, compartment)
        return known

    def opening_key(self, key_id: UUID, /) -> bytes | None:
        """As `Keys.opening_key`."""
        return self._keys.opening_key(key_id)


def chosen(library: Library, journeys: int, events: int, staff: Staff, chance: Random) -> list[list[Copy]]:
    """The copies of each template, so many that all have about `events` together.

    Each journey of today's telling is there once under its own id, since missions and calls name it.
    """
    found = [[Copy(t.journey, {}, 0)] if t.is_told_today else [] for t in library.templates]
    own, teams = sum(map(len, found)), staff.teams(chance)
    weights = _weights(library.templates, events / journeys)
    for copies in chance.choices(found, weights, k=max(0, journeys - own)):
        copies.append(Copy(uuid4(), chance.choice(teams), chance.getrandbits(60)))
    return found


def _weights(templates: Sequence[Template], mean: float) -> list[float]:
    """Tilted towards short or long journeys, so that a copy has `mean` events on average, as far as that can be."""
    lengths = [template.events for template in templates]
    base = [CLOSED if template.phase is not Phase.OPEN else 1.0 for template in templates]

    def tilted(by: float) -> list[float]:
        return [weight * exp(-by * length) for weight, length in zip(base, lengths, strict=True)]

    low, high = -0.05, 0.2
    for _ in range(50):
        middle = (low + high) / 2
        weights = tilted(middle)
        got = sum(weight * length for weight, length in zip(weights, lengths, strict=True)) / sum(weights)
        low, high = (middle, high) if got > mean else (low, middle)
    return tilted(low)


@dataclass(frozen=True, slots=True)
class Portion:
    """A line and whoever it is written for."""

    line: Line
    template: Template | None
    copies: Sequence[Copy]

    @property
    def events(self) -> int:
        """How many it makes."""
        return len(self.copies) * len(self.line.events)

    def decisions(self, sealer: Sealer) -> Iterator[Decision]:
        """Those of its copies."""
        bodies = [_Body(event, self.template) for event in self.line.events]
        kind, _, own = self.line.stream.partition("-")
        is_letter = self.template is not None and self.line.stream != journey_stream(self.template.journey)
        for copy in self.copies:
            stream, command_id = self.line.stream, uuid4()
            if is_letter:
                stream = message_stream(copy.message(UUID(own)))
            elif self.template is not None:
                stream = f"{kind}-{copy.journey}"
            sealed = None if self.line.note is None else self._sealed(sealer, stream, command_id)
            events = tuple([body.of(copy, self.template, sealed) for body in bodies])
            actor = UUID(copy.team.get(str(self.line.actor), str(self.line.actor)))
            yield Decision(stream, self.line.version, command_id, actor, events)

    def _sealed(self, sealer: Sealer, stream: str, command_id: UUID) -> Sealed[Notes]:
        note = self.line.note
        assert note is not None
        return sealer.seal(
            note.text, stream=stream, compartment=note.compartment, field=note.field, command_id=command_id
        )


class _Body:
    """An event in pieces: its text and, at odd places, what a copy has of its own."""

    def __init__(self, event: Event, template: Template | None) -> None:
        self._event = event
        self._topic, state = encode(event)
        self._pieces = [""]
        for place, piece in enumerate(_IDS.split(state.decode())):
            if place % 2 and _is_own(piece, template):
                self._pieces += [piece, ""]
            else:
                self._pieces[-1] += piece

    def of(self, copy: Copy, template: Template | None, sealed: Sealed[Notes] | None) -> Event:
        """The event of a copy."""
        if len(self._pieces) == 1:
            return self._event
        pieces = list(self._pieces)
        for place in range(1, len(pieces), 2):
            if pieces[place] != UNSEALED.text:
                pieces[place] = copy.id(pieces[place], template)
            elif sealed is not None:
                pieces[place] = sealed.text
        return decode(self._topic, "".join(pieces).encode())


def _is_own(piece: str, template: Template | None) -> bool:
    if piece == UNSEALED.text:
        return True
    return template is not None and (
        piece in PLAYING or piece == str(template.journey) or UUID(piece) in template.messages
    )


def portions(library: Library, copies: Sequence[Sequence[Copy]]) -> list[Portion]:
    """Everything that is to be written, in order of time."""
    found = [
        Portion(line, template, of_it)
        for template, of_it in zip(library.templates, copies, strict=True)
        if of_it
        for line in template.lines
    ]
    found += [Portion(line, None, (ITSELF,)) for line in library.once]
    return sorted(found, key=lambda portion: portion.line.at)
