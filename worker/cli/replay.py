"""`putokaz replay …`: the past, from the log and the past of the boards."""

from __future__ import annotations

import typer

from worker.cli.flow import flow

app = typer.Typer(no_args_is_help=True, help="The past: what journeys went through.")
app.command("flow")(flow)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="replay", rich_help_panel="Work")
