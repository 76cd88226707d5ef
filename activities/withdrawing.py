"""Telling everybody who had a reminder of an appointment that it has moved or was called off, each of them once.

Who had one stands in the receipts, and in the marks of what is at a mail server at this moment. Each is asked about in
the recipient's own line: a reminder of the old date goes before, with its mark, or after, and then finds that its date
is void. So nobody keeps an old date in the calendar, and nobody hears of one they never had.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from activities.ical import Appointment
from activities.letters import Notice, letter
from activities.planning import TEXT_GIVEN_UP_AFTER, Recipient
from activities.postbox import Handed, InDoubt, NotHanded, Postbox, Waits
from activities.receipts import TOO_OLD_AFTER, Copy, Receipts, copy_of
from activities.texts import Texts, raise_gravest, text_of
from domain.event import Event, Recorded
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent, message_stream, moved_message
from domain.quiet import AT_ONCE, Preferences, after_quiet, urgency_of, urgency_of_late
from domain.stream.firing import Addressee, RungsFired
from domain.stream.naming import stream_code
from domain.stream.withdrawing import AppointmentWithdrawn
from domain.streams import id_of, kind_of
from eventlog.handovers import Handovers, Waiting
from eventlog.log import EventLog


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an appointment fell away, and the history of its stream as it was read at `now`."""

    recorded: Recorded[Event]
    event: AppointmentWithdrawn
    history: Sequence[Recorded[Event]]
    now: datetime

    def is_urgent(self, wishes: Preferences) -> bool:
        """Whether it goes at any hour: the date that fell away was near when it did, or is near by now."""
        at, asked_at = self.event.starts_at, self.recorded.recorded_at
        urgencies = (
            urgency_of(at, now=asked_at, preferences=wishes),
            urgency_of_late(at, now=self.now, preferences=wishes),
        )
        return not AT_ONCE.isdisjoint(urgencies)

    @property
    def messages(self) -> dict[UUID, Addressee | None]:
        """Everything that told people of a date of this appointment until then, with its addressee."""
        found: dict[UUID, Addressee | None] = {}
        for each in (r.event for r in self.history if r.version < self.recorded.version):
            if isinstance(each, RungsFired) and each.obligation == self.event.obligation:
                found.update({addressee.message: addressee for addressee in each.addressees})
            elif isinstance(each, AppointmentWithdrawn) and each.obligation == self.event.obligation:
                found[each.message] = None
        return found


