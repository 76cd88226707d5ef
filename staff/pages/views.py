"""Saved views of the journey list: kept under a name by one person, or by a supervisor for everybody.

They are in the vault's database: a name is free text, and only there is such text encrypted with a key of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from domain.rights.actions import Action
from staff.guard.tokens import is_token
from staff.pages import journey_filters
from staff.pages.asking import link
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.errors import VaultUnavailable, ViewConflict, ViewUnknown
from vault.saved_views import LONGEST_NAME, SavedView

router = APIRouter()
SHARING = Action.READ_SUPERVISION
"""Whoever may look after everybody's caseload keeps the views that everybody has."""
_OURS = UUID("3d5f2f7e-6a2a-4f0e-9c8f-0b7a8f0f3a5e")
_STATUSES = {"expired": 403, "gone": 409, "conflict": 409, "name-wanted": 422}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was not saved, beside what is stored now. `wanted` is the name that was typed."""

    key: str
    wanted: str
    stored: SavedView | None = None


def shown_views(visit: Visit) -> Sequence[SavedView] | None:
    """The views of the person and of everybody; None while the vault is away: the list is worth reading without."""
    try:
        return visit.parts.views.seen_by(visit.person.id)
    except VaultUnavailable:
        return None


def view_address(view: SavedView) -> str:
    """Where the view is: the list with what it keeps, and which view that is."""
    return replace(journey_filters.read(view.filters), view=view.id).address()


def kept(query: Mapping[str, str]) -> dict[str, str]:
    """What a view keeps of an address: what the list understands, never the code of a client."""
    return journey_filters.read({name: value for name, value in query.items() if name != "code"}).kept()


@router.get("/views")
async def views(visit: Here) -> Response:
    """All that there are, each to be renamed, begun with, shared, removed."""
    return await run_in_threadpool(_page, visit, None)


@router.post("/views")
async def save(texts: Typed, visit: Here) -> Response:
    """Keeps what the list shows. Sent twice, it is kept once: the form carries the id."""
    if not _is_ours(texts, visit):
        return await run_in_threadpool(_page, visit, Trouble("expired", texts.get("name", "")), kept(texts))
    return await run_in_threadpool(_save, visit, texts)


@router.post("/views/{view}/{what}")
async def change(view: UUID, what: str, texts: Typed, visit: Here) -> Response:
    """Renames, keeps anew, shares, removes, or begins with it from now on."""
    if what not in _CHANGES:
        raise HTTPException(404)
    if not _is_ours(texts, visit):
        return await run_in_threadpool(_page, visit, Trouble("expired", texts.get("name", "")))
    return await run_in_threadpool(_change, visit, view, what, texts)


def _save(visit: Visit, texts: Mapping[str, str]) -> Response:
    shared = texts.get("shared") == "yes"
    if shared:
        visit.require(SHARING)
    me, name = visit.person.id, texts.get("name", "")
    new = uuid5(_OURS, f"{me}|{texts.get('form', '')}") if texts.get("form") else None
    filters = kept(texts)
    try:
        made = visit.parts.views.add(None if shared else me, name, filters, view=new)
    except ValueError:
        return _page(visit, Trouble("name-wanted", name), filters)
    if texts.get("default") == "yes":
        visit.parts.views.choose_default(me, made.id)
    return RedirectResponse(view_address(made), 303)


def _change(visit: Visit, view: UUID, what: str, texts: Mapping[str, str]) -> Response:
    found = visit.parts.views.get(view, staff=visit.person.id)
    if found is None:
        return _page(visit, Trouble("gone", texts.get("name", "")))
    if found.owner is None and what not in _FOR_ONESELF:
        visit.require(SHARING)
    seen = texts.get("seen", "")
    as_seen = replace(found, version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0)
    try:
        there = _CHANGES[what](visit, as_seen, texts)
    except ViewConflict as conflict:
        return _page(visit, Trouble("conflict", texts.get("name", ""), conflict.stored))
    except ViewUnknown:
        return _page(visit, Trouble("gone", texts.get("name", "")))
    except ValueError:
        return _page(visit, Trouble("name-wanted", texts.get("name", ""), found))
    return RedirectResponse(there, 303)


def _rename(visit: Visit, view: SavedView, texts: Mapping[str, str]) -> str:
    visit.parts.views.change(replace(view, name=texts.get("name", "")), staff=visit.person.id)
    return "/views"


def _refilter(visit: Visit, view: SavedView, texts: Mapping[str, str]) -> str:
    changed = visit.parts.views.change(replace(view, filters=kept(texts)), staff=visit.person.id)
    return view_address(changed)


def _share(visit: Visit, view: SavedView, _: Mapping[str, str]) -> str:
    visit.require(SHARING)
    visit.parts.views.change(replace(view, owner=None), staff=visit.person.id)
    return "/views"


def _remove(visit: Visit, view: SavedView, _: Mapping[str, str]) -> str:
    visit.parts.views.remove(view.id, seen=view.version, staff=visit.person.id)
    return "/views"


def _begin_with(visit: Visit, view: SavedView, _: Mapping[str, str]) -> str:
    visit.parts.views.choose_default(visit.person.id, view.id)
    return "/views"


def _begin_without(visit: Visit, view: SavedView, _: Mapping[str, str]) -> str:
    if view.is_default:
        visit.parts.views.choose_default(visit.person.id, None)
    return "/views"


_CHANGES: Mapping[str, Callable[[Visit, SavedView, Mapping[str, str]], str]] = {
    "rename": _rename,
    "refilter": _refilter,
    "share": _share,
    "remove": _remove,
    "begin-with": _begin_with,
    "begin-without": _begin_without,
}
_FOR_ONESELF = frozenset({"begin-with", "begin-without"})
"""What changes nothing for anybody else."""


def _page(visit: Visit, trouble: Trouble | None, unsaved: Mapping[str, str] | None = None) -> Response:
    found = visit.parts.views.seen_by(visit.person.id)
    return page(
        visit,
        "views.html",
        200 if trouble is None else _STATUSES[trouble.key],
        views=found,
        trouble=trouble,
        unsaved=unsaved,
        longest=LONGEST_NAME,
        form=uuid4(),
        view_address=view_address,
        may_share=visit.may(SHARING),
        list_address=link(journey_filters.PATH, phase="open"),
    )


def _is_ours(texts: Mapping[str, str], visit: Visit) -> bool:
    return is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret)
