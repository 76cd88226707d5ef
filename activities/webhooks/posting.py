"""Handing one message over: a POST with bounds on everything, whose answer is a status and nothing else."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

import httpcore

from activities.webhooks.address import AddressRefused, GuardedBackend, IpNetwork
from activities.webhooks.message import WebhookMessage, signed_headers

LONGEST = 20.0
"""Seconds for all of it; what is claimed for sending is claimed for longer than that."""
_STEP = 10.0
_GONE = 410
_WHOLE = frozenset({408, 425, 429})
"""Said of the endpoint, not of this message."""


class Failure(StrEnum):
    """Why a message was not taken."""

    STATUS = "status"
    REDIRECT = "redirect"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one try. `of_endpoint`: it will go no better for another message.

    `retry_after`: seconds for which the endpoint asks to be left alone.
    """

    failure: Failure | None = None
    status: int | None = None
    of_endpoint: bool = False
    retry_after: float | None = None

    @property
    def is_taken(self) -> bool:
        return self.failure is None


async def post(
    url: str,
    message: WebhookMessage,
    secrets: Sequence[str],
    *,
    networks: Sequence[IpNetwork],
    now: datetime | None = None,
) -> Posted:
    """Tries once. Redirects are not followed, no proxy of the environment is used, no body of an answer is read."""
    headers = signed_headers(message, secrets, now or datetime.now(UTC))
    try:
        async with (
            asyncio.timeout(LONGEST),
            httpcore.AsyncConnectionPool(ssl_context=_tls(), network_backend=GuardedBackend(networks)) as pool,
            pool.stream(
                "POST",
                url,
                headers=list(headers.items()),
                content=message.body.encode(),
                extensions={"timeout": {"connect": _STEP, "read": _STEP, "write": _STEP, "pool": _STEP}},
            ) as answer,
        ):
            return judged(answer.status, _retry_after(answer.headers))
    except AddressRefused:
        return Posted(Failure.ADDRESS, of_endpoint=True)
    except (TimeoutError, httpcore.TimeoutException):
        return Posted(Failure.TIMEOUT, of_endpoint=True)
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ssl.SSLError, UnicodeError):
        return Posted(Failure.UNREACHABLE, of_endpoint=True)


def judged(status: int, retry_after: float | None = None) -> Posted:
    """What an answer means (Standard Webhooks: 2xx is success, 410 asks us to stop, everything else is tried again)."""
    if 200 <= status < 300:
        return Posted(status=status)
    if status == _GONE:
        return Posted(Failure.GONE, status, of_endpoint=True)
    if 300 <= status < 400:
        return Posted(Failure.REDIRECT, status, of_endpoint=True)
    whole = status >= 500 or status in _WHOLE
    return Posted(Failure.STATUS, status, of_endpoint=whole, retry_after=retry_after if whole else None)


def _retry_after(headers: Sequence[tuple[bytes, bytes]]) -> float | None:
    """In seconds; a date is not read."""
    said = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return float(said) if said.isdigit() and len(said) < 7 else None


@cache
def _tls() -> ssl.SSLContext:
    """The usual authorities; made once, since that takes 40 ms."""
    return ssl.create_default_context()
