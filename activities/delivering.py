"""Deliver: from a fired rung to a letter at the mail server and a receipt in the message's own stream.

Repeatable: a message with a receipt is done. Where several people are to get it, each copy has a receipt of its own, so
that the full mailbox of one does not send it to the others again. The date's version is looked at again directly before
SMTP DATA, so that a reminder of an old date is not sent once the date has moved; one already in flight is followed by
the new one. After an outage the last letter about a date goes, and says that it is late; those before it do not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakValueDictionary

from activities.attendances import Attendances
from activities.lines import TOO_OLD_AFTER, Lines, Recipient
from activities.postbox import Handed, NotHanded, Postbox
from activities.receipts import Asked, Receipts, copy_of
from activities.states import StreamStates
from domain.attendance.state import Presence
from domain.codes import Role
from domain.event import Event
from domain.message import Doubt, DropReason
from domain.stream.firing import Addressee
from eventlog.log import EventLog
from workflows.messages import Delivery

THREADS = 8
"""For the blocking calls of letters, their own: a mail server or a database that hangs takes none from decisions."""
_ENOUGH = 20.0
"""Seconds after which the next recipient of the same message is left to the next attempt."""


class Directory(Protocol):
    """Who works here."""

    def get(self, staff_id: UUID, /) -> Recipient | None: ...
    def all(self) -> Sequence[Recipient]: ...


class _Withdrawn(Exception):
    """Directly before DATA the letter was not wanted any more."""


class Deliverer:
    """Delivers messages; `link` makes the address of a journey's page from its code."""

    def __init__(self, log: EventLog, directory: Directory, postbox: Postbox, link: Callable[[str], str]) -> None:
        self._handovers = log.handovers
        self._receipts = Receipts(log)
        self._directory = directory
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="letters")
        self._attendances = Attendances(StreamStates(log))
        self._lines = Lines(
            self._handovers, self._receipts, postbox, link, self._in_thread, attendances=self._attendances
        )
        self._at_work: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, delivery: Delivery) -> None:
        """Sends the message unless it has a receipt already. Raises `NotHanded` and `Unavailable`: try again."""
        message = delivery.letter.message
        # Temporal begins another attempt when the time of one is over, and this one may still be at it.
        async with self._at_work.setdefault(message, asyncio.Lock()):
            asked = await self._in_thread(self._receipts.find, delivery.stream, delivery.letter.version, message)
            if asked is not None and not await self._in_thread(self._receipts.has, message):
                outcome = await self._send(asked)
                if outcome is not None:
                    await self._in_thread(self._receipts.write, message, outcome)
            if asked is not None:
                await self._settle(asked)
            await self._in_thread(self._handovers.end, message)

    async def _send(self, asked: Asked) -> Event | None:
        """The receipt; None where another worker wrote it meanwhile."""
        circles = await self._in_thread(self._circles, asked.addressee, asked.loaded.now)
        everyone = {recipient.id for circle in circles for recipient in circle}
        reached: list[UUID] = await self._in_thread(self._receipts.reached, asked.message, everyone)
        if asked.is_overtaken or asked.age > TOO_OLD_AFTER:
            reason = DropReason.OVERTAKEN if asked.is_overtaken else DropReason.TOO_OLD
            return await self._given_up(asked, reached, reason)
        for circle in circles:
            try:
                doubt = await self._round(asked, circle, reached)
            except _Withdrawn:
                settled = await self._in_thread(self._receipts.has, asked.message)
                return None if settled else await self._given_up(asked, reached, DropReason.SUPERSEDED)
            if reached:
                return asked.sent(reached, doubt)
        if everyone:
            # Not every address is wrong at once: the mail server is, and it is mended one day.
            raise NotHanded("the mail server refuses every address")
        return asked.dropped(DropReason.NO_RECIPIENT)

    async def _round(self, asked: Asked, circle: Sequence[Recipient], reached: list[UUID]) -> Doubt | None:
        """Hands the letter to each of a circle, and adds to `reached` who has it. Raises `NotHanded`, `_Withdrawn`."""
        began, later = time.monotonic(), False
        doubt: Doubt | None = None
        for recipient in circle:
            if recipient.id in reached:
                continue
            if time.monotonic() - began > _ENOUGH:
                raise NotHanded("the others get it with the next attempt")
            try:
                given = await self._lines.hand_over(asked, recipient)
            except NotHanded:
                later = True
                continue
            if given.handed is Handed.WITHDRAWN:
                raise _Withdrawn
            if given.handed is Handed.ACCEPTED:
                reached.append(recipient.id)
                doubt = given.doubt or doubt
                if len(circle) > 1:
                    copy, receipt = copy_of(asked.message, recipient.id), asked.sent([recipient.id], given.doubt)
                    await self._in_thread(self._receipts.write, copy, receipt)
                    await self._lines.settle(asked, recipient)
            later = later or given.handed in {Handed.MAILBOX_BUSY, Handed.LETTER_REFUSED}
        if later:
            raise NotHanded("the mail server did not take every letter yet")
        return doubt

    async def _settle(self, asked: Asked) -> None:
        for begun in await self._in_thread(self._handovers.begun, asked.message):
            member = await self._in_thread(self._directory.get, begun)
            if member is not None:
                await self._lines.settle(asked, member)

    async def _given_up(self, asked: Asked, reached: Sequence[UUID], reason: DropReason) -> Event:
        doubt = await self._in_thread(self._handovers.doubt, asked.message)
        known = Doubt(doubt) if doubt else None
        return asked.sent(reached, known) if reached else asked.dropped(reason, known)

    def _circles(self, addressee: Addressee, now: datetime) -> list[Sequence[Recipient]]:
        """Whom to try: the person, or who covers for them; then everyone of the role; then who is on call.

        The next circle is asked only where nobody of the one before can have the letter. Whoever is absent comes last,
        and only then: a letter that waits for them is better than none. Who has left gets nothing.
        """
        presences = [(member, self._attendances.presence(member.id, now)) for member in self._directory.all()]
        here = [member for member, presence in presences if presence is Presence.HERE]
        away = [member for member, presence in presences if presence is Presence.ABSENT]
        circles = [
            self._in_person(addressee, now),
            _holding(addressee.role, here),
            _holding(Role.ON_CALL, here),
            tuple(member for member in away if member.id == addressee.staff),
            _holding(addressee.role, away),
            _holding(Role.ON_CALL, away),
        ]
        return [circle for circle in circles if circle]

    def _in_person(self, addressee: Addressee, now: datetime) -> Sequence[Recipient]:
        staff = addressee.staff and self._attendances.stand_in(addressee.staff, now)
        person = self._directory.get(staff) if staff else None
        return () if person is None else (person,)

    async def _in_thread(self, work: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


def _holding(role: Role, everyone: Iterable[Recipient]) -> Sequence[Recipient]:
    return tuple(member for member in everyone if role.value in member.roles)
