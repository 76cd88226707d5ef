"""Every report that there is, and what is asked for and not recorded in the log."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from analysis.reports import calls, court, formal, helping, people, safety, ways
from analysis.reports.definition import Definition
from analysis.reports.errors import ReportInvalid

REPORTS: Mapping[str, Definition[Any]] = MappingProxyType(
    {
        report.code: report
        for module in (calls, people, formal, helping, safety, court, ways)
        for report in module.REPORTS
    }
)
"""By their codes, in the order in which they are listed."""


class NotRecorded(StrEnum):
    """A figure that is asked for (domain.md §6) and that the log cannot give. It is said, and nothing is guessed."""

    SEX = "sex"
    """In the vault only, behind a key that no report has."""
    CITIZENSHIP = "citizenship"
    """As sex."""
    AGE_OF_ADULTS = "age-of-adults"
    """A birthday is in the vault; the log knows the day of coming of age of who was a child."""
    COUNTRY = "country"
    """Where the exploitation was: no question of the forms asks it."""
    REPORTER = "reporter"
    """Who reported the person to the Centre: of a decision the log has the body that decided."""
    CLAIM_PAID = "claim-paid"
    """Whether an award was paid: what becomes of a claim ends with the award."""
    RELATED = "related"
    """Whether a call was about trafficking: topics say what it was about, and none of them says that."""
    SUSPECTS = "suspects"
    """Suspects and convicted persons: the file is of the client."""


def report_of(code: str) -> Definition[Any]:
    """Raises `ReportInvalid` where there is no such report."""
    found = REPORTS.get(code)
    if found is None:
        raise ReportInvalid(f"there is no report {code!r:.40}; there are: {', '.join(REPORTS)}")
    return found
