"""`putokaz …`: one command line for everything. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

import typer

from worker.cli import config, demo, doctor, journeys, logs, pathways, readmodels, run

app = typer.Typer(
    name="putokaz",
    help="Putokaz: client support pathways that nobody gets lost on.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
demo.register(app)
run.register(app)
doctor.register(app)
journeys.register(app)
pathways.register(app)
readmodels.register(app)
logs.register(app)
config.register(app)

__all__ = ["app"]
