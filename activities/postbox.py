"""Handing a letter to a mail server, with a last look before DATA: a date may have moved while the line was set up.

Every step is bounded, and so is the whole. What matters is which side of DATA a fault falls on: before it the letter
certainly did not go, after it nobody knows.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import StrEnum

import aiosmtplib
import structlog

from domain.message import Doubt

_log = structlog.get_logger("putokaz.activities")

LastLook = Callable[[], Awaitable[bool]]

_PARTING = 0.5
"""Seconds for a civil end of the conversation; the receipt waits for it."""


class Handed(StrEnum):
    """What became of a letter at the mail server."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    ADDRESS_REFUSED = "address-refused"
    MAILBOX_BUSY = "mailbox-busy"
    """Neither yes nor no to this recipient, while others may pass: a full mailbox, a greylist."""
    LETTER_REFUSED = "letter-refused"
    """The address is good, this letter was not taken; the next one may be."""


class NotHanded(Exception):
    """The mail server cannot be reached or asks to come back: try again later."""


class Waits(NotHanded):
    """Its time has not come: try again in so many real seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("the letter waits for its hour")
        self.seconds = seconds


class InDoubt(NotHanded):
    """The mail server has the letter, and did not say whether it keeps it: it may go out. Try again later."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(f"the mail server did not confirm the letter: {doubt.value}")
        self.doubt = doubt


@dataclass(frozen=True, slots=True)
class Postbox:
    """A mail server. In seconds: `timeout` for each step of the conversation, `longest` for all of it."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: str | None = None
    start_tls: bool = False
    timeout: float = 20.0
    longest: float = 40.0

    async def hand_over(self, mail: EmailMessage, still_wanted: LastLook) -> Handed:
        """Hands one letter over; `still_wanted` is asked directly before DATA. Raises `NotHanded`, `InDoubt`."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=self.timeout,
            start_tls=self.start_tls,
            username=self.username,
            password=self.password,
        )
        at_data, transport = False, None
        try:
            async with asyncio.timeout(self.longest):
                await client.connect()
                transport = client.transport  # after a reply that never came the client has forgotten it
                await client.mail(self.sender)
                try:
                    await client.rcpt(str(mail["To"]))
                except aiosmtplib.SMTPRecipientRefused as refused:
                    _log.warning("address not taken", **_which(mail, refused))
                    return Handed.ADDRESS_REFUSED if refused.code >= 500 else Handed.MAILBOX_BUSY
                if not await still_wanted():
                    return Handed.WITHDRAWN
                at_data = True
                try:
                    await client.data(mail.as_bytes(policy=SMTP_POLICY))
                except aiosmtplib.SMTPDataError as refused:
                    _log.warning("letter not taken", **_which(mail, refused))
                    return Handed.LETTER_REFUSED
                return Handed.ACCEPTED
        except (aiosmtplib.SMTPException, OSError) as gone:
            # `from None`: a server's words may quote an address, and errors travel.
            if at_data:
                raise InDoubt(Doubt.REPLY_LATE if isinstance(gone, TimeoutError) else Doubt.REPLY_LOST) from None
            raise NotHanded("the mail server did not take the letter") from None
        finally:
            await _part(client, transport or client.transport)


def _which(mail: EmailMessage, refused: aiosmtplib.SMTPResponseException) -> dict[str, object]:
    """What may be logged: a wrong address stays wrong while others get the letters, so somebody has to read of it.

    The Message-ID says which letter; the server's words may quote the address.
    """
    return {"code": refused.code, "letter": str(mail["Message-ID"])}


async def _part(client: aiosmtplib.SMTP, transport: asyncio.BaseTransport | None) -> None:
    """The letter's fate is known by now: nothing that happens here changes it, and nothing here takes long."""
    try:
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            async with asyncio.timeout(_PARTING):
                await client.quit()
    finally:  # also where whoever hands over is called off meanwhile
        client.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()  # what is unsent waits for nobody
        await asyncio.sleep(0)  # in its next round the loop lets go of the socket
