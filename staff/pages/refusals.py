"""What was refused of a case, and one refusal explained: what was asked, the answer of then, and the answer again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.browsing.again import Again, command_of, decide_again
from analysis.browsing.refusals import Refusal, refusal, refusals
from domain.command import Command
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import Refused
from domain.rights.actions import Action
from domain.rights.parts import shows_command
from staff.pages.asked import fields_of, form_title
from staff.pages.asking import link
from staff.pages.explaining import Explanation, explain
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One refusal in the list."""

    command_id: UUID
    at: datetime
    who: str | None
    asked: str
    why: str


@router.get("/journeys/{journey}/refusals")
async def of_journey(journey: UUID, visit: Here) -> Response:
    """For supervisors and whoever answers for the data."""
    return await run_in_threadpool(_of_journey, visit, journey)


@router.get("/journeys/{journey}/refusals/{command_id}")
async def one(journey: UUID, command_id: UUID, visit: Here) -> Response:
    """Decided again as the page is drawn."""
    return await run_in_threadpool(_one, visit, journey, command_id)


def _of_journey(visit: Visit, journey: UUID) -> Response:
    stream = journey_stream(journey)
    visit.require(Action.READ_ACCESS_LOG, stream)
    found = refusals(visit.parts.reader, stream, cursor=visit.request.query_params.get("after"), limit=AT_ONCE)
    return page(
        visit,
        "refusals.html",
        journey=journey,
        code=journey_code(journey),
        lines=[_line(each, visit) for each in found.rows],
        next=found.next and link(f"/journeys/{journey}/refusals", after=found.next),
    )


def _one(visit: Visit, journey: UUID, command_id: UUID) -> Response:
    stream = journey_stream(journey)
    visit.require(Action.READ_ACCESS_LOG, stream)
    found = refusal(visit.parts.reader, command_id, stream)
    if found is None:
        return page(visit, "missing.html", 404, code=journey_code(journey), journey=journey)
    again = decide_again(visit.parts.reader, found, visit.parts.desk.pathway)
    titles = Titles(again.pathway, visit.words) if again.pathway is not None else None
    shown = again.command is not None and shows_command(visit.stance(stream), type(again.command))
    return page(
        visit,
        "refusal.html",
        journey=journey,
        line=_line(found, visit),
        outcome=found.outcome,
        decided_upon=found.decided_upon,
        shown=shown,
        fields=fields_of(again.command, titles, visit) if again.command and titles and shown else [],
        then=explanation(found.refused, titles if shown else None, visit),
        again=again,
        another=_now(again, titles if shown else None, visit),
        release=visit.parts.settings.release,
    )


def explanation(refused: Refused, titles: Titles | None, visit: Visit) -> Explanation:
    """In the words of the page on which it was refused; without `titles`, without what the file says."""
    if titles is not None:
        return explain(refused, titles)
    return Explanation(visit.words(f"refusal.{refused.code.value}.why"), "", (), (), refused.code)


def _now(again: Again, titles: Titles | None, visit: Visit) -> Explanation | None:
    """Another answer than that of then, where it is a refusal as well."""
    if again.is_same or not isinstance(again.decision, Refused):
        return None
    return explanation(again.decision, titles, visit)


def _line(found: Refusal, visit: Visit) -> RefusalLine:
    command: Command | None = command_of(found)
    return RefusalLine(
        command_id=found.outcome.command_id,
        at=found.outcome.decided_at,
        who=visit.name(found.actor),
        asked=form_title(type(command) if command is not None else None, visit),
        why=visit.words(f"refusal.{found.refused.code.value}.why"),
    )
