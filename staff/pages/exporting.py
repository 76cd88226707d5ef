"""Lists as files: whatever a page shows, exactly as filtered, all of it and not one page of it.

/export/journeys.xlsx?caseworker=me&due=overdue
/export/stalled.csv?cause=overdue
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.calendar import local_date
from projections.paging import MOST_EXPORTED
from staff.i18n.words import OFFICE_ZONE
from staff.lists.files import MEDIA_TYPES, FileKind, file_of
from staff.lists.registry import LISTS, ListName
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TooMany:
    """The list is longer than what a file takes, which is said and not cut off."""

    total: int


@router.get("/export/{name}.{kind}")
async def export(name: str, kind: str, visit: Here) -> Response:
    """The list as the address filters it."""
    if name not in set(ListName) or kind not in set(FileKind):
        raise HTTPException(404)
    query = visit.request.query_params
    found = await run_in_threadpool(exported, visit, ListName(name), FileKind(kind), query)
    if isinstance(found, TooMany):
        return await run_in_threadpool(_too_many, visit, found)
    return found


def exported(visit: Visit, name: ListName, kind: FileKind, query: Mapping[str, str]) -> Response | TooMany:
    """The file as an answer. Raises what the page of the list raises."""
    wanted = LISTS[name]
    table = wanted.fetch(visit, query, MOST_EXPORTED)
    if len(table.rows) < table.total:
        return TooMany(table.total)
    content = file_of(kind, wanted, table.rows, visit.words, visit.now)
    day = local_date(visit.now, OFFICE_ZONE).isoformat()
    return Response(content, media_type=MEDIA_TYPES[kind], headers=attached(f"{name.value}-{day}.{kind.value}"))


def attached(name: str) -> dict[str, str]:
    """The header of a file that is kept and not shown. `name` is plain ASCII."""
    return {"content-disposition": f'attachment; filename="{name}"'}


def _too_many(visit: Visit, found: TooMany) -> Response:
    return page(visit, "too_many.html", 413, total=found.total, most=MOST_EXPORTED)
