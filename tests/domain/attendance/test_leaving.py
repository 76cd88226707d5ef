"""Leaving: no work is kept, none is received, and the hand-over begins by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.attendance.absence import AttendanceBegun
from domain.attendance.leaving import Leave, Rejoin, StaffLeft, StaffRejoined, leaving_handover
from domain.attendance.state import Presence
from domain.codes import ClosingReason, Phase, ReopeningReason, Role, StreamName
from domain.command import Command
from domain.contact.attaching import BeginJourney
from domain.contact.calling import PromiseCallBack
from domain.contact.danger import AcknowledgeDanger, RaiseDanger
from domain.contact.logged import LogContact
from domain.handover.begun import BeginHandover
from domain.handover.values import HandoverReason, Successor
from domain.journey import decide
from domain.journey.assignment import Assign, Unassigned
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.merging import MergeJourney, ReverseMerge
from domain.journey.opening import OpenJourney
from domain.mission.planning import ChangeCrew
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.facts import Facts, people_asked_about, receivers
from domain.stream.holding import TakeOver
from tests.domain.attendance.given import WEEK, at_work, week_off
from tests.domain.contact.given import called, nothing_yet
from tests.domain.given import JOURNEY, MILA, OTHER, VERA, Given, begun, planned
from tests.domain.mission.given import ANA, BOJAN, CECA, CREW, LEG, plan
from tests.domain.mission.given import Given as Missions
from tests.domain.mission.given import planned as planned_mission
from tests.pathway_examples import small_pin

TO_VERA = (Successor(staff=VERA),)
LEAVE = Leave(pin=small_pin(), successors=TO_VERA)


def test_who_leaves_names_who_goes_on() -> None:
    """And from then on has left, whatever was planned."""
    at_work().when(LEAVE).then(AttendanceBegun(pin=small_pin()), StaffLeft(successors=TO_VERA))
    week_off().when(LEAVE).then(StaffLeft(successors=TO_VERA))
    left = week_off().having(LEAVE)
    assert left.state.presence_at(left.now) is Presence.LEFT
    left.when(LEAVE).then()
    left.when(WEEK).then_refused(RefusalCode.STAFF_HAS_LEFT, other=MILA)


def test_a_hand_over_begins_with_it() -> None:
    """By a command under way to a stream of its own, under an id that every repetition has."""
    state = at_work().having(LEAVE).state
    (dispatch,) = state.pending.values()
    assert (dispatch.kind, dispatch.target) == (StreamName.HANDOVER, leaving_handover(MILA, 1))
    assert state.handover == dispatch.target
    assert isinstance(dispatch.command, BeginHandover)
    assert dispatch.command.leaver == MILA
    assert dispatch.command.successors == TO_VERA
    assert dispatch.command.reason is HandoverReason.LEAVING


def test_who_comes_back_is_here_again_and_may_leave_again() -> None:
    """The second leaving has a hand-over of its own."""
    again = at_work().having(LEAVE, Rejoin())
    assert again.history[-1].event == StaffRejoined()
    assert again.state.presence_at(again.now) is Presence.HERE
    again.when(Rejoin()).then()
    assert again.having(LEAVE).state.handover == leaving_handover(MILA, 2) != leaving_handover(MILA, 1)


def test_nobody_leaves_to_themselves_or_to_somebody_who_has_left() -> None:
    """Else the work would stay where it is."""
    to_self = LEAVE.model_copy(update={"successors": (*TO_VERA, Successor(staff=MILA))})
    at_work().when(to_self).then_refused(RefusalCode.SUCCESSOR_LEAVES, other=MILA)
    week_off().when(to_self).then_refused(RefusalCode.SUCCESSOR_LEAVES, other=MILA)
    gone = at_work().knowing(left=frozenset({VERA}))
    gone.when(LEAVE).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)


def _decided(given: Given, command: Command, *left: UUID) -> Decision:
    facts = Facts(left=frozenset(left))
    return decide(given.journey, command, given.pathway, given.now, stream=given.stream, facts=facts)


@pytest.mark.parametrize(
    "command",
    [
        Assign(role=Role.LAWYER, staff=VERA),
        TakeOver(part="caseworker", leaver=MILA, successor=VERA),
    ],
)
def test_a_journey_gives_no_work_to_who_has_left(command: Command) -> None:
    """To nobody else it makes a difference."""
    refused = _decided(begun(), command, VERA)
    assert refused == Refused(code=RefusalCode.STAFF_HAS_LEFT, other=VERA)
    assert not isinstance(_decided(begun(), command), Refused)


def test_a_journey_is_not_opened_for_who_has_left() -> None:
    """It is opened for somebody else, or for nobody."""
    empty = Given((), begun().now, begun().pathway, begun().stream)
    opening = OpenJourney(pin=small_pin(), caseworker=VERA)
    assert _decided(empty, opening, VERA) == Refused(code=RefusalCode.STAFF_HAS_LEFT, other=VERA)
    assert not isinstance(_decided(empty, OpenJourney(pin=small_pin()), VERA), Refused)


def _at(given: Any, command: Command) -> Any:
    return given.knowing(left=frozenset({VERA})).when(command)


def test_a_contact_gives_no_work_to_who_has_left() -> None:
    """Neither a call, nor a danger, nor a journey that begins with it."""
    promised = LogContact.model_validate(
        {"pin": small_pin(), "caller": "direct-help", "called_by": VERA, "call_back": True}
    )
    _at(nothing_yet(), promised).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)
    _at(called(), PromiseCallBack(staff=VERA)).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)
    _at(called(), BeginJourney(caseworker=VERA)).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)
    raised = called().having(RaiseDanger(sign="threat"))
    _at(raised, AcknowledgeDanger(by=VERA)).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)


def test_nobody_who_has_left_goes_on_a_mission() -> None:
    """In no seat, not at the wheel, and not as who is told."""
    assert receivers(plan()) == {ANA, BOJAN, CECA}
    assert receivers(plan(legs=(LEG.model_copy(update={"driver": VERA}),))) == {ANA, BOJAN, CECA, VERA}
    given = Missions()
    facts = Facts(left=frozenset({CECA}))
    from domain.mission.kind import MISSION

    refused = MISSION.decide(None, plan(), given.pathway, given.now, stream=given.stream, facts=facts)
    assert refused == Refused(code=RefusalCode.STAFF_HAS_LEFT, other=CECA)
    state = planned_mission().state
    refused = MISSION.decide(state, ChangeCrew(crew=CREW), given.pathway, given.now, facts=facts)
    assert refused == Refused(code=RefusalCode.STAFF_HAS_LEFT, other=CECA)


def test_a_journey_that_goes_on_leaves_no_role_with_who_has_left() -> None:
    """A closed journey is nobody's work and is not handed over; reopened, its vacant role is seen to."""
    closed = planned().having(Assign(role=Role.LAWYER, staff=VERA), CloseJourney(reason=ClosingReason.CLIENT_WISH))
    reopen = ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED)
    assert people_asked_about(closed.state, reopen) == {MILA, VERA}
    events = _decided(closed.later(days=90), reopen, MILA)
    assert not isinstance(events, Refused)
    assert Unassigned(role=Role.CASEWORKER, staff=MILA) in events
    after = closed.later(days=90).and_then(*events).state
    assert after.phase is Phase.OPEN
    assert after.assigned == {Role.LAWYER: VERA}


@pytest.mark.parametrize("back", [ReverseMerge(), None])
def test_a_merge_that_is_reversed_leaves_no_role_with_who_has_left(back: Command | None) -> None:
    """By a person, or because the other journey would not have it."""
    merged = begun().having(MergeJourney(survivor=OTHER))
    (dispatch,) = merged.state.pending
    command = back or AcknowledgeRelay(dispatch=dispatch, refused=RefusalCode.UNKNOWN_JOURNEY)
    assert people_asked_about(merged.state, command) == {MILA}
    events = _decided(merged.later(days=1), command, MILA)
    assert not isinstance(events, Refused)
    assert merged.later(days=1).and_then(*events).state.assigned == {}


def test_most_commands_ask_about_nobody() -> None:
    """So they cost no look at anybody's stream."""
    state = begun().state
    assert people_asked_about(state, CloseJourney(reason=ClosingReason.CLIENT_WISH)) == frozenset()
    assert people_asked_about(state, AcknowledgeRelay(dispatch=JOURNEY)) == frozenset()
