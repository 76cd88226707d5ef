"""`putokaz projections …`: run them, see how far they are, replay what is parked, compare and rebuild them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from projections.names import ModelName
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, out, plainly, show_json, show_table
from worker.logs import configure

app = typer.Typer(no_args_is_help=True, help="Read models: what the pages show.")


@app.command()
@plainly
def run() -> None:
    """Keep the read models level with the log, for ever."""
    from worker.services.projections import run_projections

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


@app.command("replay")
@plainly
def replay(
    stream: Annotated[str | None, typer.Argument(help="A stream (journey-…), an id or a code; else all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Replay what is parked, once its cause is mended. Exit code 1 if something stays parked."""
    from projections.replay import replay_parked
    from worker.cli.finding import find_stream

    settings = settings_here()
    chosen = find_stream(settings, stream) if stream is not None else None
    answers = replay_parked(settings.projector, stream=chosen)
    still = [answer for answer in answers if answer.error is not None]
    if as_json:
        show_json(answers)
    elif not answers:
        out.print("nothing is parked" if chosen is None else f"{chosen} is not parked")
    else:
        said = ("followed again" if a.error is None else f"still parked: {a.error}" for a in answers)
        show_table(
            ("model", "stream", "now"), ((a.model, a.stream, words) for a, words in zip(answers, said, strict=True))
        )
        out.print(f"{len(answers) - len(still)} of {len(answers)} are followed again")
    if still:
        raise typer.Exit(Exit.WRONG)


@app.command("compare")
@plainly
def compare(
    models: Annotated[list[ModelName] | None, typer.Argument(help="Read models; default: all.")] = None,
    first: Annotated[int, typer.Option(min=0, max=100_000, help="Name at most so many journeys of a table.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Make every row anew from the log and compare; changes nothing. Exit code 1 if something differs."""
    from domain.journey.state import journey_stream
    from projections.comparing import compare as compared
    from projections.registry import READ_MODELS
    from worker.cli.progress import watching

    chosen = [model for model in READ_MODELS if not models or model.name in models]
    with watching("comparing") as watch:
        found = compared(settings_here().reader, models=chosen, first=first, watch=watch)
    if as_json:
        show_json([{**asdict(each), "is_equal": each.is_equal} for each in found])
    else:
        columns = ("table", "position", "parked", "rows", "sha256", "result")
        show_table(
            columns,
            (
                (
                    each.table,
                    each.position,
                    each.parked,
                    each.rows_of_table,
                    each.sha256_of_table[:16],
                    "equal" if each.is_equal else f"{each.differing} journeys differ",
                )
                for each in found
            ),
        )
        for each in found:
            for journey in each.journeys:
                out.print(f"{each.table}: {journey_stream(journey)} differs")
    if not all(each.is_equal for each in found):
        raise typer.Exit(Exit.WRONG)


@app.command("rebuild")
@plainly
def rebuild(
    model: Annotated[ModelName, typer.Argument(help="A read model.")],
    as_json: AsJson = False,
) -> None:
    """Fill a read model anew beside the running one and put it in place. Killed, it leaves everything as it was."""
    from projections.rebuilding import rebuild as rebuilt
    from projections.registry import READ_MODELS
    from worker.cli.progress import watching

    (chosen,) = (each for each in READ_MODELS if each.name is model)
    with watching("rebuilding") as watch:
        done = rebuilt(settings_here().projector, chosen, watch=watch)
    if as_json:
        show_json(done)
        return
    out.print(
        f"{done.model} is rebuilt at position {done.position} in {done.seconds:.1f} s: {done.removed} rows removed, "
        f"{done.put} put, {done.parked} streams parked; projectors waited {done.locked:.2f} s"
    )


@app.command("drop-old")
@plainly
def drop_old_versions(
    yes: Annotated[bool, typer.Option("--yes", help="Drop them; without it, they are only shown.")] = False,
    as_json: AsJson = False,
) -> None:
    """Drop tables of versions that this release does not read. What another release keeps stays; exit code 1 then."""
    from projections.dropping import drop_old

    found = drop_old(settings_here().database_url.get_secret_value(), dry=not yes)
    if as_json:
        show_json([asdict(each) for each in found])
    elif not found:
        out.print("nothing is left of older versions")
    else:
        done = "dropped" if yes else "may be dropped: --yes"
        said = ((each.model, ", ".join(each.tables), "in use: stays" if each.in_use else done) for each in found)
        show_table(("version", "tables", "now"), said)
    if any(each.in_use for each in found):
        raise typer.Exit(Exit.WRONG)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="projections", rich_help_panel="Processes")
