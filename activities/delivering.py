"""Deliver: from a fired rung to a letter at the mail server and a receipt in the message's own stream.

Repeatable: a message with a receipt is done. Where several people are to get it, each copy has a receipt of its own, so
that the full mailbox of one does not send it to the others again. The date's version is looked at again directly before
SMTP DATA, so that a reminder of an old date is not sent once the date has moved; one already in flight is followed by
the new one. After an outage the last letter about a date goes, and says that it is late; those before it do not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakValueDictionary

from activities.attendances import Attendances
from activities.lines import Lines
from activities.noticing import Notices
from activities.planning import Recipient
from activities.postbox import Handed, NotHanded, Postbox, Waits
from activities.receipts import Asked, Copy, Receipts, copy_of
from activities.resending import NotWanted, Resending
from activities.sms import TextGateway
from activities.states import StreamStates
from activities.texts import Texts, raise_gravest
from activities.withdrawing import Withdrawals
from domain.attendance.state import Presence
from domain.codes import Role
from domain.event import Event
from domain.message import Doubt, DropReason, MessageSent
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
    """Delivers messages; `link` makes the address of a journey's page from its code.

    Without a `gateway` there are no short messages.
    """

    def __init__(
        self,
        log: EventLog,
        directory: Directory,
        postbox: Postbox,
        link: Callable[[str], str],
        gateway: TextGateway | None = None,
    ) -> None:
        self._handovers = log.handovers
        self._receipts = Receipts(log)
        self._directory = directory
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="letters")
        self._attendances = Attendances(StreamStates(log))
        notices = Notices(self._receipts, self._attendances, link)
        self._lines = Lines(self._handovers, self._receipts, postbox, notices, self._in_thread)
        self._texts = Texts(self._handovers, self._receipts, gateway, notices, self._in_thread, self._lines.turn)
        self._resending = Resending(
            self._handovers, self._receipts, postbox, notices, self._in_thread, self._lines.turn
        )
        self._withdrawals = Withdrawals(
            log,
            self._receipts,
            postbox,
            link,
            self._in_thread,
            self._lines.turn,
            self._circles,
            directory.all,
            self._texts,
        )
        self._at_work: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, delivery: Delivery) -> None:
        """Sends the message unless it has a receipt already.

        Raises `NotHanded` and `Unavailable`: try again; `Waits`: when its hour has come.
        """
        message = delivery.letter.message
        # Temporal begins another attempt when the time of one is over, and this one may still be at it.
        async with self._at_work.setdefault(message, asyncio.Lock()):
            asked = await self._in_thread(self._receipts.find, delivery.stream, delivery.letter.version, message)
            if asked is not None and not await self._in_thread(self._receipts.has, message):
                await self._tell(asked)
            if asked is not None:
                await self._settle(asked)
            else:
                await self._tell_withdrawn(delivery)
            await self._in_thread(self._handovers.end, message)

    async def resend(self, delivery: Delivery) -> UUID:
        """Sends a letter again because a person asks for it; the name under which it went.

        Raises `NotWanted`, and `NotHanded` and `Unavailable`: ask again.
        """
        message = delivery.letter.message
        asked = await self._in_thread(self._receipts.find, delivery.stream, delivery.letter.version, message)
        circles = await self._in_thread(self._circles, asked.addressee, asked.loaded.now) if asked is not None else []
        if asked is None or not circles:
            raise NotWanted("no reminder has this name, or nobody can have it")
        return await self._resending.send(asked, circles[0])

    async def _tell_withdrawn(self, delivery: Delivery) -> None:
        message = delivery.letter.message
        found = await self._in_thread(self._withdrawals.find, delivery.stream, delivery.letter.version, message)
        if found is not None and not await self._in_thread(self._receipts.has, message):
            await self._in_thread(self._receipts.write, message, await self._withdrawals.tell(found))

    async def _tell(self, asked: Asked) -> None:
        """By letter and, where the rule says so, by short message: neither waits for the other.

        The receipt of the whole stands once both are settled, so that a run that ends between them leaves none behind.
        """
        circles = await self._in_thread(self._circles, asked.addressee, asked.loaded.now)
        telephones = await self._texts.wanted(asked, circles[0]) if circles else []
        letter, texts = await asyncio.gather(
            self._letter(asked, keep=bool(telephones)), self._texts.send(asked, telephones), return_exceptions=True
        )
        raise_gravest(each for each in (letter, texts) if isinstance(each, BaseException))
        if isinstance(letter, Event):
            await self._in_thread(self._receipts.write, asked.message, letter)
        await self._texts.end(asked, telephones)

    async def _letter(self, asked: Asked, *, keep: bool) -> Event | None:
        """The receipt of the letter. `keep`: each copy has its own at once, since that of the whole has to wait."""
        outcome = await self._send(asked)
        if keep and isinstance(outcome, MessageSent):
            copies = await self._in_thread(self._receipts.copies, asked.message, outcome.recipients)
            for recipient in (each for each in outcome.recipients if each not in copies):
                copy = outcome.model_copy(update={"recipients": (recipient,)})
                await self._in_thread(self._receipts.write, copy_of(asked.message, recipient), copy)
        return outcome

    async def _send(self, asked: Asked) -> Event | None:
        """The receipt; None where another worker wrote it meanwhile."""
        circles = await self._in_thread(self._circles, asked.addressee, asked.loaded.now)
        everyone = {recipient.id for circle in circles for recipient in circle}
        reached: dict[UUID, Copy] = await self._in_thread(self._receipts.copies, asked.message, everyone)
        void = await self._in_thread(self._void, asked)
        if void is not None:
            return await self._given_up(asked, reached, void)
        for circle in circles:
            try:
                await self._round(asked, circle, reached)
            except _Withdrawn:
                settled = await self._in_thread(self._receipts.has, asked.message)
                return None if settled else await self._given_up(asked, reached, DropReason.SUPERSEDED)
            if reached:
                return asked.sent(reached)
        if everyone:
            # Not every address is wrong at once: the mail server is, and it is mended one day.
            raise NotHanded("the mail server refuses every address")
        return asked.dropped(DropReason.NO_RECIPIENT)

    def _void(self, asked: Asked) -> DropReason | None:
        """Why nobody is to hear of it any more. Asked before its hour is waited for, which may be days away.

        That a date has moved says more than that the letter is old: nobody missed anything.
        """
        if asked.is_overtaken:
            return DropReason.OVERTAKEN
        if not self._receipts.holds(asked):
            return DropReason.SUPERSEDED
        return DropReason.TOO_OLD if asked.is_too_old else None

    async def _round(self, asked: Asked, circle: Sequence[Recipient], reached: dict[UUID, Copy]) -> None:
        """Hands the letter to each of a circle, and adds to `reached` who has it.

        Raises `NotHanded`, `_Withdrawn`, and `Waits` where nothing else is missing.
        """
        began, later = time.monotonic(), False
        waits: list[float] = []
        for recipient in circle:
            if recipient.id in reached:
                continue
            if time.monotonic() - began > _ENOUGH:
                raise NotHanded("the others get it with the next attempt")
            try:
                given = await self._lines.hand_over(asked, recipient)
            except Waits as hour:
                waits.append(hour.seconds)
                continue
            except NotHanded:
                later = True
                continue
            if given.handed is Handed.WITHDRAWN:
                raise _Withdrawn
            if given.handed is Handed.ACCEPTED:
                reached[recipient.id] = given.copy
                if len(circle) > 1:
                    copy, receipt = copy_of(asked.message, recipient.id), asked.sent({recipient.id: given.copy})
                    await self._in_thread(self._receipts.write, copy, receipt)
                    await self._lines.settle(asked, recipient)
            later = later or given.handed in {Handed.MAILBOX_BUSY, Handed.LETTER_REFUSED}
        if later:
            raise NotHanded("the mail server did not take every letter yet")
        if waits:
            raise Waits(min(waits))

    async def _settle(self, asked: Asked) -> None:
        for begun in await self._in_thread(self._handovers.begun, asked.message):
            member = await self._in_thread(self._directory.get, begun)
            if member is not None:
                await self._lines.settle(asked, member)

    async def _given_up(self, asked: Asked, reached: Mapping[UUID, Copy], reason: DropReason) -> Event:
        doubt = await self._in_thread(self._handovers.doubt, asked.message)
        known = Doubt(doubt) if doubt else None
        return asked.sent(reached, doubt=known) if reached else asked.dropped(reason, known)

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
