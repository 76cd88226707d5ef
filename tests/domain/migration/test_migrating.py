"""Deciders of a migration: what becomes of each open step, and what is refused."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.codes import ClosingReason, Mover, Role, RungEffect, StepOutcome
from domain.deadline import deadline_on, step_deadline
from domain.journey import obligations, wakes
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney
from domain.journey.migration.events import EndedStep, JourneyMigrated, KeptStep, MigrateJourney, Renamed
from domain.journey.service.commands import AssessServiceNeed
from domain.journey.stalling import StepStalled
from domain.journey.state import StepStatus
from domain.pathway.model import Pathway, Span, Stage, Step
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.analysis.histories import live
from tests.domain.given import MILA, Given, begun, step_of
from tests.domain.strategies import pathways
from tests.pathway_examples import small_pathway, small_pin

TO = MigrateJourney(pin=small_pin(2))
TITLE = small_pathway().title


def with_stages(*stages: Stage, version: int = 2) -> Pathway:
    """Version 2 of the small pathway, with these stages."""
    return small_pathway(version).model_copy(update={"stages": stages})


def changed(key: str, **changes: object) -> Pathway:
    """Version 2, with one step otherwise."""

    def stage(one: Stage) -> Stage:
        steps = tuple(s.model_copy(update=changes) if s.step == key else s for s in one.steps)
        return one.model_copy(update={"steps": steps})

    return with_stages(*(stage(each) for each in small_pathway().stages))


def without(*keys: str) -> Pathway:
    """Version 2, without these steps."""
    stages = small_pathway().stages
    return with_stages(
        *(each.model_copy(update={"steps": tuple(s for s in each.steps if s.step not in keys)}) for each in stages)
    )


def running() -> Given:
    """On version 1, with the contact open and somebody who has it."""
    return begun().having(Assign(role=Role.CONSULTANT, staff=MILA))


def kept(key: str, pathway: Pathway, **more: object) -> KeptStep:
    """An open step of the intake, as the pathway has it."""
    step = step_of(key, pathway)
    base = KeptStep(
        step=key,
        occurrence=1,
        stage="intake",
        role=step.role,
        waits_on=step.waits_on,
        stalled_after=step.stalled_after,
    )
    return base.model_copy(update=more)


def test_a_version_that_changes_nothing_of_it_changes_its_pin_only() -> None:
    pathway = small_pathway(2)
    before = running()
    after = (
        before.on(pathway)
        .when(TO)
        .then(JourneyMigrated(was=small_pin(), pin=small_pin(2), kept=(kept("contact", pathway),)))
    )
    assert after.state.pin == small_pin(2)
    assert wakes(after.state) == wakes(before.state)


def test_an_open_step_is_due_as_if_it_had_opened_under_the_new_rules() -> None:
    before = running()
    pathway = changed(
        "contact", due=step_of("contact", small_pathway()).due.model_copy(update={"within": Span(count=4)})
    )
    deadline = step_deadline(step_of("contact", pathway), pathway, now=before.now, anchor=before.now)
    after = (
        before.later(hours=5)
        .on(pathway)
        .when(TO)
        .then(JourneyMigrated(was=small_pin(), pin=small_pin(2), kept=(kept("contact", pathway, deadline=deadline),)))
    )
    assert after.step("contact:1").clockwork.date_version == 2
    assert obligations(after.state)[0].due_at == deadline.due_at


def test_a_date_that_a_person_set_stays_with_the_new_ladder_around_it() -> None:
    before = running().having(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    day = before.now.date() + timedelta(days=20)
    before = before.having(ScheduleStep(step="plan", on=day))
    pathway = changed(
        "plan", remind=(), due=step_of("plan", small_pathway()).due.model_copy(update={"within": Span(count=2)})
    )
    due = deadline_on(step_of("plan", pathway), pathway, now=before.now, due_on=day)
    after = before.on(pathway).when(TO).after
    assert after.step("plan:1").clockwork.deadline == due


def test_what_was_told_is_not_told_again_and_a_shorter_limit_is_reached_at_once() -> None:
    before = running().later(days=2)
    owed = obligations(before.state)[0]
    before = before.having(FireRung(obligation=owed.key, rung=owed.ahead[0].rung, date_version=1))
    fired = before.step("contact:1").clockwork.fired
    assert "due" in fired
    assert before.step("contact:1").stall is None
    after = before.on(changed("contact", stalled_after=Span(count=0), waits_on=Mover.CLIENT)).when(TO).after
    owed = obligations(after.state)[0]
    assert not {rung.rung for rung in owed.ahead} & fired
    assert (owed.ahead[0].rung, owed.waits_on) == ("stall", Mover.CLIENT)
    late = after.when(FireRung(obligation=owed.key, rung="stall", date_version=2))
    assert any(isinstance(event, StepStalled) for event in late.events)


def test_a_longer_limit_sets_a_stalled_step_moving_again() -> None:
    before = running().later(days=5)
    owed = obligations(before.state)[0]
    before = before.having(FireRung(obligation=owed.key, rung=owed.ahead[0].rung, date_version=1))
    assert before.step("contact:1").stall is not None
    after = before.on(changed("contact", stalled_after=Span(count=20))).when(TO).after
    step = after.step("contact:1")
    assert step.stall is None
    assert [rung.effect for rung in step.clockwork.deadline.rungs if rung.rung == "stall"] == [RungEffect.STALL]
    same = before.on(small_pathway(2)).when(TO).after
    assert same.step("contact:1").stall == before.step("contact:1").stall


def test_a_step_that_the_version_does_not_have_ends_and_new_ones_open() -> None:
    extra = Step(step="welcome", title=TITLE, role=Role.CASEWORKER, due=step_of("plan", small_pathway()).due)
    pathway = without("contact")
    intake = pathway.stages[0]
    steps = tuple(step.model_copy(update={"open_when": None}) for step in intake.steps)
    pathway = with_stages(intake.model_copy(update={"steps": (*steps, extra)}), *pathway.stages[1:])
    answer = running().on(pathway).when(TO)
    migrated = answer.events[0]
    assert isinstance(migrated, JourneyMigrated)
    assert migrated.ended == (EndedStep(step="contact", occurrence=1),)
    assert answer.after.step("contact:1").status is StepStatus.ENDED
    assert {"welcome", "plan"} <= {s.step for s in answer.after.state.steps.values() if s.status is StepStatus.OPEN}


def test_a_renamed_step_keeps_its_history_and_its_timers() -> None:
    pathway = without("contact")
    intake = pathway.stages[0]
    greet = step_of("contact", small_pathway()).model_copy(update={"step": "greet"})
    intake = intake.model_copy(update={"stage": "welcome", "steps": (greet, *intake.steps)})
    pathway = with_stages(intake, *pathway.stages[1:])
    names = MigrateJourney(
        pin=small_pin(2),
        stages=(Renamed(was="intake", now="welcome"),),
        steps=(Renamed(was="contact", now="greet"), Renamed(was="nowhere", now="plan")),
    )
    before = running()
    after = before.on(pathway).when(names).after
    assert "step:contact:1" not in after.state.steps
    assert after.step("greet:1").stage == "welcome"
    assert after.step("greet:1").clockwork == before.step("contact:1").clockwork
    done = before.having(AdvanceStep(step="contact", outcome=StepOutcome.DONE)).on(pathway).when(names).after
    assert done.step("greet:1").status is StepStatus.SETTLED


def test_what_has_no_place_in_the_version_is_refused() -> None:
    before = running()
    moved = with_stages(small_pathway().stages[0].model_copy(update={"stage": "welcome"}), small_pathway().stages[1])
    before.on(moved).when(TO).then_refused(RefusalCode.UNKNOWN_STAGE, part="intake", allowed=("welcome", "support"))
    other = MigrateJourney(pin=small_pin(2).model_copy(update={"name": "other"}))
    before.on(small_pathway(2)).when(other).then_refused(RefusalCode.OTHER_PATHWAY, allowed=("small",))
    nowhere = MigrateJourney(pin=small_pin(2), steps=(Renamed(was="contact", now="nowhere"),))
    before.on(small_pathway(2)).when(nowhere).then_refused(RefusalCode.UNKNOWN_STEP, part="nowhere")
    planned = before.having(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    both = MigrateJourney(pin=small_pin(2), steps=(Renamed(was="contact", now="plan"),))
    planned.on(small_pathway(2)).when(both).then_refused(RefusalCode.NAMES_CLASH, part="plan")
    served = before.having(AssessServiceNeed(service="talk"))
    bare = small_pathway(2).model_copy(update={"services": None})
    served.on(bare).when(TO).then_refused(RefusalCode.PATHWAY_LACKS_PART, allowed=("services",))
    closed = before.having(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    closed.when(TO).then_refused(RefusalCode.JOURNEY_CLOSED)
    before.when(MigrateJourney(pin=small_pin())).then()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pathway=pathways(), other=pathways(), data=st.data())
def test_any_journey_goes_to_any_version_and_lives_on_or_is_refused(
    pathway: Pathway, other: Pathway, data: st.DataObject
) -> None:
    lived = live(data, pathway, steps=8)
    before = lived.journey
    assert before is not None
    lived.pathway = other
    if lived.tell(MigrateJourney(pin=small_pin(2))):
        assert lived.journey is not None
        assert lived.journey.pin == small_pin(2)
        assert wakes(lived.journey)
        lived.wait(timedelta(days=90))
        assert not lived.tell(MigrateJourney(pin=small_pin(2)))
