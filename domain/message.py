"""The stream of one message: what became of it. Its id is fixed by the rung that caused it, so it is sent once.

Doubles are possible only between the mail server's 250 and the receipt (design §2).
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid5

from domain.codes import StreamName
from domain.event import Event
from domain.values import Count, ObligationKey, StaffId

PREFIX = "message-"


def message_stream(message: UUID) -> str:
    """The stream of a message."""
    return f"{PREFIX}{message}"


def moved_message(message: UUID, date_version: int) -> UUID:
    """The id of the letter that follows at once where a date moved while `message` was at the mail server."""
    return uuid5(message, f"moved|{date_version}")


class Channel(StrEnum):
    """By what a message goes."""

    EMAIL = "email"
    SMS = "sms"


class Doubt(StrEnum):
    """Why a copy may have gone out without a receipt: the moment between the mail server's 250 and our own word.

    A letter in doubt is sent again under its Message-ID: a double is less bad than a missed hearing.
    """

    WORKER_DIED = "worker-died"
    DATABASE_AWAY = "database-away"
    """It began anew while a receipt was due."""
    REPLY_LOST = "reply-lost"
    """The mail server took DATA and the connection broke."""
    REPLY_LATE = "reply-late"
    """The mail server took DATA and never answered."""


class DropReason(StrEnum):
    """Why a message was not sent. Each leaves the next rung of the ladder to do its work."""

    SUPERSEDED = "superseded"
    """Its date has moved, or nothing is owed any more."""
    OVERTAKEN = "overtaken"
    """It could not be handed over before the next letter about the same date, which goes instead."""
    NO_RECIPIENT = "no-recipient"
    NOBODY_KNEW = "nobody-knew"
    """Of an appointment that fell away: no reminder of it had gone out."""
    TOO_OLD = "too-old"


class MessageSent(Event, topic="message.sent"):
    """The mail server took it over (SMTP 250) for every recipient, by short message a gateway.

    `digest`: what carried it, by its Message-ID, where it went in one. `doubt`: an earlier copy may have gone out too.
    """

    stream_kind: StreamName
    stream_id: UUID
    obligation: ObligationKey
    date_version: Count
    channel: Channel
    recipients: tuple[StaffId, ...]
    doubt: Doubt | None = None
    digest: UUID | None = None


class MessageDropped(Event, topic="message.dropped"):
    """It will not be sent. `doubt`: a copy may have gone out all the same. `channel`: of a short message, whose letter
    has a receipt of its own."""

    stream_kind: StreamName
    stream_id: UUID
    obligation: ObligationKey
    date_version: Count
    reason: DropReason
    doubt: Doubt | None = None
    channel: Channel = Channel.EMAIL
