"""Who opened a file and whose searches found it; what one opened oneself; who opened very many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from projections.paging import CursorInvalid, Page
from staff.pages.asking import link
from staff.rendering import page
from staff.visit import Here, Visit
from vault.access_log import REVEALS_AN_HOUR, Burst
from vault.accesses import Access, AccessKind, RevealPurpose
from vault.errors import RecordBroken, VaultUnavailable
from vault.identity import IdentityField

router = APIRouter()
AT_ONCE = 100
MINE = timedelta(days=90)
"""How far back one sees what one opened oneself."""
CODES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One line of the log for people. `others`: how many more journeys a search found than are named here."""

    position: int
    at: datetime
    who: str | None
    kind: AccessKind
    fields: Sequence[IdentityField]
    purpose: RevealPurpose | None
    reason: str | None
    journeys: Sequence[tuple[UUID, str]]
    others: int


def paged(accesses: Sequence[Access], cursor: str | None, limit: int) -> Page[Access]:
    """A page of accesses, the latest first. Raises `CursorInvalid` for what no page before gave out."""
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise CursorInvalid("not a position of the access log")
    before = int(cursor) if cursor else None
    left = [each for each in accesses if before is None or each.position < before]
    rows = tuple(left[:limit])
    return Page(rows, len(accesses), str(rows[-1].position) if len(left) > limit else None)


@router.get("/journeys/{journey}/accesses")
async def of_journey(journey: UUID, visit: Here) -> Response:
    """For supervisors and whoever answers for the data."""
    return await run_in_threadpool(_of_journey, visit, journey)


@router.get("/accesses")
async def mine(visit: Here) -> Response:
    """For everybody, about themselves."""
    return await run_in_threadpool(_mine, visit)


def _of_journey(visit: Visit, journey: UUID) -> Response:
    stream = journey_stream(journey)
    visit.require(Action.READ_ACCESS_LOG, stream)
    # Somebody's own words for a reveal may say who the client is.
    with_words = visit.may(Action.READ_IDENTITY, stream)
    found = paged(visit.parts.identities.accesses(journey), visit.request.query_params.get("after"), AT_ONCE)
    return page(
        visit,
        "accesses.html",
        journey=journey,
        code=journey_code(journey),
        found=found,
        lines=[_line(each, visit, with_words=with_words) for each in found.rows],
        next=found.next and link(f"/journeys/{journey}/accesses", after=found.next),
        with_words=with_words,
    )


def _mine(visit: Visit) -> Response:
    since = datetime.now(UTC) - MINE  # the vault's clock, which a demonstration does not move
    accesses = visit.parts.identities.accesses_by(visit.person.id, since)
    found = paged(accesses, visit.request.query_params.get("after"), AT_ONCE)
    return page(
        visit,
        "accesses.html",
        journey=None,
        code=None,
        found=found,
        lines=[_line(each, visit, with_words=True) for each in found.rows],
        next=found.next and link("/accesses", after=found.next),
        with_words=True,
    )


def _line(access: Access, visit: Visit, *, with_words: bool) -> AccessLine:
    named = access.journeys[:CODES_SHOWN]
    return AccessLine(
        position=access.position,
        at=access.at,
        who=visit.name(access.actor),
        kind=access.kind,
        fields=[each for each in IdentityField if each in access.fields],
        purpose=access.purpose,
        reason=_reason(access, visit) if with_words else None,
        journeys=[(journey, journey_code(journey)) for journey in named],
        others=len(access.journeys) - len(named),
    )


def _reason(access: Access, visit: Visit) -> str | None:
    try:
        return visit.parts.identities.reason(access)
    except RecordBroken:
        return visit.words("access.reason-broken")


def burst_lines(visit: Visit) -> list[str]:
    """Who had very many reveals within an hour, for those who may know; or that it cannot be told now."""
    try:
        found = visit.parts.identities.bursts() if visit.may(Action.READ_ACCESS_LOG) else ()
    except VaultUnavailable:
        return [visit.words("access.bursts-unknown")]
    return [_burst(each, visit) for each in found]


def _burst(burst: Burst, visit: Visit) -> str:
    return visit.words(
        "access.burst",
        name=visit.name(burst.actor),
        count=burst.reveals,
        most=REVEALS_AN_HOUR,
        moment=visit.words.moment(burst.at),
    )
