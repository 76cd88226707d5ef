"""One example of every event of an export, with every field filled."""

from __future__ import annotations

from datetime import date, datetime

from domain.event import Event
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.export.making import ExportBegun, ExportMade
from domain.pathway.model import Pin
from domain.sealed import Notes, Sealed


def export_events(at: datetime, note: Sealed[Notes]) -> tuple[Event, ...]:
    """Ids and dates never change."""
    return (
        ExportBegun(
            occurred_at=at,
            pin=Pin(name="astra", version=2, sha256="2" * 64),
            format=ExportFormat.PARQUET,
            table=ExportTable.HEARINGS,
            purpose=ExportPurpose.NATIONAL_RAPPORTEUR,
            known_at=at,
            last_position=12,
            note=note,
            since=date(2026, 1, 1),
            before=date(2026, 7, 1),
        ),
        ExportMade(occurred_at=at, rows=11, size=2_000, sha256="a" * 64),
    )
