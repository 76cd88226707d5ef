"""The ladder: what happens when a rung is reached, once for each version of its date, late rather than never."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from domain.codes import ClosingReason, Mover, ObligationKind, Role, RungEffect, StallCause, StepOutcome
from domain.deadline import Rung
from domain.journey import wakes
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent
from domain.journey.stalling import StallStep, StepStalled
from domain.journey.steps import StepOpened
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import MILA, VERA, Given, begun, given, planned, supported, with_hearing
from tests.pathway_examples import small_pathway


def rung(state: Given, key: str, name: str) -> Rung:
    """A rung of a step's ladder."""
    return next(r for r in state.step(key).clockwork.deadline.rungs if r.rung == name)


def fire(key: str, name: str, date_version: int = 1) -> FireRung:
    """What the workflow sends when the timer has run out."""
    return FireRung(obligation=f"step:{key}", rung=name, date_version=date_version)


def fired(before: Given, command: FireRung) -> RungsFired:
    """What is recorded first."""
    event = before.when(command).events[0]
    assert isinstance(event, RungsFired)
    return event


def test_a_reminder_is_told_to_the_owner_and_to_whom_the_ladder_names() -> None:
    """The plan is due in ten working days; one day before the supervisor hears of it as well."""
    before = planned().having(Assign(role=Role.SUPERVISOR, staff=VERA))
    reminder = rung(before, "plan:1", "before-1-working-days")
    before = before.at(reminder.at).having(fire("plan:1", "before-3-working-days"))
    event = before.state.steps["step:plan:1"]
    assert event.clockwork.fired == {"before-3-working-days", "before-1-working-days"}
    alone = (
        planned()
        .having(Assign(role=Role.SUPERVISOR, staff=VERA))
        .at(rung(before, "plan:1", "before-3-working-days").at)
    )
    first = fired(alone, fire("plan:1", "before-3-working-days"))
    assert [(a.role, a.staff) for a in first.addressees] == [(Role.CASEWORKER, MILA)]
    second = fired(
        alone.having(fire("plan:1", "before-3-working-days")).at(reminder.at), fire("plan:1", "before-1-working-days")
    )
    assert [(a.role, a.staff) for a in second.addressees] == [(Role.CASEWORKER, MILA), (Role.SUPERVISOR, VERA)]
    assert (second.effects, second.late) == ((RungEffect.REMIND,), False)


def test_a_rung_is_fired_at_its_moment_and_not_before() -> None:
    """The log's clock has the last word."""
    before = planned()
    reminder = rung(before, "plan:1", "before-3-working-days")
    before.at(reminder.at - timedelta(microseconds=1)).when(fire("plan:1", reminder.rung)).then_nothing()
    event = fired(before.at(reminder.at), fire("plan:1", reminder.rung))
    assert event == RungsFired(
        obligation="step:plan:1",
        kind=ObligationKind.STEP,
        date_version=1,
        rungs=(reminder.rung,),
        effects=(RungEffect.REMIND,),
        due_at=before.step("plan:1").clockwork.deadline.due_at,
        zone="Europe/Belgrade",
        late=False,
        addressees=event.addressees,
    )


def test_a_rung_is_fired_once() -> None:
    """A second timer for it, on any machine, does nothing."""
    before = planned()
    reminder = rung(before, "plan:1", "before-3-working-days")
    before = before.at(reminder.at).having(fire("plan:1", reminder.rung))
    before.when(fire("plan:1", reminder.rung)).then_nothing()
    assert reminder.rung not in {w.rung for w in wakes(before.state)}


def test_a_timer_for_a_date_that_moved_does_nothing() -> None:
    """The old date is no more."""
    before = with_hearing()
    old = wakes(before.state)
    moved = before.having(ScheduleStep(step="hearing", appointment=before.now + timedelta(days=90)))
    for wake in old:
        if wake.key == "step:hearing:1":
            moved.at(wake.at).when(fire("hearing:1", wake.rung, wake.date_version)).then_nothing()


def test_a_timer_for_what_is_settled_closed_or_unknown_does_nothing() -> None:
    """It is never refused: the workflow has nobody to tell."""
    settled = planned().later(days=30)
    settled.when(fire("contact:1", "due")).then_nothing()
    begun().having(CloseJourney(reason=ClosingReason.DEATH)).later(days=30).when(
        fire("contact:1", "due")
    ).then_nothing()
    begun().when(fire("nothing:1", "due")).then_nothing()
    begun().when(FireRung(obligation="review", rung="due", date_version=1)).then_nothing()


def test_missed_rungs_collapse_into_one_late_message() -> None:
    """After an outage of a month the caseworker gets one letter that says it is late, and so does everyone else."""
    before = planned().having(Assign(role=Role.SUPERVISOR, staff=VERA)).later(days=30)
    event = fired(before, fire("plan:1", "before-3-working-days"))
    assert event.late
    assert event.rungs == (
        "before-3-working-days",
        "before-1-working-days",
        "due",
        "escalate-supervisor-1-working-days",
        "escalate-on-call-3-working-days",
        "stall",
    )
    assert event.effects == (RungEffect.DUE, RungEffect.ESCALATE, RungEffect.REMIND, RungEffect.STALL)
    assert [(a.role, a.staff) for a in event.addressees] == [
        (Role.CASEWORKER, MILA),
        (Role.SUPERVISOR, VERA),
        (Role.ON_CALL, None),
    ]


