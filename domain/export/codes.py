"""What can be exported, as what, and for what: codes that stand in the log."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """In which form. A value is never renamed or reused."""

    OCEL_JSON = "ocel-json"
    OCEL_SQLITE = "ocel-sqlite"
    XES = "xes"
    CSV = "csv"
    PARQUET = "parquet"
    HTCDS = "htcds"
    CTDC = "ctdc"
    ICAL = "ical"


class ExportTable(StrEnum):
    """Which table, where the format is one for tables. A value is never renamed or reused."""

    JOURNEYS = "journeys"
    STEPS = "steps"
    FLOW = "flow"
    HEARINGS = "hearings"
    SERVICES = "services"
    EVENTS = "events"


OF_TABLES = frozenset({ExportFormat.CSV, ExportFormat.PARQUET})
"""The formats that need to be told which table."""
OF_PERIODS = frozenset({ExportFormat.XES, ExportFormat.HTCDS, ExportFormat.CTDC, ExportFormat.ICAL})
"""The formats that may be of a period: of journeys opened in it, and the calendar of hearings that are in it."""
TABLES_OF_PERIODS = frozenset({ExportTable.HEARINGS, ExportTable.SERVICES})
"""The tables that may be of the journeys opened in a period."""


def has_periods(format_: ExportFormat, table: ExportTable | None) -> bool:
    """Whether it may be of a period: what is made of whole journeys. Events without some of them would have holes."""
    return format_ in OF_PERIODS or table in TABLES_OF_PERIODS


class ExportPurpose(StrEnum):
    """What it is for. A value is never renamed or reused."""

    DONOR_REPORT = "donor-report"
    NATIONAL_RAPPORTEUR = "national-rapporteur"
    PARTNER = "partner"
    RESEARCH = "research"
    OWN_ANALYSIS = "own-analysis"
    AUTHORITY = "authority"
    DATA_PROTECTION = "data-protection"
