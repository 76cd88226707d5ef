"""`putokaz replay …` on a real log."""

from __future__ import annotations

from datetime import timedelta

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
