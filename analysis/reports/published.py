"""The published tables in form: ASTRA's year and Serbia's year, their lines filled from the reports of our own log.

A line that the log cannot fill says so; the figure that was published stands beside it, never in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from analysis.reports.calls import Calling
from analysis.reports.court import Length
from analysis.reports.people import AgeGroup
from analysis.reports.registry import NotRecorded
from analysis.reports.table import Figure, ReportTable
from domain.journey.proceedings.codes import PropertyClaimStatus
from domain.journey.service.codes import Move
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pathway

Tables = Mapping[str, ReportTable]
GroupOf = Callable[[str], str | None]
"""The group of the catalogue that a service belongs to."""


class PublishedCode(StrEnum):
    """The tables that are published elsewhere."""

    ASTRA_YEAR = "astra-year"
    SERBIA_YEAR = "serbia-year"


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """`figure`: ours; None where the log does not record it, and `missing` says what. `of`: what `share` is of, 0 to 1.

    `report` has the cells that were added up; `published` is the figure of the source, as it prints it.
    """

    name: str
    published: str
    report: str | None = None
    figure: Figure | None = None
    of: int | None = None
    missing: NotRecorded | None = None

    @property
    def share(self) -> float | None:
        """The part of the whole that it is, where it is a part and there is a whole."""
        return self.figure.count / self.of if self.figure is not None and self.of else None


@dataclass(frozen=True, slots=True)
class Form:
    """A published table: the reports that it is made of, and how."""

    reports: tuple[str, ...]
    source: str
    lines: Callable[[Tables, GroupOf], list[PublishedLine]]


def _added(table: ReportTable, keys: Iterable[tuple[str, ...]]) -> Figure:
    figures = [table.cells[key] for key in keys if key in table.cells]
    behind = sorted(event for figure in figures for event in figure.behind)
    return Figure(sum(figure.count for figure in figures), tuple(behind))


def _line(name: str, published: str, table: ReportTable, *first: str, of: int | None = None) -> PublishedLine:
    """Of the cells whose key begins with one of these values; of all where there is none."""
    return PublishedLine(
        name, published, table.code, _added(table, [key for key in table.cells if not first or key[0] in first]), of
    )


def _astra(tables: Tables, group_of: GroupOf) -> list[PublishedLine]:
    calls, callers, reports = tables["calls"], tables["callers"], tables["status-reports"]
    months = _by_first(calls)
    few, many = (pick(months, key=lambda month: months[month].count, default=None) for pick in (min, max))
    identified = _added(reports, [key for key in reports.cells if key[1] == FormalStatus.IDENTIFIED])
    lines = [
        _line("calls", "3,050", calls),
        PublishedLine("fewest-in-a-month", "84", calls.code, months[few] if few else Figure(0)),
        PublishedLine("most-in-a-month", "311", calls.code, months[many] if many else Figure(0)),
        _line("callers-known", "546", callers, Calling.NEW, Calling.AGAIN),
        _line("callers-new", "380", callers, Calling.NEW),
        PublishedLine("calls-related", "68 %", missing=NotRecorded.RELATED),
        _line("reports", "60", reports),
        PublishedLine("reports-identified", "29", reports.code, identified),
    ]
    services = tables["services"]
    for group, published in _GROUPS.items():
        given = [key for key in services.cells if key[1] == Move.CARRY_OUT and group_of(key[0]) == group]
        lines.append(PublishedLine(f"services-{group}", published, services.code, _added(services, given)))
    lines.append(_line("field-actions", "804", tables["missions"]))
    return lines


def _by_first(table: ReportTable) -> dict[str, Figure]:
    firsts = sorted({key[0] for key in table.cells})
    return {first: _added(table, [key for key in table.cells if key[0] == first]) for first in firsts}


_GROUPS = MappingProxyType({"psychological": "932", "legal": "496", "medical": "243"})
"""The groups of services that ASTRA's ten years count, with its figures; named as in the catalogue of the pathway."""


def _serbia(tables: Tables, _: GroupOf) -> list[PublishedLine]:
    reports, times, trials = tables["status-reports"], tables["status-times"], tables["trial-durations"]
    claims = tables["claims"]
    identified = _line("identified", "66", times, FormalStatus.IDENTIFIED)
    children = _added(times, [(FormalStatus.IDENTIFIED.value, AgeGroup.CHILD.value)])
    whole = identified.figure.count if identified.figure else 0
    lines = [
        _line("reports", "168", reports),
        identified,
        PublishedLine("identified-children", "62 %", times.code, children, whole),
        PublishedLine("identified-female", "72 %", missing=NotRecorded.SEX),
        PublishedLine("identified-of-police-reports", "51.5 %", missing=NotRecorded.REPORTER),
    ]
    for length, published in zip(Length, ("56 %", "19 %", "25 %"), strict=True):
        part = _added(trials, [key for key in trials.cells if key[1] == length])
        lines.append(PublishedLine(f"trials-{length.value}", published, trials.code, part, trials.total))
    awarded = (PropertyClaimStatus.AWARDED, PropertyClaimStatus.PARTLY_AWARDED)
    return [
        *lines,
        _line("claims-awarded", "3", claims, *awarded),
        PublishedLine("claims-paid", "1", missing=NotRecorded.CLAIM_PAID),
    ]


FORMS: Mapping[PublishedCode, Form] = MappingProxyType(
    {
        PublishedCode.ASTRA_YEAR: Form(
            ("calls", "callers", "status-reports", "services", "missions"),
            "ASTRA: hotline 2012; services and field actions of the first ten years",
            _astra,
        ),
        PublishedCode.SERBIA_YEAR: Form(
            ("status-reports", "status-times", "trial-durations", "claims"),
            "Serbia 2023: the Centre's figures; durations: ASTRA 2019; awards: to 2019",
            _serbia,
        ),
    }
)


def group_finder(pathways: Sequence[Pathway]) -> GroupOf:
    """Finds the group of a service in these pathways; the first that knows the service says it."""
    groups = {
        kind.service: kind.group
        for pathway in reversed(pathways)
        for kind in (pathway.services.kinds if pathway.services else ())
    }
    return groups.get