class Withdrawals:
    """Tells them. `turn`: a recipient's line; `circles`: who a letter goes to; `everyone`: who works here."""

    def __init__(
        self,
        log: EventLog,
        receipts: Receipts,
        postbox: Postbox,
        link: Callable[[str], str],
        in_thread: Callable[..., Any],
        turn: Callable[[UUID], AbstractAsyncContextManager[None]],
        circles: Callable[[Addressee, datetime], Iterable[Sequence[Recipient]]],
        everyone: Callable[[], Sequence[Recipient]],
        texts: Texts,
    ) -> None:
        self._log = log
        self._handovers: Handovers = log.handovers
        self._receipts = receipts
        self._postbox = postbox
        self._link = link
        self._in_thread = in_thread
        self._turn = turn
        self._circles = circles
        self._everyone = everyone
        self._texts = texts

    def find(self, stream: str, version: int, message: UUID) -> Withdrawal | None:
        """What asked for the message; None where that event did not. Raises `Unavailable`."""
        loaded = self._log.load(stream)
        for recorded in loaded.history[version - 1 : version]:
            event = recorded.event
            if isinstance(event, AppointmentWithdrawn) and event.message == message:
                return Withdrawal(recorded, event, loaded.history, loaded.now)
        return None

    async def tell(self, found: Withdrawal) -> Event:
        """The receipt, once everybody who had a reminder knows. Raises `NotHanded`, `Waits`, `Unavailable`: again."""
        if found.now - found.recorded.recorded_at > TOO_OLD_AFTER:
            return self._dropped(found, DropReason.TOO_OLD)
        reached: dict[UUID, Copy] = {}
        waits: list[float] = []
        later = False
        for recipient in await self._in_thread(self._candidates, found):
            try:
                copy = await self._tell(found, recipient)
            except Waits as hour:
                waits.append(hour.seconds)
            except NotHanded:
                later = True
            else:
                if copy is not None:
                    reached[recipient.id] = copy
        texts = [self._text(found, each) for each in await self._in_thread(self._everyone) if each.id in reached]
        failed = await asyncio.gather(*texts, return_exceptions=True)
        if later:
            raise NotHanded("the mail server did not take every letter yet")
        if waits:
            raise Waits(min(waits))
        raise_gravest(each for each in failed if isinstance(each, BaseException))
        return self._sent(found, reached) if reached else self._dropped(found, DropReason.NOBODY_KNEW)

    def _candidates(self, found: Withdrawal) -> list[Recipient]:
        """Who had a reminder, and who may get one at this moment."""
        messages, everyone, now = found.messages, list(self._everyone()), self._log.now()
        settled = self._log.stream_heads(message_stream(message) for message in messages) if messages else {}
        ids = {r.id for r in everyone if self._had_one(messages, r)}
        for message, addressee in messages.items():
            if addressee is not None and message_stream(message) not in settled:
                circles = self._circles(addressee, now)
                ids.update(recipient.id for circle in circles for recipient in circle)
        return [recipient for recipient in everyone if recipient.id in ids]

    def _had_one(self, messages: Iterable[UUID], recipient: Recipient) -> bool:
        for message in messages:
            if recipient.id in self._handovers.begun(message) or self._receipts.has(copy_of(message, recipient.id)):
                return True
            receipts = (recorded.event for recorded in self._log.load(message_stream(message)).history)
            if any(isinstance(each, MessageSent) and recipient.id in each.recipients for each in receipts):
                return True
        return False

    async def _tell(self, found: Withdrawal, recipient: Recipient) -> Copy | None:
        """One recipient; None for who never had a reminder, or has no mailbox any more."""
        message = found.event.message
        copy = copy_of(message, recipient.id)
        told: dict[UUID, Copy] = await self._in_thread(self._receipts.copies, message, (recipient.id,))
        if told:
            return told[recipient.id]
        wishes = recipient.preferences
        if not found.is_urgent(wishes):
            at = after_quiet(found.now, wishes)
            if at > found.now:
                raise Waits(await self._in_thread(self._receipts.seconds_until, at, found.now))
        async with self._turn(recipient.id):
            if not await self._in_thread(self._had_one, found.messages, recipient):
                return None
            waiting = Waiting(message, found.recorded.stream, found.recorded.version)
            enter = partial(self._handovers.enter, due_at=found.event.starts_at)
            rest = await self._in_thread(enter, waiting, recipient.id, found.recorded.position)
            if rest is not None:
                raise NotHanded("rests: the mail server took it and never said so")
            handed, doubt = await self._hand(found, recipient)
            if handed is Handed.ACCEPTED:
                written = self._sent(found, {recipient.id: Copy(doubt)})
                await self._in_thread(self._receipts.write, copy, written)
            elif handed is not Handed.ADDRESS_REFUSED:
                raise NotHanded("the mail server does not take it now")
            await self._in_thread(self._handovers.end, message, recipient.id)
            return Copy(doubt) if handed is Handed.ACCEPTED else None

    async def _text(self, found: Withdrawal, recipient: Recipient) -> None:
        """Beside the letter, where it is urgent and there is a number. Raises as `Texts.send`."""
        message, wishes = found.event.message, recipient.preferences
        text, age = text_of(message, recipient.id), found.now - found.recorded.recorded_at
        wanted = found.is_urgent(wishes) and wishes.phone and self._texts.can_send
        if not wanted or await self._in_thread(self._receipts.has, text):
            return
        copy = None
        if age <= TEXT_GIVEN_UP_AFTER:
            waiting = Waiting(message, found.recorded.stream, found.recorded.version)
            notice: Notice = await self._in_thread(self._notice, found)
            copy = await self._texts.send_notice(waiting, found.recorded.position, recipient, notice)
        sent = self._sent(found, {recipient.id: copy}, Channel.SMS) if copy is not None else None
        reason = DropReason.NO_RECIPIENT if age <= TEXT_GIVEN_UP_AFTER else DropReason.TOO_OLD
        await self._in_thread(self._receipts.write, text, sent or self._dropped(found, reason, Channel.SMS))
        await self._in_thread(self._handovers.end, text)

    async def _hand(self, found: Withdrawal, recipient: Recipient) -> tuple[Handed, Doubt | None]:
        message, doubt = found.event.message, None

        async def mark() -> bool:
            nonlocal doubt
            doubt = await self._in_thread(self._handovers.begin, message, recipient.id)
            return True

        notice: Notice = await self._in_thread(self._notice, found)
        mail = letter(
            notice,
            sender=self._postbox.sender,
            recipient=recipient.email,
            locale=recipient.locale,
            now=found.now,
        )
        try:
            handed = await self._postbox.hand_over(mail, mark)
        except InDoubt as unknown:
            await self._in_thread(self._handovers.pause, message, recipient.id, unknown.doubt.value)
            raise
        if handed not in {Handed.ACCEPTED, Handed.ADDRESS_REFUSED}:
            await self._in_thread(self._handovers.pause, message, recipient.id)
        return handed, Doubt(doubt) if doubt else None

    def _notice(self, found: Withdrawal) -> Notice:
        """The date that holds now; the void one, called off, where none does."""
        event, stream = found.event, found.recorded.stream
        kind = kind_of(stream)
        state = kind.fold(self._log.load(stream).history)
        owed = next((o for o in kind.obligations(state) if o.key == event.obligation), None) if state else None
        holds = owed is not None and owed.appointment is not None and owed.appointment > found.now
        starts_at = owed.appointment if holds and owed and owed.appointment else event.starts_at
        zone = owed.clockwork.deadline.zone if holds and owed else event.zone
        sequence = owed.clockwork.date_version if owed else event.date_version + 1
        code = stream_code(kind.name, id_of(stream))
        link = self._link(code)
        return Notice(
            message=moved_message(event.message, sequence),
            code=code,
            due_at=starts_at,
            zone=zone,
            late=False,
            link=link,
            moved=holds,
            called_off=not holds,
            appointment=Appointment(stream, event.obligation, sequence, code, starts_at, zone, link),
        )

    def _sent(self, found: Withdrawal, reached: dict[UUID, Copy], channel: Channel = Channel.EMAIL) -> MessageSent:
        return MessageSent(
            stream_kind=kind_of(found.recorded.stream).name,
            stream_id=id_of(found.recorded.stream),
            obligation=found.event.obligation,
            date_version=found.event.date_version,
            channel=channel,
            recipients=tuple(reached),
            doubt=next((copy.doubt for copy in reached.values() if copy.doubt), None),
        )

    def _dropped(self, found: Withdrawal, reason: DropReason, channel: Channel = Channel.EMAIL) -> MessageDropped:
        return MessageDropped(
            stream_kind=kind_of(found.recorded.stream).name,
            stream_id=id_of(found.recorded.stream),
            obligation=found.event.obligation,
            date_version=found.event.date_version,
            reason=reason,
            channel=channel,
        )
