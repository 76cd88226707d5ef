"""A hand-over: begins, finds, asks, keeps receipts, looks again, comes to its end; and is cut off anywhere."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.codes import ClosingReason, ObligationKind, Role, StreamName
from domain.command import COMMAND_TYPES
from domain.errors import DefinitionError
from domain.event import EVENT_TYPES
from domain.handover.begun import BeginHandover, HandoverBegun, HandoverStopped, StopHandover
from domain.handover.finding import PORTION, HandoverCompleted, WorkFound
from domain.handover.kind import HANDOVER
from domain.handover.looking import FindWork
from domain.handover.register import HANDOVERS
from domain.handover.state import Handover, handover_stream
from domain.handover.values import HandoverPhase, HandoverReason, Item, ItemStatus, Successor
from domain.journey.assignment import Assign, Assigned
from domain.journey.closing import CloseJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import Journey, journey_stream
from domain.refusal import RefusalCode, Refused
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.facts import Holding
from domain.stream.firing import RungsFired
from domain.stream.holding import TakeOver
from domain.stream.withdrawing import AppointmentWithdrawn
from tests.domain.given import JOURNEY, MILA, MONDAY, OTHER, THIRD, VERA, begun
from tests.domain.handover.world import BOSS, World
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pathway, small_pin

IVA = UUID("00000000-0000-4000-8000-00000000a003")
ID = UUID("9a1c0000-0000-4000-8000-0000000000d1")
BEGIN = BeginHandover(pin=small_pin(), leaver=MILA, successors=(Successor(staff=VERA),), reason=HandoverReason.WORKLOAD)


def nothing_yet() -> GivenOf[Handover]:
    """No hand-over."""
    return GivenOf(HANDOVER, handover_stream(ID), small_pathway(), MONDAY)


def holding(journey: UUID = JOURNEY, role: Role = Role.CASEWORKER) -> Holding:
    """A role in a journey."""
    return Holding(StreamName.JOURNEY, journey, role.value, role)


def item(successor: UUID = VERA, journey: UUID = JOURNEY, role: Role = Role.CASEWORKER) -> Item:
    """The same on its way."""
    return Item(stream_kind=StreamName.JOURNEY, stream_id=journey, part=role.value, role=role, successor=successor)


def test_it_begins_with_a_look() -> None:
    """And is owed by whoever asked for it, until it has come to its end."""
    begun_ = nothing_yet().having(BEGIN)
    (event,) = (recorded.event for recorded in begun_.history)
    assert isinstance(event, HandoverBegun)
    (look,) = begun_.state.pending.values()
    assert (look.stream, look.command) == (handover_stream(ID), FindWork(number=1))
    (owed,) = begun_.owed
    assert (owed.kind, owed.owner.role, owed.what) == (ObligationKind.HANDOVER, Role.SUPERVISOR, "workload")
    asked = nothing_yet().having(BEGIN.model_copy(update={"asked_by": IVA}))
    assert asked.state.asked_by == IVA


def test_nobody_takes_over_from_themselves_or_after_leaving() -> None:
    """It would move nothing."""
    to_self = BEGIN.model_copy(update={"successors": (Successor(staff=MILA),)})
    nothing_yet().when(to_self).then_refused(RefusalCode.SUCCESSOR_LEAVES, other=MILA)
    gone = nothing_yet().knowing(left=frozenset({VERA}))
    gone.when(BEGIN).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)
    nothing_yet().having(BEGIN).when(BEGIN).then_refused(RefusalCode.ALREADY_OPENED)
    nothing_yet().when(StopHandover()).then_refused(RefusalCode.UNKNOWN_HANDOVER)


def test_what_is_found_is_asked_for_under_ids_of_its_own() -> None:
    """Two roles of one journey are two things; each of them is found again by its id whoever asks."""
    both = (holding(), holding(role=Role.LAWYER))
    given = nothing_yet().having(BEGIN).knowing(holdings=both)
    given.when(FindWork(number=1)).then(WorkFound(number=1, items=(item(), item(role=Role.LAWYER))))
    state = given.having(FindWork(number=1)).state
    commands = {d.command for d in state.pending.values() if isinstance(d.command, TakeOver)}
    assert commands == {TakeOver(part=p, leaver=MILA, successor=VERA) for p in ("caseworker", "lawyer")}
    assert set(state.asked) == {d.id for d in state.pending.values() if isinstance(d.command, TakeOver)}
    again = nothing_yet().having(BEGIN).knowing(holdings=both).later(days=1).having(FindWork(number=1)).state
    assert set(again.pending) == set(state.pending)


def test_a_look_counts_once() -> None:
    """An older one, or one that comes too early, finds nothing."""
    given = nothing_yet().having(BEGIN).knowing(holdings=(holding(),)).having(FindWork(number=1))
    given.when(FindWork(number=1)).then()
    given.when(FindWork(number=3)).then()


def test_a_look_that_does_not_know_the_caseload_is_our_mistake() -> None:
    """To take it for an empty one would complete the hand-over and leave everything behind."""
    with pytest.raises(DefinitionError):
        nothing_yet().having(BEGIN).when(FindWork(number=1))


def test_it_is_complete_when_a_look_finds_nothing() -> None:
    """Then it owes nothing."""
    given = nothing_yet().having(BEGIN).knowing(holdings=())
    given.when(FindWork(number=1)).then(HandoverCompleted(number=1, moved=0, left_behind=0))
    done = given.having(FindWork(number=1))
    assert (done.state.phase, done.state.is_open, done.owed) == (HandoverPhase.COMPLETED, False, [])
    done.when(FindWork(number=2)).then_refused(RefusalCode.HANDOVER_ENDED)
    done.when(StopHandover()).then_refused(RefusalCode.HANDOVER_ENDED)


def test_it_takes_a_portion_at_a_time() -> None:
    """A caseload of hundreds does not make one event of hundreds."""
    many = tuple(holding(UUID(int=n)) for n in range(1, PORTION + 20))
    found = nothing_yet().having(BEGIN).knowing(holdings=many).when(FindWork(number=1)).events[0]
    assert isinstance(found, WorkFound)
    assert len(found.items) == PORTION


def test_it_is_shared_out_by_role_and_evenly() -> None:
    """Whoever is named for a role has those; the rest goes to who has least, one journey to one person."""
    begin = BEGIN.model_copy(
        update={
            "successors": (Successor(staff=VERA), Successor(staff=IVA), Successor(staff=BOSS, roles=(Role.LAWYER,)))
        }
    )
    holdings = (
        holding(),
        holding(role=Role.PSYCHOLOGIST),
        holding(OTHER),
        holding(OTHER, Role.LAWYER),
        holding(THIRD),
    )
    found = nothing_yet().having(begin).knowing(holdings=holdings).when(FindWork(number=1)).events[0]
    assert isinstance(found, WorkFound)
    assert [(i.stream_id, i.role, i.successor) for i in found.items] == [
        (JOURNEY, Role.CASEWORKER, VERA),
        (JOURNEY, Role.PSYCHOLOGIST, VERA),
        (OTHER, Role.CASEWORKER, IVA),
        (OTHER, Role.LAWYER, BOSS),
        (THIRD, Role.CASEWORKER, VERA),
    ]


def test_a_role_that_nobody_was_named_for_goes_to_somebody_all_the_same() -> None:
    """Nothing is nobody's."""
    begin = BEGIN.model_copy(update={"successors": (Successor(staff=BOSS, roles=(Role.LAWYER,)),)})
    found = nothing_yet().having(begin).knowing(holdings=(holding(),)).when(FindWork(number=1)).events[0]
    assert isinstance(found, WorkFound)
    assert found.items[0].successor == BOSS


