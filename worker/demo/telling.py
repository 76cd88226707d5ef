"""Tells all journeys and missions at once: one queue of instants; every command is decided as in earnest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import Any, Protocol
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.codes import SYSTEM_ACTOR
from domain.command import Command
from domain.errors import PutokazError
from domain.event import Event, Recorded
from domain.message import Channel, MessageSent
from domain.refusal import Refused
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Wake, wakes_of
from domain.stream.withdrawing import AppointmentWithdrawn
from domain.streams import kind_of
from worker.demo.plan import Action, Delivered, Fired, Relayed, Told
from worker.demo.staff import readers


class StoryBroken(PutokazError):
    """A story asks for what the pathway does not allow: it is to be told otherwise."""


Story = Iterator[datetime]
"""What happens: yields the instant at which to go on."""


class Tellable(Protocol):
    """One invented stream while it is being told."""

    name: str
    id: UUID
    stream: str
    pinned: Pinned
    now: datetime
    state: Any
    wake: Wake | None

    def next_command_id(self) -> UUID: ...


class Teller:
    """Tells stories up to `until` and keeps what was done in `actions`."""

    def __init__(self, until: datetime) -> None:
        self._until = until
        self._tales: dict[UUID, Tellable] = {}
        self._stories: dict[UUID, Story] = {}
        self._queue: list[tuple[datetime, int, UUID, Wake | None]] = []
        self._entries = 0
        self._now = until
        self._reminded: dict[tuple[str, str], dict[UUID, None]] = {}
        self._void: list[tuple[Tellable, AppointmentWithdrawn]] = []
        self.actions: list[Action] = []

    def add(self, tale: Tellable, story: Story) -> None:
        """One more of them."""
        self._tales[tale.id] = tale
        self._stories[tale.id] = story

    def run(self) -> None:
        """Fills `actions`, in order of time. Raises `StoryBroken`."""
        for tale in self._tales.values():
            self._go_on(tale)
        while self._queue and self._queue[0][0] <= self._until:
            at, _, journey, wake = heappop(self._queue)
            tale = self._tales[journey]
            self._now = tale.now = at
            if wake is None:
                self._go_on(tale)
            elif wake is tale.wake:
                self._fire(tale, wake)

    @property
    def tales(self) -> Mapping[UUID, Tellable]:
        return self._tales

    def tell(self, tale: Tellable, command: Command, actor: UUID, note: str | None, field: str = "note") -> None:
        """Decides a person's command. Raises `StoryBroken` where it is refused or changes nothing."""
        command_id = tale.next_command_id()
        events = self._decide(tale, command, command_id, actor)
        if not events:
            raise StoryBroken(f"{tale.name}: {command.kind} changes nothing")
        self._note(tale, Told(command, command_id, actor, note, field))
        for event in events:
            if isinstance(event, RungsFired):  # a reminder that a person sends
                self._deliver(tale, event)
        self._relay(tale)

    def _go_on(self, tale: Tellable) -> None:
        following = next(self._stories[tale.id], None)
        if following is not None:
            # A story that is ready at once, before anything happened, begins with its first instant.
            self._push(max(following, tale.now) if tale.state else following, tale, None)

    def _fire(self, tale: Tellable, wake: Wake) -> None:
        command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
        command_id = uuid5(SYSTEM_ACTOR, f"{tale.stream}|{wake.key}|{wake.rung}|{wake.date_version}")
        events = self._decide(tale, command, command_id, SYSTEM_ACTOR)
        self._note(tale, Fired(wake))
        for event in events:
            if isinstance(event, RungsFired):
                self._deliver(tale, event)

    def _deliver(self, tale: Tellable, fired: RungsFired) -> None:
        reminded = self._reminded.setdefault((tale.stream, fired.obligation), {})
        for addressee in fired.addressees:
            recipients = tuple(readers(addressee))
            reminded.update(dict.fromkeys(recipients))
            self._note(tale, Delivered(addressee.message, _receipt(tale, fired, recipients)))

    def _call_off(self) -> None:
        """Whoever was reminded of an appointment that fell away was told."""
        while self._void:
            tale, event = self._void.pop(0)
            reminded = tuple(self._reminded[tale.stream, event.obligation])
            self._note(tale, Delivered(event.message, _receipt(tale, event, reminded)))

    def _relay(self, tale: Tellable) -> None:
        """What it has for others, and what follows from their answers: a journey is opened and then linked."""
        while tale.state.pending:
            dispatch = next(iter(tale.state.pending.values()))
            other = self._tales[dispatch.target]
            self._decide(other, dispatch.command, dispatch.id, SYSTEM_ACTOR)
            acknowledge = AcknowledgeRelay(dispatch=dispatch.id)
            self._decide(tale, acknowledge, uuid5(dispatch.id, "acknowledged"), SYSTEM_ACTOR)
            self._note(tale, Relayed(dispatch.id))

    def _decide(self, tale: Tellable, command: Command, command_id: UUID, actor: UUID) -> tuple[Event, ...]:
        kind = kind_of(tale.stream)
        pathway = tale.pinned.pathway
        decision = kind.decide(tale.state, command, pathway, self._now, stream=tale.stream, actor=actor)
        if isinstance(decision, Refused):
            raise StoryBroken(f"{tale.name} at {self._now}: {command!r} is refused: {decision!r}")
        for event in decision:
            version = tale.state.version if tale.state else 0
            envelope = Recorded(tale.stream, version + 1, 0, event, self._now, actor, command_id)
            tale.state = kind.folding.evolve(tale.state, envelope)
            if isinstance(event, AppointmentWithdrawn):
                self._void.append((tale, event))
        self._look_ahead(tale)
        return decision

    def _note(self, tale: Tellable, what: Told | Fired | Delivered | Relayed) -> None:
        self.actions.append(Action(self._now, tale.stream, what, tale.state.version, tale.wake))
        if not isinstance(what, Delivered):
            self._call_off()

    def _look_ahead(self, tale: Tellable) -> None:
        """The next moment of the stream goes into the queue; one that is there already is void when it differs."""
        ahead = wakes_of(kind_of(tale.stream).obligations(tale.state))
        wake = ahead[0] if ahead else None
        if wake != tale.wake:
            tale.wake = wake
            if wake is not None:
                self._push(max(wake.at, self._now), tale, wake)

    def _push(self, at: datetime, tale: Tellable, wake: Wake | None) -> None:
        self._entries += 1
        heappush(self._queue, (at, self._entries, tale.id, wake))


def _receipt(tale: Tellable, about: RungsFired | AppointmentWithdrawn, recipients: tuple[UUID, ...]) -> MessageSent:
    return MessageSent(
        stream_kind=kind_of(tale.stream).name,
        stream_id=tale.id,
        obligation=about.obligation,
        date_version=about.date_version,
        channel=Channel.EMAIL,
        recipients=recipients,
    )
