"""What is recorded of a message at its end, in its own stream; each copy of one for several people has its own too."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from activities.ical import Appointment
from activities.planned import appointment_of
from activities.planning import Plan, Recipient, plan_of
from activities.states import StreamStates
from domain.codes import SYSTEM_ACTOR
from domain.errors import StreamConflict, Unavailable
from domain.event import Event, Recorded
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent, message_stream
from domain.stream.firing import Addressee, RungsFired
from domain.stream.obligation import Obligation
from domain.stream.withdrawing import AppointmentWithdrawn
from domain.streams import id_of, kind_of
from eventlog.decision import Decision, Loaded
from eventlog.log import EventLog

RECEIPT_PATIENCE = 30.0
"""Seconds for which the database may be away while a receipt is due: without it the letter is sent again."""
_PAUSE = 0.5
LONGEST_WAIT = 3600.0
"""Seconds after which what waits is looked at again: its recipient may have chosen another hour meanwhile."""
TOO_OLD_AFTER = timedelta(days=14)
"""A reminder that could not be handed over for so long is given up; the ladder has told others meanwhile."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy: whether an earlier one may have gone out, and in which digest it went."""

    doubt: Doubt | None = None
    digest: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that was asked for: the event that did, its addressee, and the stream as it was read."""

    fired: Recorded[RungsFired]
    addressee: Addressee
    loaded: Loaded

    @property
    def message(self) -> UUID:
        return self.addressee.message

    @property
    def age(self) -> timedelta:
        """How long ago, by the log's clock, it was asked for."""
        return self.loaded.now - self.fired.recorded_at

    @property
    def is_too_old(self) -> bool:
        """Whether it is given up."""
        return self.age > TOO_OLD_AFTER

    @property
    def is_overtaken(self) -> bool:
        """Whether a later rung of the same date asks for a letter to the same addressee, which says it all."""
        whom = self.addressee.staff or self.addressee.role
        return any(
            whom == (other.staff or other.role)
            for recorded in self.loaded.history
            if recorded.version > self.fired.version
            and isinstance(later := recorded.event, RungsFired)
            and later.obligation == self.fired.event.obligation
            and later.date_version == self.fired.event.date_version
            for other in later.addressees
        )

    def sent(
        self, reached: Mapping[UUID, Copy], *, doubt: Doubt | None = None, channel: Channel = Channel.EMAIL
    ) -> MessageSent:
        """The receipt. What carried it is named where it is about one copy; those of several have their own."""
        doubts = [doubt, *(copy.doubt for copy in reached.values())]
        digests = {copy.digest for copy in reached.values()}
        event = self.fired.event
        return MessageSent(
            stream_kind=kind_of(self.fired.stream).name,
            stream_id=id_of(self.fired.stream),
            obligation=event.obligation,
            date_version=event.date_version,
            channel=channel,
            recipients=tuple(reached),
            doubt=next((found for found in reversed(doubts) if found is not None), None),
            digest=digests.pop() if len(digests) == 1 else None,
        )

    def dropped(
        self, reason: DropReason, doubt: Doubt | None = None, *, channel: Channel = Channel.EMAIL
    ) -> MessageDropped:
        """The receipt of a message that will not be sent."""
        event = self.fired.event
        return MessageDropped(
            stream_kind=kind_of(self.fired.stream).name,
            stream_id=id_of(self.fired.stream),
            obligation=event.obligation,
            date_version=event.date_version,
            reason=reason,
            doubt=doubt,
            channel=channel,
        )


