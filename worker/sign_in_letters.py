"""Tells people by letter that how they sign in was changed (NIST SP 800-63B-4 §4.6), until a mail server has taken it.

Several changes of one person are one letter. No quiet hours hold it back: if it was somebody else, each hour counts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid5

import structlog

from activities.letters import account_letter
from activities.postbox import Handed, NotHanded, Postbox
from eventlog.unforeseen import kind_and_place
from vault.errors import VaultUnavailable
from vault.sign_in_letters import AGAIN, OwedLetter, SignInLetters
from vault.staff import StaffDirectory
from worker.mailing import postbox
from worker.parts import Parts
from worker.settings import Settings

_log = structlog.get_logger("putokaz")
PAUSE = 10.0
"""Seconds between two looks at what is owed."""
_MESSAGES = UUID("5a0b8f0e-6c1d-4a55-9c43-0f2d6a3c7b19")


class SignInPost:
    """`link`: where the person sees what was changed. `again`: after how long what was not taken is tried anew.

    `clock`: the real one, for the letter's own date.
    """

    def __init__(
        self,
        letters: SignInLetters,
        directory: StaffDirectory,
        post: Postbox,
        link: str,
        *,
        again: timedelta = AGAIN,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._letters = letters
        self._directory = directory
        self._post = post
        self._link = link
        self._again = again
        self._clock = clock

    async def send_owed(self) -> int:
        """How many letters were handed over. What could not be is owed on. Raises `VaultUnavailable`."""
        claimed = await asyncio.to_thread(lambda: self._letters.claim(pause=self._again))
        sent = 0
        for staff, owed in groupby(sorted(claimed, key=lambda each: (each.staff, each.position)), lambda e: e.staff):
            sent += await self._told(staff, list(owed))
        return sent

    async def _told(self, staff: UUID, owed: Sequence[OwedLetter]) -> bool:
        member = await asyncio.to_thread(self._directory.get, staff)
        handed = Handed.WITHDRAWN
        if member is not None:
            last = owed[-1]
            mail = account_letter(
                uuid5(_MESSAGES, str(last.position)),
                last.at,
                zone=member.preferences.zone,
                link=self._link,
                sender=self._post.sender,
                recipient=member.email,
                locale=member.locale,
                now=self._clock(),
            )
            try:
                handed = await self._post.hand_over(mail, _still)
            except NotHanded as away:
                _log.warning("a letter about a sign-in waits", reason=str(away))
                return False
        if handed is not Handed.MAILBOX_BUSY:
            await asyncio.to_thread(self._letters.told, [each.position for each in owed])
        return handed is Handed.ACCEPTED


async def _still() -> bool:
    """What happened stays so."""
    return True


async def tell_of_sign_ins(settings: Settings, parts: Parts, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Until asked to stop. What hinders it is logged, and ends neither it nor the worker."""
    post = postbox(settings)
    if post is None:
        return  # the doctor says that there is no mail server
    with closing(SignInLetters(settings.vault)) as letters:
        owed = SignInPost(letters, parts.directory, post, f"{settings.address}/me#sign-ins")
        while not stop.is_set():
            try:
                await owed.send_owed()
            except VaultUnavailable as away:
                _log.warning("no letters about sign-ins now", reason=str(away))
            except Exception as unforeseen:  # nobody waits for this task: ended, it would be missed by nobody
                _log.error("no letters about sign-ins", **kind_and_place(unforeseen))
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                continue
