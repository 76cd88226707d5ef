"""The pages of the office, for the tests that look at every page: first those of everybody, then an administrator's."""

from __future__ import annotations

from uuid import UUID

from worker.demo.providers import CLINIC
from worker.demo.staff import MILA

_NEW = UUID(int=9)


def office_pages() -> list[str]:
    """As the caseworker whom the demonstration begins with."""
    return [
        "/providers",
        "/providers?status=all",
        f"/providers/{CLINIC}",
        f"/providers/{_NEW}/list",
        f"/providers/{CLINIC}/change",
        f"/providers/{CLINIC}/deactivate",
        "/me",
        "/me/settings",
        "/me/language",
        "/me/calendar",
        f"/team/{MILA.id}",
        f"/team/{MILA.id}/plan-absence",
    ]


def administration_pages() -> list[str]:
    """As an administrator."""
    return [
        "/admin",
        "/admin/people",
        f"/admin/people/{MILA.id}",
        f"/admin/people/{_NEW}/add",
        f"/admin/people/{MILA.id}/change",
        f"/admin/people/{MILA.id}/calendar",
        "/admin/feeds",
        "/admin/health",
    ]
