"""Filling in a sheet, with the care that actions on journeys get (`staff.pages.acting`): nothing typed is ever lost.

The `command_id` is made when the sheet is first drawn, so that a double click, the back button and a second try after
an outage are one change. Only after a refusal is a new one made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from staff.forms.action import Fields
from staff.forms.draft import Draft, Intent, command_id_of
from staff.forms.sheet import Hindered, Sheet
from staff.guard.tokens import is_token, session_of
from staff.pages import flash
from staff.pages.consequences import Consequence
from staff.rendering import page


def empty(sheet: Sheet) -> Response:
    """The sheet as it is first drawn."""
    return _drawn(sheet, Draft(sheet.defaults, uuid4(), None), sheet.seen)


async def filled(sheet: Sheet, texts: Mapping[str, str]) -> Response:
    """Checks, previews or saves what was typed, as the button wants."""
    visit, wanted = sheet.visit, texts.get("intent", "")
    intent = Intent(wanted) if wanted in {i.value for i in Intent} else Intent.CHECK
    draft, seen = Draft(texts, command_id_of(texts), None), texts.get("seen", "")
    if intent is Intent.EDIT:
        return _drawn(sheet, draft, seen)
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _drawn(sheet, draft, seen, expired=True, status=403)
    entry = sheet.entry(texts)
    if intent is Intent.SAVE:
        return await _saved(sheet, draft, seen)
    foreseen = await sheet.foresee(entry, seen)
    if isinstance(foreseen, Hindered):
        return _refused(sheet, draft, seen, foreseen)
    if foreseen is None or entry.faults:
        return _drawn(sheet, draft, seen, faults=entry.faults, status=422)
    return _checked(sheet, draft, seen, foreseen)


async def _saved(sheet: Sheet, draft: Draft, seen: str) -> Response:
    entry = sheet.entry(draft.texts)
    outcome = await sheet.save(entry, seen, draft.command_id)
    if isinstance(outcome, Response):
        return outcome
    if isinstance(outcome, Hindered):
        return _refused(sheet, Draft(draft.texts, uuid4(), None), seen, outcome)
    if outcome is None or entry.faults:
        return _drawn(sheet, draft, seen, faults=entry.faults, status=422)
    there = flash.address(
        outcome.there,
        what=flash.NOTHING if outcome.nothing else flash.SAVED,
        late=outcome.late,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return RedirectResponse(there, 303)


def _refused(sheet: Sheet, draft: Draft, seen: str, hindered: Hindered) -> Response:
    """The sheet again, with why; where somebody was faster, with what is recorded now and the version to go on from."""
    at = seen if hindered.seen is None else hindered.seen
    return _drawn(sheet, draft, at, explanation=hindered.explanation, now=hindered.now, status=409)


def _checked(sheet: Sheet, draft: Draft, seen: str, what: Sequence[Consequence]) -> Response:
    return page(sheet.visit, "sheet_check.html", sheet=sheet, draft=draft, seen=seen, what=what)


def _drawn(
    sheet: Sheet,
    draft: Draft,
    seen: str,
    *,
    faults: Mapping[str, str] | None = None,
    explanation: object = None,
    now: Sequence[str] = (),
    expired: bool = False,
    status: int = 200,
) -> Response:
    return page(
        sheet.visit,
        "sheet.html",
        status,
        sheet=sheet,
        draft=draft,
        seen=seen,
        faults=_said(sheet.fields, faults or {}, sheet),
        explanation=explanation,
        recorded_now=now,
        expired=expired,
    )


def _said(fields: Fields, faults: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    return {field.name: sheet.visit.words(faults[field.name]) for field in fields if field.name in faults}
