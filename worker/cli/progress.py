"""Progress of a long command on standard error: a bar for a person, now and then a line for a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from projections.whole_log import Progress, Watch
from worker.cli.output import err

_EVERY = 5.0  # seconds between lines where nobody sees a bar


@contextmanager
def watching(what: str) -> Iterator[Watch]:
    """A function to be called with how far it is; `what` names the work: `comparing`."""
    if not err.is_terminal:
        yield _lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[pace]}"))
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None, pace="")

        def draw(progress: Progress) -> None:
            bar.update(task, total=progress.total, completed=progress.done, pace=pace(progress))

        yield draw


def pace(progress: Progress) -> str:
    """`12,345 events/s, 1:05 left`."""
    if progress.remaining is None:
        return ""
    minutes, seconds = divmod(round(progress.remaining), 60)
    return f"{progress.per_second:,.0f} events/s, {minutes}:{seconds:02} left"


def _lines(what: str) -> Watch:
    last = monotonic()

    def line(progress: Progress) -> None:
        nonlocal last
        if monotonic() - last >= _EVERY:
            last = monotonic()
            err.print(f"{what}: {progress.done:,} of {progress.total:,} events, {pace(progress)}")

    return line
