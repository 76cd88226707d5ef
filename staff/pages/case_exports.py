"""Exports of cases on pages: what would leave and under which names, how far a file is, the file, and all there were.

Nothing here needs a script: while a file is made the page is asked for again by itself, and a link does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from analysis.exports.errors import ExportInvalid, ExportNotLevel
from analysis.exports.register import exports_begun
from domain.codes import StreamName
from domain.errors import Unavailable
from domain.export.codes import OF_TABLES, ExportFormat, ExportPurpose, ExportTable
from domain.export.state import Export
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from staff.exports.beginning import Wanted, begin, find_export, go_on
from staff.exports.foreseeing import foreseen
from staff.exports.shelf import LASTS
from staff.exports.shown import ExportState, sent, shown
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, capital, choices
from staff.forms.sheet import Hindered, Saved, Sheet
from staff.guard.step_up import require_step_up
from staff.guard.tokens import is_token
from staff.pages.asking import link
from staff.pages.consequences import Consequence
from staff.pages.explaining import Explanation
from staff.pages.filling import empty, filled
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()
HERE = "/replay/exports"
AT_ONCE = 25
_AGAIN = "2"  # seconds until the page is asked for again while a file is made
_KEPT = ("format", "table", "purpose", "since", "until")
"""What is not lost where somebody has to prove again who they are."""


@router.get(HERE)
async def exports(visit: Here) -> Response:
    """Everything that was ever taken along."""
    return await run_in_threadpool(_list, visit)


@router.get(f"{HERE}/new")
async def form(visit: Here) -> Response:
    """What is wanted, once they have proven who they are: nothing that was typed gets lost by that."""
    sheet = await run_in_threadpool(_sheet, visit)
    await run_in_threadpool(require_step_up, visit)
    return await run_in_threadpool(empty, sheet)


@router.post(f"{HERE}/new")
async def make(texts: Typed, visit: Here) -> Response:
    """What would leave; then it is begun."""
    return await filled(await run_in_threadpool(_sheet, visit), texts)


@router.get(f"{HERE}/{{export}}")
async def one(export: UUID, visit: Here) -> Response:
    """How far it is, or what it is."""
    return await run_in_threadpool(_one, visit, export)


@router.post(f"{HERE}/{{export}}")
async def resume(export: UUID, texts: Typed, visit: Here) -> Response:
    """Goes on with one that was interrupted."""
    await run_in_threadpool(visit.require, Action.EXPORT_CASES)
    found = await run_in_threadpool(find_export, visit.parts, export)
    if found is not None and is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret):
        await run_in_threadpool(require_step_up, visit)
        await go_on(visit, found)
    return RedirectResponse(f"{HERE}/{export}", 303)


@router.api_route(f"{HERE}/{{export}}/file", methods=["GET", "HEAD"])
async def file(export: UUID, visit: Here) -> Response:
    """The file, or the part of it that is asked for."""
    return await run_in_threadpool(_file, visit, export)


def _list(visit: Visit) -> Response:
    visit.require(Action.READ_ACCESS_LOG)
    found = exports_begun(visit.parts.reader, cursor=visit.request.query_params.get("after"), limit=AT_ONCE)
    return page(
        visit,
        "case_exports.html",
        rows=[shown(visit.parts, export, visit.person.id) for export in found.rows],
        code=_code,
        total=found.total,
        may_make=visit.may(Action.EXPORT_CASES),
        next=found.next and link(HERE, after=found.next),
    )


def _one(visit: Visit, export: UUID) -> Response:
    visit.require(Action.READ_ACCESS_LOG)
    found = find_export(visit.parts, export)
    if found is None:
        return page(visit, "case_export.html", 404, one=None, export=None, code="")
    one = shown(visit.parts, found, visit.person.id)
    answer = page(
        visit,
        "case_export.html",
        one=one,
        export=found,
        code=_code(found),
        percent=round(100 * one.run.share) if one.run is not None else None,
        hours=LASTS // timedelta(hours=1),
        of_period=_period(visit, found),
        may_make=visit.may(Action.EXPORT_CASES),
    )
    if one.state is ExportState.UNDER_WAY:
        answer.headers["Refresh"] = _AGAIN
    return answer


def _file(visit: Visit, export: UUID) -> Response:
    visit.require(Action.EXPORT_CASES)
    require_step_up(visit, f"{HERE}/{export}")
    found = find_export(visit.parts, export)
    if found is None or found.by != visit.person.id:
        return page(visit, "case_export.html", 404, one=None, export=None, code="")
    return sent(visit.parts, found) or RedirectResponse(f"{HERE}/{export}", 303)


def _code(export: Export) -> str:
    return stream_code(StreamName.EXPORT, export.id)


def _period(visit: Visit, export: Export) -> str:
    """In words; of everything, nothing."""
    if export.since is None and export.before is None:
        return ""
    last = export.before - timedelta(days=1) if export.before else None
    days = (visit.words.day(day) if day else "…" for day in (export.since, last))
    return " – ".join(days)


def _sheet(visit: Visit) -> Sheet:
    visit.require(Action.EXPORT_CASES)
    words = visit.words

    async def foresee(entry: Entry, _: str) -> list[Consequence] | Hindered | None:
        wanted = _wanted(entry)
        if wanted is None:
            return None
        try:
            return await run_in_threadpool(foreseen, visit, wanted)
        except ExportInvalid:
            return Hindered(_explained(visit, RefusalCode.NOTHING_TO_EXPORT))
        except ExportNotLevel as behind:
            raise Unavailable(str(behind)) from None

    async def save(entry: Entry, _: str, command_id: UUID) -> Saved | Hindered | None:
        wanted = _wanted(entry)
        if wanted is None:
            return None
        again = link(f"{HERE}/new", **{name: entry.text(name) for name in _KEPT})
        await run_in_threadpool(require_step_up, visit, again)
        try:
            begun = await begin(visit, wanted, command_id)
        except ExportInvalid:
            return Hindered(_explained(visit, RefusalCode.NOTHING_TO_EXPORT))
        except ExportNotLevel as behind:
            raise Unavailable(str(behind)) from None
        if isinstance(begun, Refused):
            return Hindered(_explained(visit, begun.code))
        return Saved(f"{HERE}/{begun.id}")

    given = {name: text for name in _KEPT if (text := visit.request.query_params.get(name, ""))}
    return Sheet(
        visit,
        words("exports.new"),
        HERE,
        words("exports.title"),
        _fields(visit),
        foresee,
        save,
        {"format": ExportFormat.CSV.value, **given},
        warning=words("exports.warning"),
        save_text=words("exports.begin"),
    )


def _fields(visit: Visit) -> tuple[Field, ...]:
    words, today = visit.words, visit.now.date()
    formats = tuple(
        Choice(each.value, capital(words.label(each)), words(f"exports.what.{each.value}")) for each in ExportFormat
    )
    return (
        Field("format", FieldKind.RADIOS, words("exports.format"), choices=formats),
        Field(
            "table",
            FieldKind.SELECT,
            words("exports.table"),
            words("exports.table-hint"),
            choices(list(ExportTable), words),
            shown_for=tuple(sorted(each.value for each in OF_TABLES)),
        ),
        Field(
            "known", FieldKind.MOMENT, words("exports.known"), words("exports.known-hint"), optional=True, latest=today
        ),
        Field("since", FieldKind.DAY, words("exports.since"), words("exports.period-hint"), optional=True),
        Field("until", FieldKind.DAY, words("exports.until"), optional=True),
        Field("purpose", FieldKind.SELECT, words("exports.purpose"), "", choices(list(ExportPurpose), words)),
        Field("reason", FieldKind.NOTE, words("exports.reason"), words("exports.reason-hint"), optional=True),
    )


def _wanted(entry: Entry) -> Wanted | None:
    format_, table = entry.code("format", ExportFormat), entry.code("table", ExportTable)
    purpose, known_at = entry.code("purpose", ExportPurpose), entry.moment("known")
    since, until, reason = entry.day("since"), entry.day("until"), entry.note("reason")
    entry.need("format", format_)
    entry.need("purpose", purpose)
    if format_ in OF_TABLES:
        entry.need("table", table)
    if since and until and until < since:
        entry.faults["until"] = "exports.fault.until"
    if entry.faults or format_ is None or purpose is None:
        return None
    before = until + timedelta(days=1) if until and until < date.max else None
    return Wanted(format_, table if format_ in OF_TABLES else None, purpose, reason, known_at, since, before)


def _explained(visit: Visit, code: RefusalCode) -> Explanation:
    texts: Mapping[str, str] = {each: visit.words(f"refusal.{code.value}.{each}") for each in ("why", "do")}
    return Explanation(texts["why"], texts["do"], (), (), code)
