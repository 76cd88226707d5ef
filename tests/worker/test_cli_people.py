"""Calendars of people and short messages on the command line."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.fix_engine import MILA
from tests.fix_sms import TextSink
from tests.worker.test_cli import Shell, own_logs, shell
from vault.feeds import CalendarFeeds

__all__ = ["own_logs", "shell"]

NUMBER = "+381600000001"


def opens(shell: Shell, address: str) -> bool:
    feeds = CalendarFeeds(shell.bench.dsn)
    holder = feeds.holder(address.rpartition("/")[2].removesuffix(".ics"))
    feeds.close()
    return holder == MILA


def test_a_feed_is_made_listed_and_revoked(shell: Shell) -> None:
    """By id or by address of the person; the address of the feed is shown once."""
    made = shell.json("feed", "create", "--staff", "Mila@example.org", "--days", "30")
    assert made["address"].startswith("http://127.0.0.1:8000/calendar/")
    assert opens(shell, made["address"])
    other = shell.run("feed", "create", "--staff", str(MILA))
    assert other.exit_code == 0
    (first, second) = shell.json("feed", "list")
    assert first["id"] == made["id"]
    assert (first["state"], second["state"]) == ("open", "open")
    assert first["last_used_at"] is not None
    listed = shell.run("feed", "list").output
    assert "Mila Primerić" in listed
    assert made["address"].rpartition("/")[2] not in listed
    assert shell.run("feed", "revoke", made["id"]).exit_code == 0
    assert not opens(shell, made["address"])
    assert shell.run("feed", "revoke", made["id"]).exit_code == 3
    assert "1 revoked" in shell.run("feed", "revoke", "--staff", str(MILA)).output
    assert [feed["state"] for feed in shell.json("feed", "list", "--staff", str(MILA))] == ["revoked", "revoked"]
    assert shell.run("letters", "wishes", "--staff", str(MILA), "--pace", "each").exit_code == 0
    assert _changes_of_mila(shell) == ["feed-made", "feed-made", "feed-revoked", "feed-revoked", "settings"]


def _changes_of_mila(shell: Shell) -> list[str]:
    """What stands in the log of accounts: the command line leaves its lines there as pages do."""
    sql = "SELECT kind FROM vault.staff_changes WHERE staff = %s ORDER BY position"
    with psycopg.connect(shell.bench.dsn) as connection:
        return [row[0] for row in connection.execute(sql, (MILA,))]


def test_a_journey_is_shown_to_its_caseworker_and_not_to_others(shell: Shell) -> None:
    """As on the pages: with `--actor` the table of rights is asked, without one the command acts as the system."""
    journey = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA))["journey"]
    shell.catch_up()
    assert shell.run("journey", "show", journey, "--actor", str(MILA)).exit_code == 0
    assert shell.run("journey", "show", journey).exit_code == 0
    stranger = shell.run("journey", "show", journey, "--actor", str(uuid4()))
    assert (stranger.exit_code, "not permitted to this person" in stranger.output) == (3, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("feed", "create", "--staff", str(uuid4())),
        ("feed", "create", "--staff", "nobody@example.org"),
        ("feed", "create", "--staff", str(MILA), "--days", "0"),
        ("feed", "create", "--staff", str(MILA), "--days", "400"),
        ("feed", "revoke"),
        ("feed", "revoke", str(uuid4()), "--staff", str(MILA)),
    ],
)
def test_what_makes_no_sense_is_wrong_use(shell: Shell, arguments: tuple[str, ...]) -> None:
    """And makes nothing."""
    assert shell.run(*arguments).exit_code == 2
    assert shell.json("feed", "list") == []


def test_a_gateway_is_tried_and_says_what_it_does(shell: Shell, text_sink: TextSink, tmp_path: Path) -> None:
    """Taken, refused, away: each with its exit code; nowhere number or token."""
    token = tmp_path / "token"
    token.write_text("a token of the tests\n")
    gateway = {"PUTOKAZ_SMS_URL": text_sink.url, "PUTOKAZ_SMS_TOKEN_FILE": str(token)}
    taken = shell.run("sms", "try", NUMBER, **gateway)
    assert (taken.exit_code, taken.stdout) == (0, "Accepted; the gateway calls it m-1.\n")
    assert [(message["to"], message["text"]) for message in text_sink.arrived] == [(NUMBER, "Putokaz: 1, 2, 3.")]
    assert text_sink.headers[0]["authorization"] == "Bearer a token of the tests"
    text_sink.status = 422
    assert shell.run("sms", "try", NUMBER, **gateway).exit_code == 3
    for status in (401, 504):
        text_sink.status = status
        away = shell.run("sms", "try", NUMBER, **gateway)
        assert away.exit_code == 4
        assert NUMBER not in away.output


@pytest.mark.parametrize(
    ("gateway", "word"),
    [
        ({}, "PUTOKAZ_SMS_URL"),
        ({"PUTOKAZ_SMS_URL": "https://sms.example.org/"}, "PUTOKAZ_SMS_TOKEN"),
        ({"PUTOKAZ_SMS_TOKEN": "t"}, "PUTOKAZ_SMS_URL is missing"),
        ({"PUTOKAZ_SMS_URL": "http://sms.example.org/", "PUTOKAZ_SMS_TOKEN": "t"}, "https"),
    ],
)
def test_a_gateway_that_cannot_be_is_named(shell: Shell, gateway: dict[str, str], word: str) -> None:
    """Which variable is wrong."""
    tried = shell.run("sms", "try", NUMBER, **gateway)
    assert tried.exit_code == 2
    assert word in tried.output
    assert shell.run("sms", "try", "0600000001", **gateway).exit_code == 2
