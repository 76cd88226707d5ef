"""`putokaz export …`: cases as a file, as known at a moment; and what a file of HTCDS from elsewhere would say here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from domain.codes import SYSTEM_ACTOR, StreamName
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.stream.naming import stream_code
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from analysis.exports.htcds_reading import Reading
    from analysis.exports.making import Watch
    from domain.release.state import Release
    from worker.exporting import Exported

app = typer.Typer(no_args_is_help=True, help="Cases as files that other organisations' tools accept.")


@app.command("make")
@plainly
def make(
    file: Annotated[Path, typer.Argument(help="The file. It is there once it is whole.")],
    format_: Annotated[ExportFormat | None, typer.Option("--format", help="In which form.")] = None,
    table: Annotated[ExportTable | None, typer.Option(help="Which table, for csv and parquet.")] = None,
    purpose: Annotated[ExportPurpose | None, typer.Option(help="What it is for: it stands in the log.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, in your own words; sealed.")] = None,
    at: Annotated[
        datetime | None,
        typer.Option("--as-known-at", formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"], help="Default: now."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Of a period: its first day (see docs/exports.md).")
    ] = None,
    before: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day after its last one.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what was interrupted.")] = False,
    pathway: Annotated[str, typer.Option(help="By whose zone days are read.")] = "astra",
    actor: Annotated[UUID, typer.Option(help="Who takes it along.")] = SYSTEM_ACTOR,
    as_json: AsJson = False,
) -> None:
    """Make an export. Ids in it are pseudonyms of this one file; no sealed text is ever in it."""
    from projections.reader import Reader
    from worker.exporting import PATIENCE, Exporting, Wanted
    from worker.links import page_link
    from worker.parts import opened

    if not resume and (format_ is None or purpose is None):
        fail("say --format and --purpose, or --resume", Exit.USAGE)
    if file.exists():
        fail(f"{file} is there already", Exit.USAGE)
    if not file.absolute().parent.is_dir():
        fail(f"there is no folder {file.absolute().parent}", Exit.USAGE)
    settings = settings_here()
    with (
        opened(settings, connections=1) as parts,
        Reader(settings.reader, size=1, patience=PATIENCE, application_name="putokaz-export") as reader,
        _watching() as watch,
    ):
        exporting = Exporting(parts, reader, partial(page_link, settings))
        if resume:
            made = exporting.resume(file, watch)
        else:
            assert format_ is not None
            assert purpose is not None
            first, end = (day.date() if day else None for day in (since, before))
            wanted = Wanted(format_, table, purpose, actor, pathway, at, reason, first, end)
            made = exporting.begin(wanted, file, watch)
    _tell(file, made, as_json=as_json)


@app.command("release")
@plainly
def release(
    table: Annotated[str | None, typer.Argument(help="Which; without one they are listed.")] = None,
    period: Annotated[str | None, typer.Option(help="2026 or 2026-Q3, once it is over.")] = None,
    file: Annotated[Path | None, typer.Option("--to", help="The file to write it to.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would leave; nothing does.")] = False,
    at: Annotated[
        datetime | None,
        typer.Option("--as-known-at", formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"], help="Default: now."),
    ] = None,
    pathway: Annotated[str, typer.Option(help="By whose zone days are read.")] = "astra",
    actor: Annotated[UUID, typer.Option(help="Who releases it.")] = SYSTEM_ACTOR,
    as_json: AsJson = False,
) -> None:
    """Let a table of counts leave: none below ten people, rounded to five, nothing to be found by difference."""
    from analysis.disclosure.catalogue import TABLES, table_of
    from domain.release.state import file_of
    from domain.release.values import ReleasePeriod
    from projections.reader import Reader
    from worker.exporting import PATIENCE
    from worker.parts import opened
    from worker.table_releases import Releasing

    if table is None:
        show_table(("table", "by", "of"), ((t.code, ", ".join(t.dimensions), t.population) for t in TABLES.values()))
        return
    if period is None:
        fail("say --period", Exit.USAGE)
    wanted = table_of(table)
    try:
        span = ReleasePeriod.of(period)
    except ValueError as error:
        fail(str(error), Exit.USAGE)
    settings = settings_here()
    with (
        opened(settings, connections=1) as parts,
        Reader(settings.reader, size=1, patience=PATIENCE, application_name="putokaz-release") as reader,
    ):
        releasing = Releasing(parts, reader, pathway)
        prepared = releasing.prepare(wanted, span, at)
        sha256 = None if preview else releasing.release(prepared, actor).sha256
    cells = prepared.command.cells
    if file is not None and sha256 is not None:
        file.write_bytes(file_of(table, span, cells))
    if as_json:
        show_json({"table": table, "period": str(span), "sha256": sha256, "cells": [c.model_dump() for c in cells]})
        return
    show_table((*wanted.dimensions, "people"), ((*c.key, "hidden" if c.count is None else c.count) for c in cells))
    out.print(f"released, sha256 {sha256}" if sha256 else "Nothing has left: this is what would.")
    if prepared.left_out:
        out.print(f"[yellow]{prepared.left_out} could not be read by this release and are left out.[/yellow]")


@app.command("releases")
@plainly
def releases(as_json: AsJson = False) -> None:
    """List the tables that have left."""
    from analysis.disclosure.released import every_release
    from worker.parts import opened

    with opened(settings_here(), connections=1) as parts:
        found = every_release(lambda stream: parts.log.load(stream).history)
    if as_json:
        show_json([{**_told_release(each), "cells": list(each.cells.items())} for each in found])
        return
    rows = ((r.table, r.period, r.known_at, len(r.hidden), r.at, r.sha256) for r in found)
    show_table(("table", "period", "as known at", "hidden", "left", "sha256"), rows)


@app.command("read-htcds")
@plainly
def read_htcds(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX, of any variant.")],
    as_json: AsJson = False,
) -> None:
    """Say row by row what a file of HTCDS would become; nothing is recorded. Exit code 1 where something is unclear.

    Cases are opened of it on the page /replay/imports, where a person looks at each row.
    """
    from analysis.exports.htcds_reading import read_file

    found = read_file(file)
    if as_json:
        show_json(found)
    else:
        for place in found.columns:
            out.print(f"column {place.number}: {place.heading!r} → {place.field or '– not understood'}", markup=False)
        columns = ("row", "understood", "problems")
        show_table(columns, ((row.number, len(row.fields), "; ".join(row.problems)) for row in found.rows))
        _tell_of_rows(found)
        for problem in found.problems:
            out.print(problem, markup=False)
        out.print(f"{len(found.rows)} rows, {found.understood} of them without a problem. Nothing was recorded.")
    if found.problems or found.understood < len(found.rows):
        raise typer.Exit(Exit.WRONG)


def _tell_of_rows(found: Reading) -> None:
    """Cells that were not understood, with what to do, and rows that are of the same person."""
    from analysis.exports.htcds_proposals import advice, proposals

    for proposal in proposals(found):
        for cell in proposal.left:
            line = f"row {proposal.row}, column {cell.column} ({cell.heading}): {cell.text!r} – {advice(cell)}"
            out.print(line, markup=False)
        if proposal.twin is not None:
            out.print(f"row {proposal.row}: the same name and birth as row {proposal.twin}", markup=False)


def _tell(file: Path, done: Exported, *, as_json: bool) -> None:
    code = stream_code(StreamName.EXPORT, done.export)
    if as_json:
        show_json({"code": code, **_described(file, done)})
        return
    out.print(f"{file}: {done.made.rows:,} rows, {done.made.size:,} bytes, as known at {done.cut.known_at.isoformat()}")
    out.print(f"{code}  sha256 {done.made.sha256}")
    if done.format is ExportFormat.HTCDS:
        from analysis.exports.htcds import VARIANT, empty

        out.print(f"{VARIANT}. Columns that are always empty here: {', '.join(empty())}.")
    if not done.made.rows:
        out.print("[yellow]There is nothing of this kind: the file has a heading only.[/yellow]")
    if done.left_out:
        out.print(f"[yellow]{done.left_out} could not be read by this release and are left out.[/yellow]")


def _described(file: Path, done: Exported) -> dict[str, object]:
    return {
        "export": done.export,
        "file": str(file),
        "rows": done.made.rows,
        "size": done.made.size,
        "sha256": done.made.sha256,
        "known_at": done.cut.known_at,
        "position": done.cut.position,
        "left_out": done.left_out,
    }


def _told_release(each: Release) -> dict[str, object]:
    told = {name: getattr(each, name) for name in ("table", "known_at", "last_position", "sha256", "by", "at")}
    return {**told, "period": str(each.period), "hidden": len(each.hidden)}


@contextmanager
def _watching() -> Iterator[Watch]:
    """A bar on standard error, where that is a terminal."""
    from analysis.exports.making import Progress, unwatched

    if not err.is_terminal:
        yield unwatched
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("exporting"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("export", total=1.0)

        def draw(progress: Progress) -> None:
            bar.update(task, completed=progress.share)

        yield draw


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="export", rich_help_panel="Looking")
