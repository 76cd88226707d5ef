"""`putokaz replay flow`: what a cohort of journeys went through, how often and how long.

putokaz replay flow --from 2026-01-01 --to 2026-06-30 --pathway astra --nodes 5 --edges 5
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from domain.calendar import at_local
from domain.codes import ClosingReason
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from analysis.flow.figures import Flow
    from analysis.flow.survival import Curve

_ZONE = "Europe/Belgrade"


@plainly
def flow(
    since: Annotated[str | None, typer.Option("--from", help="Opened on this day, 2026-01-01, or later.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Opened on this day or earlier.")] = None,
    pathway: Annotated[str | None, typer.Option(help="On this pathway.")] = None,
    version: Annotated[int | None, typer.Option(min=1, help="On this version of it.")] = None,
    stage: Annotated[str | None, typer.Option(help="That have entered this stage.")] = None,
    reason: Annotated[ClosingReason | None, typer.Option(help="That are closed for this reason.")] = None,
    known: Annotated[str | None, typer.Option("--known", help="As known at the end of this day; else now.")] = None,
    nodes: Annotated[int, typer.Option(min=0, max=100, help="Steps of at least n % of the journeys.")] = 0,
    edges: Annotated[int, typer.Option(min=0, max=100, help="Paths of at least n % of the journeys.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Count what journeys went through, and how long it took. For staff: small counts are shown as they are."""
    from analysis.flow.cohort import Cohort
    from analysis.flow.figures import simplified
    from analysis.flow.reading import read_flow
    from projections.reader import Reader

    cohort = Cohort(
        opened_from=_midnight(since) if since else None,
        opened_until=_midnight(to, after=1) if to else None,
        pathway=pathway,
        version=version,
        stage=stage,
        reason=reason,
    )
    at = _midnight(known, after=1) if known else datetime.now(UTC)
    with Reader(settings_here().reader, size=1) as reader:
        found = simplified(read_flow(reader, cohort, at=at), nodes=nodes, edges=edges)
    if as_json:
        show_json(found)
    else:
        _show(found)


def _midnight(day: str, after: int = 0) -> datetime:
    """The beginning of a day of the office, or of the one `after` days later."""
    try:
        return at_local(date.fromisoformat(day) + timedelta(days=after), time.min, _ZONE)
    except (ValueError, OverflowError):
        fail(f"{day} is no day; one is written 2026-11-30", Exit.USAGE)


def _show(found: Flow) -> None:
    if not found.journeys:
        out.print("no journey matches")
        return
    out.print(f"{found.journeys} journeys: {found.open} open, {found.closed} closed; days are medians and 90 % values")
    columns = ("journeys", "visits", "repeated", "open", "stopped", "closed_in", "median", "p90")
    show_table(
        ("stage or step", *columns), ([node.key, *(_plain(getattr(node, c)) for c in columns)] for node in found.nodes)
    )
    out.print()
    show_table(
        ("from", "next", "times", "journeys", "median"),
        ([e.source, e.target, e.times, e.journeys, _plain(e.median)] for e in found.edges),
    )
    if found.waits:
        out.print()
        show_table(
            ("waiting", "times", "journeys", "median", "p90", "total"),
            ([w.cause, w.times, w.journeys, _plain(w.median), _plain(w.p90), _plain(w.total)] for w in found.waits),
        )
    out.print()
    show_table(
        ("days until", "of", "happened", "median"),
        ([name, c.observed, c.events, _median(c)] for name, c in found.curves.items()),
    )


def _median(curve: Curve) -> str:
    return "not reached" if curve.median is None else f"{curve.median:.0f}"


def _plain(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.1f}"
