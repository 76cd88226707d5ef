"""`putokaz replay …` and `putokaz pathway migrate` on a real log."""

from __future__ import annotations

import json
from datetime import timedelta

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.journey.migration.events import MigrateJourney
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from tests.fix_engine import MILA
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]


def test_a_changed_limit_and_a_changed_pathway_are_run_over_the_log(shell: Shell) -> None:
    """In words and in JSON; what cannot be asked is said plainly."""
    opened = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA))
    shell.bench.log.set_clock(shell.bench.log.now() + timedelta(days=9))
    shell.catch_up()
    found = shell.json("replay", "what-if", "--limit", "contact=9")
    assert (found["journeys"], found["different"]) == (1, 1)
    (row,) = found["rows"]
    assert row["code"] == opened["code"]
    assert [(stall["change"], stall["step"]) for stall in row["stalls"]] == [("gone", "contact")]
    small = shell.bench.pathways / "small" / "1.yaml"
    same = shell.json("replay", "what-if", "--pathway", str(small))
    assert (same["different"], same["rows"]) == (0, [])
    assert opened["code"] in shell.run("replay", "what-if", "--limit", "contact=9").output
    assert shell.run("replay", "what-if").exit_code == 2
    assert "did you mean contact" in shell.run("replay", "what-if", "--limit", "contakt=9").output
    small.with_name("other.yaml").write_text("pathway: small\n")
    assert shell.run("replay", "what-if", "--pathway", str(small.with_name("other.yaml"))).exit_code == 1


def test_running_journeys_go_over_to_another_version_one_by_one(shell: Shell) -> None:
    """Shown first, then done; given again, nobody is left. What cannot go is named with the reason."""
    small = shell.bench.pathways / "small"
    text = (small / "1.yaml").read_text(encoding="utf-8")
    (small / "2.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    opened = [shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA)) for _ in range(2)]
    assert shell.run("pathway", "migrate", "small", "1", "2").output  # both were opened on the newest version
    shell.catch_up()
    codes = {each["code"] for each in opened}
    seen = shell.json("pathway", "migrate", "small", "2", "1", "--preview")
    assert {row["code"] for row in seen["rows"]} == codes
    assert all(row["events"][0] == "journey.migrated" for row in seen["rows"])
    one = shell.json("pathway", "migrate", "small", "2", "1", "--journey", opened[0]["code"])
    assert [row["answer"] for row in one["rows"]] == ["recorded"]
    again = shell.json("pathway", "migrate", "small", "2", "1", "--journey", opened[1]["code"])
    repeated = shell.json("pathway", "migrate", "small", "2", "1", "--journey", opened[1]["code"])
    assert again["rows"] == repeated["rows"]  # the tables have not caught up: the same command, the same answer
    shell.catch_up()
    assert shell.json("pathway", "migrate", "small", "2", "1")["journeys"] == 0
    renamed = shell.run("pathway", "migrate", "small", "1", "2", "--step", "contact=nowhere", "--json")
    assert renamed.exit_code == 3
    assert {row["refusal"]["code"] for row in json.loads(renamed.stdout)["rows"]} == {"unknown-step"}


def test_a_version_that_nobody_published_is_refused_as_such(shell: Shell) -> None:
    """By the command, as the API sends it; the command line says it before it begins."""
    opened = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA))
    with_pin = Pin(name="small", version=7, sha256="7" * 64)
    store = PathwayStore(shell.bench.pathways)
    recorder = Recorder(shell.bench.log, store, "test", rights=NO_RIGHTS_ASKED)
    refused = recorder.foresee(f"journey-{opened['journey']}", MigrateJourney(pin=with_pin)).decision
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.UNKNOWN_PATHWAY
    assert shell.run("pathway", "migrate", "small", "1", "7").exit_code == 1
