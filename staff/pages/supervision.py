"""For supervisors: who is absent and who covers, who has left, how much everybody holds, and every hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.attendance.state import Presence
from domain.codes import Role
from domain.rights.actions import Action
from projections.attendance.queries import AbsenceRow, AttendanceRow, attendance
from projections.caseload.queries import Load, loads
from projections.handovers.queries import HandoverRow, find_handover, list_handovers, receipts
from projections.names import ModelName
from staff.pages.accesses import burst_lines
from staff.pages.asking import link
from staff.pages.notices import notices
from staff.ports import Person
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50
RECEIPTS_AT_ONCE = 200
_NOTHING = Load(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line about a person. `absences`: under way or to come. `keeps`: has left and holds something all the same."""

    id: UUID
    name: str
    roles: tuple[Role, ...]
    presence: Presence
    absences: tuple[AbsenceRow, ...]
    load: Load

    @property
    def keeps(self) -> bool:
        return self.presence is Presence.LEFT and self.load.things > 0


@router.get("/supervision")
async def supervision(visit: Here) -> Response:
    """Everybody, and the hand-overs."""
    return await run_in_threadpool(_page, visit)


@router.get("/supervision/handovers/{handover}")
async def handover(handover: UUID, visit: Here) -> Response:
    """One hand-over with its receipts."""
    return await run_in_threadpool(_one, visit, handover)


def _page(visit: Visit) -> Response:
    visit.require(Action.READ_SUPERVISION)
    reader = visit.parts.reader
    known, held = {row.staff: row for row in attendance(reader)}, loads(reader)
    people = sorted(visit.people.values(), key=lambda person: person.name)
    found = list_handovers(reader, cursor=visit.request.query_params.get("after") or None, limit=AT_ONCE)
    return page(
        visit,
        "supervision.html",
        bursts=burst_lines(visit),
        notices=notices(visit, ModelName.HANDOVERS),
        colleagues=[_colleague(person, known.get(person.id), held, visit) for person in people],
        found=found,
        next=found.next and link("/supervision", after=found.next),
    )


def _one(visit: Visit, handover: UUID) -> Response:
    visit.require(Action.READ_SUPERVISION)
    row = find_handover(visit.parts.reader, handover)
    if row is None:
        raise HTTPException(404)
    after = visit.request.query_params.get("after") or None
    found = receipts(visit.parts.reader, handover, cursor=after, limit=RECEIPTS_AT_ONCE)
    return page(
        visit,
        "handover.html",
        notices=notices(visit, ModelName.HANDOVERS),
        row=row,
        found=found,
        progress=_progress(row),
        next=found.next and link(f"/supervision/handovers/{handover}", after=found.next),
    )


def _progress(row: HandoverRow) -> int:
    """How much of what was found is settled, in per cent."""
    return 100 if not row.found else 100 * (row.moved + row.refused) // row.found


def _colleague(person: Person, row: AttendanceRow | None, held: Mapping[UUID, Load], visit: Visit) -> Colleague:
    return Colleague(
        id=person.id,
        name=person.name,
        roles=tuple(role for role in Role if role.value in person.roles),
        presence=row.presence_at(visit.now) if row else Presence.HERE,
        absences=row.ahead(visit.now) if row else (),
        load=held.get(person.id, _NOTHING),
    )
