"""Searching for a client. What is typed travels in a body and never in an address; what comes back is masked."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.errors import Unavailable
from projections.journey_list.queries import find_by_code
from projections.reader import Reader
from staff.guard.tokens import is_token, session_of
from staff.identities import ClientIdentities
from staff.matches import AWAY, Matches, matches, require_search
from staff.ports import Rights
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.errors import NumberInvalid
from vault.roll import SearchBy

router = APIRouter()


@router.get("/search")
async def ask(visit: Here) -> Response:
    """The form."""
    return await run_in_threadpool(_page, visit, {})


@router.post("/search")
async def search(texts: Typed, visit: Here) -> Response:
    """Who fits, masked. It stands in the access log before it stands here."""
    return await run_in_threadpool(_search, visit, texts)


def _search(visit: Visit, texts: Mapping[str, str]) -> Response:
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _page(visit, texts, fault="form.fault.expired", status=403)
    typed, by = texts.get("typed", "").strip(), search_by(texts.get("by", ""))
    if not typed:
        return _page(visit, texts, fault="search.fault.nothing", status=422)
    require_search(visit.parts.rights, visit.person.id)
    parts = visit.parts
    try:
        found = found_by(parts.identities, parts.rights, parts.reader, visit.person.id, typed, by)
    except NumberInvalid:
        return _page(visit, texts, fault="search.fault.number", status=422)
    except Unavailable:
        return _page(visit, texts, found=AWAY, status=503)
    return _page(visit, texts, found=found)


def search_by(typed: str) -> SearchBy:
    """What was chosen; a name, where nothing was."""
    return SearchBy(typed) if typed in {by.value for by in SearchBy} else SearchBy.NAME


def found_by(
    identities: ClientIdentities, rights: Rights, reader: Reader, staff: UUID, typed: str, by: SearchBy
) -> Matches:
    """Who fits, as far as this person may see it; by code also those of whom nothing is known but that.

    Raises `NumberInvalid`, `Unavailable`, `AccessNotLogged`.
    """
    found = identities.search(staff, typed, by)
    coded = find_by_code(reader, typed[:40]) if by is SearchBy.CODE else ()
    return matches(rights, staff, found, [(row.journey, row.code) for row in coded])


def _page(
    visit: Visit,
    texts: Mapping[str, str],
    *,
    found: Matches | None = None,
    fault: str | None = None,
    status: int = 200,
) -> Response:
    require_search(visit.parts.rights, visit.person.id)
    return page(
        visit,
        "search.html",
        status,
        ways=tuple(SearchBy),
        by=search_by(texts.get("by", "")),
        typed=texts.get("typed", ""),
        found=found,
        fault=fault and visit.words(fault),
    )