def organisation(*journeys: UUID) -> World:
    """Mila is caseworker everywhere, and lawyer of the first."""
    world = World()
    for journey in journeys:
        world.tell(journey_stream(journey), OpenJourney(pin=small_pin(), caseworker=MILA))
    world.tell(journey_stream(journeys[0]), Assign(role=Role.LAWYER, staff=MILA))
    return world


def role_of(world: World, journey: UUID, role: Role = Role.CASEWORKER) -> UUID | None:
    """Who has it."""
    state = world.states[journey_stream(journey)]
    assert isinstance(state, Journey)
    return state.assigned.get(role)


def test_everything_moves_and_has_its_receipt() -> None:
    """From the beginning to the end, by the errands alone."""
    world = organisation(JOURNEY, OTHER)
    world.tell(handover_stream(ID), BEGIN)
    world.settle()
    (handover,) = world.handovers
    assert (handover.phase, handover.count(ItemStatus.MOVED)) == (HandoverPhase.COMPLETED, 3)
    assert all(receipt.settled_at is not None for receipt in handover.receipts.values())
    assert {role_of(world, journey) for journey in (JOURNEY, OTHER)} == {VERA}
    assert role_of(world, JOURNEY, Role.LAWYER) == VERA
    assert list(world.caseload(MILA)) == []


