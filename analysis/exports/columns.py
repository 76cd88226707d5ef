"""The tables that can be exported as CSV and Parquet: their columns in order, each with what stands in it.

An id is a pseudonym. An instant is in UTC; a day is one of the office's calendar. Nothing is free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.export.codes import ExportTable


class ColumnKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    INSTANT = "instant"


class Column(NamedTuple):
    """One column."""

    name: str
    kind: ColumnKind


def _columns(**kinds: str) -> tuple[Column, ...]:
    return tuple([Column(name, ColumnKind(kind)) for name, kind in kinds.items()])


COLUMNS: Mapping[ExportTable, tuple[Column, ...]] = MappingProxyType(
    {
        ExportTable.JOURNEYS: _columns(
            journey="text",
            pathway="text",
            pathway_version="number",
            phase="text",
            stages="text",
            caseworker="text",
            next_step="text",
            next_role="text",
            next_due_on="day",
            stalled="text",
            stalled_since="instant",
            closing_reason="text",
            opened_at="instant",
            changed_at="instant",
        ),
        ExportTable.STEPS: _columns(
            journey="text",
            part="text",
            step="text",
            stage="text",
            occurrence="number",
            state="text",
            cause="text",
            since="instant",
            recorded_at="instant",
        ),
        ExportTable.FLOW: _columns(
            journey="text",
            kind="text",
            part="text",
            what="text",
            stage="text",
            occurrence="number",
            state="text",
            cause="text",
            since="instant",
            pathway="text",
            pathway_version="number",
            from_at="instant",
            until_at="instant",
        ),
        ExportTable.HEARINGS: _columns(
            journey="text",
            number="number",
            kind="text",
            matter="text",
            status="text",
            starts_at="instant",
            zone="text",
            dates="number",
            postponements="number",
            outcome="text",
            attendance="text",
        ),
        ExportTable.SERVICES: _columns(
            journey="text",
            service="text",
            occurrence="number",
            status="text",
            waits_on="text",
            role="text",
            needed_at="instant",
            provider="text",
            sessions="number",
            held="number",
            missed="number",
            outcome="text",
            end="text",
            cost_rsd="amount",
        ),
        ExportTable.EVENTS: _columns(
            event="number",
            topic="text",
            type="text",
            thing="text",
            part="text",
            occurred_at="instant",
            recorded_at="instant",
            actor="text",
            attributes="text",
        ),
    }
)
"""What a table of another release may have more or less of is in docs/exports.md."""
