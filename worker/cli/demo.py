"""`putokaz demo` and `putokaz up`: everything on this machine from one command; a second start continues."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worker.cli.here import state_folder
from worker.cli.output import plainly

StateFolder = Annotated[Path | None, typer.Option("--state", help="Where everything is kept (PUTOKAZ_STATE).")]


@plainly
def demo(
    check: Annotated[
        bool,
        typer.Option("--check", help="Try everything once in a temporary folder; print one JSON line."),
    ] = False,
    speed: Annotated[
        str | None, typer.Option(help="Let days pass: 1d=10s is a day in ten seconds. Default: real time.")
    ] = None,
    state: StateFolder = None,
) -> None:
    """Start the whole system with an invented caseload. Invented people only: never enter real ones."""
    if check:
        from worker.demo.check import run_check

        run_check()
        return
    from worker.demo.run import run_demo

    run_demo(state_folder(state), speed=speed)


@plainly
def up(state: StateFolder = None) -> None:
    """Start the whole system on this machine without any caseload, on a real clock."""
    from worker.demo.run import run_up

    run_up(state_folder(state) / "up")


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Start here")(demo)
    app.command(rich_help_panel="Start here")(up)
