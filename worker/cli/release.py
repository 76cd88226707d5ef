"""`putokaz release status | current | move`: a new release beside the running one, and the old one out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from worker.releasing import Releases, Standing

T = TypeVar("T")


@plainly
def status_command(as_json: AsJson = False) -> None:
    """Show each release: whether it has workers, how many journeys are pinned to it, and what to do.

    Exit code 1 when journeys have no workers, so that nobody watches their timers.
    """
    standings = _with_releases(lambda releases: releases.standings())
    if as_json:
        show_json(
            [
                {
                    "release": s.build or None,
                    "current": s.current,
                    "workers": s.workers,
                    "open_runs": s.open_runs,
                    "may_be_stopped": s.idle,
                    "stranded": s.stranded,
                }
                for s in standings
            ]
        )
    else:
        rows = ((s.build or "(none)", _yes(s.current), _yes(s.workers), s.open_runs, _advice(s)) for s in standings)
        show_table(("Release", "Current", "Workers", "Journeys", ""), rows)
    if any(s.stranded or (s.current and not s.workers) for s in standings):
        raise typer.Exit(Exit.WRONG)


@plainly
def current_command(
    build: Annotated[str | None, typer.Argument(help="As `status` names it; else the release of this code.")] = None,
) -> None:
    """Make a release current: new runs begin with it, the others go over when they hand over.

    Its workers must be running. The way back is the same with the old name: keep the old workers until then.

    Nothing is cut off. Then: putokaz release move, or wait 30 days; putokaz release status says when it is done.
    """
    from worker.releasing import build_id

    chosen = build or build_id(settings_here().release)
    _with_releases(lambda releases: releases.make_current(chosen))
    out.print(f"{chosen} is current.")


@plainly
def move_command() -> None:
    """Tell the journeys of older releases to go over to the current one now, instead of within 30 days.

    Loses nothing, and may be repeated: a journey hands over in order, or, where its release has no workers, begins
    anew from the log. Keep the old workers running until `putokaz release status` says that they may be stopped.
    """
    told, restarted = _with_releases(lambda releases: releases.move())
    out.print(
        f"{told} journeys told to go over, {restarted} restarted that had no workers. Repeat `putokaz release status` "
        "until it says that the old workers may be stopped."
    )


def _with_releases(ask: Callable[[Releases], Awaitable[T]]) -> T:
    from temporalio.service import RPCError

    from worker.releasing import Releases
    from worker.temporal import temporal

    async def asked() -> T:
        return await ask(Releases(await temporal(settings_here())))

    try:
        return asyncio.run(asked())
    except (RPCError, RuntimeError):  # the latter is what the SDK raises where nobody answers
        fail("Temporal does not answer; `putokaz doctor` says more", Exit.UNAVAILABLE)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _advice(standing: Standing) -> str:
    if standing.stranded:
        return "no workers: start some, or `putokaz release move`"
    if standing.current:
        return "" if standing.workers else "no workers: start some"
    if standing.idle and standing.workers:
        return "its workers may be stopped"
    return "" if standing.idle else "keep its workers, or `putokaz release move`"


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    release = typer.Typer(help="Releases under running journeys.", no_args_is_help=True)
    release.command("status")(status_command)
    release.command("current")(current_command)
    release.command("move")(move_command)
    parent.add_typer(release, name="release", rich_help_panel="Processes")
