"""Who holds what, who is absent, what became of a hand-over; made anew from the log they are the same."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.attendance.absence import CancelAbsence, PlanAbsence
from domain.attendance.leaving import Leave
from domain.attendance.state import Presence, attendance_stream
from domain.calendar import local_date
from domain.codes import ClosingReason, Role, StreamName
from domain.handover.state import handover_stream
from domain.handover.values import HandoverPhase, HandoverReason, ItemStatus, Successor
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode
from projections.attendance.queries import attendance
from projections.caseload.queries import Load, caseload, loads
from projections.comparing import compare
from projections.handovers.queries import (
    find_handover,
    find_handovers_by_code,
    list_handovers,
    receipts,
)
from projections.loop import Projector
from projections.rebuilding import rebuild
from projections.registry import READ_MODELS
from tests.supervision.conftest import BOSS, IVA, MILA, VERA, House
from workflows.messages import Relay


def catch_up(house: House) -> None:
    Projector(house.dsn).catch_up()


def test_a_caseload_is_what_somebody_holds_of_what_is_open(idle_house: House) -> None:
    """Two roles of a journey are two things; a closed journey is nobody's."""
    house = idle_house
    first, second, closed = house.journeys(3)
    house.tell(journey_stream(first), Assign(role=Role.LAWYER, staff=MILA))
    house.tell(journey_stream(second), Assign(role=Role.LAWYER, staff=IVA))
    catch_up(house)
    assert caseload(house.reader, MILA).total == 4
    house.tell(journey_stream(closed), CloseJourney(reason=ClosingReason.CLIENT_WISH))
    catch_up(house)
    page = caseload(house.reader, MILA)
    held = {(row.stream_id, row.part, row.role) for row in page.rows}
    expected = {(first, Role.CASEWORKER), (first, Role.LAWYER), (second, Role.CASEWORKER)}
    assert held == {(journey, role.value, role) for journey, role in expected}
    assert {row.stream_kind for row in page.rows} == {StreamName.JOURNEY}
    assert all(row.next_due_at is not None for row in page.rows)
    assert loads(house.reader) == {MILA: Load(3, 2, 0), IVA: Load(1, 1, 0)}
    paged = caseload(house.reader, MILA, limit=2)
    rest = caseload(house.reader, MILA, limit=2, cursor=paged.next)
    assert (*paged.rows, *rest.rows) == page.rows
    assert rest.next is None
    assert caseload(house.reader, VERA).rows == ()


def test_absences_are_asked_with_the_clock(idle_house: House) -> None:
    """What was cancelled is not shown; whoever nothing is known of is at work."""
    house = idle_house
    today = local_date(house.now, "Europe/Belgrade")
    for first, last in ((today, today + timedelta(days=4)), (today + timedelta(days=30), today + timedelta(days=40))):
        house.tell(attendance_stream(MILA), PlanAbsence(pin=house.pin, first_day=first, last_day=last, cover=VERA))
    house.tell(attendance_stream(MILA), CancelAbsence(number=2))
    house.tell(attendance_stream(IVA), Leave(pin=house.pin, successors=(Successor(staff=VERA),)))
    catch_up(house)
    rows = {row.staff: row for row in attendance(house.reader)}
    assert set(rows) == {MILA, IVA}
    assert rows[IVA].presence_at(house.now) is Presence.LEFT
    assert rows[IVA].handover is not None
    (absence,) = rows[MILA].absences
    assert (absence.cover, absence.first_day) == (VERA, today)
    assert rows[MILA].presence_at(house.now) is Presence.ABSENT
    assert rows[MILA].presence_at(absence.ends_at) is Presence.HERE
    assert rows[MILA].ahead(absence.ends_at) == ()
    assert attendance(house.reader, MILA) == (rows[MILA],)


def a_hand_over(house: House) -> tuple[UUID, UUID, UUID, UUID]:
    """Three journeys, of which one is closed before it is asked."""
    first, second, third = house.journeys(3)
    handover = house.begin()
    catch_up(house)
    (look,) = house.handover(handover).pending
    house.recorder.relay(Relay(stream=handover_stream(handover), dispatch=look))
    house.tell(journey_stream(third), CloseJourney(reason=ClosingReason.CLIENT_WISH))
    return (handover, first, second, third)


def test_a_hand_over_shows_its_progress_and_its_receipts(idle_house: House) -> None:
    """Under way, and at the end; what was refused comes first and says why."""
    house = idle_house
    _, _, _, third = a_hand_over(house)
    catch_up(house)
    (row,) = list_handovers(house.reader).rows
    assert (row.phase, row.under_way, row.moved, row.found) == (HandoverPhase.RUNNING, 3, 0, 3)
    assert row.due_at is not None
    for dispatch in list(house.handover(row.handover).pending):
        house.recorder.relay(Relay(stream=handover_stream(row.handover), dispatch=dispatch))
    catch_up(house)
    house.errands(handover_stream(row.handover))
    catch_up(house)
    done = find_handover(house.reader, row.handover)
    assert done is not None
    assert (done.phase, done.moved, done.refused, done.under_way) == (HandoverPhase.COMPLETED, 2, 1, 0)
    assert (done.leaver, done.asked_by, done.reason) == (MILA, BOSS, HandoverReason.WORKLOAD)
    assert (done.due_at, [s.staff for s in done.successors]) == (None, [VERA])
    assert find_handovers_by_code(house.reader, done.code.lower()) == (done,)
    assert find_handovers_by_code(house.reader, "!") == ()
    assert list_handovers(house.reader, leaver=VERA).total == 0
    page = receipts(house.reader, done.handover)
    assert [each.status for each in page.rows] == [ItemStatus.REFUSED, ItemStatus.MOVED, ItemStatus.MOVED]
    assert (page.rows[0].stream_id, page.rows[0].refused) == (third, RefusalCode.JOURNEY_CLOSED)
    paged = receipts(house.reader, done.handover, limit=2)
    rest = receipts(house.reader, done.handover, limit=2, cursor=paged.next)
    assert (*paged.rows, *rest.rows) == page.rows


def test_rows_made_anew_are_the_same(idle_house: House) -> None:
    """Compared with the log, and rebuilt."""
    house = idle_house
    a_hand_over(house)
    today = local_date(house.now, "Europe/Belgrade")
    house.tell(attendance_stream(MILA), PlanAbsence(pin=house.pin, first_day=today, last_day=today, cover=VERA))
    catch_up(house)
    tables = compare(house.dsn, models=READ_MODELS)
    assert all(table.is_equal and not table.differing for table in tables)
    ours = {"caseload_v1", "attendance_v1", "handovers_v1", "handover_receipts_v1"}
    assert {table.table for table in tables if table.rows_of_log} >= ours
    before = {table.table: table.sha256_of_table for table in tables}
    for model in READ_MODELS:
        rebuild(house.dsn, model)
    assert {table.table: table.sha256_of_table for table in compare(house.dsn, models=READ_MODELS)} == before
