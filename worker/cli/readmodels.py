"""`putokaz projections …`: run them, see how far they are, replay what is parked."""

from __future__ import annotations

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, out, plainly, show_json, show_table
from worker.logs import configure

app = typer.Typer(no_args_is_help=True, help="Read models: what the pages show.")


@app.command()
@plainly
def run() -> None:
    """Keep the read models level with the log, for ever."""
    from worker.services import run_projections

    configure()
    run_projections(settings_here())


@app.command("status")
@plainly
def show_status(as_json: AsJson = False) -> None:
    """Show how far each read model is and what is parked."""
    from projections.reader import Reader
    from projections.status import status

    with Reader(settings_here().reader, size=1) as reader:
        models = status(reader)
    if as_json:
        show_json(models)
        return
    columns = ("name", "version", "position", "head", "lag_events", "lag_seconds", "parked")
    show_table(columns, ([getattr(model, c) for c in columns] for model in models))


@app.command("parked")
@plainly
def show_parked(as_json: AsJson = False) -> None:
    """Show the streams that a read model cannot follow, and since which event."""
    from projections.reader import Reader
    from projections.status import parked

    with Reader(settings_here().reader, size=1) as reader:
        rows = parked(reader)
    if as_json:
        show_json(rows)
        return
    if not rows:
        out.print("nothing is parked")
        return
    columns = ("model", "stream", "first_version", "last_version", "topic", "error", "parked_at")
    show_table(columns, ([getattr(row, c) for c in columns] for row in rows))


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="projections", rich_help_panel="Processes")
