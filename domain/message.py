"""The stream of one message: what became of it. Its id is fixed by the rung that caused it, so it is sent once.

Doubles are possible only between the mail server's 250 and the receipt (design §2).
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from domain.event import Event
from domain.values import Count, ObligationKey, StaffId

PREFIX = "message-"


def message_stream(message: UUID) -> str:
    """The stream of a message."""
    return f"{PREFIX}{message}"


class Channel(StrEnum):
    """By what a message goes."""

    EMAIL = "email"


class DropReason(StrEnum):
    """Why a message was not sent. Each leaves the next rung of the ladder to do its work."""

    SUPERSEDED = "superseded"
    NO_RECIPIENT = "no-recipient"
    ADDRESS_REFUSED = "address-refused"
    TOO_OLD = "too-old"


class MessageSent(Event, topic="message.sent"):
    """The mail server took it over (SMTP 250) for every recipient."""

    journey: UUID
    obligation: ObligationKey
    date_version: Count
    channel: Channel
    recipients: tuple[StaffId, ...]


class MessageDropped(Event, topic="message.dropped"):
    """It will not be sent."""

    journey: UUID
    obligation: ObligationKey
    date_version: Count
    reason: DropReason
