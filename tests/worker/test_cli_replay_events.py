"""`putokaz replay events`, `refusals` and `refusal` on a real log."""

from __future__ import annotations

from uuid import uuid4

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from tests.fix_engine import MILA
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]


def test_a_journey_is_told_decision_by_decision(shell: Shell) -> None:
    """In words and in JSON; the whole log has the same events."""
    journey = shell.bench.opened()
    shell.bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    shell.catch_up()
    told = shell.json("replay", "events", "--journey", journey_code(journey))
    assert [each["cause"]["kind"] for each in told] == ["person", "person"]
    owed = {(each["course"], each["key"]) for each in told[-1]["owed"]}
    assert {("ended", "step:contact:1"), ("started", "step:plan:1")} <= owed
    words = shell.run("replay", "events", "--journey", str(journey)).output
    assert "journey.step-advanced" in words
    assert "a person" in words
    events = shell.json("replay", "events", "--topic", "journey.step-advanced")["events"]
    assert [each["stream"] for each in events] == [journey_stream(journey)]
    assert "journey.opened" in shell.run("replay", "events").output
    assert shell.json("replay", "events", "--to", "2001-01-02") == {"events": [], "before": None}


def test_a_refusal_is_explained_and_decided_again(shell: Shell) -> None:
    """In the words of the pages, with what was asked."""
    journey, command_id = shell.bench.opened(), uuid4()
    shell.bench.record(journey, OpenStep(step="no-such-step"), command_id=command_id)
    shell.catch_up()
    (row,) = shell.json("replay", "refusals", journey_code(journey))["refusals"]
    assert (row["command_id"], row["actor"]) == (str(command_id), str(MILA))
    assert row["asked"] == {"kind": "open-step", "step": "no-such-step"}
    assert "unknown-step" in shell.run("replay", "refusals").output
    again = shell.json("replay", "refusal", str(command_id))["again"]
    assert (again["same"], again["obstacle"]) == (True, None)
    assert again["refusal"] == row["refusal"]
    words = shell.run("replay", "refusal", str(command_id)).output
    assert "The answer is the same." in words
    assert "step: no-such-step" in words


def test_what_is_not_there_is_said_plainly(shell: Shell) -> None:
    """With the exit codes of all commands."""
    assert shell.run("replay", "refusal", str(uuid4())).exit_code == 1
    assert shell.run("replay", "events", "--journey", str(uuid4())).exit_code == 1
    assert shell.run("replay", "events", "--journey", f"message-{uuid4()}").exit_code == 2
    for day in ("yesterday", "0001-01-01", "9999-12-31"):
        assert shell.run("replay", "events", "--from", day).exit_code == 2
    assert shell.run("replay", "refusals", "--after", "nonsense").exit_code == 1
