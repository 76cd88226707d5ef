"""The command line loads what it is asked for, and has everything that its modules register."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import worker.cli
from worker.cli import app
from worker.cli.commands import MODULES, commands_of

_FILES = Path(worker.cli.__file__).parent.glob("*.py")
REGISTERING = sorted(file.stem for file in _FILES if "\ndef register(" in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", REGISTERING)
def test_every_registered_command_is_found_under_its_name(module: str) -> None:
    """And no other."""
    assert sorted(commands_of(module)) == sorted(name for name, place in MODULES.items() if place == module)


def test_a_process_does_not_load_the_commands_it_was_not_asked_for() -> None:
    """`putokaz worker` is started again after every kill: it must not read the demo or the pages first."""
    script = (
        "import sys; from worker.cli import app; app(['worker', '--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "worker.cli.run" in loaded
    assert loaded.isdisjoint({"worker.cli.demo", "worker.cli.journeys", "domain.journey", "temporalio.client"})


def test_a_mistyped_command_is_told_the_nearest() -> None:
    """Without loading any."""
    done = CliRunner().invoke(app, ["jurney"])
    assert done.exit_code == 2
    assert "Did you mean 'journey'?" in done.output


@pytest.mark.parametrize(
    ("process", "without"),
    [
        ("relay", {"domain.journey", "fastapi", "activities.delivering"}),
        ("projections", {"temporalio", "fastapi", "activities.delivering"}),
        ("worker", {"fastapi"}),
        ("vault", {"temporalio", "fastapi", "eventlog"}),
    ],
)
def test_a_process_loads_only_what_it_works_with(process: str, without: set[str]) -> None:
    """After a kill, loading is most of the time until it works again."""
    script = f"import sys, worker.services.{process}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint(without)
