"""`putokaz …`: one command line for everything. A command's module is loaded when it is named: each is quick."""

from __future__ import annotations

import logging

import typer

from worker.cli.commands import Commands
from worker.collecting import collect_rarely
from worker.logs import configure

app = typer.Typer(
    name="putokaz",
    cls=Commands,
    help="Putokaz: client support pathways that nobody gets lost on.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.callback()
def _begin() -> None:
    # What a command has to say it says itself; only warnings of the parts below it are shown, on standard error.
    configure(level=logging.WARNING, json=False)
    collect_rarely()


__all__ = ["app"]
