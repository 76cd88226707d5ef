"""Drafts of long forms: kept while somebody types, offered when the form is opened again, ended when it is sent.

A draft is of one person and one address. It keeps the id of the command that the form becomes, so that whoever
continues a form whose answer was lost sends the same command again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from domain.errors import TextTooLong
from staff.forms.draft import command_id_of
from staff.guard.tokens import is_token
from staff.pages.asking import link
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.drafts import LONGEST, Drafts
from vault.errors import RecordBroken, VaultUnavailable

router = APIRouter()
ADDRESS = re.compile(r"/(?:journeys|missions)/[0-9a-f-]{36}/[a-z-]{1,40}(?:/[\w-]{1,80})?", re.ASCII)
"""The forms that have drafts; whatever else is asked for is not there."""
_OF_THE_FORM = frozenset({"token", "command_id", "intent", "drafted", "form", "quiet"})
"""Inputs that nobody types."""
CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft of a form. `resumed`: the person wants to go on with it, and the form shows it."""

    texts: Mapping[str, str]
    command_id: UUID
    seen: int | None
    saved_at: datetime
    form: str
    resumed: bool


def kept(visit: Visit) -> Kept | None:
    """What the person has typed here before, if it is still kept; the form opens all the same where nobody can say."""
    form = visit.request.url.path
    try:
        draft = visit.parts.drafts.find(visit.person.id, form, now=visit.now)
    except (VaultUnavailable, RecordBroken):
        return None
    if draft is None:
        return None
    seen = draft.texts.get("seen", "")
    return Kept(
        texts={**draft.texts, "drafted": "1"},
        command_id=draft.command_id,
        seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        saved_at=draft.saved_at,
        form=form,
        resumed=visit.request.query_params.get("draft") == CONTINUE,
    )


def settle(visit: Visit, texts: Mapping[str, str], command_id: UUID) -> None:
    """Ends the draft of a form whose command is recorded, if it has one. While the vault is away it ends by itself."""
    if not texts.get("drafted"):
        return
    with suppress(VaultUnavailable):  # continued and sent again, it is the same command
        visit.parts.drafts.end(visit.person.id, visit.request.url.path, command_id=command_id, now=visit.now)


def kept_for_return(visit: Visit, texts: Mapping[str, str]) -> str:
    """Keeps what was typed of whoever has something else to do first; the address at which it is shown again.

    Raises `TextTooLong`, `VaultUnavailable`.
    """
    form = visit.request.url.path
    keep(visit.parts.drafts, visit.person.id, form, typed(texts), command_id_of(texts), visit.now)
    return link(form, draft=CONTINUE)


def typed(texts: Mapping[str, str]) -> dict[str, str]:
    """What a person has entered into a form."""
    return {name: text for name, text in texts.items() if name not in _OF_THE_FORM}


def keep(drafts: Drafts, staff: UUID, form: str, texts: Mapping[str, str], command_id: UUID, now: datetime) -> bool:
    """Keeps a draft; False where it has ended. Raises `TextTooLong`, `VaultUnavailable`, 404 for what is no form."""
    if ADDRESS.fullmatch(form) is None:
        raise HTTPException(404)
    size = len(json.dumps(dict(texts), ensure_ascii=False).encode())
    if size > LONGEST:
        raise TextTooLong(size, LONGEST)
    return drafts.keep(staff, form, texts, command_id=command_id, now=now)


@router.post("/drafts")
async def save(texts: Typed, visit: Here) -> Response:
    """Keeps what is typed, for 72 hours. To a script that asks `quiet`ly a sentence; a person goes on."""
    form = _form(texts, visit)
    person, command_id = visit.person.id, _id(texts.get("command_id", ""))
    await run_in_threadpool(keep, visit.parts.drafts, person, form, typed(texts), command_id, visit.now)
    if texts.get("quiet"):
        return PlainTextResponse(visit.words("draft.saved", time=visit.words.time(visit.now)))
    return RedirectResponse(form, 303)


@router.post("/drafts/discard")
async def discard(texts: Typed, visit: Here) -> Response:
    """Deletes a draft; the form is empty again."""
    form, command_id = _form(texts, visit), _id(texts.get("id", ""))
    end = visit.parts.drafts.end
    await run_in_threadpool(lambda: end(visit.person.id, form, command_id=command_id, now=visit.now))
    return RedirectResponse(form, 303)


def _form(texts: Mapping[str, str], visit: Visit) -> str:
    """The address of the form, which is one of ours. Raises 403 without the token of this session, 404 for no form."""
    if not is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret):
        raise HTTPException(403)
    form = texts.get("form", "")
    if ADDRESS.fullmatch(form) is None:
        raise HTTPException(404)
    return form


def _id(text: str) -> UUID:
    """The id that the form carries; a form that lost it gets a new one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
