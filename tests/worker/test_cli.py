"""The command line on a real log: what it says, in words and in JSON, and how it ends."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner, Result

from domain.journey.naming import journey_code
from domain.pathway.model import Pin
from projections.install import install
from projections.loop import Projector
from tests.fix_engine import MILA, Bench
from tests.fix_eventlog import administrator
from vault.database import install as install_vault
from vault.kek import create_kek
from vault.keys import Keys
from vault.staff import StaffDirectory, StaffMember
from worker.cli import app
from worker.development.ports import any_free
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring
from worker.relay_position import RelayPosition
from worker.settings import CHECKOUT


@dataclass(frozen=True)
class Shell:
    """A shell with the environment of a small installation, Temporal away."""

    bench: Bench
    environment: dict[str, str]

    def run(self, *arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env={**self.environment, **environment})

    def json(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def catch_up(self) -> None:
        Projector(self.bench.dsn).catch_up()


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Every command sets up the logs of its process; the tests after it want theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def shell(bench: Bench, tmp_path: Path) -> Shell:
    """With a vault in the same database, keys in files, one person on call."""
    install(bench.dsn)
    install_vault(bench.dsn)
    kek = create_kek(tmp_path / "kek")
    create_keyring(tmp_path / "keyring.json")
    keys = Keys(bench.dsn, kek)
    directory = StaffDirectory(bench.dsn, keys)
    directory.put(StaffMember(MILA, "Mila Primerić", "mila@example.org", frozenset({"caseworker", "on-call"}), "sr"))
    directory.close()
    keys.close()
    (bench.pathways / "PUBLISHED.sha256").write_text(f"{bench.pin.sha256}  small/1.yaml\n")
    return Shell(
        bench,
        {
            "DATABASE_URL": bench.dsn,
            "VAULT_DATABASE_URL": bench.dsn,
            "TEMPORAL_ADDRESS": f"127.0.0.1:{any_free()}",
            "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
            "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
            "PUTOKAZ_PATHWAYS": str(bench.pathways),
        },
    )


def test_a_journey_is_opened_shown_advanced_and_listed(shell: Shell) -> None:
    """The main job without a browser, and without Temporal: recorded directly, and it says so."""
    opened = shell.json("journey", "open", "--pathway", "small", "--caseworker", str(MILA))
    assert (opened["answer"], opened["way"]) == ("recorded", "direct")
    shell.catch_up()
    code = opened["code"]
    assert [row["code"] for row in shell.json("journey", "list")["rows"]] == [code]
    preview = shell.json("journey", "decide", code, "advance-step", "step=contact", "outcome=done", "--preview")
    assert [event["topic"] for event in preview["events"]] == ["journey.step-advanced", "journey.step-opened"]
    done = shell.json("journey", "decide", code, "advance-step", "step=contact", "outcome=done")
    assert done["answer"] == "recorded"
    shell.catch_up()
    shown = shell.run("journey", "show", code.lower())
    assert shown.exit_code == 0
    assert "step:plan:1" in shown.stdout
    logged = shell.run("log", "show", code, "--json").stdout.splitlines()
    assert json.loads(logged[-1])["topic"] == "journey.step-opened@1"


def test_the_same_command_id_opens_no_second_journey(shell: Shell) -> None:
    """Whoever got no answer sends the same again."""
    command = str(uuid4())
    first = shell.json("journey", "open", "--pathway", "small", "--command-id", command)
    assert shell.json("journey", "open", "--pathway", "small", "--command-id", command) == first


def test_a_refusal_has_its_own_exit_code_and_its_reasons(shell: Shell) -> None:
    """The condition that blocks is named."""
    journey = str(shell.bench.opened())
    refused = shell.run("journey", "decide", journey, "advance-step", "step=plan", "outcome=done")
    assert refused.exit_code == 3
    assert "step-not-open" in refused.stdout
    assert '"name": "contact"' in refused.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("journey", "decide", "JOURNEY", "advance-step", "outcome=perhaps"), "outcome"),
        (("journey", "decide", "JOURNEY", "no-such-command"), "known are"),
        (("journey", "decide", "JOURNEY", "advance-step", "step"), "name=value"),
        (("journey", "show", "Jovana Petrović"), "neither a code"),
    ],
)
def test_wrong_use_says_what_is_right(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    """Exit code 2, and nothing is recorded."""
    journey = shell.bench.opened()
    result = shell.run(*(a.replace("JOURNEY", str(journey)) for a in arguments))
    assert result.exit_code == 2
    assert words in result.stderr


def test_what_is_not_there_is_said(shell: Shell) -> None:
    """A code that nobody has, a stream that does not exist."""
    missing = shell.run("journey", "show", journey_code(uuid4()))
    assert missing.exit_code == 1
    assert "putokaz journey list" in missing.stderr
    assert shell.run("log", "show", f"journey-{uuid4()}").exit_code == 1


def test_a_database_that_is_away_is_exit_code_four(shell: Shell) -> None:
    """Nothing is lost, and it says where to look."""
    away = f"postgresql://nobody@127.0.0.1:{any_free()}/none"
    result = shell.run("journey", "list", DATABASE_URL=away)
    assert result.exit_code == 4
    assert "Nothing is lost" in result.stderr


def test_missing_settings_are_named(shell: Shell) -> None:
    """Each variable that is missing, and what needs none of them."""
    result = shell.run("migrate", PUTOKAZ_KEK_FILE="")
    assert result.exit_code == 2
    assert "PUTOKAZ_KEK_FILE" in result.stderr


def test_a_key_that_others_may_read_is_refused(shell: Shell) -> None:
    """The command ends with what to do."""
    Path(shell.environment["PUTOKAZ_KEK_FILE"]).chmod(0o644)
    result = shell.run("journey", "open", "--pathway", "small")
    assert result.exit_code == 1
    assert "0644" in result.stderr


def test_the_doctor_looks_at_every_part(shell: Shell) -> None:
    """What is well is said; what is not has its remedy, and the exit code says so."""
    result = shell.run("doctor", "--json")
    assert result.exit_code == 1
    found = {finding["part"]: finding for finding in json.loads(result.stdout)}
    assert {part for part, finding in found.items() if not finding["good"]} == {
        "signed heads",
        "Temporal",
        "audit",
        "mail",
    }
    assert found["mail"]["do"] == "set PUTOKAZ_SMTP_HOST"


def test_the_doctor_names_a_relay_that_stands_still(shell: Shell) -> None:
    """What it has not looked at is counted; nobody else would notice at once."""
    shell.bench.opened()
    findings = {finding["part"]: finding for finding in json.loads(shell.run("doctor", "--json").stdout)}
    assert not findings["relay"]["good"]
    assert f"{shell.bench.log.head()} events behind" in findings["relay"]["says"]


def test_a_relay_that_had_nothing_to_do_does_not_stand_still(shell: Shell) -> None:
    """The first event after a quiet night is seconds old, however long nothing moved before."""
    shell.bench.opened()
    with closing(RelayPosition(shell.bench.dsn)) as position:
        position.write(shell.bench.log.head())
    with administrator(shell.bench.dsn) as connection:
        connection.execute("UPDATE projections.positions SET advanced_at = advanced_at - interval '9 hours'")
    shell.bench.opened()
    findings = {finding["part"]: finding for finding in json.loads(shell.run("doctor", "--json").stdout)}
    assert findings["relay"]["good"]
    assert findings["relay"]["says"].endswith("events behind, and moving")


def test_an_audit_without_temporal_says_where_it_looked(shell: Shell) -> None:
    """Exit code 4, nothing written down; the doctor says what to do about it."""
    result = shell.run("audit")
    assert result.exit_code == 4
    assert shell.environment["TEMPORAL_ADDRESS"] in result.stderr
    findings = {finding["part"]: finding for finding in json.loads(shell.run("doctor", "--json").stdout)}
    assert "putokaz audit" in findings["audit"]["do"]


def test_migrate_twice_does_nothing_the_second_time(shell: Shell) -> None:
    """It may be run at every start."""
    assert shell.run("migrate").exit_code == 0
    assert "nothing to do" in shell.run("migrate").stdout


def test_migrating_without_the_rights_says_whose_are_needed(shell: Shell) -> None:
    """No traceback: which address has to be another one."""
    reader = make_conninfo(shell.bench.dsn, options="-c role=putokaz_reader")
    result = shell.run("migrate", DATABASE_URL=reader)
    assert result.exit_code == 1
    assert "administrator" in result.stderr


def test_secrets_are_masked(shell: Shell) -> None:
    """`config show` has every setting and no password."""
    shown = shell.json("config", "show")
    assert shown["DATABASE_URL"] == "••••••"
    assert shown["PUTOKAZ_WEB_PORT"] == "8000"


def test_a_broken_pathway_is_told_by_line_step_and_cause(shell: Shell, tmp_path: Path) -> None:
    """Good files say so; bad ones end with 1."""
    good = CHECKOUT / "pathways" / "astra" / "1.yaml"
    assert shell.run("pathway", "check", str(good)).exit_code == 0
    bad = tmp_path / "1.yaml"
    bad.write_text(
        good.read_text(encoding="utf-8").replace("role: consultant", "role: consultnat", 1), encoding="utf-8"
    )
    result = shell.run("pathway", "check", str(bad))
    assert result.exit_code == 1
    assert "line " in result.stdout
    assert "step " in result.stdout
    drawn = tmp_path / "astra.svg"
    assert shell.run("pathway", "draw", str(good), "--to", str(drawn), "--words", "en").exit_code == 0
    assert drawn.read_text(encoding="utf-8").startswith("<svg")


def test_pages_refuse_every_address_but_loopback(shell: Shell) -> None:
    """In demo mode, where nobody signs in; in production as long as no https is said to stand before them."""
    for host in ("0.0.0.0", "192.0.2.7", "::", "example.org"):
        result = shell.run("web", PUTOKAZ_WEB_HOST=host, PUTOKAZ_MODE="demo")
        assert result.exit_code == 1
        assert "nobody signs in" in result.stderr
    result = shell.run("web", PUTOKAZ_WEB_HOST="0.0.0.0", PUTOKAZ_BASE_URL="http://putokaz.example.org")
    assert result.exit_code == 1
    assert "https only" in result.stderr


def test_production_refuses_a_demonstration_clock(shell: Shell) -> None:
    """Real cases never run on a clock that somebody set."""
    shell.bench.log.set_clock(shell.bench.log.now(), 8640.0)
    result = shell.run("web")
    assert result.exit_code == 1
    assert "demonstration clock" in result.stderr


def test_the_pin_of_a_new_journey_is_the_newest_version(shell: Shell) -> None:
    """Name, version and hash of the file stand in its first event."""
    journey = shell.json("journey", "open", "--pathway", "small")["journey"]
    first = json.loads(shell.run("log", "show", journey, "--json").stdout.splitlines()[0])
    assert Pin.model_validate(first["body"]["pin"]) == shell.bench.pin


def test_a_key_ring_is_rotated_in_two_halves(shell: Shell) -> None:
    """Every process can read the new key before one writes with it; an old key goes only when it no longer encrypts."""
    assert shell.json("keyring", "show") == {"current": "k1", "keys": ["k1"]}
    assert "keyring use k2" in shell.run("keyring", "add").output
    assert shell.json("keyring", "show") == {"current": "k1", "keys": ["k1", "k2"]}
    assert shell.run("keyring", "use", "k9").exit_code == 1
    assert shell.run("keyring", "use", "k2").exit_code == 0
    assert shell.run("keyring", "retire", "k2", "--yes").exit_code == 1
    assert shell.run("keyring", "retire", "k1").exit_code == 1, "nobody confirmed it"
    assert shell.run("keyring", "retire", "k1", "--yes").exit_code == 0
    assert shell.json("keyring", "show") == {"current": "k2", "keys": ["k2"]}
    assert shell.run("keyring", "create").exit_code == 1, "never overwritten"


def test_releases_say_that_temporal_is_away(shell: Shell) -> None:
    """And nothing of a trace."""
    for arguments in (("release", "status"), ("release", "current"), ("release", "move")):
        result = shell.run(*arguments)
        assert result.exit_code == 4
        assert "Temporal does not answer" in result.output


def test_releases_are_shown_with_what_to_do(shell: Shell, temporal_server: TemporalServer) -> None:
    """Temporal is there: which release is current, which has workers; a release without workers is refused."""
    here = {"TEMPORAL_ADDRESS": temporal_server.address}
    assert shell.run("release", "status", **here).exit_code == 0
    refused = shell.run("release", "current", "no-such-build", **here)
    assert refused.exit_code == 1
    assert "no worker of release no-such-build is running" in refused.output
