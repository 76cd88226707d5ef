"""Returns under any commands and any behaviour of their timers: all that holds of a journey, and more."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.codes import Phase, Role
from domain.journey import obligations
from domain.journey.assignment import Assign
from domain.journey.returning.codes import LIVE, CheckStatus, Receipt, ReturnStatus, Verdict
from domain.journey.returning.commands import ConfirmHandover, DepartOnReturn
from domain.journey.returning.departing import may_depart
from domain.journey.returning.way_events import ReturnDeparted
from domain.pathway.model import Pathway
from tests.domain.given import VERA
from tests.domain.returning.home import OUT, ROUTE, STEPS
from tests.domain.returning.strategies import returning_commands
from tests.domain.test_journey_model import JourneyMachine
from tests.returning_examples import return_pathway


class ReturningMachine(JourneyMachine):
    """A journey whose client wishes to go home from its first hour."""

    @initialize(pathway=st.builds(return_pathway), late=st.integers(0, 60 * 24 * 400))
    def open(self, pathway: Pathway, late: int) -> None:
        """With everything that a return needs, or with less."""
        super().open(pathway, late)
        self.tell(Assign(role=Role.LAWYER, staff=VERA))
        self.tell(OUT)
        leaves = self.now + timedelta(days=9)
        route = ROUTE.model_copy(update={"departs_at": leaves, "arrives_at": leaves + timedelta(hours=5)})
        left = DepartOnReturn(number=1)
        there = ConfirmHandover(number=1, receipt=Receipt.SIGNED)
        told = [*(command for steps in STEPS.values() for command in steps if command != ROUTE), route, left, there]
        for command in told[: late % (len(told) + 4)]:
            self.tell(command)

    @rule(data=st.data())
    def returns(self, data: st.DataObject) -> None:
        """Somebody says something of a return. Whoever leaves was allowed to."""
        if self.journey is None:
            return
        before = self.journey
        for event in self.tell(data.draw(returning_commands(before, self.now))):
            if isinstance(event, ReturnDeparted):
                state = before.returns[event.number]
                at = event.occurred_at or self.now
                assert may_depart(before, state, self.pathway, at) == ()
                assert state.voluntariness is not None
                assert state.assessment is not None
                assert state.assessment.verdict is Verdict.CLEAR
                receiver, rules = state.agreed_receiver, self.pathway.returning
                assert receiver is not None
                assert rules is not None
                assert before.consent(rules.consent, receiver, at=at) is not None

    @invariant()
    def whatever_is_not_over_is_owed(self) -> None:
        """Nobody is on the way without an alarm; nobody is stopped while a partner waits."""
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        keys = {o.key for o in obligations(self.journey)}
        for state in self.journey.returns.values():
            mine = {f"{state.key}:{item}" for item in state.owed}
            assert mine <= keys
            match state.status:
                case ReturnStatus.PREPARING:
                    assert mine
                case ReturnStatus.DEPARTED:
                    assert mine == {f"{state.key}:handover"}
                case ReturnStatus.STOPPED:
                    assert bool(mine) or not state.untold
                case ReturnStatus.RECEIVED:
                    ahead = {c.check for c in state.checks.values() if c.status is CheckStatus.AHEAD}
                    assert {f"{state.key}:check-{check}" for check in ahead} <= keys

    @invariant()
    def a_journey_that_is_closed_leaves_nobody_on_the_way(self) -> None:
        if self.journey is not None and self.journey.phase is Phase.CLOSED:
            assert not [s for s in self.journey.returns.values() if s.status in LIVE]

    @invariant()
    def a_reintegration_that_runs_is_owed(self) -> None:
        """And never in a journey that is closed."""
        if self.journey is None:
            return
        state = self.journey.reintegration
        runs = state is not None and state.is_running
        assert runs is any(o.key == "reintegration" for o in obligations(self.journey)) or self.journey.phase in (
            Phase.MERGED,
        )

    @invariant()
    def a_departure_that_is_ready_is_owed(self) -> None:
        """When nothing is missing, the departure itself is due, so that it is not forgotten."""
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        for state in self.journey.returns.values():
            if state.status is ReturnStatus.PREPARING and not may_depart(self.journey, state, self.pathway, self.now):
                assert "departure" in state.owed


ReturningMachine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestReturning = ReturningMachine.TestCase
del JourneyMachine
