"""The contacts as those who work with them see them: what is open first, then the recent; only what they may read.

    scope = ContactScope(me, hotline=True)
    open_contacts(reader, scope, danger=True).total
    recent_contacts(reader, scope, limit=20)

Count and rows of a page are of one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.codes import Role
from projections.contacts.queries import ContactPage, row_of
from projections.paging import Page, bounded, count, cursor_after, cut, instant, key_of
from projections.reader import Reader

_HERE = "projections.contacts"
READING_ROLES = frozenset({Role.CASEWORKER, Role.CONSULTANT, Role.ON_CALL})
"""The roles of a journey that read the contacts which belong to it (`domain.rights.table`)."""


@dataclass(frozen=True, slots=True)
class ContactScope:
    """Whose list it is. `everything`: of all journeys too. `hotline`: what no journey has taken on, every open danger,
    and calls that `me` has promised. `hands`: who is acted for, themselves and whom they cover for; theirs are the
    contacts of journeys in which those have one of `roles`."""

    me: UUID
    everything: bool = False
    hotline: bool = False
    hands: tuple[UUID, ...] = ()
    roles: tuple[Role, ...] = ()


def open_contacts(
    reader: Reader,
    scope: ContactScope,
    *,
    danger: bool = False,
    promised_to: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ContactPage]:
    """Those that owe something: dangers first, then by what is due first. Raises `Unavailable`, `CursorInvalid`."""
    rank, after, contact = key_of(cursor, count, instant, UUID)
    asked = {"danger": danger, "promised_to": promised_to, "after_rank": rank, "after": after, "after_contact": contact}
    found = reader.rows(_HERE, "open_first", {**asked, **_scope(scope), "limit": bounded(limit)})
    rows = [(columns[1], columns[2], _page(columns[3:])) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda row: _after(*row))
    return Page(tuple(page for _, _, page in shown), found[0][0], following)


def recent_contacts(
    reader: Reader, scope: ContactScope, *, cursor: str | None = None, limit: int = 50
) -> Page[ContactPage]:
    """Those that owe nothing, newest first. Raises `Unavailable`, `CursorInvalid`."""
    after, contact = key_of(cursor, instant, UUID)
    asked = {"after": after, "after_contact": contact, **_scope(scope), "limit": bounded(limit)}
    found = reader.rows(_HERE, "recent", asked)
    rows = [_page(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda page: cursor_after(page.row.contacted_at, page.row.contact))
    return Page(shown, found[0][0], following)


def _after(rank: int, due: datetime, page: ContactPage) -> str:
    return cursor_after(rank, due, page.row.contact)


def _scope(scope: ContactScope) -> dict[str, object]:
    return {
        "me": scope.me,
        "everything": scope.everything,
        "hotline": scope.hotline,
        "hands": list(scope.hands),
        "roles": [role.value for role in scope.roles],
    }


def _page(columns: tuple[Any, ...]) -> ContactPage:
    return ContactPage(row_of(columns[:-1]), columns[-1])
