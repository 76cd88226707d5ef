"""A letter that a person sends again: at once, to whoever it would go to now, under a name of its own.

Not for a date that holds no longer. Like any letter it has its mark before DATA and its receipt after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any
from uuid import UUID

from activities.letters import letter
from activities.noticing import Notices
from activities.planning import Recipient
from activities.postbook import again_of
from activities.postbox import Handed, InDoubt, NotHanded, Postbox
from activities.receipts import Asked, Copy, Receipts
from domain.message import Doubt
from eventlog.handovers import Handovers, Waiting


class NotWanted(Exception):
    """The date that the letter is about does not hold any more, or nobody can have it: nothing was sent."""


class Resending:
    """Sends again. `turn`: a recipient's line."""

    def __init__(
        self,
        handovers: Handovers,
        receipts: Receipts,
        postbox: Postbox,
        notices: Notices,
        in_thread: Callable[..., Any],
        turn: Callable[[UUID], AbstractAsyncContextManager[None]],
    ) -> None:
        self._handovers = handovers
        self._receipts = receipts
        self._postbox = postbox
        self._notices = notices
        self._in_thread = in_thread
        self._turn = turn

    async def send(self, asked: Asked, recipients: Sequence[Recipient]) -> UUID:
        """The name under which it went. Raises `NotWanted`, and `NotHanded`: not everybody has it, try again."""
        again: UUID = await self._in_thread(self._next, asked.message)
        reached: dict[UUID, Copy] = {}
        for recipient in recipients:
            async with self._turn(recipient.id):
                copy = await self._hand(asked, recipient, again)
            if copy is not None:
                reached[recipient.id] = copy
        if not reached:
            raise NotWanted("nobody can have it: every address is refused")
        await self._in_thread(self._receipts.write, again, asked.sent(reached))
        await self._in_thread(self._handovers.end, again)
        return again

    def _next(self, message: UUID) -> UUID:
        time = 1
        while self._receipts.has(again_of(message, time)):
            time += 1
        return again_of(message, time)

    async def _hand(self, asked: Asked, recipient: Recipient, again: UUID) -> Copy | None:
        waiting = Waiting(again, asked.fired.stream, asked.fired.version)
        await self._in_thread(self._handovers.enter, waiting, recipient.id, asked.fired.position)
        doubt: str | None = None

        async def last_look() -> bool:
            nonlocal doubt
            if not await self._in_thread(self._receipts.holds, asked):
                return False
            doubt = await self._in_thread(self._handovers.begin, again, recipient.id)
            return True

        notice = replace(await self._in_thread(self._notices.of, asked, recipient), message=again)
        mail = letter(
            notice,
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=asked.loaded.now,
        )
        try:
            handed = await self._postbox.hand_over(mail, last_look)
        except InDoubt as unknown:
            await self._in_thread(self._handovers.pause, again, recipient.id, unknown.doubt.value)
            raise
        except NotHanded:
            await self._in_thread(self._handovers.end, again, recipient.id)  # who asked hears of it, nobody else tries
            raise
        if handed is Handed.WITHDRAWN:
            await self._in_thread(self._handovers.end, again)
            raise NotWanted("the date that it is about holds no longer")
        if handed is Handed.ADDRESS_REFUSED:
            await self._in_thread(self._handovers.end, again, recipient.id)
            return None
        if handed is not Handed.ACCEPTED:
            await self._in_thread(self._handovers.end, again, recipient.id)
            raise NotHanded("the mail server does not take it now")
        return Copy(Doubt(doubt) if doubt else None)
