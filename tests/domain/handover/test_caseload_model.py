"""An organisation under anything that people and machines do: an open journey always has an owner who is told.

People open, assign, close and reopen journeys, are absent, leave and come back, hand over and stop it; workers do the
errands in any order, twice, or die in between.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import Phase as Phases
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.attendance.absence import ComeBack, PlanAbsence
from domain.attendance.leaving import Leave, Rejoin
from domain.attendance.state import attendance_stream
from domain.calendar import local_date
from domain.codes import ClosingReason, Phase, ReopeningReason, Role
from domain.command import Command
from domain.contact.calling import PromiseCallBack
from domain.contact.logged import LogContact
from domain.contact.state import contact_stream
from domain.handover.begun import BeginHandover, StopHandover
from domain.handover.state import handover_stream
from domain.handover.values import HandoverReason, ItemStatus, Successor
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.facts import receivers
from domain.stream.firing import FireRung
from domain.stream.obligation import wakes_of
from domain.streams import kind_of
from tests.domain.contact.given import SAFE
from tests.domain.handover.world import BOSS, World
from tests.pathway_examples import small_pin

PEOPLE = tuple(UUID(f"00000000-0000-4000-8000-00000000e00{n}") for n in range(1, 5))
JOURNEYS = tuple(UUID(f"7f3e0000-0000-4000-8000-00000000e00{n}") for n in range(1, 6))
CONTACT = contact_stream(UUID("7f3e0000-0000-4000-8000-00000000eeee"))
person, journey = st.sampled_from(PEOPLE), st.sampled_from(JOURNEYS)
role = st.sampled_from((Role.CASEWORKER, Role.LAWYER, Role.PSYCHOLOGIST))


class OrganisationMachine(RuleBasedStateMachine):
    """Four people, five journeys, one contact."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.begun = 0

    @initialize(first=person)
    def open(self, first: UUID) -> None:
        for each in JOURNEYS:
            self.world.tell(journey_stream(each), OpenJourney(pin=small_pin(), caseworker=first))
        call = LogContact.model_validate({"pin": small_pin(), "caller": "direct-help", "safe": SAFE})
        self.world.tell(CONTACT, call)

    def told(self, stream: str, command: Command) -> None:
        """Whatever is answered, nobody who has left is given anything."""
        decision = self.world.tell(stream, command)
        if decision and isinstance(decision, tuple):
            assert not any(self.world.has_left(receiver) for receiver in receivers(command))

    @rule(to=journey, role=role, staff=person)
    def assign(self, to: UUID, role: Role, staff: UUID) -> None:
        self.told(journey_stream(to), Assign(role=role, staff=staff))

    @rule(to=journey, role=role)
    def unassign(self, to: UUID, role: Role) -> None:
        self.told(journey_stream(to), Unassign(role=role))

    @rule(to=journey)
    def close(self, to: UUID) -> None:
        self.told(journey_stream(to), CloseJourney(reason=ClosingReason.CLIENT_WISH))

    @rule(to=journey)
    def reopen(self, to: UUID) -> None:
        self.told(journey_stream(to), ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))

    @rule(staff=person)
    def promise(self, staff: UUID) -> None:
        self.told(CONTACT, PromiseCallBack(staff=staff))

    @rule(who=person, cover=person, days=st.integers(0, 20))
    def absent(self, who: UUID, cover: UUID, days: int) -> None:
        first = local_date(self.world.now, "Europe/Belgrade")
        plan = PlanAbsence(pin=small_pin(), first_day=first, last_day=first + timedelta(days=days), cover=cover)
        self.told(attendance_stream(who), plan)

    @rule(who=person)
    def back(self, who: UUID) -> None:
        self.told(attendance_stream(who), ComeBack())

    @rule(who=person, to=st.lists(person, min_size=1, max_size=3))
    def leave(self, who: UUID, to: list[UUID]) -> None:
        successors = tuple(Successor(staff=staff) for staff in to)
        self.told(attendance_stream(who), Leave(pin=small_pin(), successors=successors))

    @rule(who=person)
    def rejoin(self, who: UUID) -> None:
        self.told(attendance_stream(who), Rejoin())

    @precondition(lambda self: self.begun < 4)
    @rule(who=person, to=person)
    def hand_over(self, who: UUID, to: UUID) -> None:
        self.begun += 1
        begin = BeginHandover(
            pin=small_pin(), leaver=who, successors=(Successor(staff=to),), reason=HandoverReason.WORKLOAD
        )
        self.told(handover_stream(uuid5(BOSS, str(self.begun))), begin)

    @precondition(lambda self: any(h.is_open for h in self.world.handovers))
    @rule()
    def stop(self) -> None:
        running = next(h for h in self.world.handovers if h.is_open)
        self.told(running.stream, StopHandover())

    @precondition(lambda self: self.world.errands)
    @rule(number=st.integers(0, 1000), times=st.integers(1, 2), acknowledged=st.booleans())
    def relay(self, number: int, times: int, acknowledged: bool) -> None:
        errands = self.world.errands
        for _ in range(times):
            self.world.relay(*errands[number % len(errands)], acknowledged=acknowledged)

    @rule(hours=st.integers(1, 24 * 20))
    def later(self, hours: int) -> None:
        """The clock moves on, and every timer whose moment has come is fired."""
        self.world.later(hours=hours)
        for stream, state in list(self.world.states.items()):
            for wake in wakes_of(kind_of(stream).obligations(state)):
                if wake.at <= self.world.now:
                    self.told(stream, FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))

    @invariant()
    def an_open_journey_has_an_owner_and_a_live_timer(self) -> None:
        for each in self.world.journeys:
            if each.phase is not Phase.OPEN:
                continue
            owed = kind_of(each.stream).obligations(each)
            assert wakes_of(owed)
            for obligation in owed:
                owner = obligation.owner
                # By name somebody of the journey, or a role that whoever has it, at last who is on call, answers for.
                assert owner.staff in each.assigned.values() if owner.staff else owner.role is Role.ON_CALL

    @invariant()
    def what_is_owed_by_a_hand_over_has_a_live_timer(self) -> None:
        for each in self.world.handovers:
            assert not each.is_open or wakes_of(kind_of(each.stream).obligations(each))

    @invariant()
    def a_running_hand_over_has_something_under_way(self) -> None:
        for each in self.world.handovers:
            assert not each.is_open or each.pending

    def teardown(self) -> None:
        """Once every errand is done, who has left holds only what was refused, and everybody knows why."""
        self.world.settle()
        for each in self.world.handovers:
            assert not each.is_open
            assert each.asked == {}
            assert not [r for r in each.receipts.values() if r.status is ItemStatus.UNDER_WAY]
        for who in PEOPLE:
            if self.world.has_left(who):
                refused = {
                    (receipt.item.stream_id, receipt.item.part)
                    for each in self.world.handovers
                    if each.leaver == who
                    for receipt in each.receipts.values()
                    if receipt.status is ItemStatus.REFUSED
                }
                assert {(h.id, h.part) for h in self.world.caseload(who)} <= refused


TestOrganisation = OrganisationMachine.TestCase
TestOrganisation.settings = settings(
    max_examples=50,
    stateful_step_count=40,
    deadline=None,
    phases=(Phases.explicit, Phases.generate),  # to shrink a failure takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
