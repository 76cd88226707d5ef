"""A log with its follower, a vault with subscriptions, and a partner who listens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from activities.webhooks.address import parse_networks
from domain.event import Event
from eventlog.decision import Decision
from eventlog.log import EventLog
from projections.install import install as install_models
from tests.fix_eventlog import ACTOR, administrator, as_role
from tests.webhooks.partner import Partner, partner
from vault.kek import Kek
from vault.keys import Keys
from vault.webhooks import Webhook, Webhooks
from worker.webhooks.book import Endpoint, WebhookBook
from worker.webhooks.following import WebhookFollower

KEK = Kek(b"\x07" * 32)
HERE = parse_networks("127.0.0.0/8")
EVERY_WORD = ("case.opened", "case.closed", "case.changed", "case.reopened")


@dataclass
class Outbox:
    """Everything that sends; `admin` may shift the clock of the book."""

    admin: str
    vault: str
    log: EventLog
    webhooks: Webhooks
    book: WebhookBook
    follower: WebhookFollower
    partner: Partner
    versions: dict[str, int] = field(default_factory=dict)

    def subscribe(self, *words: str, url: str | None = None) -> Webhook:
        """A subscription that is at work."""
        made = self.webhooks.add("Partner", url or f"{self.partner.url}/hook", words or EVERY_WORD)
        self.book.enable(made.id)
        return made

    def record(self, event: Event, journey: UUID) -> None:
        """An event on the stream of a journey."""
        stream = f"journey-{journey}"
        version = self.versions.get(stream, 0)
        self.log.append(Decision(stream, version, uuid4(), ACTOR, (event,)))
        self.versions[stream] = version + 1

    def step(self) -> int:
        """Plans and sends once."""
        return asyncio.run(self.follower.step())

    def empty(self) -> None:
        """Until nothing is done any more."""
        while self.step():
            pass

    def time_passes(self, span: timedelta) -> None:
        """As if everything in the book had been so much earlier."""
        with administrator(self.admin) as connection:
            connection.execute(
                "UPDATE projections.webhook_endpoints SET next_at = next_at - %(s)s,"
                " failing_since = failing_since - %(s)s, last_success_at = last_success_at - %(s)s",
                {"s": span},
            )
            connection.execute(
                "UPDATE projections.webhook_deliveries SET next_at = next_at - %(s)s, tried_at = tried_at - %(s)s,"
                " first_tried_at = first_tried_at - %(s)s, settled_at = settled_at - %(s)s",
                {"s": span},
            )

    def endpoint(self, webhook: Webhook) -> Endpoint:
        return self.book.endpoints()[webhook.id]


@pytest.fixture
def outbox(log_database: str, vault_database: str) -> Iterator[Outbox]:
    """Nothing recorded, nobody subscribed."""
    install_models(log_database)
    projector = as_role(log_database, "putokaz_projector")
    with (
        partner() as listener,
        EventLog(as_role(log_database, "putokaz_writer"), size=2) as log,
        closing(Keys(vault_database, KEK)) as keys,
        closing(Webhooks(vault_database, keys)) as webhooks,
        closing(WebhookBook(projector)) as book,
    ):
        follower = WebhookFollower(log, webhooks, book, networks=HERE)
        yield Outbox(log_database, vault_database, log, webhooks, book, follower, listener)
