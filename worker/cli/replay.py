"""`putokaz replay …`: the whole history again."""

from __future__ import annotations

import typer

from worker.cli.what_if import what_if

app = typer.Typer(no_args_is_help=True, help="The recorded history, read again.")
app.command("what-if")(what_if)


@app.callback()
def _group() -> None:
    """Keeps the name of a command even while there is only one."""


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="replay", rich_help_panel="History")
