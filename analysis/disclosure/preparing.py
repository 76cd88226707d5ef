"""A predefined table as it would leave, counted from the log as known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.disclosure.catalogue import OTHER, Predefined, categories_of, code_of
from analysis.disclosure.counts import Counts, Key, apart, with_margins
from analysis.disclosure.errors import DisclosureInvalid
from analysis.disclosure.protecting import protect
from analysis.exports.answers import Pathways
from analysis.reports.making import read_reports
from analysis.reports.period import Period
from analysis.reports.registry import REPORTS
from analysis.reports.table import ReportTable
from domain.pathway.model import Pathway, Pin
from domain.release.differencing import year_hides
from domain.release.releasing import ReleaseTable
from domain.release.state import Release
from domain.release.values import ReleasedCell, ReleasePeriod
from projections.past.reader import position_at
from projections.reader import Reader


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table of which period, as known when."""

    table: Predefined
    period: ReleasePeriod
    at: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would leave. `left_out`: how much of the log this release of the software cannot read."""

    command: ReleaseTable
    left_out: int


def prepare(
    reader: Reader,
    asked: Asked,
    earlier: Sequence[Release],
    *,
    pin: Pin,
    zone: str,
    published: Sequence[Pathway],
    pathways: Pathways,
) -> Prepared:
    """Counts and protects. `earlier`: what has left of the same population; `published`: whose codes are categories.

    Raises `ReportInvalid` where there is nothing to count yet, `DisclosureInvalid`, `Unavailable`.
    """
    table = asked.table
    position = position_at(reader, asked.at)
    tables, left_out = read_reports(
        reader,
        [REPORTS[code] for code in table.reports],
        Period.of(str(asked.period)),
        at=asked.at,
        zone=zone,
        pathways=pathways,
    )
    counts = counted(tables, table, categories_of(table, published))
    protected = protect(counts, year_hides(earlier, table.code, asked.period))
    command = ReleaseTable(
        pin=pin,
        population=table.population.value,
        table=table.code,
        period=asked.period,
        known_at=asked.at,
        last_position=position,
        cells=tuple(ReleasedCell(key=key, count=count) for key, count in protected.cells.items()),
    )
    return Prepared(command, left_out)


def counted(tables: Mapping[str, ReportTable], table: Predefined, categories: tuple[tuple[str, ...], ...]) -> Counts:
    """People in each cell, however often something happened to them. Raises `DisclosureInvalid` where one is in two
    cells of a table that adds up.
    """
    people = _people(tables[table.report], table, categories)
    counts = {key: len(streams) for key, streams in people.items()}
    if table.everyone is None:
        if sum(counts.values()) != len(frozenset[str]().union(*people.values())):
            raise DisclosureInvalid(f"{table.code}: somebody stands in two cells, so it has no total")
        return with_margins(categories, counts)
    of_all = [figure.streams for code in table.reports for figure in tables[code].cells.values()]
    return apart(categories[0], counts, len(frozenset[str]().union(*of_all)))


def _people(report: ReportTable, table: Predefined, categories: tuple[tuple[str, ...], ...]) -> dict[Key, set[str]]:
    places = [report.dimensions.index(dimension.value) for dimension in table.dimensions]
    found: dict[Key, set[str]] = defaultdict(set)
    for key, figure in report.cells.items():
        codes = [code_of(key[place]) for place in places]
        if table.everyone is not None and codes[0] not in categories[0]:
            continue  # no answer, which is no category where cells do not add up
        cell = tuple(code if code in known else OTHER for code, known in zip(codes, categories, strict=True))
        found[cell] |= figure.streams
    return found
