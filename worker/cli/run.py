"""Commands that run a process: worker, relay, projections, web, vault; and `migrate`, which comes before them."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli.here import settings_here
from worker.cli.output import out, plainly
from worker.logs import configure
from worker.settings import Also


@plainly
def worker(
    also: Annotated[
        list[Also] | None, typer.Option(help="Do this in the same process as well: for small installations.")
    ] = None,
) -> None:
    """Run the Temporal worker: it decides, wakes, fires and delivers."""
    from worker.services.worker import run_worker

    configure()
    run_worker(settings_here(), also or ())


@plainly
def relay() -> None:
    """Run the relay: it tells workflows what the log has recorded, and starts the missing ones."""
    from worker.services.relay import run_relay

    configure()
    run_relay(settings_here())


@plainly
def web() -> None:
    """Run the pages and the HTTP API."""
    from worker.web import run_web

    configure()
    run_web(settings_here())


@plainly
def vault() -> None:
    """Run the search for clients: it alone holds the names of all, folded, and answers over a socket."""
    from worker.services.vault import run_vault

    configure()
    run_vault(settings_here())


@plainly
def migrate() -> None:
    """Bring both databases to this release. Repeating it does nothing."""
    from worker.stack import migrate as bring_level

    settings = settings_here()
    ran = bring_level(settings.database_url.get_secret_value(), settings.vault_admin)
    out.print(f"{len(ran)} files run" if ran else "nothing to do: the databases are level with this release")


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Processes")(worker)
    app.command(rich_help_panel="Processes")(relay)
    app.command(rich_help_panel="Processes")(web)
    app.command(rich_help_panel="Processes")(vault)
    app.command(rich_help_panel="Processes")(migrate)
