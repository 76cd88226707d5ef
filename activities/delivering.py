"""Deliver: from a fired rung to a letter at the mail server and a receipt in the message's own stream.

Repeatable: a message with a receipt is done. Where several people are to get it, each copy has a receipt of its own, so
that the full mailbox of one does not send it to the others again. The date's version is looked at again directly before
SMTP DATA, so that a reminder of an old date is not sent once the date has moved; one already in flight is followed by
the new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid5
from weakref import WeakValueDictionary

from activities.letters import Notice, letter
from activities.postbox import Handed, NotHanded, Postbox
from activities.states import JourneyStates
from domain.codes import SYSTEM_ACTOR, Role
from domain.errors import StreamConflict
from domain.event import Event, Recorded
from domain.journey.firing import Addressee, RungsFired
from domain.journey.naming import journey_code
from domain.journey.obligation import is_wanted
from domain.journey.state import journey_id
from domain.message import Channel, DropReason, MessageDropped, MessageSent, message_stream
from eventlog.decision import Decision, Loaded
from eventlog.log import EventLog
from workflows.messages import Delivery

TOO_OLD_AFTER = timedelta(days=14)
"""A reminder that could not be handed over for so long is given up; the ladder has told others meanwhile."""


class Recipient(Protocol):
    """A member of staff as far as a letter needs one."""

    @property
    def id(self) -> UUID: ...
    @property
    def email(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def locale(self) -> str: ...


class Directory(Protocol):
    """Who works here."""

    def get(self, staff_id: UUID, /) -> Recipient | None: ...
    def all(self) -> Sequence[Recipient]: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    fired: Recorded[RungsFired]
    addressee: Addressee
    loaded: Loaded


class Deliverer:
    """Delivers messages; `link` makes the address of a journey's page from its code."""

    def __init__(self, log: EventLog, directory: Directory, postbox: Postbox, link: Callable[[str], str]) -> None:
        self._log = log
        self._states = JourneyStates(log)
        self._directory = directory
        self._postbox = postbox
        self._link = link
        self._lines: dict[UUID, asyncio.Lock] = {}
        self._at_work: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, delivery: Delivery) -> None:
        """Sends the message unless it has a receipt already. Raises `NotHanded` and `Unavailable`: try again."""
        message = delivery.letter.message
        # Temporal begins another attempt when the time of one is over, and this one may still be at it.
        async with self._at_work.setdefault(message, asyncio.Lock()):
            await self._deliver(delivery)

    async def _deliver(self, delivery: Delivery) -> None:
        asked = await asyncio.to_thread(self._find, delivery)
        if asked is None or await asyncio.to_thread(self._has_receipt, delivery.letter.message):
            return
        recipients = await asyncio.to_thread(self._recipients, asked.addressee)
        outcome = await self._send(asked, recipients)
        if outcome is not None:
            await asyncio.to_thread(self._receipt, asked.addressee.message, outcome)

    async def _send(self, asked: _Asked, recipients: Sequence[Recipient]) -> Event | None:
        reached = await asyncio.to_thread(self._reached, asked, recipients)
        if asked.loaded.now - asked.fired.recorded_at > TOO_OLD_AFTER:
            return _sent(asked, reached) if reached else _dropped(asked, DropReason.TOO_OLD)
        later = False
        for recipient in recipients:
            if recipient.id in reached:
                continue
            line = self._lines.setdefault(recipient.id, asyncio.Lock())
            async with line:  # one letter at a time to a person, in the order in which they became due
                handed = await self._hand_over(asked, recipient)
            if handed is Handed.WITHDRAWN:
                if await asyncio.to_thread(self._has_receipt, asked.addressee.message):
                    return None
                return _sent(asked, reached) if reached else _dropped(asked, DropReason.SUPERSEDED)
            if handed is Handed.ACCEPTED:
                reached.append(recipient.id)
                if len(recipients) > 1:
                    copy = _copy(asked.addressee.message, recipient)
                    await asyncio.to_thread(self._receipt, copy, _sent(asked, [recipient.id]))
            later = later or handed is Handed.NOT_NOW
        if later:
            raise NotHanded("the mail server did not take every letter yet")
        if not reached:
            return _dropped(asked, DropReason.ADDRESS_REFUSED if recipients else DropReason.NO_RECIPIENT)
        return _sent(asked, reached)

    async def _hand_over(self, asked: _Asked, recipient: Recipient) -> Handed:
        event = asked.fired.event
        code = journey_code(journey_id(asked.fired.stream))
        notice = Notice(
            message=asked.addressee.message,
            code=code,
            due_at=event.due_at,
            zone=event.zone,
            late=event.late,
            link=self._link(code),
        )
        mail = letter(
            notice,
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=asked.loaded.now,
        )
        return await self._postbox.hand_over(mail, lambda: asyncio.to_thread(self._still_wanted, asked))

    def _find(self, delivery: Delivery) -> _Asked | None:
        letter = delivery.letter
        loaded = self._log.load(delivery.stream, after=letter.version - 1)
        for recorded in loaded.history[:1]:
            event = recorded.event
            if isinstance(event, RungsFired):
                for addressee in event.addressees:
                    if addressee.message == letter.message:
                        return _Asked(_narrowed(recorded, event), addressee, loaded)
        return None

    def _recipients(self, addressee: Addressee) -> Sequence[Recipient]:
        """The person, where there is one who still works here; else everyone of the role, else who is on call."""
        if addressee.staff is not None and (member := self._directory.get(addressee.staff)) is not None:
            return (member,)
        everyone = self._directory.all()
        by_role = [member for member in everyone if addressee.role.value in member.roles]
        return by_role or [member for member in everyone if Role.ON_CALL.value in member.roles]

    def _still_wanted(self, asked: _Asked) -> bool:
        event = asked.fired.event
        journey = self._states.current(asked.fired.stream)
        if journey is None or self._has_receipt(asked.addressee.message):
            return False
        return is_wanted(journey, event.obligation, event.date_version)

    def _has_receipt(self, message: UUID) -> bool:
        stream = message_stream(message)
        return stream in self._log.stream_heads((stream,))

    def _reached(self, asked: _Asked, recipients: Sequence[Recipient]) -> list[UUID]:
        """Who has their copy already, from an attempt that did not reach everybody."""
        copies = {message_stream(_copy(asked.addressee.message, r)): r.id for r in recipients}
        return [copies[stream] for stream in self._log.stream_heads(copies)]

    def _receipt(self, message: UUID, outcome: Event) -> None:
        try:
            self._log.append(
                Decision(
                    stream=message_stream(message),
                    expected_version=0,
                    command_id=uuid5(message, "receipt"),
                    actor=SYSTEM_ACTOR,
                    events=(outcome,),
                )
            )
        except StreamConflict:
            return  # another worker delivered it as well: its receipt stands


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


def _copy(message: UUID, recipient: Recipient) -> UUID:
    return uuid5(message, str(recipient.id))


def _sent(asked: _Asked, reached: Sequence[UUID]) -> MessageSent:
    event = asked.fired.event
    return MessageSent(
        journey=journey_id(asked.fired.stream),
        obligation=event.obligation,
        date_version=event.date_version,
        channel=Channel.EMAIL,
        recipients=tuple(reached),
    )


def _dropped(asked: _Asked, reason: DropReason) -> MessageDropped:
    event = asked.fired.event
    return MessageDropped(
        journey=journey_id(asked.fired.stream),
        obligation=event.obligation,
        date_version=event.date_version,
        reason=reason,
    )
