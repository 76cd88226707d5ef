"""The tables that may leave, and no others. None of two tables of the same people shares a dimension with the other.

So they have nothing in common but how many people there are, which the audit holds for known (`protecting`). People of
whom some are the people of another population are left out on purpose: who was opened in a period and who was in care
in it differ by a group that no table shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from analysis.disclosure.errors import DisclosureInvalid
from analysis.reports.definition import Absent, Dimension
from analysis.reports.helping import PlanStanding
from analysis.reports.people import AgeGroup
from analysis.reports.registry import REPORTS
from domain.errors import DefinitionError
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pathway

OTHER = "other"
"""Whatever has no category of its own."""
Pathways = Sequence[Pathway]
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EXPLOITATION = "vic_TypeOfExploitation"


class Population(StrEnum):
    """Of whom a table is. A value is never renamed: it names the stream of the releases."""

    CONTACTS = "contacts"
    IN_CARE = "in-care"


@dataclass(frozen=True, slots=True)
class Predefined:
    """One table that may leave. `report` is what it is made of, summed over all other dimensions.

    `everyone`: where one person may stand in several cells, the report that counts each person of the population; what
    stands for no answer (`none`) is no category then, or the cells would cover everybody and add up to something.
    """

    code: str
    report: str
    dimensions: tuple[Dimension, ...]
    population: Population
    everyone: str | None = None

    @property
    def reports(self) -> tuple[str, ...]:
        """The codes of the reports that are counted for it."""
        return (self.report, self.everyone) if self.everyone else (self.report,)


def categories_of(table: Predefined, pathways: Pathways) -> tuple[tuple[str, ...], ...]:
    """The categories of each dimension: fixed lists, or all that the pathways know, never what was counted."""
    return tuple(_with_other(_CATEGORIES[dimension](pathways)) for dimension in table.dimensions)


def value_of(dimension: Dimension, code: str, pathways: Pathways) -> str:
    """The value of a report that a code stands for; the code itself where it stands for no one value."""
    return next((value for value in _CATEGORIES[dimension](pathways) if code_of(value) == code), code)


def code_of(value: str) -> str:
    """A value of a report as a code: `ForcedLabour` is `forced-labour`."""
    return _CAPITAL.sub("-", value).replace("_", "-").lower()


def _with_other(values: Iterable[str]) -> tuple[str, ...]:
    return (*dict.fromkeys(code for value in values if (code := code_of(value)) != OTHER), OTHER)


def _callers(pathways: Pathways) -> list[str]:
    return [caller.kind for pathway in pathways if pathway.hotline for caller in pathway.hotline.callers]


def _services(pathways: Pathways) -> list[str]:
    return [kind.service for pathway in pathways if pathway.services for kind in pathway.services.kinds]


def _exploitation(pathways: Pathways) -> list[str]:
    return [
        choice.htcds
        for pathway in pathways
        for form in pathway.screening
        for _, question in form.places()
        if question.htcds == _EXPLOITATION
        for choice in question.choices
        if choice.htcds
    ]


_CATEGORIES: Mapping[Dimension, Callable[[Pathways], Iterable[str]]] = MappingProxyType(
    {
        Dimension.CALLER: _callers,
        Dimension.STATUS: lambda _: (*FormalStatus, Absent.NOT_REPORTED),
        Dimension.AGE: lambda _: AgeGroup,
        Dimension.PLAN: lambda _: PlanStanding,
        Dimension.SERVICE: _services,
        Dimension.EXPLOITATION: _exploitation,
    }
)
_ALL = (
    Predefined("contacts-by-caller", "calls", (Dimension.CALLER,), Population.CONTACTS),
    Predefined("in-care-by-status-and-age", "status-standing", (Dimension.STATUS, Dimension.AGE), Population.IN_CARE),
    Predefined("in-care-by-plan", "plans", (Dimension.PLAN,), Population.IN_CARE),
    Predefined("in-care-by-exploitation", "exploitation", (Dimension.EXPLOITATION,), Population.IN_CARE, "plans"),
    Predefined("clients-by-service", "clients-by-service", (Dimension.SERVICE,), Population.IN_CARE, "plans"),
)


def checked(tables: Iterable[Predefined]) -> Mapping[str, Predefined]:
    """By their codes. Raises `DefinitionError` where two would tell of each other, or one is of no report."""
    listed = list(tables)
    for one, other in combinations(listed, 2):
        shared = one.population is other.population and set(one.dimensions) & set(other.dimensions)
        if shared or one.code == other.code:
            raise DefinitionError(f"{one.code} and {other.code} share a dimension: each would fill gaps of the other")
    for table in listed:
        report = REPORTS.get(table.report)
        if report is None or not set(table.dimensions) <= set(report.dimensions):
            raise DefinitionError(f"{table.code} is of no report that counts so")
        if report.several is not (table.everyone is not None):
            raise DefinitionError(f"{table.code}: its report says otherwise whether one person stands in several cells")
    return MappingProxyType({table.code: table for table in listed})


TABLES = checked(_ALL)
"""All of them, by code."""


def table_of(code: str) -> Predefined:
    """Raises `DisclosureInvalid` where no such table may leave."""
    found = TABLES.get(code)
    if found is None:
        raise DisclosureInvalid(f"no table {code!r:.40} may leave; these may: {', '.join(TABLES)}")
    return found
