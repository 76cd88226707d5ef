"""The messages behind the pages (`staff.ports.Letters`): the book of a stream, and a letter that goes again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

from activities.delivering import Deliverer
from activities.postbook import Entry, postbook
from activities.postbox import NotHanded
from activities.resending import NotWanted
from domain.errors import Unavailable
from eventlog.log import EventLog
from staff.ports import LetterRefused, LetterRow, LetterUnknown
from worker.settings import SettingsInvalid
from workflows.messages import Delivery, Letter


class StaffLetters:
    """`post` makes what hands letters over; none where no mail server is configured. It may raise `SettingsInvalid`."""

    def __init__(self, log: EventLog, post: Callable[[], Deliverer | None]) -> None:
        self._log = log
        self._post = post

    def listed(self, stream: str) -> Sequence[LetterRow]:
        """As `Letters.listed` says."""
        return [_row(entry) for entry in postbook(self._log, stream)]

    async def resend(self, stream: str, message: UUID) -> UUID:
        """As `Letters.resend` says."""
        entries = await asyncio.to_thread(postbook, self._log, stream)
        version = next((entry.version for entry in entries if entry.message == message), None)
        if version is None:
            raise LetterUnknown
        try:
            post = self._post()
        except SettingsInvalid as half:
            raise LetterRefused(str(half)) from half
        if post is None:
            raise LetterRefused("no mail server is configured: set PUTOKAZ_SMTP_HOST")
        try:
            return await post.resend(Delivery(stream=stream, letter=Letter(message=message, version=version)))
        except NotWanted as refused:
            raise LetterRefused(str(refused)) from refused
        except NotHanded as away:
            raise Unavailable(str(away)) from away


def _row(entry: Entry) -> LetterRow:
    return LetterRow(
        message=entry.message,
        obligation=entry.obligation,
        asked_at=entry.asked_at,
        channel=entry.channel,
        recipients=entry.recipients,
        settled_at=entry.settled_at,
        reason=entry.reason,
        doubt=entry.doubt,
        digest=entry.digest,
        again=entry.again,
    )