def test_what_arises_under_way_is_found_as_well() -> None:
    """A journey that comes to the leaver during the run."""
    world = organisation(JOURNEY)
    world.tell(handover_stream(ID), BEGIN)
    world.relay(*world.errands[0])
    world.tell(journey_stream(THIRD), OpenJourney(pin=small_pin(), caseworker=MILA))
    world.settle()
    assert role_of(world, THIRD) == VERA
    assert world.handovers[0].rounds == 3


def test_what_is_refused_stays_and_says_why_and_ends_nothing() -> None:
    """A journey that is closed between the look and the asking; one that somebody else has by now."""
    world = organisation(JOURNEY, OTHER, THIRD)
    world.tell(handover_stream(ID), BEGIN)
    world.relay(*world.errands[0])
    world.tell(journey_stream(OTHER), CloseJourney(reason=ClosingReason.CLIENT_WISH))
    world.tell(journey_stream(THIRD), Assign(role=Role.CASEWORKER, staff=IVA))
    world.settle()
    (handover,) = world.handovers
    refused = {r.item.stream_id: r.refused for r in handover.receipts.values() if r.status is ItemStatus.REFUSED}
    assert refused == {OTHER: RefusalCode.JOURNEY_CLOSED, THIRD: RefusalCode.HELD_BY_ANOTHER}
    assert (handover.count(ItemStatus.MOVED), role_of(world, THIRD)) == (2, IVA)
    completed = world.history[handover_stream(ID)][-2].event
    assert completed == HandoverCompleted(number=2, moved=2, left_behind=2)


def test_a_successor_who_leaves_meanwhile_gets_nothing_more() -> None:
    """What was refused is not asked for again and again: the hand-over ends, and shows what it left behind."""
    world = organisation(JOURNEY, OTHER)
    world.tell(handover_stream(ID), BEGIN)
    world.relay(*world.errands[0])
    world.tell(attendance_stream(VERA), Leave(pin=small_pin(), successors=(Successor(staff=IVA),)))
    world.settle()
    first = next(handover for handover in world.handovers if handover.id == ID)
    assert (first.phase, first.count(ItemStatus.REFUSED)) == (HandoverPhase.COMPLETED, 3)
    assert {receipt.refused for receipt in first.receipts.values()} == {RefusalCode.STAFF_HAS_LEFT}
    assert role_of(world, JOURNEY) == MILA


def test_somebody_leaving_hands_over_everything() -> None:
    """Nobody has to begin it."""
    world = organisation(JOURNEY, OTHER)
    world.tell(attendance_stream(MILA), Leave(pin=small_pin(), successors=(Successor(staff=VERA),)))
    world.settle()
    (handover,) = world.handovers
    assert (handover.id, handover.asked_by) == (leaving_handover(MILA, 1), BOSS)
    assert (handover.phase, handover.reason) == (HandoverPhase.COMPLETED, HandoverReason.LEAVING)
    assert list(world.caseload(MILA)) == []
    refused = world.tell(journey_stream(JOURNEY), Assign(role=Role.CASEWORKER, staff=MILA))
    assert refused == Refused(code=RefusalCode.STAFF_HAS_LEFT, other=MILA)


