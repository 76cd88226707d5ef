"""Handing a short message to a gateway over HTTP, with the same endings as a letter at a mail server.

    texted = await HttpGateway(url="https://…", token="…").send("+381…", text, reference=message)

The port is one method, so that another kind of gateway is one more class. What matters is on which side of the request
a fault falls: before it the message certainly did not go, after it nobody knows.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol
from uuid import UUID

import httpx

from activities.postbox import Handed, InDoubt, NotHanded
from domain.message import Doubt

_REFUSED = frozenset({400, 404, 410, 413, 414, 422})
"""This number, or this message to it, is not taken. Others may be."""
_BUSY = frozenset({408, 425, 429})
_IN_DOUBT = frozenset({502, 504})
"""Said by what stands before the gateway: it may have the message."""
_LONGEST_RECEIPT = 200


@dataclass(frozen=True, slots=True)
class Texted:
    """What became of a message; `receipt` is the gateway's name for it, where it gave one."""

    handed: Handed
    receipt: str | None = None


class TextGateway(Protocol):
    """Whatever sends short messages."""

    async def send(self, to: str, text: str, *, reference: UUID) -> Texted:
        """Sends `text` to the number `to` (E.164). `reference` is the same for each try of one message.

        Raises `NotHanded` and `InDoubt`: try again later.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fields:
    """What the gateway calls what we send and what it answers (JSON)."""

    to: str = "to"
    text: str = "text"
    reference: str = "reference"
    receipt: str = "id"


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A gateway that takes one JSON document by POST, with a bearer token.

    In seconds: `timeout` for each step, `longest` for all of it. Raises `ValueError` for an address without TLS that is
    not on this machine: it would carry the token and telephone numbers in the clear.
    """

    url: str = field(repr=False)
    token: str = field(repr=False)
    fields: Fields = Fields()
    timeout: float = 10.0
    longest: float = 30.0

    def __post_init__(self) -> None:
        url = httpx.URL(self.url)
        if url.scheme != "https" and not (url.scheme == "http" and _is_here(url.host)):
            raise ValueError("a gateway is reached by https, or by http on this machine")

    async def send(self, to: str, text: str, *, reference: UUID) -> Texted:
        """As `TextGateway.send` says."""
        asked = {self.fields.to: to, self.fields.text: text, self.fields.reference: str(reference)}
        under_way = False

        async def traced(event: str, _: object) -> None:
            nonlocal under_way
            under_way = under_way or event.endswith(".send_request_headers.started")

        try:
            # Not from the environment: whatever proxy is named there must not see who is written to.
            async with (
                asyncio.timeout(self.longest),
                httpx.AsyncClient(timeout=self.timeout, trust_env=False) as client,
            ):
                answer = await client.post(
                    self.url,
                    json=asked,
                    headers={"authorization": f"Bearer {self.token}", "idempotency-key": str(reference)},
                    extensions={"trace": traced},
                )
        except (httpx.TransportError, TimeoutError) as gone:
            # `from None`: what a library says may quote the address, and errors travel.
            if under_way:
                late = isinstance(gone, httpx.ReadTimeout | TimeoutError)
                raise InDoubt(Doubt.REPLY_LATE if late else Doubt.REPLY_LOST) from None
            raise NotHanded("the gateway cannot be reached") from None
        return self._judged(answer)

    def _judged(self, answer: httpx.Response) -> Texted:
        status = answer.status_code
        if answer.is_success:
            return Texted(Handed.ACCEPTED, self._receipt(answer))
        if status in _REFUSED:
            return Texted(Handed.ADDRESS_REFUSED)
        if status in _BUSY:
            return Texted(Handed.MAILBOX_BUSY)
        if status in _IN_DOUBT:
            raise InDoubt(Doubt.REPLY_LOST)
        # Our token, our credit, a wrong address, a broken gateway: no number is to blame, and somebody will mend it.
        raise NotHanded(f"the gateway answers {status}")

    def _receipt(self, answer: httpx.Response) -> str | None:
        try:
            found = answer.json()
        except ValueError:
            return None
        receipt = found.get(self.fields.receipt) if isinstance(found, dict) else None
        return str(receipt)[:_LONGEST_RECEIPT] if isinstance(receipt, str | int) else None


@cache
def _tls() -> ssl.SSLContext:
    """The usual authorities; made once, since that takes 40 ms."""
    return httpx.create_ssl_context(trust_env=False)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
