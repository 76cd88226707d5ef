"""Handing a letter to a mail server, with a last look before DATA: a date may have moved while the line was set up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import StrEnum

import aiosmtplib

LastLook = Callable[[], Awaitable[bool]]


class Handed(StrEnum):
    """What became of a letter at the mail server."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    ADDRESS_REFUSED = "address-refused"
    NOT_NOW = "not-now"
    """Neither yes nor no to this letter, while others may pass: a full mailbox, a greylist."""


class NotHanded(Exception):
    """The mail server cannot be reached or asks to come back: try again later."""


@dataclass(frozen=True, slots=True)
class Postbox:
    """A mail server. `timeout` in seconds, for each step of the conversation."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: str | None = None
    start_tls: bool = False
    timeout: float = 20.0

    async def hand_over(self, mail: EmailMessage, still_wanted: LastLook) -> Handed:
        """Hands one letter over; `still_wanted` is asked directly before DATA. Raises `NotHanded`."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=self.timeout,
            start_tls=self.start_tls,
            username=self.username,
            password=self.password,
        )
        try:
            async with client:
                await client.mail(self.sender)
                try:
                    await client.rcpt(str(mail["To"]))
                except aiosmtplib.SMTPRecipientRefused as refused:
                    return Handed.ADDRESS_REFUSED if refused.code >= 500 else Handed.NOT_NOW
                if not await still_wanted():
                    return Handed.WITHDRAWN
                try:
                    await client.data(mail.as_bytes(policy=SMTP_POLICY))
                except aiosmtplib.SMTPDataError:
                    return Handed.NOT_NOW
                return Handed.ACCEPTED
        except (aiosmtplib.SMTPException, OSError):
            # `from None`: a server's words may quote an address, and errors travel.
            raise NotHanded("the mail server did not take the letter") from None
