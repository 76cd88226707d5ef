"""The directory of providers, and services of a journey, on the command line."""

from __future__ import annotations

import json
from uuid import UUID

from domain.journey.service.record import Placed
from tests.fix_engine import MILA
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]

SECRET = "Поликлиника Измишљена, Нигде 1"


def test_a_provider_is_listed_changed_and_taken_out(shell: Shell) -> None:
    """Who it is stands sealed in the log, and opens for the list."""
    made = shell.json(
        *("provider", "add", "--kind", "polyclinic", "--country", "RS", "--language", "sr", "--language", "sq"),
        *("--service", "exam", "--identity", SECRET, "--capacity", "два прегледа недељно"),
        *("--pathway", "small", "--actor", str(MILA)),
    )
    assert made["code"].startswith("PV-")
    (row,) = shell.json("provider", "list")
    assert (row["identity"], row["languages"], row["services"]) == (SECRET, ["sr", "sq"], ["exam"])
    assert row["capacity"] == "два прегледа недељно"
    assert shell.run("provider", "change", made["code"], "--country", "ME", "--language", "sr").exit_code == 0
    assert shell.json("provider", "list", "--language", "sq") == []
    (row,) = shell.json("provider", "list", "--service", "exam")
    assert (row["country"], row["identity"], row["version"]) == ("ME", SECRET, 2)
    assert shell.run("provider", "deactivate", made["id"], "--reason", "no-capacity").exit_code == 0
    assert shell.json("provider", "list") == []
    (row,) = shell.json("provider", "list", "--inactive")
    assert row["status"] == "inactive"
    assert shell.run("provider", "reactivate", made["code"]).exit_code == 0
    assert made["code"] in shell.run("provider", "list").output


def test_what_the_catalogue_does_not_know_is_refused(shell: Shell) -> None:
    """An anonymous service has no provider; an unknown code is said as such."""
    refused = shell.run("provider", "add", "--kind", "laboratory", "--service", "testing", "--pathway", "small")
    assert refused.exit_code == 3
    assert (
        shell.run("provider", "add", "--kind", "laboratory", "--country", "Serbia", "--pathway", "small").exit_code == 2
    )
    assert shell.run("provider", "change", "PV-0000000", "--country", "ME").exit_code == 1
    assert shell.json("provider", "list") == []


def test_a_service_is_decided_on_the_command_line(shell: Shell) -> None:
    """By the same commands as everywhere; a record is JSON."""
    opened = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA), "--actor", str(MILA))
    journey = opened["journey"]
    placed = json.dumps([Placed(field="country", country="RS").model_dump(mode="json")])
    for kind, *fields in (
        ("assess-service-need", "service=papers"),
        ("advance-service", "service=papers", "move=offer"),
        ("advance-service", "service=papers", "move=consent"),
        ("detail-service", "service=papers", f"details={placed}"),
        ("record-service-cost", "service=papers", "cost=other", 'amount="120.50"'),
    ):
        done = shell.run("journey", "decide", journey, kind, *fields, "--actor", str(MILA))
        assert done.exit_code == 0, done.output
    refused = shell.run("journey", "decide", journey, "assess-service-need", "service=testing")
    assert refused.exit_code == 3


def test_a_recipient_is_shown_by_name_where_the_directory_has_it(shell: Shell) -> None:
    """And by five digits where it has not."""
    made = shell.json(
        *("provider", "add", "--kind", "polyclinic", "--identity", SECRET, "--pathway", "small", "--actor", str(MILA))
    )
    journey = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA))["journey"]
    stranger = UUID(int=1234567)
    for recipient in (made["id"], stranger):
        fields = ("purpose=medical", f"recipient={recipient}")
        assert shell.run("journey", "decide", journey, "give-consent", *fields).exit_code == 0
    shell.catch_up()
    shown = shell.run("journey", "show", journey).output
    assert "given by client, towards Поликлиника Измишљена" in shown
    assert "Нигде" not in shown
    assert "given by client, towards recipient 34567" in shown
