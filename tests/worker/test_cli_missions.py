"""`putokaz mission …` on a real log: from the plan to the report."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.domain.mission.given import ANA, BOJAN, pathway
from tests.fix_engine import Bench, write_pathway
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]
CLEAR = [{"question": "threats", "answer": "no"}, {"question": "place-known", "answer": "yes"}]


@pytest.fixture
def missions(bench: Bench, shell: Shell, tmp_path: Path) -> Shell:
    """The small pathway's next version has the rules."""
    write_pathway(bench.pathways, pathway().model_copy(update={"version": 2}))
    return shell


def test_a_mission_from_plan_to_report(missions: Shell) -> None:
    """Planned with a sealed place, checked, left, heard of, back, reported with its costs."""
    run = missions
    departure = run.bench.log.now() + timedelta(minutes=5)
    leg = {
        "start": "Измишљена 17",
        "end": "Суд",
        "departs_at": departure.isoformat(),
        "arrives_at": (departure + timedelta(hours=1)).isoformat(),
    }
    team = ("--team", str(ANA), "--team", str(BOJAN))
    times = ("--departure", departure.isoformat(), "--return", (departure + timedelta(hours=4)).isoformat())
    planned = run.json("mission", "plan", "transport", *team, *times, "--leg", json.dumps(leg), "--pathway", "small")
    assert planned["answer"] == "recorded"
    stream = f"mission-{planned['mission']}"
    assert "Измишљена" not in run.bench.log.load(stream).history[0].event.model_dump_json()
    run.catch_up()
    code = planned["code"]
    early = run.run("mission", "depart", code, "--json")
    assert json.loads(early.stdout)["refusal"]["code"] == "risk-check-required"
    assert early.exit_code != 0
    run.json("mission", "decide", code, "check-risk", f"by={ANA}", f"answers={json.dumps(CLEAR)}")
    assert run.json("mission", "depart", code)["answer"] == "recorded"
    assert run.json("mission", "check-in", code, "--word", "delayed")["answer"] == "recorded"
    run.catch_up()
    listed = run.json("mission", "list", "--phase", "out")
    assert [row["code"] for row in listed["rows"]] == [code]
    assert run.json("mission", "return", code)["answer"] == "recorded"
    costs = ("--km", "40", "--cost", "fuel=1200.50", "--note", "Без примедби")
    assert run.json("mission", "report", code, *costs)["answer"] == "recorded"
    run.catch_up()
    shown = run.json("mission", "show", code.lower())["mission"]
    assert (shown["phase"], shown["rsd"]) == ("reported", "1200.50")
    assert run.json("mission", "list")["total"] == 0
    assert "reported" in run.run("mission", "show", code).stdout


def test_who_is_not_there_is_said(missions: Shell) -> None:
    """A code of nobody's, a leg that is no JSON."""
    missions.catch_up()
    assert "no mission has the code" in missions.run("mission", "show", "PM-0000000").output
    wrong = ("--departure", "2030-01-01T10:00+01:00", "--return", "2030-01-01T12:00+01:00", "--leg", "home")
    result = missions.run("mission", "plan", "transport", "--team", str(ANA), *wrong, "--pathway", "small")
    assert "JSON" in result.output
    assert missions.run("mission", "abort", str(uuid4()), "threat").exit_code != 0