def test_a_worker_that_dies_anywhere_changes_nothing() -> None:
    """Each errand is done twice, and each time the first copy dies before it is acknowledged."""
    cut, whole = organisation(JOURNEY, OTHER, THIRD), organisation(JOURNEY, OTHER, THIRD)
    for world in (cut, whole):
        world.tell(handover_stream(ID), BEGIN)
    while cut.errands:
        stream, dispatch = cut.errands[0]
        cut.relay(stream, dispatch, acknowledged=False)
        cut.relay(stream, dispatch, acknowledged=False)
        cut.relay(stream, dispatch)
        cut.relay(stream, dispatch)
    whole.settle()
    events = {stream: [r.event for r in history] for stream, history in whole.history.items()}
    assert {stream: [r.event for r in history] for stream, history in cut.history.items()} == events
    assert sum(isinstance(e, Assigned) and e.staff == VERA for each in events.values() for e in each) == 4


def test_a_hand_over_may_be_stopped_and_another_goes_on() -> None:
    """What was asked for gets its receipt; nothing more is looked for."""
    world = organisation(JOURNEY, OTHER)
    world.tell(handover_stream(ID), BEGIN)
    assert world.tell(handover_stream(ID), StopHandover()) == (HandoverStopped(),)
    world.settle()
    assert world.handovers[0].phase is HandoverPhase.STOPPED
    assert (role_of(world, JOURNEY), world.handovers[0].receipts) == (MILA, {})
    next_one = UUID(int=ID.int + 1)
    world.tell(handover_stream(next_one), BEGIN)
    world.settle()
    assert role_of(world, JOURNEY) == VERA


def test_the_hand_over_of_somebody_who_has_left_is_not_stopped() -> None:
    """They would keep what has not moved yet."""
    left = nothing_yet().having(BEGIN).knowing(left=frozenset({MILA}))
    left.when(StopHandover()).then_refused(RefusalCode.STAFF_HAS_LEFT, other=MILA)


def test_a_journey_gives_a_role_only_from_who_has_it() -> None:
    """Already there: nothing. Somebody else's, or nobody's: refused."""
    begun().when(TakeOver(part="caseworker", leaver=MILA, successor=VERA)).then(
        Assigned(role=Role.CASEWORKER, staff=VERA)
    )
    begun().when(TakeOver(part="caseworker", leaver=VERA, successor=MILA)).then()
    begun().when(TakeOver(part="caseworker", leaver=VERA, successor=IVA)).then_refused(
        RefusalCode.HELD_BY_ANOTHER, other=MILA
    )
    begun().when(TakeOver(part="lawyer", leaver=MILA, successor=IVA)).then_refused(RefusalCode.NOT_ASSIGNED)
    begun().when(TakeOver(part="no-such-role", leaver=MILA, successor=IVA)).then_refused(RefusalCode.NOT_ASSIGNED)


def test_one_that_is_held_up_is_heard_of() -> None:
    """It owes itself to whoever asked; a day later the supervisor is told, then whoever is on call, and so on."""
    given, told = nothing_yet().having(BEGIN), []
    for _ in range(5):
        given = given.woken()
        fired = [r.event for r in given.history if isinstance(r.event, RungsFired)][-1]
        told.append({to.role for to in fired.addressees})
    assert told[0] == {Role.SUPERVISOR}
    assert Role.ON_CALL in told[-1]
    assert given.state.is_open


def test_every_event_is_folded_and_every_command_decided() -> None:
    """One that is not would stop the stream for ever."""
    shared: set[type] = {RungsFired, CommandRelayed, LadderExtended, AppointmentWithdrawn}
    assert {cls for t, cls in EVENT_TYPES.items() if t.startswith("handover.")} == HANDOVERS.folding.events - shared
    ours = {cls for cls in COMMAND_TYPES.values() if cls.__module__.startswith("domain.handover")}
    assert ours == {*HANDOVER.deciders.of, *HANDOVER.deciders.openers} & ours
