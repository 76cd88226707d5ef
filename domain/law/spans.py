"""Lengths of terms: a year of the law is twelve of its months."""

from __future__ import annotations

from domain.pathway.model import Span, Unit

AT_ONCE = Span(count=0, unit=Unit.CALENDAR_DAYS)


def days(count: int) -> Span:
    """Calendar days: no Serbian term that we know counts working days."""
    return Span(count=count, unit=Unit.CALENDAR_DAYS)


def months(count: int) -> Span:
    return Span(count=count, unit=Unit.MONTHS)


def years(count: int) -> Span:
    return months(12 * count)
