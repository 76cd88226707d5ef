"""Tables that have left the house, for whoever reads aggregates; supervisors see what would leave, and release it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from analysis.disclosure.catalogue import OTHER, TABLES, Predefined, table_of, value_of
from analysis.disclosure.preparing import Prepared
from analysis.reports.errors import ReportInvalid
from domain.command import to_wire
from domain.refusal import RefusalCode, Refused
from domain.release.state import Key, Release, file_of
from domain.release.values import ALL, STEP, THRESHOLD, ReleasedCell, ReleasePeriod
from domain.rights.actions import Action
from staff.guard.permission import RightDenied
from staff.guard.tokens import is_token
from staff.pages.exporting import attached
from staff.pages.report_words import CellWords
from staff.rendering import page
from staff.table_releases import EARLIEST, all_left, left, prepared, release
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()
PATH = "/replay/releases"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it; `whole` where it is of a total."""

    names: tuple[str, ...]
    count: int | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for."""

    table: Predefined
    period: ReleasePeriod
    at: datetime


@router.get(PATH)
async def releases(visit: Here) -> Response:
    """All of them; with `?table=…&period=2026-Q3` what would leave, for whoever may release it."""
    await run_in_threadpool(visit.require, Action.READ_AGGREGATES)
    query = visit.request.query_params
    if not query.get("table"):
        return await run_in_threadpool(_list, visit)
    await run_in_threadpool(visit.require, Action.RELEASE_TABLES)
    return await run_in_threadpool(_preview, visit, query)


@router.post(PATH)
async def let_go(texts: Typed, visit: Here) -> Response:
    """Releases what was previewed, as known at that moment."""
    await run_in_threadpool(visit.require, Action.RELEASE_TABLES)
    wanted = _wanted(texts, visit.now)
    if wanted is None:
        return await run_in_threadpool(_list, visit, texts, fault="release-table.fault")
    if not is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret):
        return await run_in_threadpool(_preview, visit, texts, expired=True)
    try:
        ready = await run_in_threadpool(prepared, visit.parts, wanted.table, wanted.period, wanted.at)
    except ReportInvalid:
        return await run_in_threadpool(_list, visit, texts, fault="release-table.nothing")
    # Sent twice it has left once, by what it is. A refusal does not hold for ever, so the next try is another command.
    command_id = uuid5(visit.person.id, f"{visit.now.isoformat()}|{to_wire(ready.command)}")
    refused = await release(visit.parts, visit.person.id, ready, command_id)
    if refused is not None:
        if refused.code is RefusalCode.NOT_PERMITTED and refused.denial is not None:
            raise RightDenied(refused.denial, Action.RELEASE_TABLES, "")
        return await run_in_threadpool(_preview, visit, texts, refused=refused)
    found = await run_in_threadpool(left, visit.parts, ready)
    return RedirectResponse(f"{PATH}/{found.sha256}" if found else PATH, 303)


@router.get(f"{PATH}/{{sha256}}")
async def one(sha256: str, visit: Here) -> Response:
    """A table that has left."""
    return await run_in_threadpool(_one, visit, sha256)


@router.get(f"{PATH}/{{sha256}}/file")
async def file(sha256: str, visit: Here) -> Response:
    """The file that it is: whoever has it can hold it against the sum."""
    return await run_in_threadpool(_file, visit, sha256)


def _list(visit: Visit, texts: Mapping[str, str] | None = None, *, fault: str | None = None) -> Response:
    return page(
        visit,
        "releases.html",
        status=422 if fault else 200,
        path=PATH,
        releases=all_left(visit.parts),
        tables=tuple(TABLES),
        texts=texts or {},
        fault=fault,
        may_release=visit.offers(Action.RELEASE_TABLES),
        few=THRESHOLD,
        step=STEP,
    )


def _preview(
    visit: Visit, texts: Mapping[str, str], *, expired: bool = False, refused: Refused | None = None
) -> Response:
    wanted = _wanted(texts, visit.now)
    if wanted is None:
        return _list(visit, texts, fault="release-table.fault")
    try:
        ready = prepared(visit.parts, wanted.table, wanted.period, wanted.at)
    except ReportInvalid:
        return _list(visit, texts, fault="release-table.nothing")
    return page(
        visit,
        "release_table.html",
        status=409 if refused else 422 if expired else 200,
        path=PATH,
        table=wanted.table,
        period=str(wanted.period),
        at=wanted.at,
        lines=_lines(visit, wanted.table, {cell.key: cell.count for cell in ready.command.cells}),
        hidden=_hidden(ready),
        all_hidden=_hidden(ready) == len(ready.command.cells),
        release=None,
        expired=expired,
        refused=refused,
        beside=_beside(visit, refused) if refused else None,
    )


def _one(visit: Visit, sha256: str) -> Response:
    found = _found(visit, sha256)
    table = table_of(found.table)
    return page(
        visit,
        "release_table.html",
        path=PATH,
        table=table,
        period=str(found.period),
        at=found.known_at,
        lines=_lines(visit, table, found.cells),
        hidden=len(found.hidden),
        all_hidden=False,
        release=found,
        expired=False,
        refused=None,
        beside=None,
    )


def _file(visit: Visit, sha256: str) -> Response:
    found = _found(visit, sha256)
    cells = [ReleasedCell(key=key, count=count) for key, count in found.cells.items()]
    content = file_of(found.table, found.period, cells)
    return Response(content, media_type="text/csv", headers=attached(f"{found.table}-{found.period}.csv"))


def _found(visit: Visit, sha256: str) -> Release:
    visit.require(Action.READ_AGGREGATES)
    found = next((each for each in all_left(visit.parts) if each.sha256 == sha256), None)
    if found is None or found.table not in TABLES:
        raise HTTPException(404)
    return found


def _lines(visit: Visit, table: Predefined, cells: Mapping[Key, int | None]) -> list[Line]:
    pathways = [pathway for _, pathway in visit.parts.desk.pathways()]
    named = CellWords(pathways, visit.words)

    def name(place: int, code: str) -> str:
        if code in (ALL, OTHER):
            return visit.words(f"release-table.{code}")
        dimension = table.dimensions[place]
        return named(dimension.value, value_of(dimension, code, pathways))

    return [
        Line(tuple(name(place, code) for place, code in enumerate(key)), count, ALL in key)
        for key, count in cells.items()
    ]


def _hidden(ready: Prepared) -> int:
    return sum(cell.count is None for cell in ready.command.cells)


def _beside(visit: Visit, refused: Refused) -> str | None:
    """Which release it is that is in the way."""
    if refused.part is None or refused.until is None:
        return None
    table, _, period = refused.part.partition(":")
    return visit.words(
        "release-table.beside",
        table=visit.words(f"release-table.name.{table}"),
        period=period.upper(),
        moment=visit.words.moment(refused.until),
    )


def _wanted(texts: Mapping[str, str], now: datetime) -> Wanted | None:
    """None where there is no such table or period; the moment is the previewed one, else now."""
    try:
        period = ReleasePeriod.of(texts.get("period", ""))
        at = datetime.fromisoformat(texts.get("at") or now.isoformat())
    except ValueError:
        return None
    if at.tzinfo is None or not (EARLIEST <= at <= now) or texts.get("table") not in TABLES:
        return None
    return Wanted(table_of(texts["table"]), period, at)
