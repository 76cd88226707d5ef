"""Subscriptions behind the command line and the API (`staff.subscriptions.Subscriptions`): vault, book, follower."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from activities.webhooks.address import AddressRefused, IpNetwork, check_url
from activities.webhooks.message import WebhookMessage
from activities.webhooks.posting import post
from activities.webhooks.vocabulary import SUBSCRIBABLE, PublicWord
from eventlog.log import EventLog
from staff.subscriptions import (
    DeliveryRow,
    SubscriptionInvalid,
    SubscriptionKnown,
    SubscriptionRefused,
    SubscriptionRow,
    SubscriptionSecret,
    SubscriptionState,
    SubscriptionUnknown,
    TrialMessage,
)
from vault.errors import WebhookKnown
from vault.webhooks import Webhook, Webhooks
from worker.parts import Parts
from worker.settings import Mode, Settings, SettingsInvalid
from worker.webhooks.book import Endpoint, HaltCause, Receipt, WebhookBook
from worker.webhooks.following import WebhookFollower
from worker.webhooks.opening import networks_of

Networks = Callable[[], Sequence[IpNetwork]]


class PartnerSubscriptions:
    """`networks` may be reached though they are not public, and are asked for only where something is sent there.

    `plain`: http to this machine is taken (demo).
    """

    def __init__(
        self,
        log: EventLog,
        webhooks: Webhooks,
        book: WebhookBook,
        *,
        networks: Networks = tuple,
        plain: bool = False,
    ) -> None:
        self._log = log
        self._webhooks = webhooks
        self._book = book
        self._networks = networks
        self._plain = plain

    def listed(self) -> Sequence[SubscriptionRow]:
        """As `Subscriptions.listed` says."""
        endpoints = self._book.endpoints()
        return [_row(webhook, endpoints.get(webhook.id)) for webhook in self._webhooks.all()]

    def add(
        self, name: str, url: str, topics: Sequence[str], *, subscription: UUID | None = None
    ) -> SubscriptionSecret:
        """As `Subscriptions.add` says."""
        known = {word.value for word in SUBSCRIBABLE}
        if unknown := [topic for topic in topics if topic not in known]:
            raise SubscriptionInvalid(f"nobody subscribes to {', '.join(unknown)}")
        if not topics:
            raise SubscriptionInvalid("say what the partner is to be told: at least one topic")
        try:
            check_url(url, self._allowed(), plain=self._plain)
            made = self._webhooks.add(name, url, tuple(dict.fromkeys(topics)), webhook=subscription)
        except WebhookKnown:
            raise SubscriptionKnown from None
        except (AddressRefused, ValueError) as wrong:
            raise SubscriptionInvalid(str(wrong)) from None
        self._book.enable(made.id)
        return _secret(made)

    def rotate(self, subscription: UUID, *, overlap: timedelta) -> SubscriptionSecret:
        """As `Subscriptions.rotate` says."""
        made = self._webhooks.rotate(subscription, overlap=overlap, now=datetime.now(UTC))
        if made is None:
            raise SubscriptionUnknown
        return _secret(made)

    def enable(self, subscription: UUID) -> None:
        """As `Subscriptions.enable` says."""
        self._book.enable(self._find(subscription).id)

    def halt(self, subscription: UUID) -> None:
        """As `Subscriptions.halt` says."""
        if not self._book.halt(self._find(subscription).id, HaltCause.ASKED):
            raise SubscriptionRefused("it was not at work")

    def remove(self, subscription: UUID) -> None:
        """As `Subscriptions.remove` says."""
        self._book.forget(subscription)
        if not self._webhooks.remove(subscription):
            raise SubscriptionUnknown

    def deliveries(self, subscription: UUID, limit: int) -> Sequence[DeliveryRow]:
        """As `Subscriptions.deliveries` says."""
        return [_delivery(receipt) for receipt in self._book.receipts(self._find(subscription).id, limit)]

    async def send_trial(self, subscription: UUID) -> TrialMessage:
        """As `Subscriptions.send_trial` says."""
        webhook, allowed, now = self._find(subscription), self._allowed(), datetime.now(UTC)
        message = WebhookMessage(uuid4(), PublicWord.TEST, "test", now)
        posted = await post(webhook.url, message, webhook.secrets(now), networks=allowed, now=now)
        return TrialMessage(message.webhook_id, posted.failure and posted.failure.value, posted.status)

    def send_again(self, subscription: UUID, *, since: datetime | None = None, position: int | None = None) -> int:
        """As `Subscriptions.send_again` says."""
        webhook = self._find(subscription)
        if webhook.id not in self._book.endpoints():
            raise SubscriptionRefused("it was never at work here: enable it first")
        follower = WebhookFollower(self._log, self._webhooks, self._book)
        if position is not None:
            return follower.send_again(webhook, after=position - 1, until=position)
        after = self._book.position_at(since.replace(tzinfo=since.tzinfo or UTC)) if since else 0
        return follower.send_again(webhook, after=after, until=self._log.head())

    def _allowed(self) -> Sequence[IpNetwork]:
        """The networks as they are configured. Raises `SubscriptionInvalid` where they do not parse."""
        try:
            return self._networks()
        except SettingsInvalid as wrong:
            raise SubscriptionInvalid(str(wrong)) from None

    def _find(self, subscription: UUID) -> Webhook:
        found = self._webhooks.get(subscription)
        if found is None:
            raise SubscriptionUnknown
        return found


@contextmanager
def subscriptions(settings: Settings, parts: Parts) -> Iterator[PartnerSubscriptions]:
    """For one process."""
    networks, plain = partial(networks_of, settings), settings.mode is Mode.DEMO
    with closing(Webhooks(settings.vault, parts.keys)) as webhooks, closing(WebhookBook(settings.projector)) as book:
        yield PartnerSubscriptions(parts.log, webhooks, book, networks=networks, plain=plain)


def _row(webhook: Webhook, endpoint: Endpoint | None) -> SubscriptionRow:
    return SubscriptionRow(
        subscription=webhook.id,
        name=webhook.name,
        topics=webhook.words,
        created_at=webhook.created_at,
        state=_state(endpoint),
        halted_for=endpoint.halted_for.value if endpoint and endpoint.halted_for else None,
        waiting=endpoint.waiting if endpoint else 0,
        given_up=endpoint.given_up if endpoint else 0,
        last_success_at=endpoint.last_success_at if endpoint else None,
    )


def _state(endpoint: Endpoint | None) -> SubscriptionState:
    if endpoint is None:
        return SubscriptionState.NEVER_AT_WORK
    if endpoint.halted_for is not None:
        return SubscriptionState.HALTED
    return SubscriptionState.NOT_ANSWERING if endpoint.failing_since else SubscriptionState.AT_WORK


def _secret(webhook: Webhook) -> SubscriptionSecret:
    return SubscriptionSecret(webhook.id, webhook.all_secrets[0].text)


def _delivery(receipt: Receipt) -> DeliveryRow:
    status = None if receipt.status is None else str(receipt.status)
    return DeliveryRow(
        message=f"msg_{receipt.message.hex}",
        position=receipt.position,
        topic=receipt.word.value,
        recorded_at=receipt.recorded_at,
        attempts=receipt.attempts,
        answer=receipt.failure or status,
        outcome=receipt.outcome,
        settled_at=receipt.settled_at,
    )
