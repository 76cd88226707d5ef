"""One message: the three allow-listed facts as JSON, its id, and its signatures.

The id is derived from subscription and event, so that whatever is sent again is the same message.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid5

from standardwebhooks import Webhook

from activities.webhooks.vocabulary import PublicWord

_ID_BYTES = 15
"""120 bits: 24 signs of base 32."""


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """`subject` is the name of the stream for this partner, never our own."""

    id: UUID
    word: PublicWord
    subject: str
    at: datetime

    @property
    def webhook_id(self) -> str:
        """As the header `webhook-id` has it: the same with every try."""
        return f"msg_{self.id.hex}"

    @property
    def body(self) -> str:
        """Exactly what is signed and sent."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return json.dumps(
            {"type": self.word.value, "timestamp": at, "data": {"id": self.subject}}, separators=(",", ":")
        )


def message_id(subscription: UUID, position: int) -> UUID:
    """The id of the message about the event at a position of the log."""
    return uuid5(subscription, str(position))


def subject_of(stream: str, naming_key: bytes) -> str:
    """The name of a stream for the partner who has this key: always the same, and of no use to another partner."""
    digest = hmac.digest(naming_key, stream.encode(), sha256)[:_ID_BYTES]
    return base64.b32encode(digest).decode().lower()


def signed_headers(message: WebhookMessage, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """The headers of one try. During a rotation there are two secrets, and a signature of each."""
    moment = now.astimezone(UTC)
    signatures = (Webhook(secret).sign(message.webhook_id, moment, message.body) for secret in secrets)
    return {
        "content-type": "application/json",
        "user-agent": "Putokaz",
        "webhook-id": message.webhook_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
