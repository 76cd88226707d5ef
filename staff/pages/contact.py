"""A contact of the hotline: what is promised or feared first, then what is known and what happened.

The number, and other contacts of it, stand in the vault and are shown only when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.contact.safe import SafeContactRevised
from domain.contact.state import SafeContact, contact_stream
from domain.event import Event, Recorded
from domain.refusal import Refused
from domain.rights.actions import Action as Right
from projections.contacts.queries import one_contact
from projections.journey_list.queries import JourneyRow, find_journeys
from projections.names import ModelName
from staff.contact_titles import ContactTitles, contact_titles
from staff.pages import flash
from staff.pages.asking import link
from staff.pages.contact_acting import missing
from staff.pages.contact_story import note_of, safe_words, tell_contact
from staff.pages.contacts import Listed, listed_row, name_of
from staff.pages.explaining import Explanation, explain
from staff.pages.notices import notices
from staff.pages.sealed_note import Note
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit
from vault.callers import Look
from vault.errors import VaultUnavailable

router = APIRouter()
LINES = 60
EARLIER = 20
LOOKS = 50


@router.get("/contacts/{contact}")
async def contact(contact: UUID, visit: Here) -> Response:
    """The contact as its read model shows it now; with `look` also the number, or others of the same number."""
    return await run_in_threadpool(_page, contact, visit)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Other contacts of the same number: those that the person may read, and how many more there are."""

    rows: list[Listed]
    hidden: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look into the vault showed; `refused` says why nothing was looked at."""

    what: str
    number: str | None = None
    earlier: Earlier | None = None
    notes: Sequence[tuple[Recorded[Event], Note]] = ()
    refused: Explanation | None = None


def _page(contact: UUID, visit: Visit) -> Response:
    stream = contact_stream(contact)
    visit.require(Right.READ_CONTACT, stream)
    found = one_contact(visit.parts.reader, contact)
    if found is None:
        return missing(contact, visit)
    details, query = found.details, visit.request.query_params
    pathway = visit.parts.desk.published(details["pathway"], details["pathway_version"])
    titles = ContactTitles(pathway, visit.words)
    before = query.get("before", "")
    history = visit.parts.hotline.history(contact)
    until = [r for r in history if not (before.isascii() and before.isdigit()) or r.version < int(before)]
    journeys = find_journeys(visit.parts.reader, {UUID(each["journey"]) for each in details["attachments"]})
    rights = {
        right: visit.may(right, stream)
        for right in (Right.FOLLOW_UP_CONTACT, Right.ATTACH_CONTACT, Right.ANSWER_ALARM, Right.RAISE_ALARM)
    }
    return page(
        visit,
        "contact.html",
        notices=notices(visit, ModelName.CONTACTS),
        found=found,
        row=found.row,
        details=details,
        titles=titles,
        hotline=pathway.hotline,
        safe=safe_words(SafeContact.model_validate(details["safe"]), titles),
        calls=found.row.may_call.value == "allowed",
        language=titles.language(found.row.language),
        topics=[titles.topic(topic) for topic in found.row.topics],
        dangers=[d for d in details["dangers"] if d["outcome"] is None],
        settled=[d for d in details["dangers"] if d["outcome"] is not None],
        journeys=journeys,
        may={right.value: yes for right, yes in rights.items()},
        has_safe_notes=any(isinstance(r.event, SafeContactRevised) and r.event.note for r in history),
        looked=_look(query.get("look", ""), contact, titles, visit, follows=rights[Right.FOLLOW_UP_CONTACT]),
        looks=_looks(contact, visit),
        lines=tell_contact(until[-LINES:], contact, titles, visit),
        total=len(history),
        older=link(f"/contacts/{contact}", before=until[-LINES].version) + "#history" if len(until) > LINES else None,
        is_older=before != "",
        flash=flash.read(visit),
        fresh_id=uuid4,
        at=datetime.fromisoformat,
        name=lambda staff: name_of(staff, visit),
        journey_code=lambda journey: _code(journeys, journey, visit),
    )


def safe_notes(contact: UUID, visit: Visit) -> list[tuple[Recorded[Event], Note]]:
    """What somebody wrote about reaching the caller safely, once that look is written down."""
    found = visit.parts.hotline.safe_contact_notes(contact, actor=visit.person.id)
    return [
        (each, note_of(each, each.event.note, contact, visit))
        for each in found
        if isinstance(each.event, SafeContactRevised) and each.event.note is not None
    ]


def _looks(contact: UUID, visit: Visit) -> Sequence[Look] | None:
    """Who looked, the latest first, for whoever answers for the data; None for others, and while the vault is away."""
    if not visit.may(Right.READ_ACCESS_LOG, contact_stream(contact)):
        return None
    try:
        return list(reversed(visit.parts.hotline.looks(contact)))[:LOOKS]
    except VaultUnavailable:
        return None


def _code(journeys: dict[UUID, JourneyRow], journey: str, visit: Visit) -> str:
    row = journeys.get(UUID(journey))
    return row.code if row else visit.words("titles.unknown")


def _look(what: str, contact: UUID, titles: ContactTitles, visit: Visit, *, follows: bool) -> Looked | None:
    """A look into the vault, written down there first; a number only where the caller's word allows it."""
    if what == "safe":
        return Looked(what, notes=safe_notes(contact, visit))
    if what not in ("number", "earlier"):
        return None
    if not follows:
        visit.require(Right.FOLLOW_UP_CONTACT, contact_stream(contact))
    hotline, me = visit.parts.hotline, visit.person.id
    found = hotline.number(contact, actor=me) if what == "number" else hotline.repeats(contact, actor=me)
    if isinstance(found, Refused):
        return Looked(what, refused=explain(found, Titles(titles.pathway, visit.words)))
    if found is None or isinstance(found, str):
        return Looked(what, number=found)
    latest = list(found)[-EARLIER:]
    readable = [one for one in latest if visit.may(Right.READ_CONTACT, contact_stream(one))]
    pages = [row for one in reversed(readable) if (row := one_contact(visit.parts.reader, one)) is not None]
    named = contact_titles(pages, visit.parts, visit.words)
    rows = [listed_row(each, named[each.row.contact], visit) for each in pages]
    return Looked(what, earlier=Earlier(rows, len(found) - len(rows)))
