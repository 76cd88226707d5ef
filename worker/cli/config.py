"""`putokaz config show`: what this process would run with, secrets masked."""

from __future__ import annotations

import typer
from pydantic import SecretStr

from worker.cli.here import settings_here
from worker.cli.output import AsJson, plainly, show_json, show_table
from worker.settings import VARIABLES

app = typer.Typer(no_args_is_help=True, help="Settings.")


@app.command()
@plainly
def show(as_json: AsJson = False) -> None:
    """Show every setting with its variable; secrets are masked."""
    settings = settings_here()
    values = {variable: getattr(settings, name) for name, variable in VARIABLES.items()}
    shown = {k: ("••••••" if isinstance(v, SecretStr) else v) for k, v in values.items()}
    if as_json:
        show_json({k: None if v is None else str(v) for k, v in shown.items()})
        return
    show_table(("variable", "value"), shown.items())


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="config", rich_help_panel="Looking")
