"""`putokaz log …`: the events as they are stored (sealed texts stay sealed), and whether they are as recorded."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from worker.cli.heads import public_key_command, sign_head_command, verify_command
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, plainly, show_json, show_table

app = typer.Typer(no_args_is_help=True, help="The event log.")


@app.command()
@plainly
def show(
    stream: Annotated[str | None, typer.Argument(help="A stream (journey-…, message-…) or a code (PK-…).")] = None,
    after: Annotated[int, typer.Option(help="Begin after this position of the log.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many events.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show events: of one stream, or of the whole log in its order."""
    from eventlog.bodies import recorded
    from eventlog.log import EventLog
    from worker.cli.finding import find_stream

    settings = settings_here()
    with EventLog(settings.reader, size=1) as log:
        if stream is None:
            events = [recorded(row) for row in log.page(after, limit)]
        else:
            history = log.load(find_stream(settings, stream)).history
            events = [r for r in history if r.position > after][:limit]
            if not history:
                fail(f"there is no stream {stream}", Exit.WRONG)
    rows = [
        {
            "position": r.position,
            "stream": r.stream,
            "version": r.version,
            "recorded_at": r.recorded_at,
            "actor": r.actor,
            "topic": f"{r.event.topic}@{r.event.schema_version}",
            "body": r.event.model_dump(mode="json", exclude_none=True),
        }
        for r in events
    ]
    if as_json:
        for row in rows:
            show_json(row)
        sys.stdout.flush()
        return
    columns = ("position", "stream", "version", "recorded_at", "topic")
    show_table(columns, ([row[c] for c in columns] for row in rows))


def register(parent: typer.Typer) -> None:
    app.command("verify")(verify_command)
    app.command("sign-head")(sign_head_command)
    app.command("public-key")(public_key_command)
    parent.add_typer(app, name="log", rich_help_panel="Looking")
