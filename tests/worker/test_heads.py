"""Signing and verifying as the worker and the command line do it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from eventlog.log import EventLog
from tests.eventlog.test_chain import fill
from tests.eventlog.test_verify import TABLE, tamper
from tests.fix_eventlog import pings
from worker.cli import app
from worker.heads import sign_heads
from worker.settings import read_settings


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Every command sets up the logs of its process; the tests after it want theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def environment(log_database: str, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": log_database,
        "VAULT_DATABASE_URL": log_database,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "PUTOKAZ_HEADS_FILE": str(tmp_path / "heads.jsonl"),
        "PUTOKAZ_HEADS_KEY_FILE": str(tmp_path / "heads.key"),
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Callable[..., Result]:
    """`putokaz log …` in that environment."""
    return lambda *arguments, **more: CliRunner().invoke(app, ["log", *arguments], env={**environment, **more})


def test_a_log_is_signed_and_verified(
    event_log: EventLog, log_database: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    """From the key to the finding, with the exit codes that a timer job looks at."""
    fill(event_log)
    assert run("sign-head").exit_code == 1  # no key yet
    public = run("public-key", "--create").stdout.strip()
    assert run("public-key").stdout.strip() == public
    assert "position 6" in run("sign-head").stdout
    assert run("sign-head").stdout == "Nothing new to sign.\n"
    good = run("verify")
    assert good.exit_code == 0
    assert "confirmed up to position 6 of 6" in good.stdout
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id > 4")
    elsewhere = ("verify", "--json", "--heads", str(tmp_path / "heads.jsonl"), "--public-key", public)
    bad = run(*elsewhere, PUTOKAZ_HEADS_FILE="", PUTOKAZ_HEADS_KEY_FILE="")
    assert bad.exit_code == 1
    told = json.loads(bad.stdout)
    assert (told["intact"], [finding["kind"] for finding in told["findings"]]) == (False, ["truncated"])
    worded = run("verify")
    assert worded.exit_code == 1
    assert "its end was cut off" in worded.stdout
    assert "→" in worded.stdout
    assert run("sign-head").exit_code == 1


def test_without_heads_the_limits_are_said(event_log: EventLog, run: Callable[..., Result]) -> None:
    """A chain alone proves less than one may think."""
    fill(event_log)
    result = run("verify", PUTOKAZ_HEADS_FILE="")
    assert result.exit_code == 0
    assert "would not show" in result.stdout


def test_heads_without_a_key_are_wrong_use(run: Callable[..., Result], tmp_path: Path) -> None:
    """Nobody is to believe in heads that anybody could have written."""
    (tmp_path / "heads.jsonl").write_text("")
    assert run("verify", PUTOKAZ_HEADS_KEY_FILE="").exit_code == 2
    assert run("sign-head", PUTOKAZ_HEADS_KEY_FILE="").exit_code == 2
    assert run("public-key", PUTOKAZ_HEADS_KEY_FILE="").exit_code == 2


def test_the_doctor_knows_how_far_the_log_is_signed(
    event_log: EventLog, log_database: str, environment: dict[str, str], run: Callable[..., Result]
) -> None:
    """Nobody looks into a worker's log at night: not signed, signed, signed long ago, cut off."""

    def doctor(**more: str) -> tuple[bool, str]:
        done = CliRunner().invoke(
            app, ["doctor", "--json"], env={**environment, "TEMPORAL_ADDRESS": "127.0.0.1:1", **more}
        )
        found = {each["part"]: each for each in json.loads(done.stdout)}["signed heads"]
        return found["good"], found["says"]

    fill(event_log)
    assert doctor(PUTOKAZ_HEADS_FILE="")[0] is False
    assert doctor() == (True, "signed up to position 0, 6 events since")
    run("public-key", "--create")
    run("sign-head")
    event_log.append(pings("other-late", 0))
    assert doctor() == (True, "signed up to position 6, 1 events since")
    tamper(log_database, f"UPDATE {TABLE} SET recorded_at = now() - interval '1 hour' WHERE notification_id = 7")
    assert doctor()[0] is False
    tamper(log_database, f"DELETE FROM {TABLE} WHERE notification_id > 4")
    good, says = doctor()  # on a database where read models were never installed, which ends no examination
    assert (good, "position 6: it was cut off" in says) == (False, True)


async def test_the_worker_signs_again_and_again(
    event_log: EventLog, environment: dict[str, str], tmp_path: Path, run: Callable[..., Result]
) -> None:
    """A key that is missing at first ends neither the task nor the worker."""
    stop = asyncio.Event()
    settings = read_settings(environment)
    task = asyncio.create_task(sign_heads(settings, stop, pause=0.02))
    await asyncio.sleep(0.05)
    assert run("public-key", "--create").exit_code == 0
    file = tmp_path / "heads.jsonl"
    async with asyncio.timeout(10):
        for number in (1, 2):
            await asyncio.to_thread(event_log.append, pings(f"contact-{number}", 0))
            while not file.exists() or len(file.read_text().splitlines()) < number:
                await asyncio.sleep(0.02)
    stop.set()
    await task
    assert run("verify").exit_code == 0
