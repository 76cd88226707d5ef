"""The HTTP API under `/api/v1`: everything the pages do, for programs."""

from __future__ import annotations

from fastapi import APIRouter

from staff.api import commands, contacts, letters, listing, missions, people, providers, reading, supervision, webhooks

DESCRIPTION = """\
Journeys, contacts at the hotline, field missions, absences and hand-overs by commands; read models and messages to
staff by GET; partner systems under `/webhooks`, for supervisors; accounts and calendars under
`/people`, for administrators. A command carries an `Idempotency-Key` (a UUID made
once for it): the same key again gives the first answer. A refusal is an ordinary answer: status 409, Problem Details
(RFC 9457) with `refusal`. Lists are paged by an opaque `cursor`; their `total` is of the same statement as their rows.
There is no sign-in yet: in demo mode `X-Putokaz-Person` names the member of staff who acts.
"""

router = APIRouter(tags=["v1"])
router.include_router(reading.router)
router.include_router(commands.router)
router.include_router(contacts.router)
router.include_router(missions.router)
router.include_router(supervision.router)
router.include_router(letters.router)
router.include_router(providers.router)
router.include_router(webhooks.router)
router.include_router(people.router)
router.include_router(listing.router)
