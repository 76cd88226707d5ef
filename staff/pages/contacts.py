"""The contacts: what is promised or feared first, then the recent ones; and one contact with what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.codes import Role
from projections.contacts.queries import ContactPage
from projections.contacts.working import ContactScope, open_contacts, recent_contacts
from projections.names import ModelName
from projections.paging import Page
from staff.contact_titles import ContactTitles, contact_titles
from staff.guard.contact_scope import scope_of
from staff.pages.asking import code, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50
LINES = 60
EARLIER = 20


class View(StrEnum):
    """What of the list is shown; without one, everything: the open, then the recent."""

    OPEN = "open"
    DANGER = "danger"
    MINE = "mine"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact as the list shows it. `owes` is what is due first: a danger by its sign, else the promised call."""

    page: ContactPage
    caller: str
    topics: str
    owner: str | None
    owner_role: Role | None
    dangers: tuple[tuple[str, str | None], ...]

    @property
    def promise(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.page.details["promise"]
        return found


@router.get("/contacts")
async def contacts(visit: Here) -> Response:
    """The list, as the address says."""
    return await run_in_threadpool(_list, visit)


def _list(visit: Visit) -> Response:
    scope, query, reader = scope_of(visit), visit.request.query_params, visit.parts.reader
    view, cursor = code(query, "view", View), query.get("after") or None
    me = visit.person.id
    counts = {
        View.OPEN: open_contacts(reader, scope, limit=1).total,
        View.DANGER: open_contacts(reader, scope, danger=True, limit=1).total,
        View.MINE: open_contacts(reader, scope, promised_to=me, limit=1).total,
    }
    opened = None if view is View.RECENT else _open(visit, scope, view, cursor)
    recent = recent_contacts(reader, scope, cursor=cursor, limit=AT_ONCE) if view in (None, View.RECENT) else None
    following = recent if view in (None, View.RECENT) else opened
    shown = view or View.RECENT
    return page(
        visit,
        "contacts.html",
        notices=notices(visit, ModelName.CONTACTS),
        view=view,
        counts=counts,
        views=(View.OPEN, View.DANGER, View.MINE),
        opened=opened and _listed(opened, visit),
        opened_total=opened.total if opened else 0,
        more_open=opened is not None and view is None and opened.next is not None,
        recent=recent and _listed(recent, visit),
        recent_total=recent.total if recent else 0,
        next=following and following.next and link("/contacts", view=shown.value, after=following.next),
        is_later_page=cursor is not None,
    )


def _open(visit: Visit, scope: ContactScope, view: View | None, cursor: str | None) -> Page[ContactPage]:
    return open_contacts(
        visit.parts.reader,
        scope,
        danger=view is View.DANGER,
        promised_to=visit.person.id if view is View.MINE else None,
        cursor=cursor if view is not None else None,
        limit=AT_ONCE,
    )


def _listed(found: Page[ContactPage], visit: Visit) -> list[Listed]:
    titles = contact_titles(found.rows, visit.parts, visit.words)
    return [listed_row(each, titles[each.row.contact], visit) for each in found.rows]


def listed_row(each: ContactPage, titles: ContactTitles, visit: Visit) -> Listed:
    promise = each.details["promise"]
    staff = promise and promise["staff"]
    return Listed(
        page=each,
        caller=titles.caller(each.row.caller),
        topics=", ".join(titles.topic(topic) for topic in each.row.topics),
        owner=visit.name(UUID(staff)) if staff else None,
        owner_role=Role(promise["role"]) if promise else None,
        dangers=tuple(
            (titles.sign(danger["sign"]), name_of(danger["acknowledged_by"], visit))
            for danger in each.details["dangers"]
            if danger["outcome"] is None
        ),
    )


def name_of(staff: str | None, visit: Visit) -> str | None:
    return visit.name(UUID(staff)) if staff else None
