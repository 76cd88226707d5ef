"""Facts of other streams, looked up for deciders on a real log; and a whole hand-over by its errands alone."""

from __future__ import annotations

from uuid import uuid4

import pytest

import projections.caseload.queries
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.codes import ClosingReason, ReopeningReason, Role
from domain.command import from_wire
from domain.contact.calling import PromiseCallBack
from domain.contact.logged import LogContact
from domain.contact.state import Contact, contact_stream
from domain.errors import Unavailable
from domain.handover.state import handover_stream
from domain.handover.values import HandoverPhase, ItemStatus, Successor
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.state import journey_stream
from domain.mission.planning import PlanMission
from domain.mission.state import Mission, mission_stream
from domain.refusal import RefusalCode
from projections.loop import Projector
from tests.domain.contact.given import SAFE
from tests.domain.mission.given import CREW, plan
from tests.supervision.conftest import BOSS, IVA, MILA, VERA, House, refused
from workflows.messages import AnswerKind, Relay


def leave(house: House) -> Leave:
    """To Vera."""
    return Leave(pin=house.pin, successors=(Successor(staff=VERA),))


def test_who_has_left_gets_no_work_from_any_stream(house: House) -> None:
    """The recorder asks their stream; what is refused is refused for good, under that command id."""
    (journey,) = house.journeys(1, VERA)
    house.tell(attendance_stream(MILA), leave(house))
    command_id, assign = uuid4(), Assign(role=Role.LAWYER, staff=MILA)
    for _ in range(2):
        why = refused(house.tell(journey_stream(journey), assign, command_id))
        assert (why.code, why.other) == (RefusalCode.STAFF_HAS_LEFT, MILA)
    kept = house.log.outcome(journey_stream(journey), command_id)
    assert kept is not None
    assert from_wire(kept.asked or "") == assign
    call = LogContact.model_validate({"pin": house.pin, "caller": "relative", "safe": SAFE})
    contact = contact_stream(uuid4())
    house.tell(contact, call)
    assert refused(house.tell(contact, PromiseCallBack(staff=MILA))).code is RefusalCode.STAFF_HAS_LEFT
    crew = CREW.model_copy(update={"supervisor": MILA})
    mission = plan(pin=house.pin, crew=crew, journeys=(), legs=())
    assert refused(house.tell(mission_stream(uuid4()), mission)).code is RefusalCode.STAFF_HAS_LEFT
    assert house.tell(journey_stream(journey), Assign(role=Role.LAWYER, staff=IVA)).kind is AnswerKind.RECORDED


def test_a_reopened_journey_leaves_no_role_with_who_has_left(house: House) -> None:
    """It was closed, so no hand-over has moved it."""
    (journey,) = house.journeys(1)
    house.tell(journey_stream(journey), CloseJourney(reason=ClosingReason.CLIENT_WISH))
    house.tell(attendance_stream(MILA), leave(house))
    house.errands(attendance_stream(MILA))
    house.errands(handover_stream(leaving_handover(MILA, 1)))
    assert house.journey(journey).assigned == {Role.CASEWORKER: MILA}
    house.tell(journey_stream(journey), ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    assert house.journey(journey).assigned == {}


def test_leaving_hands_over_journeys_contacts_and_missions(house: House) -> None:
    """From the word of leaving to the last receipt; everything has gone to Vera."""
    first, second = house.journeys(2)
    house.tell(journey_stream(first), Assign(role=Role.LAWYER, staff=MILA))
    contact, mission = contact_stream(uuid4()), mission_stream(uuid4())
    call = {"pin": house.pin, "caller": "relative", "safe": SAFE, "call_back": True, "called_by": MILA}
    house.tell(contact, LogContact.model_validate(call))
    planned = plan(
        pin=house.pin,
        crew=CREW.model_copy(update={"supervisor": MILA}),
        departure=house.now.replace(year=house.now.year + 1),
        expected_return=house.now.replace(year=house.now.year + 2),
        journeys=(),
        legs=(),
    )
    assert isinstance(planned, PlanMission)
    assert house.tell(mission, planned).kind is AnswerKind.RECORDED
    house.tell(attendance_stream(MILA), leave(house))
    house.errands(attendance_stream(MILA))
    handover = leaving_handover(MILA, 1)
    house.errands(handover_stream(handover))
    done = house.handover(handover)
    assert (done.phase, done.asked_by) == (HandoverPhase.COMPLETED, BOSS)
    assert done.count(ItemStatus.MOVED) == len(done.receipts) == 5
    assert house.journey(first).assigned == {Role.CASEWORKER: VERA, Role.LAWYER: VERA}
    assert house.journey(second).assigned == {Role.CASEWORKER: VERA}
    called, out = house.recorder.state(contact), house.recorder.state(mission)
    assert isinstance(called, Contact)
    assert called.promise is not None
    assert called.promise.staff == VERA
    assert isinstance(out, Mission)
    assert out.plan.crew.supervisor == VERA


def test_a_busy_successor_is_a_receipt_like_any_other(house: House) -> None:
    """Vera is on another mission at that time: the seat stays, and the receipt says so."""
    departure = house.now.replace(year=house.now.year + 1)
    usual = {"pin": house.pin, "departure": departure, "journeys": (), "legs": ()}
    until = {"expected_return": departure.replace(year=departure.year + 1)}
    for person, lead in ((VERA, IVA), (MILA, BOSS)):
        crew = CREW.model_copy(update={"team": (person, lead), "lead": lead, "vehicle": None, "supervisor": None})
        assert house.tell(mission_stream(uuid4()), plan(**(usual | until | {"crew": crew}))).refusal is None
    handover = house.begin()
    house.errands(handover_stream(handover))
    (receipt,) = house.handover(handover).receipts.values()
    assert (receipt.status, receipt.refused) == (ItemStatus.REFUSED, RefusalCode.RESOURCE_BUSY)


def test_a_look_waits_for_the_read_model(idle_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """To go on without it would leave behind what it does not know yet. Nothing is recorded meanwhile."""
    monkeypatch.setattr(projections.caseload.queries, "LEVEL_WITHIN", 0.3)
    house = idle_house
    house.journeys(1)
    handover = house.begin()
    (look,) = house.handover(handover).pending
    with pytest.raises(Unavailable):
        house.recorder.relay(Relay(stream=handover_stream(handover), dispatch=look))
    without = Recorder(house.log, PathwayStore(house.pathways), "test", rights=NO_RIGHTS_ASKED)
    with pytest.raises(Unavailable):
        without.relay(Relay(stream=handover_stream(handover), dispatch=look))
    assert house.handover(handover).rounds == 0
    Projector(house.dsn).catch_up()
    house.recorder.relay(Relay(stream=handover_stream(handover), dispatch=look))
    assert house.handover(handover).rounds == 1
