"""A contact of the hotline: what is promised or feared first, then what is known and what happened.

The number, and other contacts of it, stand in the vault and are shown only when somebody asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.contact.state import SafeContact, contact_stream
from domain.refusal import Refused
from domain.rights.actions import Action as Right
from projections.contacts.queries import one_contact
from projections.journey_list.queries import JourneyRow, find_journeys
from projections.names import ModelName
from staff.contact_titles import ContactTitles, contact_titles
from staff.pages import flash
from staff.pages.asking import link
from staff.pages.contact_acting import missing
from staff.pages.contact_story import safe_words, tell_contact
from staff.pages.contacts import Listed, listed_row, name_of
from staff.pages.explaining import Explanation, explain
from staff.pages.notices import notices
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
LINES = 60
EARLIER = 20


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
        looked=_look(query.get("look", ""), contact, titles, visit, follows=rights[Right.FOLLOW_UP_CONTACT]),
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


def _code(journeys: dict[UUID, JourneyRow], journey: str, visit: Visit) -> str:
    row = journeys.get(UUID(journey))
    return row.code if row else visit.words("titles.unknown")


def _look(what: str, contact: UUID, titles: ContactTitles, visit: Visit, *, follows: bool) -> Looked | None:
    """A look into the vault, written down there first; only where the caller's word allows it."""
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
