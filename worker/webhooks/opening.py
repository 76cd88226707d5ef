"""The follower and what it works with, put together from the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from activities.webhooks.address import IpNetwork, parse_networks
from vault.webhooks import Webhooks
from worker.parts import Parts
from worker.settings import Settings, SettingsInvalid
from worker.webhooks.book import WebhookBook
from worker.webhooks.following import WebhookFollower


def networks_of(settings: Settings) -> tuple[IpNetwork, ...]:
    """The networks that webhooks may reach though they are not public. Raises `SettingsInvalid`."""
    try:
        return parse_networks(settings.webhook_networks)
    except ValueError:
        raise SettingsInvalid("PUTOKAZ_WEBHOOK_NETWORKS: networks are written 10.1.0.0/16, with commas") from None


@contextmanager
def webhook_follower(settings: Settings, parts: Parts) -> Iterator[WebhookFollower]:
    """For one process. Raises `SettingsInvalid`."""
    networks, patience = networks_of(settings), timedelta(days=settings.webhook_days)
    with closing(Webhooks(settings.vault, parts.keys)) as webhooks, closing(WebhookBook(settings.projector)) as book:
        yield WebhookFollower(parts.log, webhooks, book, networks=networks, patience=patience)
