"""`putokaz replay reports | report`: what supervisors, donors and the national rapporteur count, as known at a moment.

putokaz replay report calls --period 2026-Q3
putokaz replay report status-reports --year 2026 --as-known-at 2026-09-30 --against 2026-11-30
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table, text

if TYPE_CHECKING:
    from analysis.reports.period import Period
    from analysis.reports.published import PublishedLine
    from analysis.reports.table import Figure, ReportTable
    from projections.reader import Reader
    from worker.settings import Settings


@plainly
def reports_command(as_json: AsJson = False) -> None:
    """List the reports, the published tables, and what is asked for and not recorded."""
    from analysis.reports.published import FORMS
    from analysis.reports.registry import REPORTS, NotRecorded

    if as_json:
        reports = [_defined(code) for code in REPORTS]
        published = [{"code": code.value, "source": form.source} for code, form in FORMS.items()]
        show_json({"reports": reports, "published": published, "not_recorded": list(NotRecorded)})
        return
    rows = [(each.code, each.dimensions, each.by, each.source) for each in REPORTS.values()]
    show_table(("code", "counted by", "in the period by", "who asks for it, or publishes it"), rows)
    out.print()
    show_table(("published table", "source"), [(code, form.source) for code, form in FORMS.items()])
    out.print(f"Not recorded in the log: {', '.join(NotRecorded)}.")


@plainly
def report_command(
    code: Annotated[str, typer.Argument(help="Which, as `putokaz replay reports` lists them.")],
    year: Annotated[int | None, typer.Option(min=1990, max=2199, help="The year; or --period.")] = None,
    period: Annotated[str | None, typer.Option(help="2026, 2026-Q3, 2026-07 or 2026-07-01/2026-09-15.")] = None,
    known: Annotated[
        str | None, typer.Option("--as-known-at", help="By what had been recorded by then; a day means its end.")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", help="As known at another moment too: what was revised.")
    ] = None,
    events: Annotated[bool, typer.Option("--events", help="The events behind each figure.")] = False,
    as_json: AsJson = False,
) -> None:
    """Count a report for a period. For staff: figures are exact, also where they are small."""
    from analysis.reports.period import Period
    from analysis.reports.published import FORMS, PublishedCode
    from analysis.reports.registry import report_of
    from projections.reader import Reader

    if (year is None) == (period is None):
        fail("say --year or --period, and not both", Exit.USAGE)
    written = period or str(year)
    is_published = code in set(PublishedCode)
    if is_published and against is not None:
        fail("--against is for reports; a published table is made of several", Exit.USAGE)
    codes = FORMS[PublishedCode(code)].reports if is_published else (report_of(code).code,)
    wanted = Period.of(written)
    settings = settings_here()
    with Reader(settings.reader, size=1, patience=60.0) as reader:
        tables = _tables(settings, reader, codes, wanted, known)
        other = _tables(settings, reader, codes, wanted, against) if against is not None else {}
    if is_published:
        _show_published(settings, PublishedCode(code), tables, as_json)
    elif code in other:
        _show_revised(tables[code], other[code], as_json)
    else:
        _show(tables[code], events=events, as_json=as_json)


def _tables(
    settings: Settings, reader: Reader, codes: tuple[str, ...], period: Period, known: str | None
) -> dict[str, ReportTable]:
    from activities.pathway_files import PathwayStore
    from analysis.reports.making import read_reports
    from analysis.reports.registry import REPORTS
    from staff.i18n.words import OFFICE_ZONE

    store = PathwayStore(settings.pathways)
    tables, left_out = read_reports(
        reader,
        [REPORTS[code] for code in codes],
        period,
        at=_moment(known),
        zone=OFFICE_ZONE,
        pathways=lambda pin: store.find(pin).pathway,
    )
    if left_out:
        out.print(f"[yellow]{left_out} could not be read by this release and are left out.[/yellow]")
    return tables


def _moment(typed: str | None) -> datetime:
    from datetime import UTC

    from analysis.travel.asking import instant_of
    from staff.i18n.words import OFFICE_ZONE

    now = datetime.now(UTC)
    if typed is None:
        return now
    found = instant_of(typed, OFFICE_ZONE, now)
    if found is None:
        fail(f"{typed} is no date; write 2026-03-02 or 2026-03-02T10:00", Exit.USAGE)
    if found > now:
        fail(f"{typed} has not come yet, and the future is not known", Exit.USAGE)
    return found


def _defined(code: str) -> dict[str, Any]:
    from analysis.reports.registry import REPORTS

    report = REPORTS[code]
    return {
        "code": report.code,
        "dimensions": report.dimensions,
        "by": report.by,
        "source": report.source,
        "several": report.several,
        "timed": report.timed,
    }


def _show(table: ReportTable, *, events: bool, as_json: bool) -> None:
    if as_json:
        show_json({**_head(table), "cells": [_cell(key, figure) for key, figure in table.cells.items()]})
        return
    out.print(f"{table.code}, {table.period}, as known at {text(table.as_known_at)}")
    if not table.cells:
        out.print("Nothing counts: no event of the period, as known then.")
        return
    timed = any(figure.median_days is not None for figure in table.cells.values())
    more = [*(["median days"] if timed else []), *(["events"] if events else [])]
    rows: list[list[object]] = []
    for key, figure in table.cells.items():
        row: list[object] = [*key, figure.count]
        row += [_days(figure)] if timed else []
        row += [" ".join(f"{stream}@{version}" for stream, version in figure.behind)] if events else []
        rows.append(row)
    show_table((*table.dimensions, "count", *more), rows)


def _show_revised(first: ReportTable, second: ReportTable, as_json: bool) -> None:
    from analysis.reports.comparing import revised

    earlier, later = sorted((first, second), key=lambda table: table.as_known_at)
    found = revised(earlier, later)
    if as_json:
        show_json({"earlier": _head(earlier), "later": _head(later), "revised": found})
        return
    out.print(f"{first.code}, {first.period}: {text(earlier.as_known_at)} against {text(later.as_known_at)}")
    if not found:
        out.print("Nothing was revised.")
        return
    show_table(
        (*first.dimensions, "earlier", "later", "came", "went"),
        ([*each.key, each.earlier.count, each.later.count, len(each.came), len(each.went)] for each in found),
    )


def _show_published(settings: Settings, code: Any, tables: dict[str, ReportTable], as_json: bool) -> None:
    from activities.pathway_files import PathwayStore
    from analysis.reports.published import FORMS, group_finder

    store = PathwayStore(settings.pathways)
    form = FORMS[code]
    lines = form.lines(tables, group_finder([each.pathway for each in store.all()]))
    if as_json:
        show_json({"code": code, "source": form.source, "lines": [_published(line) for line in lines]})
        return
    out.print(f"{code.value}: {form.source}")
    show_table(
        ("line", "here", "share", "as published", "report"),
        ([line.name, _here(line), _share(line), line.published, line.report] for line in lines),
    )


def _published(line: PublishedLine) -> dict[str, object]:
    figure = None if line.figure is None else _cell((), line.figure)
    return {"name": line.name, "published": line.published, "report": line.report, "figure": figure} | {
        "share": line.share,
        "not_recorded": line.missing,
    }


def _here(line: PublishedLine) -> str:
    return f"not recorded: {line.missing}" if line.figure is None else str(line.figure.count)


def _share(line: PublishedLine) -> str:
    return "" if line.share is None else f"{100 * line.share:.1f} %"


def _head(table: ReportTable) -> dict[str, object]:
    return {
        "code": table.code,
        "period": str(table.period),
        "as_known_at": table.as_known_at,
        "dimensions": table.dimensions,
    }


def _cell(key: tuple[str, ...], figure: Figure) -> dict[str, object]:
    behind = [{"stream": stream, "version": version} for stream, version in figure.behind]
    return {"key": key, "count": figure.count, "median_days": figure.median_days, "behind": behind}


def _days(figure: Figure) -> str:
    return "" if figure.median_days is None else f"{figure.median_days:.0f}"
