"""Partner systems on the command line, and what doctor and the board say of them."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.fix_eventlog import administrator
from tests.webhooks.partner import Mood, partner
from tests.worker.test_cli import Shell, own_logs, shell
from worker.webhooks.book import HaltCause, WebhookBook

__all__ = ["own_logs", "shell"]

HERE = {"PUTOKAZ_WEBHOOK_NETWORKS": "127.0.0.0/8", "PUTOKAZ_MODE": "demo"}


def test_a_partner_is_added_tried_rotated_and_removed(shell: Shell) -> None:
    """The secret is shown once; the address never again."""
    with partner() as listener:
        topics = ("--topic", "case.closed", "--topic", "case.opened")
        asked = ("webhooks", "add", listener.url, "--name", "Partner", *topics)
        made = _json(shell, *asked)
        tried = _json(shell, "webhooks", "try", made["subscription"])
        assert (tried["failure"], tried["status"]) == (None, 204)
        assert listener.heard[0].verified(made["secret"])
        assert listener.heard[0].said["type"] == "webhooks.test"
        rotated = _json(shell, "webhooks", "rotate", made["subscription"])
        assert rotated["secret"] != made["secret"]
        _json(shell, "webhooks", "try", made["subscription"])
        assert listener.heard[1].verified(made["secret"])
        assert listener.heard[1].verified(rotated["secret"])
        listener.mood = Mood.FAILS
        assert shell.run("webhooks", "try", made["subscription"], **HERE).exit_code == 1
        listed = shell.run("webhooks", "list", **HERE).output
        assert "Partner" in listed
        assert "case.closed, case.opened" in listed
        assert listener.url not in listed
        assert made["secret"] not in listed
    assert shell.run("webhooks", "disable", made["subscription"], **HERE).exit_code == 0
    assert shell.run("webhooks", "disable", made["subscription"], **HERE).exit_code == 3
    assert _json(shell, "webhooks", "list")[0]["state"] == "halted (asked)"
    assert shell.run("webhooks", "enable", made["subscription"], **HERE).exit_code == 0
    assert _json(shell, "webhooks", "deliveries", made["subscription"]) == []
    assert shell.run("webhooks", "resend", made["subscription"], "--since", "2020-01-01", **HERE).exit_code == 0
    assert shell.run("webhooks", "remove", made["subscription"], **HERE).exit_code == 0
    assert shell.run("webhooks", "remove", made["subscription"], **HERE).exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "http://partner.example.org/", "--name", "x", "--topic", "case.closed"),
        ("add", "https://10.0.0.1/", "--name", "x", "--topic", "case.closed"),
        ("add", "https://partner.example.org/", "--name", "x", "--topic", "webhooks.test"),
        ("add", "https://partner.example.org/", "--name", "x", "--topic", "journey.closed"),
        ("add", "https://partner.example.org/", "--name", "x" * 200, "--topic", "case.closed"),
        ("try", str(uuid4())),
        ("enable", str(uuid4())),
        ("resend", str(uuid4())),
        ("rotate", str(uuid4())),
    ],
)
def test_what_makes_no_sense_is_wrong_use(shell: Shell, arguments: tuple[str, ...]) -> None:
    """And makes nothing."""
    assert shell.run("webhooks", *arguments).exit_code == 2
    assert shell.json("webhooks", "list") == []


def test_in_production_http_is_never_taken(shell: Shell) -> None:
    """Not even to this machine."""
    production = {**HERE, "PUTOKAZ_MODE": "production"}
    asked = ("webhooks", "add", "http://127.0.0.1:9/", "--name", "x", "--topic", "case.closed")
    assert shell.run(*asked, **production).exit_code == 2
    assert shell.run("webhooks", "list", PUTOKAZ_WEBHOOK_NETWORKS="all").exit_code == 0
    made = shell.json("webhooks", "add", "https://partner.example.org/", "--name", "x", "--topic", "case.closed")
    assert shell.run("webhooks", "try", made["subscription"], PUTOKAZ_WEBHOOK_NETWORKS="all").exit_code == 2


def test_doctor_names_a_partner_that_is_told_nothing_any_more(shell: Shell) -> None:
    """Not one that somebody halted."""
    made = shell.json("webhooks", "add", "https://partner.example.org/", "--name", "x", "--topic", "case.closed")
    assert _doctor(shell)["good"]
    with closing(WebhookBook(shell.bench.dsn)) as book:
        book.halt(UUID(made["subscription"]), HaltCause.ASKED)
        assert _doctor(shell)["good"]
        book.enable(UUID(made["subscription"]))
        book.halt(UUID(made["subscription"]), HaltCause.FAILING)
    found = _doctor(shell)
    assert not found["good"]
    assert made["subscription"] in found["says"]
    assert "webhooks enable" in str(found["do"])
    with administrator(shell.bench.dsn) as connection:
        row = connection.execute("SELECT halted_for FROM projections.webhook_endpoints").fetchone()
    assert row == ("failing",)


def _json(shell: Shell, *arguments: str) -> Any:
    answer = shell.run(*arguments, "--json", **HERE)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def _doctor(shell: Shell) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(shell.run("doctor", "--json").stdout)
    return next(f for f in found if f["part"] == "webhooks")
