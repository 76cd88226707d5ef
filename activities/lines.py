"""The line of one recipient: one letter at a time, those that were asked for earlier first, across all workers.

Whoever has the line hands over what still waits in it before their own letter, so that after an outage of days the
letters come in the order in which they became due. A letter that the mail server did not want steps aside: no other
waits for it. One whose hour has not come is not in anybody's way; those for one digest go together.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from typing import Any
from uuid import UUID

from activities.collecting import Digests
from activities.letters import Notice, letter
from activities.noticing import Notices
from activities.planning import Plan, Recipient
from activities.postbox import Handed, InDoubt, NotHanded, Postbox, Waits
from activities.receipts import LONGEST_WAIT, Asked, Copy, Receipts, copy_of
from domain.errors import Unavailable
from domain.message import Doubt
from eventlog.handovers import Handovers, Waiting

TURN_PATIENCE = 10.0
"""Seconds to wait for a line that another worker has."""
_LOOK = 0.2
_IN_ONE_GO = 20.0
"""Seconds in which letters of others may go first; then Temporal begins anew."""

_COMPOSED = 5
"""How often a digest is composed anew because something in it moved meanwhile."""

Threads = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a letter, and of its copy where it was taken."""

    handed: Handed
    copy: Copy = field(default_factory=Copy)


class Lines:
    """Every recipient's line, as this process sees it. `in_thread` runs a blocking call on a thread of the letters."""

    def __init__(
        self, handovers: Handovers, receipts: Receipts, postbox: Postbox, notices: Notices, in_thread: Threads
    ) -> None:
        self._handovers = handovers
        self._receipts = receipts
        self._postbox = postbox
        self._notices = notices
        self._in_thread = in_thread
        self._digests = Digests(handovers, receipts, postbox, self._notices, in_thread, self.settle)
        self._here: dict[UUID, asyncio.Lock] = {}

    async def hand_over(self, asked: Asked, recipient: Recipient) -> Given:
        """Hands a letter over in its turn, which it may not be.

        Raises `NotHanded`, `InDoubt` and `Unavailable`: try again; `Waits`: when.
        """
        waiting = Waiting(asked.message, asked.fired.stream, asked.fired.version)
        position = asked.fired.position
        plan: Plan = await self._in_thread(self._receipts.plan, asked, recipient)
        enter = partial(self._handovers.enter, collected=plan.collected, due_at=asked.fired.event.due_at)
        rest = await self._in_thread(enter, waiting, recipient.id, position, plan.send_at)
        if plan.send_at > asked.loaded.now:
            raise Waits(await self._in_thread(self._receipts.seconds_until, plan.send_at, asked.loaded.now))
        if rest is not None:
            raise Waits(min(rest, LONGEST_WAIT))
        async with self.turn(recipient.id):
            end = time.monotonic() + _IN_ONE_GO
            while (earlier := await self._in_thread(self._handovers.earlier, recipient.id, position)) is not None:
                await self._first(earlier, recipient)
                if time.monotonic() > end:
                    raise NotHanded("many letters were before it")
            copies = await self._in_thread(self._receipts.copies, asked.message, (recipient.id,))
            if recipient.id in copies:
                return Given(Handed.ACCEPTED, copies[recipient.id])  # whoever had the line before us handed it over
            return await (self._collect(asked, recipient) if plan.collected else self._hand(asked, recipient))

    async def _collect(self, asked: Asked, recipient: Recipient) -> Given:
        """In one mail with what else waits for it; by itself where nothing does."""
        for _ in range(_COMPOSED):
            due = await self._digests.due(asked, recipient)
            if len(due) == 1:
                return await self._hand(asked, recipient)
            handed, copies = await self._digests.hand_over(due, recipient)
            if handed is not Handed.WITHDRAWN:
                return Given(handed, copies.get(asked.message, Copy()))
            if not await self._in_thread(self._receipts.still_wanted, asked):
                return Given(handed)
        raise NotHanded("the dates in the digest move all the time")

    @asynccontextmanager
    async def turn(self, line: UUID) -> AsyncIterator[None]:
        """Has the line for as long as the block lasts. Raises `NotHanded` where another worker keeps it."""
        async with self._here.setdefault(line, asyncio.Lock()):
            end = time.monotonic() + TURN_PATIENCE
            while not await self._in_thread(self._handovers.take_line, line):
                if time.monotonic() > end:
                    raise NotHanded("another worker is at the letters of this recipient")
                await asyncio.sleep(_LOOK)
            try:
                yield
            finally:
                with contextlib.suppress(Unavailable):  # then the server leaves it for us
                    await self._in_thread(self._handovers.leave_line, line)

    async def _first(self, earlier: Waiting, recipient: Recipient) -> None:
        """A letter that was asked for before: handed over if it can be; its own delivery does the rest."""
        asked = await self._in_thread(self._receipts.find, earlier.stream, earlier.version, earlier.message)
        aside = partial(self._in_thread, self._handovers.pause, earlier.message, recipient.id)
        if asked is None or asked.is_overtaken or asked.is_too_old:
            await aside()
            return
        if await self._in_thread(self._receipts.copies, earlier.message, (recipient.id,)):
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
            await self._in_thread(self._receipts.write, copy, asked.sent({recipient.id: given.copy}))
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
            notice = await self._in_thread(self._notices.of, asked, recipient)
            handed = await self._postbox.hand_over(self._letter(asked, notice, recipient), last_look)
        except InDoubt as unknown:
            await self._in_thread(self._handovers.pause, asked.message, recipient.id, unknown.doubt.value)
            raise
        if handed is Handed.LETTER_REFUSED:
            await self._in_thread(self._handovers.pause, asked.message, recipient.id)
        return Given(handed, Copy(Doubt(doubt) if doubt else None))

    async def settle(self, asked: Asked, recipient: Recipient) -> None:
        """After the receipt. A date that moved while the letter was at the mail server: the new one follows at once.

        Raises `NotHanded` and `Unavailable`: then the letter stays on the way, and this is tried again.
        """
        moved = await self._in_thread(self._receipts.moved, asked)
        if moved is not None:
            notice = await self._in_thread(self._notices.moved, asked, recipient, moved)
            handed = await self._postbox.hand_over(self._letter(asked, notice, recipient), _always)
            if handed not in {Handed.ACCEPTED, Handed.ADDRESS_REFUSED}:
                raise NotHanded("the new date has not gone out yet")
        await self._in_thread(self._handovers.end, asked.message, recipient.id)

    def _letter(self, asked: Asked, notice: Notice, recipient: Recipient) -> EmailMessage:
        return letter(
            notice,
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=asked.loaded.now,
        )


async def _always() -> bool:
    return True
