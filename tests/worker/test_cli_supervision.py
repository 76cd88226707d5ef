"""`putokaz staff …` and `putokaz caseload …` on a real log."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.calendar import local_date
from domain.handover.state import handover_stream
from projections.caseload.queries import LevelCaseloads
from projections.loop import Projector
from projections.reader import Reader
from tests.fix_engine import MILA
from tests.worker.test_cli import Shell, own_logs, shell
from workflows.messages import Relay

__all__ = ["own_logs", "shell"]
VERA = uuid4()


def work(shell: Shell, handover: UUID) -> None:
    """What the worker does for a hand-over."""
    with Reader(shell.bench.dsn, size=2) as reader:
        recorder = Recorder(
            shell.bench.log,
            PathwayStore(shell.bench.pathways),
            "test",
            rights=NO_RIGHTS_ASKED,
            caseloads=LevelCaseloads(reader),
        )
        stream = handover_stream(handover)
        while (state := recorder.state(stream)) is not None and state.pending:
            for dispatch in list(state.pending):
                Projector(shell.bench.dsn).catch_up()
                recorder.relay(Relay(stream=stream, dispatch=dispatch))
    shell.catch_up()


def test_an_absence_is_planned_shown_and_ended(shell: Shell) -> None:
    """By address or id; the list says until when, and who covers."""
    today = local_date(shell.bench.log.now(), "Europe/Belgrade")
    days = ("--from", today.isoformat(), "--until", (today + timedelta(days=6)).isoformat())
    pathway = ("--pathway", "small")
    planned = shell.json("staff", "absent", "mila@example.org", *days, "--cover", str(VERA), *pathway)
    assert (planned["answer"], planned["staff"]) == ("recorded", str(MILA))
    shell.catch_up()
    (row,) = shell.json("staff", "list")
    assert (row["name"], row["presence"], row["until"]) == ("Mila Primerić", "absent", days[3])
    assert [each["cover"] for each in row["ahead"]] == [str(VERA)]
    assert shell.run("staff", "absent", str(MILA), *days, *pathway).exit_code == 3
    assert shell.run("staff", "absent", str(MILA), "--from", "soon", "--until", "later", *pathway).exit_code == 2
    assert shell.run("staff", "absent", "nobody@example.org", *days, *pathway).exit_code == 2
    assert shell.run("staff", "back", str(MILA)).exit_code == 0
    shell.catch_up()
    assert shell.json("staff", "list")[0]["presence"] == "here"
    assert shell.run("staff", "back", str(MILA)).exit_code == 3
    assert "Mila" in shell.run("staff", "list").output


def test_an_absence_that_lies_ahead_is_taken_back(shell: Shell) -> None:
    """Once; then there is none to take back."""
    ahead = local_date(shell.bench.log.now(), "Europe/Belgrade") + timedelta(days=30)
    days = ("--from", ahead.isoformat(), "--until", (ahead + timedelta(days=6)).isoformat())
    assert shell.run("staff", "absent", str(MILA), *days, "--pathway", "small").exit_code == 0
    assert shell.json("staff", "cancel", str(MILA))["answer"] == "recorded"
    shell.catch_up()
    (row,) = shell.json("staff", "list")
    assert (row["presence"], row["ahead"]) == ("here", [])
    assert shell.run("staff", "cancel", str(MILA)).exit_code == 3


def test_a_caseload_is_shown_and_handed_over(shell: Shell) -> None:
    """The same command id begins no second one; the receipts say what has moved."""
    for _ in range(2):
        shell.bench.opened()
    shell.catch_up()
    shown = shell.json("caseload", "show", "mila@example.org")
    assert (shown["total"], {row["role"] for row in shown["rows"]}) == (2, {"caseworker"})
    order = ("caseload", "hand-over", str(MILA), "--to", f"{VERA}=caseworker", "--pathway", "small")
    command_id = str(uuid4())
    begun = shell.json(*order, "--reason", "workload", "--command-id", command_id)
    assert shell.json(*order, "--reason", "workload", "--command-id", command_id)["handover"] == begun["handover"]
    work(shell, UUID(begun["handover"]))
    (row,) = shell.json("caseload", "hand-overs")["rows"]
    assert (row["code"], row["phase"], row["moved"]) == (begun["code"], "completed", 2)
    receipts = shell.json("caseload", "receipts", begun["code"].lower())
    assert [each["status"] for each in receipts["rows"]] == ["moved", "moved"]
    assert shell.json("caseload", "show", str(VERA))["total"] == 2
    assert "completed" in shell.run("caseload", "hand-overs").output
    assert "moved" in shell.run("caseload", "receipts", begun["handover"]).output
    assert "caseworker" in shell.run("caseload", "show", str(VERA)).output
    assert shell.run("caseload", "stop", begun["code"]).exit_code == 3
    assert shell.run("caseload", "stop", "PD-0000000").exit_code == 1
    assert shell.run(*order[:-3], f"{VERA}=nobody", "--pathway", "small").exit_code == 2


def test_who_leaves_gets_no_more_work(shell: Shell) -> None:
    """Refused at the next opening; after coming back it is as before."""
    assert shell.run("staff", "leave", str(MILA), "--to", str(MILA), "--pathway", "small").exit_code == 3
    left = shell.json("staff", "leave", str(MILA), "--to", str(VERA), "--pathway", "small")
    assert left["answer"] == "recorded"
    shell.catch_up()
    assert shell.json("staff", "list")[0]["presence"] == "left"
    refused = shell.run("journey", "open", "--pathway", "small", "--caseworker", str(MILA))
    assert refused.exit_code == 3
    assert "staff-has-left" in refused.output
    assert shell.run("staff", "rejoin", "mila@example.org").exit_code == 0
    assert shell.run("journey", "open", "--pathway", "small", "--caseworker", str(MILA)).exit_code == 0
