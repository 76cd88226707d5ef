"""Entering and correcting who a client is. Whoever comes second sees both versions, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from projections.journey_file.queries import file
from staff.forms.draft import command_id_of
from staff.forms.identifying import IdentityRows, chosen_fields, identity_typed, rows_of, rows_typed
from staff.guard.step_up import StepUpNeeded, has_proven
from staff.guard.tokens import is_token, session_of
from staff.i18n.words import OFFICE_ZONE
from staff.identities import WRITING
from staff.pages import drafting, flash
from staff.pages.identity import FieldShown, shown
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.accesses import RevealPurpose
from vault.errors import AccessNotLogged, IdentityConflict, IdentityUnknown, VaultUnavailable
from vault.identity import Identity, IdentityField, NameUse

router = APIRouter()
EVERY_FIELD = frozenset(IdentityField)
OPEN, SAVE = "open", "save"


@router.get("/journeys/{journey}/identity/edit")
async def edit(journey: UUID, visit: Here) -> Response:
    """An empty form where nothing is known; else the question what is to be corrected, since that is shown for it."""
    return await run_in_threadpool(_begin, visit, journey)


@router.post("/journeys/{journey}/identity/edit")
async def save(journey: UUID, texts: Typed, visit: Here) -> Response:
    """Opens the chosen fields for correcting, or saves what was typed into them."""
    return await run_in_threadpool(_go_on, visit, journey, texts)


def _begin(visit: Visit, journey: UUID, *, fault: str | None = None, status: int = 200) -> Response:
    _require(visit, journey)
    if file(visit.parts.reader, journey) is None:
        return page(visit, "missing.html", 404, code=journey_code(journey), journey=None)
    kept = drafting.kept(visit)
    if kept is not None and kept.resumed:
        texts = {**kept.texts, "command_id": str(kept.command_id)}
        return _form(visit, journey, rows_typed(texts) if "seen" in texts else None, texts=texts)
    if visit.parts.identities.masked(journey) is None:
        return _form(visit, journey, rows_of(Identity(journey), EVERY_FIELD, 0))
    return _form(visit, journey, None, faults={"fields": fault} if fault else {}, status=status)


def _go_on(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response:
    _require(visit, journey)
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _form(visit, journey, rows_typed(texts), message="form.fault.expired", status=403)
    # Where something is known, saving may show it as well: to whoever was not first.
    if not has_proven(visit.parts, visit.signed_in) and visit.parts.identities.masked(journey) is not None:
        raise StepUpNeeded(drafting.kept_for_return(visit, texts))
    return _open(visit, journey, texts) if texts.get("intent") == OPEN else _save(visit, journey, texts)


def _open(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response:
    fields = chosen_fields(texts)
    if not fields:
        return _begin(visit, journey, fault="identity.fault.fields", status=422)
    found = visit.parts.identities.reveal(visit.person.id, journey, fields, RevealPurpose.CORRECT)
    drafting.settle(visit, texts, command_id_of(texts))
    if found is None:
        return _begin(visit, journey)
    return _form(visit, journey, rows_of(found.identity, fields, found.version))


def _save(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response:
    typed = rows_typed(texts)
    identity, faults = identity_typed(journey, texts, OFFICE_ZONE, visit.parts.identities.number)
    if not typed.fields or (identity == Identity(journey) and not typed.seen):
        return _form(visit, journey, typed, texts=texts, message="identity.fault.nothing", status=422)
    if identity is None:
        return _form(visit, journey, typed, texts=texts, faults=faults, status=422)
    answer = _keep(visit, journey, identity, typed)
    if answer.status_code == 303:
        drafting.settle(visit, texts, command_id_of(texts))
    return answer


def _keep(visit: Visit, journey: UUID, identity: Identity, typed: IdentityRows) -> Response:
    """Writes what was typed and goes back to the file; else the form again, with everything that was typed."""
    identities = visit.parts.identities
    try:
        if typed.seen:
            identities.correct(identity, typed.fields, seen=typed.seen, actor=visit.person.id)
        else:
            identities.put(identity, actor=visit.person.id)
    except IdentityConflict as conflict:
        stored = conflict.stored
        # Of a first entry only what was filled in goes on: what was left empty must not erase what is there by now.
        fields = typed.fields if typed.seen else stored.fields & identity.known
        again = IdentityRows(fields, stored.version, typed.names, typed.contacts, typed.born, typed.case_number)
        both = list(
            zip(
                shown(stored.identity, stored.fields, visit.words),
                shown(identity, stored.fields, visit.words),
                strict=True,
            )
        )
        return _form(visit, journey, again, both=both, message="identity.conflict", status=409)
    except IdentityUnknown:
        return _form(visit, journey, typed, message="identity.erased", status=409)
    except (VaultUnavailable, AccessNotLogged):
        return _form(visit, journey, typed, message="identity.away", status=503)
    return RedirectResponse(flash.address(f"/journeys/{journey}", what=flash.SAVED), 303)


def _form(
    visit: Visit,
    journey: UUID,
    rows: IdentityRows | None,
    *,
    faults: Mapping[str, str] | None = None,
    message: str | None = None,
    both: list[tuple[FieldShown, FieldShown]] | None = None,
    texts: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> Response:
    """The form with these rows; without any, the question what is to be corrected."""
    return page(
        visit,
        "identity_edit.html",
        status,
        journey=journey,
        code=journey_code(journey),
        rows=rows,
        texts=texts,
        uses=tuple(NameUse),
        every=tuple(IdentityField),
        faults={name: visit.words(key) for name, key in (faults or {}).items()},
        message=message and visit.words(message),
        both=both or [],
    )


def _require(visit: Visit, journey: UUID) -> None:
    for action in WRITING:
        visit.require(action, journey_stream(journey))