class Receipts:
    """Reads and writes them. Safe for many threads; every call raises `Unavailable` while the log is away."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._states = StreamStates(log)
        self._due: dict[UUID, Event] = {}

    def find(self, stream: str, version: int, message: UUID) -> Asked | None:
        """What asked for the message; None where that event did not."""
        loaded = self._log.load(stream, after=version - 1)
        for recorded in loaded.history[:1]:
            event = recorded.event
            if isinstance(event, RungsFired):
                for addressee in event.addressees:
                    if addressee.message == message:
                        return Asked(_narrowed(recorded, event), addressee, loaded)
        return None

    def has(self, message: UUID) -> bool:
        """Whether the message, or this copy of it, is settled. One that this process still owes is written first."""
        if (owed := self._due.get(message)) is not None:
            self._append(message, owed)
        stream = message_stream(message)
        return stream in self._log.stream_heads((stream,))

    def copies(self, message: UUID, recipients: Iterable[UUID]) -> dict[UUID, Copy]:
        """Who of these has their copy already: from a digest, or an attempt that did not reach everybody."""
        found = {}
        for recipient in recipients:
            copy = copy_of(message, recipient)
            if self.has(copy):
                sent = [
                    r.event for r in self._log.load(message_stream(copy)).history if isinstance(r.event, MessageSent)
                ]
                found[recipient] = Copy(sent[-1].doubt, sent[-1].digest) if sent else Copy()
        return found

    def plan(self, asked: Asked, recipient: Recipient) -> Plan:
        """When the letter goes to this recipient."""
        state = self._states.current(asked.fired.stream)
        owed = [] if state is None else kind_of(state.stream).obligations(state)
        asked_at, now = asked.fired.recorded_at, asked.loaded.now
        return plan_of(asked.fired.event, owed, recipient, asked_at=asked_at, now=now)

    def seconds_until(self, instant: datetime, now: datetime) -> float:
        """Real ones, `LONGEST_WAIT` at most, from `now` to an instant of the log's clock."""
        return min((instant - now).total_seconds() / self._log.clock_rate(), LONGEST_WAIT)

    def still_wanted(self, asked: Asked) -> bool:
        """Whether the date is the one that the message is about, and nobody has settled it meanwhile."""
        return not self.has(asked.message) and self.holds(asked)

    def holds(self, asked: Asked) -> bool:
        """Whether the date is still the one that the message is about, sent or not."""
        event = asked.fired.event
        state = self._states.current(asked.fired.stream)
        return state is not None and kind_of(state.stream).is_wanted(state, event.obligation, event.date_version)

    def moved(self, asked: Asked) -> Obligation | None:
        """The obligation with its new date, where that is another than the message is about and no appointment."""
        event = asked.fired.event
        state = self._states.current(asked.fired.stream)
        if state is None:
            return None
        kind = kind_of(state.stream)
        if kind.is_wanted(state, event.obligation, event.date_version):
            return None
        later = self._log.load(state.stream, after=asked.fired.version).history
        if any(isinstance(r.event, AppointmentWithdrawn) and r.event.obligation == event.obligation for r in later):
            return None  # a message of its own tells everybody who had a reminder
        return next((o for o in kind.obligations(state) if o.key == event.obligation), None)

    def appointment(self, asked: Asked, date_version: int, link: str) -> Appointment | None:
        """The appointment of this date of what the message is about, where it is one."""
        journey = self._states.current(asked.fired.stream)
        return appointment_of(journey, asked.fired.event.obligation, date_version, now=asked.loaded.now, link=link)

    def write(self, message: UUID, outcome: Event) -> None:
        """Writes a receipt, and waits for a database that is away. Where it stays away, this process remembers."""
        self._due[message] = outcome
        give_up = time.monotonic() + RECEIPT_PATIENCE
        while True:
            try:
                return self._append(message, outcome)
            except Unavailable:
                if time.monotonic() >= give_up:
                    raise
            time.sleep(_PAUSE)

    def _append(self, message: UUID, outcome: Event) -> None:
        decision = Decision(
            stream=message_stream(message),
            expected_version=0,
            command_id=uuid5(message, "receipt"),
            actor=SYSTEM_ACTOR,
            events=(outcome,),
        )
        with contextlib.suppress(StreamConflict):  # another worker delivered it as well: its receipt stands
            self._log.append(decision)
        self._due.pop(message, None)


def copy_of(message: UUID, recipient: UUID) -> UUID:
    """The name of one recipient's copy."""
    return uuid5(message, str(recipient))


def _narrowed(recorded: Recorded[Event], event: RungsFired) -> Recorded[RungsFired]:
    return Recorded(
        stream=recorded.stream,
        version=recorded.version,
        position=recorded.position,
        event=event,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        command_id=recorded.command_id,
    )
