"""The line of one recipient: one letter at a time, those that were asked for earlier first, across all workers.

Whoever has the line hands over what still waits in it before their own letter, so that after an outage of days the
letters come in the order in which they became due. A letter that the mail server did not want steps aside: no other
waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from activities.attendances import Attendances
from activities.letters import Notice, letter
from activities.postbox import Handed, InDoubt, NotHanded, Postbox
from activities.receipts import Asked, Receipts, copy_of
from domain.attendance.state import Presence
from domain.codes import StreamName
from domain.errors import Unavailable
from domain.message import Doubt, moved_message
from domain.stream.firing import LATE_AFTER
from domain.stream.naming import stream_code
from domain.stream.obligation import Obligation
from domain.streams import id_of, kind_of
from eventlog.handovers import Handovers, Waiting

TOO_OLD_AFTER = timedelta(days=14)
"""A reminder that could not be handed over for so long is given up; the ladder has told others meanwhile."""
TURN_PATIENCE = 10.0
"""Seconds to wait for a line that another worker has."""
_LOOK = 0.2
_IN_ONE_GO = 20.0
"""Seconds in which letters of others may go first; then Temporal begins anew."""

Threads = Callable[..., Any]


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


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a letter, and whether an earlier copy may have gone out."""

    handed: Handed
    doubt: Doubt | None = None


class Lines:
    """Every recipient's line, as this process sees it. `in_thread` runs a blocking call on a thread of the letters."""

    def __init__(
        self,
        handovers: Handovers,
        receipts: Receipts,
        postbox: Postbox,
        link: Callable[[str], str],
        in_thread: Threads,
        *,
        attendances: Attendances,
    ) -> None:
        self._attendances = attendances
        self._handovers = handovers
        self._receipts = receipts
        self._postbox = postbox
        self._link = link
        self._in_thread = in_thread
        self._here: dict[UUID, asyncio.Lock] = {}

    async def hand_over(self, asked: Asked, recipient: Recipient) -> Given:
        """Hands a letter over in its turn. Raises `NotHanded`, `InDoubt` and `Unavailable`: try again."""
        waiting = Waiting(asked.message, asked.fired.stream, asked.fired.version)
        position = asked.fired.position
        rest = await self._in_thread(self._handovers.enter, waiting, recipient.id, position)
        if rest is not None:
            raise NotHanded(f"rests for {rest:.0f} s: the mail server took it and never said so")
        async with self._turn(recipient):
            end = time.monotonic() + _IN_ONE_GO
            while (earlier := await self._in_thread(self._handovers.earlier, recipient.id, position)) is not None:
                await self._first(earlier, recipient)
                if time.monotonic() > end:
                    raise NotHanded("many letters were before it")
            if await self._in_thread(self._receipts.reached, asked.message, (recipient.id,)):
                return Given(Handed.ACCEPTED)  # whoever had the line before us handed it over
            return await self._hand(asked, recipient)

    @asynccontextmanager
    async def _turn(self, recipient: Recipient) -> AsyncIterator[None]:
        async with self._here.setdefault(recipient.id, asyncio.Lock()):
            end = time.monotonic() + TURN_PATIENCE
            while not await self._in_thread(self._handovers.take_line, recipient.id):
                if time.monotonic() > end:
                    raise NotHanded("another worker is at the letters of this recipient")
                await asyncio.sleep(_LOOK)
            try:
                yield
            finally:
                with contextlib.suppress(Unavailable):  # then the server leaves it for us
                    await self._in_thread(self._handovers.leave_line, recipient.id)

    async def _first(self, earlier: Waiting, recipient: Recipient) -> None:
        """A letter that was asked for before: handed over if it can be; its own delivery does the rest."""
        asked = await self._in_thread(self._receipts.find, earlier.stream, earlier.version, earlier.message)
        aside = partial(self._in_thread, self._handovers.pause, earlier.message, recipient.id)
        if asked is None or asked.is_overtaken or asked.age > TOO_OLD_AFTER:
            await aside()
            return
        if await self._in_thread(self._receipts.reached, earlier.message, (recipient.id,)):
            await self._in_thread(self._handovers.end, earlier.message, recipient.id)
            return
        try:
            given = await self._hand(asked, recipient)
        except InDoubt:
            return  # it has stepped aside
        if given.handed is Handed.MAILBOX_BUSY:
            raise NotHanded("the mailbox takes nothing now")
        if given.handed is Handed.ACCEPTED:
            copy = copy_of(earlier.message, recipient.id)
            await self._in_thread(self._receipts.write, copy, asked.sent([recipient.id], given.doubt))
            await self.settle(asked, recipient)
        elif given.handed is not Handed.LETTER_REFUSED:  # which has stepped aside
            await aside()

    async def _hand(self, asked: Asked, recipient: Recipient) -> Given:
        doubt: str | None = None

        async def last_look() -> bool:
            nonlocal doubt
            if not await self._in_thread(self._receipts.still_wanted, asked):
                return False
            doubt = await self._in_thread(self._handovers.begin, asked.message, recipient.id)
            return True

        try:
            handed = await self._postbox.hand_over(await self._letter(asked, recipient), last_look)
        except InDoubt as unknown:
            await self._in_thread(self._handovers.pause, asked.message, recipient.id, unknown.doubt.value)
            raise
        if handed is Handed.LETTER_REFUSED:
            await self._in_thread(self._handovers.pause, asked.message, recipient.id)
        return Given(handed, Doubt(doubt) if doubt else None)

    async def settle(self, asked: Asked, recipient: Recipient) -> None:
        """After the receipt. A date that moved while the letter was at the mail server: the new one follows at once.

        Raises `NotHanded` and `Unavailable`: then the letter stays on the way, and this is tried again.
        """
        moved = await self._in_thread(self._receipts.moved, asked)
        if moved is not None:
            handed = await self._postbox.hand_over(await self._letter(asked, recipient, moved), _always)
            if handed not in {Handed.ACCEPTED, Handed.ADDRESS_REFUSED}:
                raise NotHanded("the new date has not gone out yet")
        await self._in_thread(self._handovers.end, asked.message, recipient.id)

    async def _letter(self, asked: Asked, recipient: Recipient, moved: Obligation | None = None) -> EmailMessage:
        event = asked.fired.event
        stream = asked.fired.stream
        code = stream_code(kind_of(stream).name, id_of(stream))
        link = self._link(code)
        date_version = event.date_version if moved is None else moved.clockwork.date_version
        notice = Notice(
            message=asked.message if moved is None else moved_message(asked.message, date_version),
            code=code,
            due_at=event.due_at if moved is None else moved.due_at,
            zone=event.zone if moved is None else moved.clockwork.deadline.zone,
            late=moved is None and (event.late or asked.age > LATE_AFTER),
            moved=moved is not None,
            link=link,
            instead_of=await self._in_thread(self._instead_of, asked, recipient),
            appointment=await self._in_thread(self._receipts.appointment, asked, date_version, link),
        )
        return letter(
            notice,
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=asked.loaded.now,
        )

    def _instead_of(self, asked: Asked, recipient: Recipient) -> str | None:
        """The code of who is away and would have had the letter; None where it is theirs, or was nobody's by name."""
        person, now = asked.addressee.staff, asked.loaded.now
        if person is None or person == recipient.id or self._attendances.presence(person, now) is Presence.HERE:
            return None
        return stream_code(StreamName.STAFF, person)


async def _always() -> bool:
    return True
