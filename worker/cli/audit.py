"""`putokaz audit`: one audit now, beside those that the schedule starts."""

from __future__ import annotations

import asyncio

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, out, plainly, show_json, show_table


@plainly
def audit(as_json: AsJson = False) -> None:
    """Compare every workflow with the log, heal what differs, and say what. Exit code 1 if something stays wrong.

    Loses nothing, at any time. Start a worker first: what is healed comes to life there, and is waited for.

    Not healed? Look at the worker's log, run this once more, then `putokaz doctor`.
    """
    from worker.audit.once import audit_once

    done = asyncio.run(audit_once(settings_here()))
    if as_json:
        show_json(
            {
                "journeys": done.journeys,
                "workflows": done.workflows,
                "seconds": round(done.seconds, 3),
                "healed": len(done.mended),
                "not_healed": len(done.unmended),
                "findings": done.findings,
            }
        )
    else:
        if done.findings:
            show_table(
                ("journey", "stream", "was", "now"),
                ((f.code, f.stream, f.fault, "healed" if f.mended else "not healed") for f in done.findings),
            )
        out.print(
            f"{done.journeys} journeys need a workflow, {done.workflows} ran: {len(done.mended)} healed, "
            f"{len(done.unmended)} not healed, {done.seconds:.1f} s"
        )
    if done.unmended:
        raise typer.Exit(Exit.WRONG)


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Looking")(audit)
