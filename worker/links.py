"""Addresses of pages, as letters and calendars name them."""

from __future__ import annotations

from worker.settings import Settings


def page_link(settings: Settings, code: str) -> str:
    """The address of a journey's page, as letters and calendars name it."""
    return f"{settings.address}/j/{code}"
