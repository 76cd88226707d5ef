"""`putokaz replay flow` on a real log."""

from __future__ import annotations

from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]


def test_the_flow_of_a_cohort_in_words_and_in_json(shell: Shell) -> None:
    """One journey in its first stage; none of another pathway; and a day that is none."""
    assert shell.json("journey", "open", "--pathway", "small")["answer"] == "recorded"
    shell.catch_up()
    found = shell.json("replay", "flow", "--pathway", "small", "--from", "2020-01-01", "--to", "2199-01-01")
    assert (found["journeys"], found["open"]) == (1, 1)
    assert {"intake", "contact"} <= {node["what"] for node in found["nodes"]}
    said = shell.run("replay", "flow").output
    assert "1 journeys: 1 open, 0 closed" in said
    assert "closure" in said
    assert "not reached" in said
    assert "no journey matches" in shell.run("replay", "flow", "--pathway", "other").output
    assert shell.run("replay", "flow", "--from", "soon").exit_code == 2
