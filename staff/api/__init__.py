"""The HTTP API under `/api/v1`: everything the pages do, for programs."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from staff.api import (
    case_exports,
    commands,
    contacts,
    documents,
    drafts,
    events,
    exporting,
    flow,
    hotline,
    identities,
    imports,
    letters,
    listing,
    missions,
    people,
    providers,
    reading,
    refusals,
    releases,
    replay,
    replay_boards,
    reports,
    safe_contact,
    sessions,
    supervision,
    views,
    webhooks,
    what_if,
)
from staff.api.storing import storable

DESCRIPTION = """\
Journeys, contacts at the hotline, field missions, absences and hand-overs by commands; read models and messages to
staff by GET; partner systems under `/webhooks`, for supervisors; accounts and calendars under
`/people`, for administrators. A command carries an `Idempotency-Key` (a UUID made
once for it): the same key again gives the first answer. A refusal is an ordinary answer: status 409, Problem Details
(RFC 9457) with `refusal`. Lists are paged by an opaque `cursor`; their `total` is of the same statement as their rows.
Whoever is signed in acts, by the cookie of the pages; in demo mode `X-Putokaz-Person` names who does.
"""

router = APIRouter(tags=["v1"], dependencies=[Depends(storable)])
router.include_router(reading.router)
router.include_router(exporting.router)
router.include_router(case_exports.router)
router.include_router(imports.router)
router.include_router(views.router)
router.include_router(commands.router)
router.include_router(hotline.router)
router.include_router(contacts.router)
router.include_router(missions.router)
router.include_router(supervision.router)
router.include_router(letters.router)
router.include_router(providers.router)
router.include_router(webhooks.router)
router.include_router(identities.router)
router.include_router(people.router)
router.include_router(listing.router)
router.include_router(sessions.router)
router.include_router(drafts.router)
router.include_router(safe_contact.router)
router.include_router(documents.router)
router.include_router(flow.router)
router.include_router(what_if.router)
router.include_router(refusals.router)
router.include_router(reports.router)
router.include_router(events.router)
router.include_router(replay.router)
router.include_router(replay_boards.router)
router.include_router(releases.router)
