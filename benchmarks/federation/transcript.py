"""The demonstration's stories told in memory at several distances from today, each decision taken down.

A story whose present lies ahead has not come far yet; one whose present lies behind ended, and only its timers went on.
So the same forty stories give young, old, stalled, late and closed journeys, every event from the real deciders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from activities.pathway_files import PathwayStore
from domain.codes import SYSTEM_ACTOR, Phase
from domain.command import Command
from domain.event import Event
from domain.journey import Journey
from domain.message import MessageSent, message_stream
from domain.sealed import Compartment
from worker.demo.caseload import told
from worker.demo.plan import Delivered, Fired, Relayed, Told
from worker.demo.telling import StoryBroken, Tellable, Teller
from worker.demo.writing import UNSEALED

SHIFTS = tuple(timedelta(weeks=weeks) for weeks in range(-16, 64, 8))
"""How far the present of a telling lies from today; whole weeks, so that days of the week stay."""


@dataclass(frozen=True, slots=True)
class Note:
    """The words that are sealed into a field."""

    text: str = field(repr=False)
    field: str

    @property
    def compartment(self) -> Compartment:
        """Where they belong."""
        return Compartment.IDENTITY if self.field == "identity" else Compartment.NOTES


@dataclass(frozen=True, slots=True)
class Line:
    """One decision as it was taken: on which version, when, by whom. `note` takes the place of `UNSEALED` in it."""

    at: datetime
    stream: str
    version: int
    actor: UUID
    events: tuple[Event, ...]
    note: Note | None


@dataclass(frozen=True, slots=True)
class Template:
    """A journey with the receipts of its letters, to be copied. One that `is_told_today` is linked to by `once`."""

    journey: UUID
    is_told_today: bool
    phase: Phase
    lines: tuple[Line, ...]
    messages: frozenset[UUID]

    @property
    def events(self) -> int:
        """How many events a copy has, receipts among them."""
        return sum(len(line.events) for line in self.lines)


class Transcript(Teller):
    """A teller that takes down every decision."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.lines: list[Line] = []
        self._note_to_seal: Note | None = None

    def tell(self, tale: Tellable, command: Command, actor: UUID, note: str | None, field: str = "note") -> None:
        """As `Teller.tell`; the words stand beside the decision, since each copy seals them with a key of its own."""
        if note is not None:
            command = command.model_copy(update={field: UNSEALED})
            self._note_to_seal = Note(note, field)
        super().tell(tale, command, actor, None)

    def _decide(self, tale: Tellable, command: Command, command_id: UUID, actor: UUID) -> tuple[Event, ...]:
        version, note, self._note_to_seal = tale.state.version if tale.state else 0, self._note_to_seal, None
        events = super()._decide(tale, command, command_id, actor)
        if events:
            self.lines.append(Line(self._now, tale.stream, version, actor, events, note))
        return events

    def _note(self, tale: Tellable, what: Told | Fired | Delivered | Relayed) -> None:
        super()._note(tale, what)
        if isinstance(what, Delivered):
            stream = message_stream(what.message)
            self.lines.append(Line(self._now, stream, 0, SYSTEM_ACTOR, (what.receipt,), None))


@dataclass(frozen=True, slots=True)
class Library:
    """`templates` are journeys to be copied; `once` is what happens at the hotline, on missions, with providers."""

    templates: tuple[Template, ...]
    once: tuple[Line, ...]


def library(present: datetime, pathways: PathwayStore) -> Library:
    """Every telling up to `present`. A distance at which a story does not work out is left out."""
    templates: list[Template] = []
    once: tuple[Line, ...] = ()
    for shift in SHIFTS:
        transcript = Transcript(present)
        try:
            told(present + shift, pathways, transcript)
        except StoryBroken:
            continue
        journeys, others = _sorted(transcript, is_told_today=not shift)
        templates += journeys
        if not shift:
            once = others
    assert once, "the demonstration's own telling is broken"
    return Library(tuple(templates), once)


def _sorted(transcript: Transcript, *, is_told_today: bool) -> tuple[list[Template], tuple[Line, ...]]:
    """Its journeys that began, each with its receipts, and the lines of everything else."""
    states: dict[str, Any] = {tale.stream: tale.state for tale in transcript.tales.values()}
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    others: list[Line] = []
    for line in transcript.lines:
        about = _about(line)
        (lines[about] if isinstance(states.get(about), Journey) else others).append(line)
    templates = [
        Template(states[stream].id, is_told_today, states[stream].phase, tuple(of_it), frozenset(_messages(of_it)))
        for stream, of_it in lines.items()
    ]
    return templates, tuple(others)


def _about(line: Line) -> str:
    """The stream, or of a receipt that which the letter was about."""
    receipt = line.events[0]
    return receipt.stream_kind.stream(receipt.stream_id) if isinstance(receipt, MessageSent) else line.stream


def _messages(lines: Sequence[Line]) -> Iterator[UUID]:
    return (UUID(line.stream.partition("-")[2]) for line in lines if isinstance(line.events[0], MessageSent))
