"""Hearings under any commands and any behaviour of their timers: what holds after every step."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from domain.codes import ObligationKind, Phase
from domain.journey import obligations, wakes
from domain.journey.hearing.codes import DATED
from domain.journey.opening import OpenJourney
from domain.pathway.hearings import Side
from tests.domain.given import MILA, MONDAY
from tests.domain.hearing.strategies import hearing_commands
from tests.domain.strategies import commands
from tests.domain.test_journey_model import JourneyMachine
from tests.hearing_examples import court_pathway
from tests.pathway_examples import small_pin


class HearingMachine(JourneyMachine):
    """A journey in court; now and then somebody does something else with it."""

    chains: dict[int, tuple[datetime, ...]]

    @initialize(pathway=st.just(None), late=st.integers(0, 60 * 24 * 400))
    def open(self, pathway: None, late: int) -> None:
        self.pathway = court_pathway()
        self.now = MONDAY + timedelta(minutes=late)
        self.chains = {}
        self.tell(OpenJourney(pin=small_pin(), caseworker=MILA))

    @precondition(lambda self: self.journey is not None)
    @rule(data=st.data(), count=st.integers(1, 5))
    def command(self, data: st.DataObject, count: int) -> None:
        """Several in a row: what moves a date makes sense only after what sets one."""
        for _ in range(count):
            assert self.journey is not None
            other = data.draw(st.integers(0, 14)) == 14
            usual = hearing_commands(self.journey, self.now)
            self.tell(data.draw(commands(self.journey, self.pathway, self.now) if other else usual))

    @invariant()
    def every_live_wake_of_a_hearing_is_of_its_newest_date(self) -> None:
        """Whatever was moved: no timer of an old date is left. A talk belongs to a sitting that is past."""
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        for wake in wakes(self.journey):
            if wake.key.startswith("hearing:") and ":debrief-" not in wake.key:
                state = self.journey.hearings[int(wake.key.split(":")[1])]
                if not state.is_over:
                    assert wake.date_version == state.date_version, wake

    @invariant()
    def what_is_over_owes_its_talk_and_what_follows_it(self) -> None:
        if self.journey is None:
            return
        for owed in obligations(self.journey):
            if not owed.key.startswith("hearing:"):
                continue
            state = self.journey.hearings[int(owed.key.split(":")[1])]
            if state.is_over and owed.kind is not ObligationKind.HEARING_DEBRIEF:
                assert owed.kind is ObligationKind.HEARING_TASK
                assert state.plan is not None
                assert state.plan.tasks[owed.key.split(":")[3]].side is Side.AFTER

    @invariant()
    def what_is_not_over_is_owed(self) -> None:
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        keys = {o.key for o in obligations(self.journey)}
        assert all(state.key in keys for state in self.journey.hearings.values() if not state.is_over)

    @invariant()
    def no_date_is_ever_lost(self) -> None:
        """The chain only grows, and at most its last date stands."""
        if self.journey is None:
            return
        for number, state in self.journey.hearings.items():
            dates = tuple(d.starts_at for d in state.dates)
            before = self.chains.get(number, ())
            assert dates[: len(before)] == before
            self.chains[number] = dates
            assert all(d.ended is not None for d in state.dates[:-1]), state.dates
            assert (state.dates[-1].ended is None) == (state.status in DATED), state


HearingMachine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestHearings = HearingMachine.TestCase
