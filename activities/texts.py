"""Short messages beside letters: each copy with its mark before it goes and its receipt after, in a line of its own.

A gateway that hangs holds up no letter, and a mail server that is away no short message. One that could not be sent for
a day is given up: the letter says it all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from activities.letters import Notice
from activities.noticing import Notices
from activities.planning import Recipient
from activities.postbox import Handed, InDoubt, NotHanded, Waits
from activities.receipts import LONGEST_WAIT, Asked, Copy, Receipts
from activities.sms import TextGateway
from activities.texting import text_message
from domain.errors import Unavailable
from domain.event import Event
from domain.message import Channel, Doubt, DropReason
from eventlog.handovers import Handovers, Waiting

_LATER = (NotHanded, Unavailable)


def text_of(message: UUID, recipient: UUID) -> UUID:
    """The name of the short message to one recipient: its receipt's stream, and what the gateway knows it by."""
    return uuid5(message, f"{recipient}|sms")


def _line_of(recipient: UUID) -> UUID:
    """Short messages wait for each other, not for letters."""
    return uuid5(recipient, "sms")


class Texts:
    """Sends them. `turn`: the line of this name, for as long as the block lasts."""

    def __init__(
        self,
        handovers: Handovers,
        receipts: Receipts,
        gateway: TextGateway | None,
        notices: Notices,
        in_thread: Callable[..., Any],
        turn: Callable[[UUID], AbstractAsyncContextManager[None]],
    ) -> None:
        self._handovers = handovers
        self._receipts = receipts
        self._gateway = gateway
        self._notices = notices
        self._in_thread = in_thread
        self._turn = turn

    async def wanted(self, asked: Asked, recipients: Iterable[Recipient]) -> list[Recipient]:
        """To whom a short message goes as well."""
        if self._gateway is None:
            return []
        plans = [(each, await self._in_thread(self._receipts.plan, asked, each)) for each in recipients]
        return [each for each, plan in plans if plan.as_text]

    async def send(self, asked: Asked, recipients: Iterable[Recipient]) -> None:
        """Sends to each who has none yet. Raises `NotHanded` and `Unavailable`: try again; `Waits`: when."""
        told = await asyncio.gather(*(self._send(asked, each) for each in recipients), return_exceptions=True)
        raise_gravest(each for each in told if isinstance(each, BaseException))

    async def end(self, asked: Asked, recipients: Iterable[Recipient]) -> None:
        """The message is settled, and with it whatever was not sent."""
        for each in recipients:
            await self._in_thread(self._handovers.end, text_of(asked.message, each.id))

    async def send_notice(self, asked: Waiting, position: int, recipient: Recipient, notice: Notice) -> Copy | None:
        """A short message about what is no reminder; None where the number is refused. Raises as `send`.

        `asked`: the message that it goes beside. The caller writes its receipt, and then ends it.
        """
        waiting = replace(asked, message=text_of(asked.message, recipient.id))
        async with self._in_line(waiting, position, recipient):
            return await self._hand(waiting.message, recipient, notice)

    @property
    def can_send(self) -> bool:
        """Whether there is a gateway."""
        return self._gateway is not None

    async def _send(self, asked: Asked, recipient: Recipient) -> None:
        text = text_of(asked.message, recipient.id)
        if await self._in_thread(self._receipts.has, text):
            return
        plan = await self._in_thread(self._receipts.plan, asked, recipient)
        if plan.send_at > asked.loaded.now:
            raise Waits(await self._in_thread(self._receipts.seconds_until, plan.send_at, asked.loaded.now))
        waiting = Waiting(text, asked.fired.stream, asked.fired.version)
        async with self._in_line(waiting, asked.fired.position, recipient):
            if not await self._in_thread(self._receipts.has, text):
                outcome = await self._outcome(asked, recipient, text, is_given_up=plan.is_over(asked.loaded.now))
                await self._in_thread(self._receipts.write, text, outcome)
            await self._in_thread(self._handovers.end, text)

    async def _outcome(self, asked: Asked, recipient: Recipient, text: UUID, *, is_given_up: bool) -> Event:
        """The receipt. Raises `NotHanded`, `InDoubt`."""
        if is_given_up:
            return asked.dropped(DropReason.TOO_OLD, channel=Channel.SMS)
        if asked.is_overtaken or not await self._in_thread(self._receipts.still_wanted, asked):
            return asked.dropped(DropReason.SUPERSEDED, channel=Channel.SMS)
        copy = await self._hand(text, recipient, await self._in_thread(self._notices.of, asked, recipient))
        if copy is None:
            return asked.dropped(DropReason.NO_RECIPIENT, channel=Channel.SMS)
        return asked.sent({recipient.id: copy}, channel=Channel.SMS)

    @asynccontextmanager
    async def _in_line(self, waiting: Waiting, position: int, recipient: Recipient) -> AsyncIterator[None]:
        """In the line of the recipient's telephone. Raises `Waits` for one that rests."""
        line = _line_of(recipient.id)
        rest = await self._in_thread(self._handovers.enter, waiting, line, position)
        if rest is not None:
            raise Waits(min(rest, LONGEST_WAIT))
        async with self._turn(line):
            yield

    async def _hand(self, text: UUID, recipient: Recipient, notice: Notice) -> Copy | None:
        """None where the number is refused. Raises `NotHanded`, `InDoubt`."""
        phone, line = recipient.preferences.phone, _line_of(recipient.id)
        assert self._gateway is not None
        assert phone is not None
        doubt = await self._in_thread(self._handovers.begin, text, line)
        try:
            texted = await self._gateway.send(phone, text_message(notice, recipient.locale), reference=text)
        except InDoubt as unknown:
            await self._in_thread(self._handovers.pause, text, line, unknown.doubt.value)
            raise
        except NotHanded:
            await self._in_thread(self._handovers.pause, text, line)
            raise
        if texted.handed is Handed.ACCEPTED:
            return Copy(Doubt(doubt) if doubt else None)
        await self._in_thread(self._handovers.pause, text, line)
        if texted.handed is Handed.ADDRESS_REFUSED:
            return None
        raise NotHanded("the gateway takes nothing for this number now")


def raise_gravest(errors: Iterable[BaseException]) -> None:
    """Raises what is worst among them: what nobody expected, then what is to be tried again soon, then what waits."""
    found = sorted(errors, key=_gravity)
    if found:
        raise found[0]


def _gravity(error: BaseException) -> tuple[int, float]:
    if isinstance(error, Waits):
        return 2, error.seconds
    return (1 if isinstance(error, _LATER) else 0), 0.0
