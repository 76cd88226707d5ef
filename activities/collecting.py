"""The digest of one recipient: whatever waits in their line for it goes in one mail, with a receipt for each message.

Whoever has the line and finds a letter due that is to be collected takes the others along. Each is marked before DATA
and has its receipt after the 250, in its own stream, so that the deliveries of the others find theirs and end. A crash
between the two sends the digest again, and says so in the receipt of every message in it (docs/decisions/0018).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from activities.digest import digest, digest_message
from activities.noticing import Notices
from activities.planning import Recipient
from activities.postbox import Handed, InDoubt, Postbox
from activities.receipts import Asked, Copy, Receipts, copy_of
from domain.calendar import local_date
from domain.message import Doubt
from eventlog.handovers import Handovers

LARGEST = 200
"""Reminders in one mail; what is more goes in the next."""


class Digests:
    """Hands them over. `settle` is called for each message after its receipt. The caller has the recipient's line."""

    def __init__(
        self,
        handovers: Handovers,
        receipts: Receipts,
        postbox: Postbox,
        notices: Notices,
        in_thread: Callable[..., Any],
        settle: Callable[[Asked, Recipient], Any],
    ) -> None:
        self._handovers = handovers
        self._receipts = receipts
        self._postbox = postbox
        self._notices = notices
        self._in_thread = in_thread
        self._settle = settle

    async def due(self, asked: Asked, recipient: Recipient) -> list[Asked]:
        """`asked` and what else waits for the digest that it goes in, and is still worth saying."""
        return list(await self._in_thread(self._due, asked, recipient))

    async def hand_over(self, due: Sequence[Asked], recipient: Recipient) -> tuple[Handed, dict[UUID, Copy]]:
        """Hands several over in one mail; what became of it and, where it was taken, of each message.

        Withdrawn: one of them is not wanted any more, ask again what is due. Raises `NotHanded` and `InDoubt`.
        """
        handed, doubts = await self._hand(due, recipient)
        messages = [each.message for each in due]
        if handed is Handed.LETTER_REFUSED:
            await self._pause(messages, recipient)
        if handed is not Handed.ACCEPTED:
            return handed, {}
        name = digest_message(messages)
        copies = {message: Copy(_doubt(doubts.get(message)), name) for message in messages}
        await asyncio.gather(*(self._receipt(each, recipient, copies[each.message]) for each in due))
        for each in due:
            await self._settle(each, recipient)
        return handed, copies

    async def _hand(self, due: Sequence[Asked], recipient: Recipient) -> tuple[Handed, dict[UUID, str | None]]:
        messages = [each.message for each in due]
        doubts: dict[UUID, str | None] = {}

        async def last_look() -> bool:
            for each in due:
                if not await self._in_thread(self._receipts.still_wanted, each):
                    return False
            doubts.update(await self._in_thread(self._handovers.begin_all, messages, recipient.id))
            return True

        now = due[0].loaded.now
        mail = digest(
            [await self._in_thread(self._notices.of, each, recipient) for each in due],
            day=local_date(now, recipient.preferences.zone),
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=now,
        )
        try:
            return await self._postbox.hand_over(mail, last_look), doubts
        except InDoubt as unknown:
            await self._pause(messages, recipient, unknown.doubt)
            raise

    def _due(self, asked: Asked, recipient: Recipient) -> list[Asked]:
        found = [asked]
        for waiting in self._handovers.collected(recipient.id, LARGEST):
            each = self._receipts.find(waiting.stream, waiting.version, waiting.message)
            if each is None or each.message == asked.message or each.is_overtaken or each.is_too_old:
                continue
            plan = self._receipts.plan(each, recipient)
            if not plan.collected or plan.send_at > each.loaded.now:
                continue  # urgent by now, or its recipient has chosen another hour: its own delivery knows
            if self._receipts.still_wanted(each) and not self._receipts.copies(each.message, (recipient.id,)):
                found.append(each)
        return found

    async def _receipt(self, each: Asked, recipient: Recipient, copy: Copy) -> None:
        written = each.sent({recipient.id: copy})
        await self._in_thread(self._receipts.write, copy_of(each.message, recipient.id), written)

    async def _pause(self, messages: Sequence[UUID], recipient: Recipient, doubt: Doubt | None = None) -> None:
        for message in messages:
            await self._in_thread(self._handovers.pause, message, recipient.id, doubt.value if doubt else None)


def _doubt(cause: str | None) -> Doubt | None:
    return Doubt(cause) if cause else None
