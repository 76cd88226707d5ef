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


class ExportPurpose(StrEnum):
    """What it is for. A value is never renamed or reused."""

    DONOR_REPORT = "donor-report"
    NATIONAL_RAPPORTEUR = "national-rapporteur"
    PARTNER = "partner"
    RESEARCH = "research"
    OWN_ANALYSIS = "own-analysis"
    AUTHORITY = "authority"
    DATA_PROTECTION = "data-protection"
