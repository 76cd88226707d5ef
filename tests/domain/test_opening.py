"""Opening a journey."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.assignment import Assign
from domain.journey.opening import JourneyOpened, OpenJourney
from domain.journey.state import journey_id, journey_stream
from domain.refusal import RefusalCode
from tests.domain.given import JOURNEY, MILA, MONDAY, NOTE, assigned, begun, entered, given, opened, step_opened
from tests.pathway_examples import small_pin


def test_opening_enters_the_first_stage_and_opens_what_is_to_be_done() -> None:
    """A journey that has just begun has something to do."""
    given().when(OpenJourney(pin=small_pin())).then(opened(), entered("intake"), step_opened("contact"))


def test_opening_with_a_caseworker_assigns_them() -> None:
    """The note goes along, sealed."""
    given().when(OpenJourney(pin=small_pin(), caseworker=MILA, note=NOTE)).then(
        JourneyOpened(pin=small_pin(), note=NOTE), assigned(), entered("intake"), step_opened("contact")
    )


def test_help_that_began_earlier_is_dated_back_and_its_first_step_counts_from_now() -> None:
    """`occurred_at` is when help began; a term that runs from the opening of a step runs from its opening."""
    last_week = MONDAY - timedelta(days=7)
    after = (
        given()
        .when(OpenJourney(pin=small_pin(), occurred_at=last_week))
        .then(
            JourneyOpened(pin=small_pin(), occurred_at=last_week),
            entered("intake"),
            step_opened("contact"),
        )
    )
    assert after.state.opened_at == last_week
    assert after.step("contact:1").clockwork.deadline.due_on == date(2026, 3, 3)


def test_a_journey_is_opened_once() -> None:
    """The second opening of the same stream is a mistake of the caller."""
    begun().when(OpenJourney(pin=small_pin())).then_refused(RefusalCode.ALREADY_OPENED)


def test_a_journey_does_not_begin_in_the_future() -> None:
    """But the clock of the workstation may run two minutes ahead."""
    soon = MONDAY + timedelta(minutes=2)
    given().when(OpenJourney(pin=small_pin(), occurred_at=soon + timedelta(seconds=1))).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )
    assert given().when(OpenJourney(pin=small_pin(), occurred_at=soon)).events


def test_nothing_can_be_told_to_a_journey_that_does_not_exist() -> None:
    """Whatever the command."""
    given().when(Assign(role=assigned().role, staff=MILA)).then_refused(RefusalCode.UNKNOWN_JOURNEY)
    given().when(AdvanceStep(step="contact", outcome=StepOutcome.DONE)).then_refused(RefusalCode.UNKNOWN_JOURNEY)


def test_the_stream_names_the_journey() -> None:
    """And nothing else does."""
    assert journey_id(journey_stream(JOURNEY)) == JOURNEY
    assert begun().state.id == JOURNEY
    assert begun().state.changed_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
