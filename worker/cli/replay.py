"""`putokaz replay …`: the recorded history, read again."""

from __future__ import annotations

import typer

from worker.cli.replay_events import events_command
from worker.cli.replay_refusals import refusal_command, refusals_command

app = typer.Typer(no_args_is_help=True, help="The recorded history, read again.")
app.command("events")(events_command)
app.command("refusals")(refusals_command)
app.command("refusal")(refusal_command)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="replay", rich_help_panel="Looking")
