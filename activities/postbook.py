"""What became of every message that a stream asked for: letters, short messages beside them, what went again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from activities.texts import text_of
from domain.event import Event, Recorded
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent, message_stream
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from eventlog.log import EventLog


def again_of(message: UUID, time: int) -> UUID:
    """The name of a letter that a person sent again, for the n-th time."""
    return uuid5(message, f"again|{time}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `settled_at` None: it is on its way, or waits for its hour. `version`: of the event that asked.

    `reason` where it was dropped; `again`: how often a person had sent it again before.
    """

    message: UUID
    version: int
    obligation: str
    asked_at: datetime
    channel: Channel
    recipients: tuple[UUID, ...] = ()
    settled_at: datetime | None = None
    reason: DropReason | None = None
    doubt: Doubt | None = None
    digest: UUID | None = None
    again: int = 0


def postbook(log: EventLog, stream: str) -> list[Entry]:
    """Every message of a stream, in the order in which they were asked for. Raises `Unavailable`."""
    entries: list[Entry] = []
    for recorded in log.load(stream).history:
        for message, addressee in _asked(recorded.event):
            letter = _entry(log, message, recorded, Channel.EMAIL)
            entries.append(letter)
            telephones = dict.fromkeys((*letter.recipients, *((addressee,) if addressee else ())))
            entries += _known(log, ((text_of(message, each), 0) for each in telephones), recorded, Channel.SMS)
            entries += _again(log, message, recorded)
    return entries


def _again(log: EventLog, message: UUID, recorded: Recorded[Event]) -> Iterator[Entry]:
    time = 1
    while found := list(_known(log, [(again_of(message, time), time)], recorded, Channel.EMAIL)):
        yield from found
        time += 1


def _known(
    log: EventLog, messages: Iterable[tuple[UUID, int]], recorded: Recorded[Event], channel: Channel
) -> Iterator[Entry]:
    """Of these, what has a receipt."""
    for message, time in messages:
        entry = _entry(log, message, recorded, channel, again=time)
        if entry.settled_at is not None:
            yield entry


def _entry(log: EventLog, message: UUID, recorded: Recorded[Event], channel: Channel, *, again: int = 0) -> Entry:
    obligation = str(getattr(recorded.event, "obligation", ""))
    for receipt in log.load(message_stream(message)).history[-1:]:
        found = receipt.event
        if isinstance(found, MessageSent | MessageDropped):
            return Entry(
                message,
                recorded.version,
                obligation,
                recorded.recorded_at,
                channel,
                recipients=found.recipients if isinstance(found, MessageSent) else (),
                settled_at=receipt.recorded_at,
                reason=found.reason if isinstance(found, MessageDropped) else None,
                doubt=found.doubt,
                digest=found.digest if isinstance(found, MessageSent) else None,
                again=again,
            )
    return Entry(message, recorded.version, obligation, recorded.recorded_at, channel, again=again)


def _asked(event: Event) -> Iterator[tuple[UUID, UUID | None]]:
    """The messages that an event asked for, with the person where it is for one."""
    if isinstance(event, RungsFired):
        yield from ((addressee.message, addressee.staff) for addressee in event.addressees)
    elif isinstance(event, AppointmentWithdrawn):
        yield event.message, None
