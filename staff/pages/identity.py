"""Who a client is: masked on the file, and shown field by field once somebody has said what for.

In production they have proven within five minutes who they are (OWASP ASVS 5.0, 7.5.3). Whoever is asked for it finds
what they had typed when they come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from projections.journey_file.queries import file
from staff.forms.draft import command_id_of
from staff.forms.identifying import chosen_fields
from staff.guard.step_up import StepUpNeeded, has_proven
from staff.guard.tokens import is_token, session_of
from staff.i18n.words import Words
from staff.identities import WRITING
from staff.pages import drafting, flash
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.accesses import LONGEST_REASON, RevealPurpose
from vault.errors import VaultUnavailable
from vault.identities import Masked, Revealed
from vault.identity import ContactKind, Identity, IdentityField, NameUse

router = APIRouter()
PURPOSES = tuple(purpose for purpose in RevealPurpose if purpose is not RevealPurpose.CONFLICT)
"""What a person may say; a conflict is the vault's own."""
_ORDER = {use: place for place, use in enumerate((NameUse.GIVEN, NameUse.FAMILY))}


@dataclass(frozen=True, slots=True)
class IdentityBar:
    """What the file shows of its client. `away`: the vault cannot be asked now."""

    masked: Masked | None
    away: bool
    may_read: bool
    may_write: bool
    may_audit: bool


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field with its values as typed, each with the language that it is in, and what kind of name it is."""

    which: IdentityField
    values: Sequence[tuple[str, str | None, str | None]] = field(repr=False)


def identity_bar(journey: UUID, visit: Visit) -> IdentityBar:
    """For the head of the file; asks log and vault. Without the vault the file is shown, and says that this is away."""
    stream = journey_stream(journey)
    try:
        may_read = visit.may(Action.READ_IDENTITY, stream)
        return IdentityBar(
            masked=visit.parts.identities.masked(journey) if may_read else None,
            away=False,
            may_read=may_read,
            may_write=may_read and may_write_identity(visit, journey),
            may_audit=visit.may(Action.READ_ACCESS_LOG, stream),
        )
    except VaultUnavailable:
        return IdentityBar(None, away=True, may_read=True, may_write=False, may_audit=False)


def may_write_identity(visit: Visit, journey: UUID) -> bool:
    """Whether the person may enter and correct it."""
    return all(visit.may(action, journey_stream(journey)) for action in WRITING)


def shown(identity: Identity, fields: frozenset[IdentityField], words: Words) -> list[FieldShown]:
    """The fields in their order, given name before family name, as Serbian has it."""
    return [FieldShown(each, _values(identity, each, words)) for each in IdentityField if each in fields]


def _values(identity: Identity, wanted: IdentityField, words: Words) -> list[tuple[str, str | None, str | None]]:
    match wanted:
        case IdentityField.NAMES:
            names = sorted(identity.names, key=lambda name: _ORDER.get(name.use, len(_ORDER)))
            return [(name.text, name.lang or "und", words.label(name.use)) for name in names]
        case IdentityField.BORN:
            born = identity.born
            return [] if born is None else [(str(born) if isinstance(born, int) else words.day(born), None, None)]
        case IdentityField.CASE_NUMBER:
            return [] if identity.case_number is None else [(identity.case_number, "und", None)]
        case _:
            kind = ContactKind(wanted.value)
            return [(each.value, "und", None) for each in identity.contacts if each.kind is kind]


@router.get("/journeys/{journey}/identity")
async def ask(journey: UUID, visit: Here) -> Response:
    """What is masked, and the form that asks what is needed and what for."""
    return await run_in_threadpool(_ask, visit, journey)


@router.post("/journeys/{journey}/identity")
async def reveal(journey: UUID, texts: Typed, visit: Here) -> Response:
    """The fields that were asked for, once that is logged; on no answer that anybody stores."""
    return await run_in_threadpool(_reveal, visit, journey, texts)


def _ask(visit: Visit, journey: UUID) -> Response:
    visit.require(Action.READ_IDENTITY, journey_stream(journey))
    kept = drafting.kept(visit)
    texts = {**kept.texts, "command_id": str(kept.command_id)} if kept is not None and kept.resumed else {}
    return _page(visit, journey, texts)


def _reveal(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response:
    visit.require(Action.READ_IDENTITY, journey_stream(journey))
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _page(visit, journey, texts, faults={"": "form.fault.expired"}, status=403)
    fields, purpose, reason = chosen_fields(texts), _purpose(texts), texts.get("reason", "").strip()
    faults = {}
    if not fields:
        faults["fields"] = "identity.fault.fields"
    if purpose is None:
        faults["purpose"] = "identity.fault.purpose"
    if purpose is RevealPurpose.OTHER and not reason:
        faults["reason"] = "identity.fault.reason"
    if len(reason) > LONGEST_REASON:
        faults["reason"] = "identity.fault.reason-long"
    if faults or purpose is None:
        return _page(visit, journey, texts, faults=faults, status=422)
    if not has_proven(visit.parts, visit.signed_in):
        raise StepUpNeeded(drafting.kept_for_return(visit, texts))
    found = visit.parts.identities.reveal(visit.person.id, journey, fields, purpose, reason or None)
    drafting.settle(visit, texts, command_id_of(texts))
    return _page(visit, journey, {}, found=found)


def _purpose(texts: Mapping[str, str]) -> RevealPurpose | None:
    typed = texts.get("purpose", "")
    return RevealPurpose(typed) if typed in {purpose.value for purpose in PURPOSES} else None


def _page(
    visit: Visit,
    journey: UUID,
    texts: Mapping[str, str],
    *,
    found: Revealed | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    visit.require(Action.READ_IDENTITY, journey_stream(journey))
    if file(visit.parts.reader, journey) is None:
        return page(visit, "missing.html", 404, code=journey_code(journey), journey=None)
    masked = visit.parts.identities.masked(journey)
    return page(
        visit,
        "identity.html",
        status,
        journey=journey,
        code=journey_code(journey),
        masked=masked,
        known=[each for each in IdentityField if masked and each in masked.known],
        may_write=may_write_identity(visit, journey),
        purposes=PURPOSES,
        texts=texts,
        asks_proof=visit.signed_in is not None,
        faults={name: visit.words(key) for name, key in (faults or {}).items()},
        found=found,
        shown=shown(found.identity, found.fields, visit.words) if found else [],
        flash=flash.read(visit),
    )
