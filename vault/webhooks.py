"""Subscriptions of partner systems, encrypted under a key of the organisation: address, words, secrets.

    made = webhooks.add("a partner", "https://…", ("case.closed",))     # made.secrets[0] is shown to them once
    webhooks.rotate(made.id, overlap=timedelta(days=1))                 # both secrets sign until the old one ends

Whether a subscription is at work, and what was sent, is no secret and stands beside the log (`worker.webhooks`).
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import RecordBroken, WebhookKnown
from vault.keys import Keys

PREFIX = "whsec_"
_SECRET_BYTES = 32
"""Standard Webhooks: between 24 and 64."""
_STREAM, _COMPARTMENT = "organisation", "webhooks"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Secret:
    """`until`: when it signs no longer, by the clock of this machine; None for the one in use."""

    text: str = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """One subscription. `naming_key` makes the names that this partner knows streams by; no other partner has it."""

    id: UUID
    name: str
    url: str = field(repr=False)
    words: tuple[str, ...]
    all_secrets: tuple[Secret, ...] = field(repr=False)
    naming_key: bytes = field(repr=False)
    created_at: datetime

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Those that sign now, the newest first."""
        return tuple(s.text for s in self.all_secrets if s.until is None or now < s.until)


class Webhooks:
    """Safe for many threads. Raises `VaultUnavailable`, and `RecordBroken` for a record that does not open."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 1) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def add(self, name: str, url: str, words: Iterable[str], *, webhook: UUID | None = None) -> Webhook:
        """A new subscription with its first secret, under an id of the caller's or a new one.

        Whoever calls has checked the address. Raises `ValueError`, and `WebhookKnown` where there is one.
        """
        if not 0 < len(name) <= _LONGEST_NAME:
            raise ValueError(f"a name has between 1 and {_LONGEST_NAME} letters")
        made = Webhook(
            webhook or uuid4(),
            name,
            url,
            tuple(words),
            (Secret(_new_secret()),),
            os.urandom(_SECRET_BYTES),
            datetime.now(UTC),
        )
        if not self._put(made, "add_webhook"):
            raise WebhookKnown
        return made

    def get(self, webhook: UUID) -> Webhook | None:
        """The subscription, or None."""
        row = self._database.run(lambda c: c.execute(query("webhook"), (webhook,)).fetchone())
        return None if row is None else self._opened(*row)

    def all(self) -> list[Webhook]:
        """Every subscription, oldest first."""
        rows = self._database.run(lambda c: c.execute(query("all_webhooks")).fetchall())
        return [self._opened(*row) for row in rows]

    def rotate(self, webhook: UUID, *, overlap: timedelta, now: datetime) -> Webhook | None:
        """With a new secret first; the one in use signs as well for as long as `overlap`. None where there is none."""
        known = self.get(webhook)
        if known is None:
            return None
        kept = [
            Secret(s.text, min(s.until, now + overlap) if s.until else now + overlap)
            for s in known.all_secrets
            if s.until is None or now < s.until
        ]
        changed = replace(known, all_secrets=(Secret(_new_secret()), *(kept if overlap else ())))
        self._put(changed, "put_webhook")
        return changed

    def remove(self, webhook: UUID) -> bool:
        """Whether there was something to remove; address and secrets are gone with it."""
        return self._database.run(lambda c: c.execute(query("remove_webhook"), (webhook,)).rowcount) > 0

    def _put(self, webhook: Webhook, how: str) -> bool:
        """Whether it was stored."""
        body = {
            "name": webhook.name,
            "url": webhook.url,
            "words": list(webhook.words),
            "secrets": [{"text": s.text, "until": s.until and s.until.isoformat()} for s in webhook.all_secrets],
            "naming_key": webhook.naming_key.hex(),
        }
        data_key = self._keys.current_key(_STREAM, _COMPARTMENT)
        record = sealed(data_key.key, json.dumps(body).encode(), _context(webhook.id))
        values = {"id": webhook.id, "key_id": data_key.key_id, "sealed": record}
        return self._database.run(lambda c: c.execute(query(how), values).rowcount) > 0

    def _opened(self, webhook: UUID, key_id: UUID, record: bytes, created_at: datetime) -> Webhook:
        key = self._keys.opening_key(key_id)
        if key is None:
            raise RecordBroken(f"the key of webhook {webhook} was destroyed")
        what = f"the record of webhook {webhook}"
        body: dict[str, Any] = json.loads(opened(key, record, _context(webhook), what=what))
        return Webhook(
            webhook,
            body["name"],
            body["url"],
            tuple(body["words"]),
            tuple(
                Secret(s["text"], datetime.fromisoformat(s["until"]) if s["until"] else None) for s in body["secrets"]
            ),
            bytes.fromhex(body["naming_key"]),
            created_at,
        )


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _context(webhook: UUID) -> bytes:
    return b"putokaz-webhook-1" + webhook.bytes
