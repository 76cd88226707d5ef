"""A journey under any commands and any behaviour of its timers: what holds after every step (design §2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.codes import ConsentPurpose, Mover, Phase, StallCause
from domain.command import Command, from_wire, to_wire
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey import Journey, Wake, decide, evolve, fold, obligations, wakes
from domain.journey.approval.state import ApprovalStatus
from domain.journey.foresight import foresee
from domain.journey.hearing.events import deadlines_of
from domain.journey.opening import OpenJourney
from domain.journey.proceedings.events import deadlines_of as dates_of_proceedings
from domain.journey.proceedings.term_events import deadlines_of as dates_of_terms
from domain.journey.returning.state import return_key
from domain.journey.stalling import StepStalled
from domain.journey.state import StepStatus, journey_stream
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.model import Pathway
from domain.refusal import Refused
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import JOURNEY, MILA, MONDAY, VERA
from tests.domain.strategies import commands, pathways
from tests.hearing_examples import court_pathway
from tests.pathway_examples import small_pathway, small_pin
from tests.proceedings_examples import court_pathway as proceedings_pathway
from tests.returning_examples import return_pathway

MOST_FIRINGS = 200
"""More than any ladder of the pathways here has rungs: beyond it, firing at one instant would not end."""


class JourneyMachine(RuleBasedStateMachine):
    """One journey, its clock, and a workflow that fires late, twice, out of order or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[Recorded[Event]] = []
        self.journey: Journey | None = None
        self.now: datetime = MONDAY
        self.pathway: Pathway = small_pathway()
        self.seen: list[Wake] = []
        self.fired: set[tuple[str, str, int]] = set()
        self.dates: dict[str, Deadline] = {}

    @initialize(
        pathway=st.one_of(
            st.builds(small_pathway),
            st.builds(court_pathway),
            st.builds(proceedings_pathway),
            st.builds(return_pathway),
            pathways(),
        ),
        late=st.integers(0, 60 * 24 * 400),
    )
    def open(self, pathway: Pathway, late: int) -> None:
        approvals = tuple(ApprovalRule(matter=matter) for matter in ApprovalMatter) if late % 2 else ()
        self.pathway = pathway.model_copy(update={"approvals": approvals})
        self.now = MONDAY + timedelta(minutes=late)
        self.tell(OpenJourney(pin=small_pin(), caseworker=MILA))

    def tell(self, command: Command) -> tuple[Event, ...]:
        """Decides twice and records once; nothing raises, and both answers are the same."""
        assert from_wire(to_wire(command)) == command
        stream = journey_stream(JOURNEY)
        actor = (MILA, VERA)[self._turn()]
        decision = decide(self.journey, command, self.pathway, self.now, stream=stream, actor=actor)
        assert decision == decide(self.journey, command, self.pathway, self.now, stream=stream, actor=actor)
        if isinstance(decision, Refused):
            return ()
        for event in decision:
            self._record(event, command, actor)
        return decision

    def _turn(self) -> int:
        """Two people take turns, so that one may answer what the other has asked."""
        return len(self.history) % 2

    def _record(self, event: Event, command: Command, actor: UUID) -> None:
        body = event.model_dump_json(exclude_none=True)
        assert type(event).model_validate_json(body) == event
        version = len(self.history) + 1
        command_id = uuid5(JOURNEY, f"{version}|{command.kind}")
        recorded = Recorded(journey_stream(JOURNEY), version, version, event, self.now, actor, command_id)
        before = self.journey
        self.history.append(recorded)
        self.journey = evolve(before, recorded)
        foreseen = foresee(before, (event,), self.now, stream=recorded.stream)
        assert (foreseen.steps, foreseen.stages, foreseen.phase) == (
            self.journey.steps,
            self.journey.stages,
            self.journey.phase,
        )
        self._note(event)
        self._versions_grow(before, self.journey, by_the_clock=isinstance(event, RungsFired))

    def _note(self, event: Event) -> None:
        if isinstance(event, RungsFired):
            told = {(event.obligation, rung, event.date_version) for rung in event.rungs}
            assert not told & self.fired, "a rung was fired twice for the same date"
            assert len({a.message for a in event.addressees}) == len(event.addressees), "somebody is told twice"
            self.fired |= told
        deadline: Any = getattr(event, "deadline", None)
        named = dict(deadlines_of(event)) | dates_of_proceedings(event) | dates_of_terms(event)
        if isinstance(deadline, Deadline):
            body: Any = event
            part = getattr(event, "part", None)
            key = f"step:{body.step}:{body.occurrence}" if hasattr(event, "step") else part or "review"
            if key != "review" or not named:  # a fee has a date of its own and is no review
                self.dates[key] = deadline
        for timer in getattr(event, "timers", ()):
            body = event
            if hasattr(timer, "item"):
                self.dates[return_key(body.number, timer.item)] = timer.deadline
        self.dates.update(named)

    @staticmethod
    def _versions_grow(before: Journey | None, after: Journey, *, by_the_clock: bool) -> None:
        for key, step in after.steps.items():
            old = before.steps.get(key) if before else None
            if old is None:
                assert step.version == after.version
            elif step != old and not by_the_clock:
                assert step.version == after.version, f"{key} changed under the same version"
            else:
                assert step.version == old.version

    def _fire(self, wake: Wake) -> None:
        journey = self.journey
        assert journey is not None
        events = self.tell(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))
        for event in events:
            if isinstance(event, StepStalled) and journey.steps[event.part].waits_on is Mover.CLIENT:
                assert event.cause is StallCause.WAITING_ON_CLIENT

    @precondition(lambda self: self.journey is not None)
    @rule(data=st.data())
    def command(self, data: st.DataObject) -> None:
        assert self.journey is not None
        self.tell(data.draw(commands(self.journey, self.pathway, self.now)))

    @rule(minutes=st.integers(1, 60 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.journey is not None and bool(wakes(self.journey)))
    @rule()
    def fire_on_time(self) -> None:
        assert self.journey is not None
        wake = wakes(self.journey)[0]
        self.now = max(self.now, wake.at)
        self._fire(wake)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def fire_any_wake_ever_seen(self, data: st.DataObject) -> None:
        """Stale, duplicated, early or late."""
        self._fire(data.draw(st.sampled_from(self.seen)))

    @precondition(lambda self: self.journey is not None)
    @rule()
    def fire_all_that_is_due(self) -> None:
        """As the workflow does after an outage: it comes to rest without the clock moving."""
        for _ in range(MOST_FIRINGS):
            assert self.journey is not None
            due = [w for w in wakes(self.journey) if w.at <= self.now]
            if not due:
                return
            self._fire(due[0])
        raise AssertionError("firing at one instant does not end")

    @invariant()
    def an_open_journey_lives_and_another_owes_nothing(self) -> None:
        if self.journey is None:
            return
        owed = obligations(self.journey)
        if self.journey.phase is not Phase.OPEN:
            assert not owed
            assert not wakes(self.journey)
            return
        assert owed
        assert all(o.owner.role for o in owed)
        live = wakes(self.journey)
        assert live, "an open journey without a live timer"
        assert live == sorted(live)
        self.seen = [*self.seen, *(w for w in live if w not in self.seen)][-60:]

    @invariant()
    def a_step_has_one_open_occurrence(self) -> None:
        if self.journey is None:
            return
        open_steps = [s.step for s in self.journey.steps.values() if s.status is StepStatus.OPEN]
        assert len(open_steps) == len(set(open_steps))
        for step in set(open_steps):
            found = self.journey.open_step(step)
            assert found is not None
            assert found.status is StepStatus.OPEN

    @invariant()
    def at_most_one_permit_is_watched_over(self) -> None:
        if self.journey is not None:
            assert sum(p.is_owed for p in self.journey.permits.values()) <= 1

    @invariant()
    def an_answer_is_always_of_a_second_person(self) -> None:
        """And no journey whose pathway asks for one is closed without it."""
        if self.journey is None:
            return
        answered = [a for a in self.journey.approvals.values() if a.answered_by is not None]
        assert not [a for a in answered if a.answered_by == a.asked_by]
        closing = self.journey.closing
        if closing is not None and self.pathway.approvals:
            used = [a for a in answered if a.status is ApprovalStatus.USED and a.version == closing.version]
            assert [a.reason for a in used] == [closing.reason]

    @invariant()
    def due_instants_are_those_of_the_events(self) -> None:
        if self.journey is None:
            return
        for owed in obligations(self.journey):
            assert owed.clockwork.deadline == self.dates[owed.key]
            assert owed.due_at == self.dates[owed.key].due_at

    @invariant()
    def a_service_past_the_yes_has_its_consent(self) -> None:
        """And a referral that somebody has in hand too."""
        if self.journey is None:
            return
        held = {key.purpose for key, consent in self.journey.consents.items() if consent.withdrawn_at is None}
        services = self.journey.services
        for state in services.each.values():
            assert state.consent is None or not state.is_agreed or state.consent in held
        assert not [r for r in services.referrals.values() if r.is_open and ConsentPurpose.REFERRAL not in held]
        assert not [u for u in services.uses.values() if u.consent not in held]
        assert "testing" not in {s.service for s in services.each.values()}

    @invariant()
    def what_is_live_of_services_is_owed(self) -> None:
        """Each with an owner and a date; what is over is not."""
        if self.journey is None:
            return
        owed = {o.key for o in obligations(self.journey)}
        services, is_open = self.journey.services, self.journey.phase is Phase.OPEN
        for state in services.each.values():
            assert (state.key in owed) is (state.is_live and is_open)
        for referral in services.referrals.values():
            assert (referral.key in owed) is (referral.is_owed and is_open)
        assert ("search" in owed) is (services.search is not None and is_open)

    @invariant()
    def the_history_adds_up_to_the_state(self) -> None:
        assert fold(self.history) == self.journey


JourneyMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestJourney = JourneyMachine.TestCase
