"""The hotline on the command line, Temporal away: from a silent call by one word to the counts of a month."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.domain.contact.given import hotline
from tests.fix_engine import MILA, write_pathway
from tests.pathway_examples import small_pathway
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]

NUMBER = "060 123 4567"


@pytest.fixture
def line(shell: Shell) -> Shell:
    """The same with a hotline, as the second version of the pathway."""
    pin = write_pathway(shell.bench.pathways, small_pathway(2).model_copy(update={"hotline": hotline()}))
    with (shell.bench.pathways / "PUBLISHED.sha256").open("a") as lock:
        lock.write(f"{pin.sha256}  small/2.yaml\n")
    return shell


def test_a_contact_is_logged_called_back_and_counted(line: Shell) -> None:
    """With a danger that a named person has, and a number that is shown because a call is safe."""
    silent = line.json("contact", "log", "silent", "--pathway", "small")
    assert (silent["answer"], silent["code"][:3]) == ("recorded", "PZ-")
    help_ = ("contact", "log", "direct-help", "--pathway", "small", "--topic", "legal", "--note", "Тихо, само ујутру")
    made = line.json(*help_, "--may-call", "allowed", "--call-back", "--give-code", "--number", NUMBER)
    code, told = made["code"], made["tell_caller"]
    line.catch_up()
    assert line.json("contact", "list", "--open")["total"] == 1
    assert [row["code"] for row in line.json("contact", "list", "--known-as", told)["rows"]] == [code]
    assert line.json("contact", "number", code)["number"] == "+381601234567"
    assert line.run("contact", "repeats", code).exit_code == 3
    assert line.json("contact", "callback", code, "--outcome", "not-reached")["answer"] == "recorded"
    assert line.json("contact", "danger", code, "--raise", "threat")["answer"] == "recorded"
    assert line.json("contact", "danger", code, "--acknowledge", str(MILA))["answer"] == "recorded"
    assert line.json("contact", "danger", code, "--settle", "safe-now")["answer"] == "recorded"
    assert line.json("contact", "callback", code, "--outcome", "made")["answer"] == "recorded"
    line.catch_up()
    for verb in ("show", "number", "repeats"):
        stranger = line.run("contact", verb, code, "--actor", str(uuid4()))
        assert (stranger.exit_code, "+381601234567" in stranger.output) == (3, False), verb
        assert "not permitted to this person" in stranger.output
    shown = line.run("contact", "show", code)
    assert shown.exit_code == 0
    assert "call: allowed" in shown.stdout
    month = f"{datetime.now(ZoneInfo('Europe/Belgrade')):%Y-%m}"
    counted = line.json("contacts", "stats", "--month", month)
    assert counted["by_caller"] == {"direct-help": 1, "silent": 1}
    assert (counted["promised"], counted["kept"], counted["dangers"]) == (1, 1, 1)
    assert "2 contacts" in line.run("contacts", "stats", "--month", month).stdout


def test_what_is_refused_or_makes_no_sense_says_so(line: Shell) -> None:
    """Each with its exit code."""
    unsafe = line.run("contact", "log", "direct-help", "--pathway", "small", "--call-back")
    assert (unsafe.exit_code, "call-back-not-permitted" in unsafe.stdout) == (3, True)
    contact = line.json("contact", "log", "silent", "--pathway", "small")["contact"]
    assert line.run("contact", "number", contact).exit_code == 3
    assert line.run("contact", "danger", contact).exit_code == 2
    assert line.run("contact", "show", "Jovana Petrović").exit_code == 2
    assert line.run("contacts", "stats", "--month", "November").exit_code == 2
    assert line.run("contact", "log", "silent", "--known-as", "PB-0000000").exit_code == 1
