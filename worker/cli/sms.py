"""`putokaz sms try`: whether the gateway for short messages takes one. Nothing sends any by itself yet."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import uuid4

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json

TRIAL = "Putokaz: 1, 2, 3."


@plainly
def try_command(
    number: Annotated[str, typer.Argument(help="Of a telephone of yours, as +381...")], as_json: AsJson = False
) -> None:
    """Send one short message that says nothing, and tell what the gateway made of it."""
    from activities.postbox import Handed, InDoubt, NotHanded
    from vault.preferences import Preferences
    from worker.mailing import text_gateway

    try:
        Preferences(phone=number)
    except ValueError as wrong:
        fail(str(wrong), Exit.USAGE)
    gateway = text_gateway(settings_here())
    if gateway is None:
        fail("no gateway is configured: set PUTOKAZ_SMS_URL and PUTOKAZ_SMS_TOKEN", Exit.USAGE)
    try:
        texted = asyncio.run(gateway.send(number, TRIAL, reference=uuid4()))
    except InDoubt:
        fail("the gateway got it and did not say what it does with it: it may arrive", Exit.UNAVAILABLE)
    except NotHanded as away:
        fail(str(away), Exit.UNAVAILABLE)
    if as_json:
        show_json({"handed": texted.handed, "receipt": texted.receipt})
    elif texted.handed is Handed.ACCEPTED:
        out.print(f"Accepted; the gateway calls it {texted.receipt}." if texted.receipt else "Accepted.")
    else:
        out.print(f"Not taken: {texted.handed.value}.")
    if texted.handed is not Handed.ACCEPTED:
        raise typer.Exit(Exit.REFUSED)


def register(parent: typer.Typer) -> None:
    """Adds the command."""
    sms = typer.Typer(help="Short messages.", no_args_is_help=True)
    sms.command("try")(try_command)
    parent.add_typer(sms, name="sms", rich_help_panel="People")
