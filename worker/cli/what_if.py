"""`putokaz replay what-if`: what a changed pathway or limit would have done to what is recorded. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from activities.pathway_files import PathwayStore
    from analysis.what_if.rules import Change
    from analysis.what_if.running import Watch
    from analysis.what_if.summary import Summary

_EVERY = 5.0  # seconds between lines where nobody sees a bar
_DAY = ["%Y-%m-%d"]


@plainly
def what_if(
    pathway: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A changed version: a pathway file, published or not."),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(help="A changed limit: step=days, step=48-hours, every=10-calendar-days. May be repeated."),
    ] = None,
    name: Annotated[str | None, typer.Option("--of", help="Only journeys of this pathway.")] = None,
    opened_from: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Only journeys opened on or after.")
    ] = None,
    opened_before: Annotated[datetime | None, typer.Option(formats=_DAY, help="Only journeys opened before.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="Count only what begins on or after.")] = None,
    before: Annotated[datetime | None, typer.Option(formats=_DAY, help="Count only what begins before.")] = None,
    at: Annotated[
        datetime | None, typer.Option(formats=[*_DAY, "%Y-%m-%dT%H:%M:%S%z"], help="As known then; default: now.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a changed pathway or limit over the recorded history: what would have stalled, been told, been refused."""
    from activities.pathway_files import PathwayStore
    from analysis.what_if.cohort import Cohort, Period
    from analysis.what_if.document import document_of
    from analysis.what_if.running import run
    from eventlog.log import EventLog
    from projections.reader import Reader

    settings = settings_here()
    store = PathwayStore(settings.pathways)
    change = _change(store, pathway, limit or [])
    zone = ZoneInfo(store.latest(name).pathway.zone if name else "Europe/Belgrade")
    cohort = Cohort(name, _local(opened_from, zone), _local(opened_before, zone))
    period = Period(_local(since, zone), _local(before, zone))
    with EventLog(settings.reader, size=1) as log, Reader(settings.reader, size=1) as reader, _watching() as watch:
        moment = _local(at, zone) or log.now()
        found = run(
            reader, change, lambda pin: store.find(pin).pathway, at=moment, cohort=cohort, period=period, watch=watch
        )
    shown = document_of(found)
    if as_json:
        show_json(shown)
        return
    _show(found.summary)
    show_table(
        ("journey", "stalls", "escalations", "refused or not followed"),
        ((row.code, len(row.stalls), len(row.escalations), len(row.blocks)) for row in shown.rows),
        total=found.summary.journeys,
    )
    for stream in found.unreadable:
        err.print(f"{stream} cannot be read by this release and was left out", markup=False)


def _change(store: PathwayStore, file: Path | None, limits: list[str]) -> Change:
    from activities.pathway_files import read_file
    from analysis.what_if.limits import read_limits
    from analysis.what_if.rules import ChangedPathway

    if (file is None) == (not limits):
        fail("give either --pathway FILE or --limit step=days", Exit.USAGE)
    if file is None:
        return read_limits(limits, (pinned.pathway for pinned in store.all()))
    reading = read_file(file)
    if reading.pinned is None:
        for problem in reading.problems:
            err.print(f"{file}: {problem}", markup=False)
        raise typer.Exit(Exit.WRONG)
    return ChangedPathway(reading.pinned.pathway)


def _local(day: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A day begins at its local midnight; an instant is taken as it is."""
    return day.replace(tzinfo=zone) if day is not None and day.tzinfo is None else day


def _show(summary: Summary) -> None:
    from analysis.what_if.summary import Side

    out.print(f"{len(summary.different)} of {summary.journeys} journeys would have gone otherwise")
    if summary.unexplained.number or summary.behind.number:
        out.print(
            f"{summary.unexplained.number} dates stand as recorded, {summary.behind.number} rungs differ from the log",
            style="dim",
        )
    rows = [("everything", summary.whole), *sorted(summary.parts.items())]
    sides = (Side.ADDED, Side.GONE, Side.MOVED)
    show_table(
        (
            "part",
            "stalls",
            "would",
            "+",
            "-",
            "moved",
            "escalations",
            "would",
            "+",
            "-",
            "moved",
            "refused",
            "not followed",
        ),
        (
            (
                part,
                *(figures.stalls[side].number for side in (Side.WAS, Side.WOULD, *sides)),
                *(figures.escalations[side].number for side in (Side.WAS, Side.WOULD, *sides)),
                *(count.number for count in figures.blocks.values()),
            )
            for part, figures in rows
        ),
    )


@contextmanager
def _watching() -> Iterator[Watch]:
    """A bar on standard error for a person, now and then a line for a file."""
    from rich.progress import Progress

    if not err.is_terminal:
        last = monotonic()

        def line(done: int, total: int) -> None:
            nonlocal last
            if monotonic() - last >= _EVERY:
                last = monotonic()
                err.print(f"{done:,} of {total:,} journeys")

        yield line
        return
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("journeys", total=None)
        yield lambda done, total: bar.update(task, total=total, completed=done)
