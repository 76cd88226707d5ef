"""`record`: one way to decide, whatever the road of the command."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from domain.codes import StepOutcome
from domain.command import CommandInvalid
from domain.errors import PathwayMissing
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.refusal import RefusalCode, Refused
from tests.fix_engine import Bench
from workflows.messages import AnswerKind, Firing, Order, Phase, Start


def test_a_recorded_decision_comes_back_with_its_agenda(bench: Bench) -> None:
    """Opening a journey records its events and says when the workflow is to wake."""
    recorded = bench.record(uuid4(), OpenJourney(pin=bench.pin))
    assert recorded.answer.kind is AnswerKind.RECORDED
    assert recorded.agenda.phase is Phase.OPEN
    assert recorded.agenda.wake is not None
    assert recorded.agenda.wake.key == "step:contact:1"
    assert recorded.agenda.sleep is not None
    assert recorded.agenda.sleep > 0


def test_the_same_command_twice_is_one_decision(bench: Bench) -> None:
    """A command that is sent again gets the first answer and records nothing more."""
    journey = bench.opened()
    command_id = uuid4()
    first = bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE), command_id=command_id)
    second = bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE), command_id=command_id)
    assert second.answer == first.answer
    assert bench.recorder.load(Start(stream=f"journey-{journey}")).version == first.answer.version


def test_a_refusal_is_kept_and_repeated(bench: Bench) -> None:
    """What was refused once is refused again for the same command, with the same reasons."""
    journey, command_id = bench.opened(), uuid4()
    command = AdvanceStep(step="plan", outcome=StepOutcome.DONE)
    first = bench.record(journey, command, command_id=command_id).answer
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    second = bench.record(journey, command, command_id=command_id).answer
    assert first.kind is second.kind is AnswerKind.REFUSED
    assert first.refusal == second.refusal
    assert first.refusal is not None
    assert Refused.model_validate_json(first.refusal).code is RefusalCode.STEP_NOT_OPEN


def test_many_at_once_on_one_journey_are_decided_one_after_another(bench: Bench) -> None:
    """Sixteen copies of an outcome, each a command of its own: one is recorded, the others hear that it is settled."""
    journey = bench.opened()
    with ThreadPoolExecutor(16) as threads:
        answers = list(
            threads.map(
                lambda _: bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE)).answer.kind,
                range(16),
            )
        )
    assert answers.count(AnswerKind.RECORDED) == 1
    assert answers.count(AnswerKind.REFUSED) == 15


def test_a_timer_that_runs_early_records_nothing_and_may_come_again(bench: Bench) -> None:
    """The log's clock has the last word: a wake before its time leaves no outcome that would block the real one."""
    journey = bench.opened()
    wake = bench.recorder.load(Start(stream=f"journey-{journey}")).wake
    assert wake is not None
    early = bench.recorder.fire(Firing(stream=f"journey-{journey}", wake=wake))
    assert early.answer.kind is AnswerKind.NOTHING
    bench.log.set_clock(wake.at)
    due = bench.recorder.fire(Firing(stream=f"journey-{journey}", wake=wake))
    assert due.answer.kind is AnswerKind.RECORDED
    assert len(due.agenda.deliveries) == 1
    again = bench.recorder.fire(Firing(stream=f"journey-{journey}", wake=wake))
    assert again.answer == due.answer


def test_an_unknown_journey_is_refused_in_words_of_ours(bench: Bench) -> None:
    """A command for a journey that does not exist is refused, not an error."""
    answer = bench.record(uuid4(), AdvanceStep(step="contact", outcome=StepOutcome.DONE)).answer
    assert answer.refusal is not None
    assert Refused.model_validate_json(answer.refusal).code is RefusalCode.UNKNOWN_JOURNEY


def test_a_malformed_command_names_the_field_and_not_the_value(bench: Bench) -> None:
    """What a client sent in error does not travel back in a message."""
    order = Order(
        stream=f"journey-{uuid4()}",
        command_id=uuid4(),
        actor=uuid4(),
        command='{"kind": "advance-step", "step": "Jovana Petrović", "outcome": "done"}',
    )
    with pytest.raises(CommandInvalid, match="step") as invalid:
        bench.recorder.record(order)
    assert "Jovana" not in str(invalid.value)


def test_a_pathway_that_is_not_here_is_named(bench: Bench) -> None:
    """A pin that this machine does not have is an error that says which."""
    missing = bench.pin.model_copy(update={"version": 9})
    with pytest.raises(PathwayMissing, match="9"):
        bench.record(uuid4(), OpenJourney(pin=missing))