def test_a_message_is_late_after_a_quarter_of_an_hour() -> None:
    """Not before."""
    before = planned()
    reminder = rung(before, "plan:1", "before-3-working-days")
    on_time = before.at(reminder.at + timedelta(minutes=15))
    assert not fired(on_time, fire("plan:1", reminder.rung)).late
    assert fired(on_time.later(seconds=1), fire("plan:1", reminder.rung)).late


def test_a_person_with_two_roles_is_told_once() -> None:
    """Mila is caseworker and supervisor: one letter."""
    before = planned().having(Assign(role=Role.SUPERVISOR, staff=MILA)).later(days=30)
    event = fired(before, fire("plan:1", "due"))
    assert [(a.role, a.staff) for a in event.addressees] == [(Role.CASEWORKER, MILA), (Role.ON_CALL, None)]


def test_each_message_has_an_id_of_its_own_that_is_always_the_same() -> None:
    """By obligation, date, rungs and person; so sending twice is seen."""
    before = planned().having(Assign(role=Role.SUPERVISOR, staff=VERA)).later(days=30)
    ids = [a.message for a in fired(before, fire("plan:1", "due")).addressees]
    assert len(set(ids)) == len(ids) == 3
    assert ids == [a.message for a in fired(before, fire("plan:1", "stall")).addressees]
    moved = before.having(ScheduleStep.model_validate({"step": "plan", "on": "2026-04-10"})).later(days=30)
    assert not set(ids) & {a.message for a in fired(moved, fire("plan:1", "due", 2)).addressees}


def test_an_obligation_nobody_owns_goes_to_who_is_on_call() -> None:
    """By role."""
    before = begun().having(Unassign(role=Role.CASEWORKER)).later(days=1, hours=2)
    event = fired(before, fire("contact:1", "before-4-hours"))
    assert [(a.role, a.staff) for a in event.addressees] == [(Role.ON_CALL, None)]


def test_what_is_late_and_ours_is_stalled_as_overdue() -> None:
    """Where somebody has the role."""
    before = planned().later(days=30)
    events = before.when(fire("plan:1", "due")).events
    assert events[1] == StepStalled(step="plan", occurrence=1, cause=StallCause.OVERDUE)


def test_what_nobody_has_is_stalled_for_want_of_somebody() -> None:
    """The contact is the consultant's, and there is none."""
    events = begun().later(days=30).when(fire("contact:1", "due")).events
    assert events[1] == StepStalled(step="contact", occurrence=1, cause=StallCause.NOBODY_ASSIGNED)


@pytest.mark.parametrize(
    ("mover", "cause"),
    [
        (Mover.CLIENT, StallCause.WAITING_ON_CLIENT),
        (Mover.COURT, StallCause.WAITING_ON_COURT),
        (Mover.PARTNER, StallCause.WAITING_ON_PARTNER),
    ],
)
def test_what_waits_on_others_is_never_called_overdue(mover: Mover, cause: StallCause) -> None:
    """However late it is: waiting on a client does not count against the client."""
    events = [r.event for r in begun().history]
    contact = events[-1]
    assert isinstance(contact, StepOpened)
    before = given(*events[:-1], contact.model_copy(update={"waits_on": mover}), pathway=small_pathway()).later(days=60)
    assert before.when(fire("contact:1", "due")).events[1] == StepStalled(step="contact", occurrence=1, cause=cause)


def test_a_visit_the_client_keeps_putting_off_waits_on_the_client() -> None:
    """On the small pathway itself."""
    before = supported().having(GiveConsent.model_validate({"purpose": "assistance"}), OpenStep(step="visit"))
    event = before.later(days=60).when(fire("visit:1", "due")).events[1]
    assert event == StepStalled(step="visit", occurrence=1, cause=StallCause.WAITING_ON_CLIENT)


def test_what_a_person_called_stalled_keeps_their_cause() -> None:
    """The clock knows less than they do."""
    before = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_PARTNER)).later(days=30)
    assert len(before.when(fire("plan:1", "due")).events) == 2  # fired, and the review of what has no timer left
    after = before.having(fire("plan:1", "due"))
    stall = after.step("plan:1").stall
    assert stall is not None
    assert stall.cause is StallCause.WAITING_ON_PARTNER


def test_a_ladder_that_has_ended_is_followed_by_a_review() -> None:
    """The step is still open and still owed; but nothing of it would be heard again."""
    before = planned().later(days=30)
    kinds = [type(e).__name__ for e in before.when(fire("plan:1", "due")).events]
    assert kinds == ["RungsFired", "StepStalled", "ReviewScheduled"]


def test_firing_changes_no_version_of_a_part() -> None:
    """A form that is open while a reminder goes out is still good."""
    before = planned()
    seen = before.step("plan:1").version
    reminder = rung(before, "plan:1", "before-3-working-days")
    after = before.at(reminder.at).having(fire("plan:1", reminder.rung))
    assert after.when(AdvanceStep(step="plan", outcome=StepOutcome.DONE, seen=seen)).events


def test_a_journey_that_does_not_exist_has_no_timers() -> None:
    """This one is refused: it cannot happen."""
    given(journey=UUID(int=77)).when(fire("contact:1", "due")).then_refused(RefusalCode.UNKNOWN_JOURNEY)
