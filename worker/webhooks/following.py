"""The follower: plans what the log holds for each partner, sends what is due, and goes on through every outage.

At least once, and in order within a stream: a message stays the first of its stream until the partner has taken it.
Killed between the partner's answer and our receipt, it is sent again, under the same `webhook-id`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from activities.webhooks.address import IpNetwork
from activities.webhooks.message import WebhookMessage, message_id, subject_of
from activities.webhooks.posting import Failure, Posted, post
from activities.webhooks.words import word_of
from domain.errors import Unavailable
from eventlog.decision import StoredRow
from eventlog.log import EventLog
from eventlog.unforeseen import kind_and_place
from vault.errors import VaultError
from vault.webhooks import Webhook, Webhooks
from worker.webhooks.book import HaltCause, Planned, Taken, WebhookBook
from worker.webhooks.pace import pause

_log = structlog.get_logger("putokaz.webhooks")

PAGE = 500
"""Events planned together."""
AT_ONCE = 8
"""Messages under way at the same time: a partner that hangs holds up the others for one try only."""
PRUNED_EVERY = timedelta(hours=6)
_QUIET = 1.0
"""Seconds to wait for the log to grow where nothing is due."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 15.0
"""Seconds before another try when the log or the vault is away."""


class WebhookFollower:
    """One is enough; two do no harm. `patience`: for so long a partner may fail before we stop."""

    def __init__(
        self,
        log: EventLog,
        webhooks: Webhooks,
        book: WebhookBook,
        *,
        networks: Sequence[IpNetwork] = (),
        patience: timedelta = timedelta(days=5),
    ) -> None:
        self._log = log
        self._webhooks = webhooks
        self._book = book
        self._networks = networks
        self._patience = patience
        self._pruned = datetime.min.replace(tzinfo=UTC)

    async def run(self, stopping: Callable[[], bool]) -> None:
        """Follows the log, for ever and through every outage."""
        rest, head = _FIRST_PAUSE, 0
        while not stopping():
            try:
                done = await self.step()
                if not done:
                    head = await asyncio.to_thread(self._log.wait, head, _QUIET)
                rest = _FIRST_PAUSE
            except Exception as error:
                if isinstance(error, Unavailable | VaultError | OSError):
                    _log.warning("webhooks wait", away=type(error).__name__, seconds=rest)
                else:  # a mistake of ours is not to end the worker around it
                    _log.error("webhooks wait", seconds=rest, **kind_and_place(error))
                await asyncio.sleep(rest)
                rest = min(rest * 2, _LONGEST_PAUSE)

    async def step(self) -> int:
        """Plans a page and sends what is due; how many messages were tried. Raises `Unavailable`, `VaultError`."""
        known = {webhook.id: webhook for webhook in await asyncio.to_thread(self._webhooks.all)}
        planned = await asyncio.to_thread(self._plan, known)
        if datetime.now(UTC) - self._pruned > PRUNED_EVERY:
            await asyncio.to_thread(self._book.prune)
            self._pruned = datetime.now(UTC)
        taken = await asyncio.to_thread(self._book.take, tuple(known), AT_ONCE) if known else []
        answers = await asyncio.gather(*(self._send(known[each.subscription], each) for each in taken))
        if not all(posted.is_taken for posted in answers):
            for subscription in await asyncio.to_thread(self._book.halt_tired, self._patience):
                _log.error("webhook halted", cause=HaltCause.FAILING.value, subscription=str(subscription))
        return planned + len(taken)

    def _plan(self, known: Mapping[UUID, Webhook]) -> int:
        """One page for each partner that is not level; how many pages."""
        pages: dict[int, list[StoredRow]] = {}
        for subscription, after in self._book.planning().items():
            webhook = known.get(subscription)
            if webhook is None:
                continue
            if after not in pages:
                pages[after] = self._log.page(after, PAGE)
            if rows := pages[after]:
                until = rows[-1].position
                self._book.plan(webhook.id, after=after, until=until, events=planned(webhook, rows))
        return sum(1 for rows in pages.values() if rows)

    async def _send(self, webhook: Webhook, taken: Taken) -> Posted:
        message = WebhookMessage(
            taken.message, taken.word, subject_of(taken.stream, webhook.naming_key), taken.recorded_at
        )
        now = datetime.now(UTC)
        posted = await post(webhook.url, message, webhook.secrets(now), networks=self._networks, now=now)
        await asyncio.to_thread(self._note, taken, posted)
        return posted

    def _note(self, taken: Taken, posted: Posted) -> None:
        if posted.is_taken:
            self._book.delivered(taken, posted)
            return
        wait = pause(taken.failures + 1 if posted.of_endpoint else taken.attempts, posted.retry_after)
        self._book.failed(taken, posted, pause=wait, patience=self._patience)
        said = {"subscription": str(taken.subscription), "failure": posted.failure, "status": posted.status}
        _log.info("webhook not taken", attempts=taken.attempts, seconds=wait.total_seconds(), **said)
        if posted.failure is Failure.GONE:
            self._book.halt(taken.subscription, HaltCause.GONE)
            _log.error("webhook halted", cause=HaltCause.GONE.value, **said)

    def send_again(self, webhook: Webhook, *, after: int, until: int) -> int:
        """Notes everything between two positions that this partner asks for as to be sent; how many messages."""
        count = 0
        while after < until:
            rows = [row for row in self._log.page(after, PAGE) if row.position <= until]
            if not rows:
                break
            count += self._book.again(webhook.id, planned(webhook, rows))
            after = rows[-1].position
        return count


def planned(webhook: Webhook, rows: Iterable[StoredRow]) -> list[Planned]:
    """The events of a page that this partner asks for."""
    found = []
    for row in rows:
        word = word_of(row.topic)
        if word is not None and word.value in webhook.words:
            found.append(Planned(row.position, message_id(webhook.id, row.position), row.stream, word, row.recorded_at))
    return found
