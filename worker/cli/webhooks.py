"""`putokaz webhooks …`: partner systems that are told what happened (docs/webhooks.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import typer

from activities.webhooks.vocabulary import PublicWord
from staff.subscriptions import (
    SubscriptionInvalid,
    SubscriptionRefused,
    SubscriptionRow,
    Subscriptions,
    SubscriptionSecret,
    SubscriptionState,
    SubscriptionUnknown,
)
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

Subscription = Annotated[UUID, typer.Argument(help="As `list` names it.")]
STATES = {
    SubscriptionState.NEVER_AT_WORK: "not at work",
    SubscriptionState.AT_WORK: "at work",
    SubscriptionState.NOT_ANSWERING: "not answering",
    SubscriptionState.HALTED: "halted",
}


@contextmanager
def _partners() -> Iterator[Subscriptions]:
    """What is refused inside ends the command in plain words."""
    from worker.parts import opened
    from worker.webhooks.subscriptions import subscriptions

    settings = settings_here()
    with opened(settings, connections=1) as parts, subscriptions(settings, parts) as found:
        try:
            yield found
        except SubscriptionUnknown:
            fail("there is no such subscription", Exit.USAGE)
        except SubscriptionInvalid as invalid:
            fail(str(invalid), Exit.USAGE)
        except SubscriptionRefused as refused:
            fail(str(refused), Exit.REFUSED)


@plainly
def add(
    url: Annotated[str, typer.Argument(help="Where the partner listens: https.")],
    name: Annotated[str, typer.Option(help="What you call the partner; it is kept encrypted and never sent.")],
    words: Annotated[list[PublicWord], typer.Option("--topic", help="What to tell; give it several times.")],
    as_json: AsJson = False,
) -> None:
    """Add a partner and show the secret once: give it to them on another way than the address."""
    with _partners() as partners:
        made = partners.add(name, url, [word.value for word in words])
    _show_secret(made, as_json)


@plainly
def show_all(as_json: AsJson = False) -> None:
    """Every partner: what it is told, whether it answers, how much waits. Never an address or a secret."""
    with _partners() as partners:
        found = partners.listed()
    if as_json:
        show_json([_plain(row) for row in found])
        return
    columns = ("subscription", "name", "state", "topics", "waiting", "given up", "last success")
    rows = (
        (r.subscription, r.name, _state(r), ", ".join(r.topics), r.waiting, r.given_up, r.last_success_at)
        for r in found
    )
    show_table(columns, rows, total=len(found))


@plainly
def remove(subscription: Subscription) -> None:
    """Forget a partner with its address, its secrets and what was to be sent."""
    with _partners() as partners:
        try:
            partners.remove(subscription)
        except SubscriptionUnknown:
            fail("there is no such subscription", Exit.REFUSED)
    out.print("Removed.")


@plainly
def enable(subscription: Subscription) -> None:
    """Put a partner to work again: what waits goes out first, then what happens from now on."""
    with _partners() as partners:
        partners.enable(subscription)
    out.print("At work. What happened meanwhile: putokaz webhooks resend … --since …")


@plainly
def disable(subscription: Subscription) -> None:
    """Send a partner nothing any more; what waits is kept."""
    with _partners() as partners:
        partners.halt(subscription)
    out.print("Halted.")


@plainly
def rotate(
    subscription: Subscription,
    hours: Annotated[int, typer.Option(min=0, max=720, help="For how long the old secret signs as well.")] = 24,
    as_json: AsJson = False,
) -> None:
    """Make a new secret and show it once. With --hours 0 the old one ends now, as when it became known."""
    with _partners() as partners:
        made = partners.rotate(subscription, overlap=timedelta(hours=hours))
    _show_secret(made, as_json)


@plainly
def try_command(subscription: Subscription, as_json: AsJson = False) -> None:
    """Send one test message now, whether or not the partner is at work, and tell what it answered."""
    with _partners() as partners:
        trial = asyncio.run(partners.send_trial(subscription))
    if as_json:
        show_json({"message": trial.message, "failure": trial.failure, "status": trial.status})
    else:
        said = "taken" if trial.failure is None else f"not taken: {trial.failure}"
        out.print(f"{trial.message} {said}" + (f" ({trial.status})" if trial.status else ""))
    if trial.failure is not None:
        raise typer.Exit(Exit.WRONG)


@plainly
def deliveries(
    subscription: Subscription, limit: Annotated[int, typer.Option(min=1, max=500)] = 50, as_json: AsJson = False
) -> None:
    """The newest messages for a partner with their receipts."""
    with _partners() as partners:
        found = partners.deliveries(subscription, limit)
    if as_json:
        show_json(found)
        return
    columns = ("message", "position", "topic", "recorded", "tries", "answer", "outcome", "settled")
    rows = (
        (r.message, r.position, r.topic, r.recorded_at, r.attempts, r.answer, r.outcome, r.settled_at) for r in found
    )
    show_table(columns, rows, total=len(found))


@plainly
def resend(
    subscription: Subscription,
    since: Annotated[datetime | None, typer.Option(help="Everything recorded from then on (UTC).")] = None,
    position: Annotated[int | None, typer.Option(min=1, help="The one message about this position of the log.")] = None,
) -> None:
    """Send again, under the same message ids: a partner that has them already sees that."""
    if (since is None) == (position is None):
        fail("name an instant with --since, or one message with --position", Exit.USAGE)
    with _partners() as partners:
        count = partners.send_again(subscription, since=since, position=position)
    out.print(f"{count} messages are to be sent again.")


@plainly
def run() -> None:
    """Run the follower that tells partners. `putokaz worker --also webhooks` does it in the worker."""
    from worker.logs import configure
    from worker.services.webhooks import run_webhooks

    configure()
    run_webhooks(settings_here())


def _show_secret(made: SubscriptionSecret, as_json: bool) -> None:
    if as_json:
        show_json({"subscription": made.subscription, "secret": made.secret})
        return
    out.print(f"{made.subscription}\n{made.secret}")
    out.print("The secret is not shown again. Try it: putokaz webhooks try")


def _state(row: SubscriptionRow) -> str:
    return f"{STATES[row.state]} ({row.halted_for})" if row.halted_for else STATES[row.state]


def _plain(row: SubscriptionRow) -> dict[str, object]:
    return {
        "subscription": row.subscription,
        "name": row.name,
        "topics": list(row.topics),
        "created_at": row.created_at,
        "state": _state(row),
        "waiting": row.waiting,
        "given_up": row.given_up,
        "last_success_at": row.last_success_at,
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
