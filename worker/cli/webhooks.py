"""`putokaz webhooks …`: partner systems that are told what happened (docs/webhooks.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid4

import typer

from activities.webhooks.vocabulary import SUBSCRIBABLE, PublicWord
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table
from worker.settings import Mode, Settings

if TYPE_CHECKING:
    from vault.webhooks import Webhook, Webhooks
    from worker.parts import Parts
    from worker.webhooks.book import Endpoint, WebhookBook

Subscription = Annotated[UUID, typer.Argument(help="As `list` names it.")]


@dataclass(frozen=True, slots=True)
class _Desk:
    settings: Settings
    parts: Parts
    webhooks: Webhooks
    book: WebhookBook

    def find(self, subscription: UUID) -> Webhook:
        """The one that is meant; ends the command where there is none."""
        found = self.webhooks.get(subscription)
        if found is None:
            fail("there is no such subscription", Exit.USAGE)
        return found


@contextmanager
def _desk() -> Iterator[_Desk]:
    from vault.webhooks import Webhooks
    from worker.parts import opened
    from worker.webhooks.book import WebhookBook

    settings = settings_here()
    with (
        opened(settings, connections=1) as parts,
        closing(Webhooks(settings.vault, parts.keys)) as webhooks,
        closing(WebhookBook(settings.projector)) as book,
    ):
        yield _Desk(settings, parts, webhooks, book)


@plainly
def add(
    url: Annotated[str, typer.Argument(help="Where the partner listens: https.")],
    name: Annotated[str, typer.Option(help="What you call the partner; it is kept encrypted and never sent.")],
    words: Annotated[list[PublicWord], typer.Option("--topic", help="What to tell; give it several times.")],
    as_json: AsJson = False,
) -> None:
    """Add a partner and show the secret once: give it to them on another way than the address."""
    from activities.webhooks.address import AddressRefused, check_url
    from worker.webhooks.opening import networks_of

    if unknown := [word.value for word in words if word not in SUBSCRIBABLE]:
        fail(f"nobody subscribes to {', '.join(unknown)}", Exit.USAGE)
    with _desk() as desk:
        try:
            plain = desk.settings.mode is Mode.DEMO
            check_url(url, networks_of(desk.settings), plain=plain)
            made = desk.webhooks.add(name, url, [word.value for word in dict.fromkeys(words)])
        except (AddressRefused, ValueError) as wrong:
            fail(str(wrong), Exit.USAGE)
        desk.book.enable(made.id)
    _show_secret(made, as_json)


@plainly
def show_all(as_json: AsJson = False) -> None:
    """Every partner: what it is told, whether it answers, how much waits. Never an address or a secret."""
    with _desk() as desk:
        found, endpoints = desk.webhooks.all(), desk.book.endpoints()
    if as_json:
        show_json([_plain(webhook, endpoints.get(webhook.id)) for webhook in found])
        return
    columns = ("subscription", "name", "state", "topics", "waiting", "given up", "last success")
    rows = (
        (w.id, w.name, _state(e), ", ".join(w.words), e and e.waiting, e and e.given_up, e and e.last_success_at)
        for w in found
        for e in (endpoints.get(w.id),)
    )
    show_table(columns, rows, total=len(found))


@plainly
def remove(subscription: Subscription) -> None:
    """Forget a partner with its address, its secrets and what was to be sent."""
    with _desk() as desk:
        desk.book.forget(subscription)
        if not desk.webhooks.remove(subscription):
            fail("there is no such subscription", Exit.REFUSED)
    out.print("Removed.")


@plainly
def enable(subscription: Subscription) -> None:
    """Put a partner to work again: what waits goes out first, then what happens from now on."""
    with _desk() as desk:
        desk.book.enable(desk.find(subscription).id)
    out.print("At work. What happened meanwhile: putokaz webhooks resend … --since …")


@plainly
def disable(subscription: Subscription) -> None:
    """Send a partner nothing any more; what waits is kept."""
    from worker.webhooks.book import HaltCause

    with _desk() as desk:
        if not desk.book.halt(desk.find(subscription).id, HaltCause.ASKED):
            fail("it was not at work", Exit.REFUSED)
    out.print("Halted.")


@plainly
def rotate(
    subscription: Subscription,
    hours: Annotated[int, typer.Option(min=0, max=720, help="For how long the old secret signs as well.")] = 24,
    as_json: AsJson = False,
) -> None:
    """Make a new secret and show it once. With --hours 0 the old one ends now, as when it became known."""
    with _desk() as desk:
        made = desk.webhooks.rotate(subscription, overlap=timedelta(hours=hours), now=datetime.now(UTC))
    if made is None:
        fail("there is no such subscription", Exit.USAGE)
    _show_secret(made, as_json)


@plainly
def try_command(subscription: Subscription, as_json: AsJson = False) -> None:
    """Send one test message now, whether or not the partner is at work, and tell what it answered."""
    from activities.webhooks.message import WebhookMessage
    from activities.webhooks.posting import post
    from worker.webhooks.opening import networks_of

    with _desk() as desk:
        webhook, networks, now = desk.find(subscription), networks_of(desk.settings), datetime.now(UTC)
        message = WebhookMessage(uuid4(), PublicWord.TEST, "test", now)
        posted = asyncio.run(post(webhook.url, message, webhook.secrets(now), networks=networks, now=now))
    if as_json:
        show_json({"message": message.webhook_id, "failure": posted.failure, "status": posted.status})
    else:
        said = "taken" if posted.failure is None else f"not taken: {posted.failure.value}"
        out.print(f"{message.webhook_id} {said}" + (f" ({posted.status})" if posted.status else ""))
    if posted.failure is not None:
        raise typer.Exit(Exit.WRONG)


@plainly
def deliveries(
    subscription: Subscription, limit: Annotated[int, typer.Option(min=1, max=500)] = 50, as_json: AsJson = False
) -> None:
    """The newest messages for a partner with their receipts."""
    with _desk() as desk:
        found = desk.book.receipts(desk.find(subscription).id, limit)
    if as_json:
        show_json(found)
        return
    columns = ("message", "position", "topic", "recorded", "tries", "answer", "outcome", "settled")
    rows = (
        (
            f"msg_{r.message.hex}",
            r.position,
            r.word,
            r.recorded_at,
            r.attempts,
            r.failure or r.status,
            r.outcome,
            r.settled_at,
        )
        for r in found
    )
    show_table(columns, rows, total=len(found))


@plainly
def resend(
    subscription: Subscription,
    since: Annotated[datetime | None, typer.Option(help="Everything recorded from then on (UTC).")] = None,
    position: Annotated[int | None, typer.Option(min=1, help="The one message about this position of the log.")] = None,
) -> None:
    """Send again, under the same message ids: a partner that has them already sees that."""
    from worker.webhooks.following import WebhookFollower

    if (since is None) == (position is None):
        fail("name an instant with --since, or one message with --position", Exit.USAGE)
    with _desk() as desk:
        webhook = desk.find(subscription)
        if webhook.id not in desk.book.endpoints():
            fail("it was never at work here: putokaz webhooks enable", Exit.REFUSED)
        follower = WebhookFollower(desk.parts.log, desk.webhooks, desk.book)
        if position is not None:
            count = follower.send_again(webhook, after=position - 1, until=position)
        else:
            assert since is not None
            after = desk.book.position_at(since.replace(tzinfo=since.tzinfo or UTC))
            count = follower.send_again(webhook, after=after, until=desk.parts.log.head())
    out.print(f"{count} messages are to be sent again.")


@plainly
def run() -> None:
    """Run the follower that tells partners. `putokaz worker --also webhooks` does it in the worker."""
    from worker.logs import configure
    from worker.services.webhooks import run_webhooks

    configure()
    run_webhooks(settings_here())


def _show_secret(webhook: Webhook, as_json: bool) -> None:
    secret = webhook.all_secrets[0].text
    if as_json:
        show_json({"subscription": webhook.id, "secret": secret})
        return
    out.print(f"{webhook.id}\n{secret}")
    out.print("The secret is not shown again. Try it: putokaz webhooks try")


def _state(endpoint: Endpoint | None) -> str:
    if endpoint is None:
        return "not at work"
    if endpoint.halted_for is not None:
        return f"halted ({endpoint.halted_for.value})"
    return "not answering" if endpoint.failing_since else "at work"


def _plain(webhook: Webhook, endpoint: Endpoint | None) -> dict[str, object]:
    return {
        "subscription": webhook.id,
        "name": webhook.name,
        "topics": list(webhook.words),
        "created_at": webhook.created_at,
        "state": _state(endpoint),
        "endpoint": endpoint,
    }


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    webhooks = typer.Typer(help="Partner systems that are told what happened.", no_args_is_help=True)
    webhooks.command("add")(add)
    webhooks.command("list")(show_all)
    webhooks.command("remove")(remove)
    webhooks.command("enable")(enable)
    webhooks.command("disable")(disable)
    webhooks.command("rotate")(rotate)
    webhooks.command("try")(try_command)
    webhooks.command("deliveries")(deliveries)
    webhooks.command("resend")(resend)
    webhooks.command("run")(run)
    parent.add_typer(webhooks, name="webhooks", rich_help_panel="Processes")
