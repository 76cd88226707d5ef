"""Proceedings under any commands and any behaviour of their timers: all that holds of a journey, and more."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.codes import Phase, Role
from domain.journey import obligations
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.journey.proceedings.codes import PowerUrgency, TermStatus
from domain.journey.proceedings.commands import StartProceedings
from domain.law import Standing
from domain.pathway.hearings import Matter
from tests.domain.given import MILA, MONDAY
from tests.domain.proceedings.strategies import proceedings_commands
from tests.domain.test_journey_model import JourneyMachine
from tests.pathway_examples import small_pin
from tests.proceedings_examples import OGNJEN, court_pathway


class ProceedingsMachine(JourneyMachine):
    """A journey with criminal and civil proceedings from its first hour."""

    @initialize(late=st.integers(0, 60 * 24 * 400))
    def begin(self, late: int) -> None:
        if self.journey is not None:
            return
        self.pathway = court_pathway()
        self.now = MONDAY + timedelta(minutes=late)
        self.tell(OpenJourney(pin=small_pin(), caseworker=MILA))
        self.proceed()

    def proceed(self) -> None:
        """The lawyer comes in."""
        self.tell(Assign(role=Role.LAWYER, staff=OGNJEN))
        self.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,)))
        self.tell(StartProceedings(matter=Matter.CIVIL, standings=(Standing.PLAINTIFF,)))

    @rule(data=st.data())
    def proceedings(self, data: st.DataObject) -> None:
        if self.journey is not None:
            self.tell(data.draw(proceedings_commands(self.journey, self.now)))

    @invariant()
    def what_nobody_has_confirmed_follows_its_earliest_reading(self) -> None:
        if self.journey is None:
            return
        for term in self.journey.terms.values():
            assert term.due_on == term.clockwork.deadline.due_on
            if term.status is TermStatus.UNCONFIRMED:
                assert term.due_on == term.days_read[0]

    @invariant()
    def every_running_term_is_owed(self) -> None:
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        owed = {o.key for o in obligations(self.journey)}
        assert {t.key for t in self.journey.terms.values() if not t.is_over} <= owed

    @invariant()
    def nobody_is_unrepresented_quietly(self) -> None:
        if self.journey is None or self.journey.phase is not Phase.OPEN:
            return
        for state in self.journey.proceedings.values():
            ours = any(
                t.proceedings == state.number and not t.is_over and not t.is_limitation and t.duty.value == "client"
                for t in self.journey.terms.values()
            )
            if state.gap is not None and not state.is_over and ours and self.pathway.proceedings is not None:
                assert state.gap.urgency is PowerUrgency.HIGHEST


ProceedingsMachine.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestProceedings = ProceedingsMachine.TestCase
del JourneyMachine
