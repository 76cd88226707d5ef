"""Children never outlive their parent, however it dies, and nobody else's process is ever touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from worker.development import guardian
from worker.development.child import AT_ONCE, Child
from worker.development.errors import ProcessFailed, StopRequested
from worker.development.processes import Children, stop_on_signals

SLEEPER = [sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)",
]
PARENT = """
import sys, time
from pathlib import Path
from worker.development.processes import Children
from worker.development.postgres import PostgresServer
folder = Path(sys.argv[1])
children = Children(folder / "run")
children.remove_at_end(folder / "temporary")
server = PostgresServer(folder / "postgres", children)
server.remove_at_end()
server.start()
sleeper = children.spawn("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"], log=folder / "sleeper.log")
print(server.pid, sleeper.pid, flush=True)
time.sleep(600)
"""

TORN_NET = """
import os, signal, sys, time
from pathlib import Path
from worker.development import guardian
from worker.development.processes import Children
children = Children(Path(sys.argv[1]) / "run")
sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
first = children.spawn("first", sleeper, log=Path(sys.argv[1]) / "1")
os.kill(children.guardian_pid, signal.SIGKILL)
while guardian.started_at(children.guardian_pid):
    time.sleep(0.01)
second = children.spawn("second", sleeper, log=Path(sys.argv[1]) / "2")
print(first.pid, second.pid, flush=True)
time.sleep(600)
"""


def _says_ready(child: Child) -> bool:
    return "ready" in child.log_text()


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def test_a_killed_parent_leaves_no_child_and_no_temporary_folder(tmp_path: Path) -> None:
    """PostgreSQL under its other account as well as our own processes are gone a moment after kill -9."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen([sys.executable, "-c", PARENT, tmp_path], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert [pid for pid in pids if guardian.started_at(pid)] == pids
        parent.kill()
    assert len(pids) == 2
    assert _within(5, lambda: not any(guardian.started_at(pid) for pid in pids))
    assert _within(2, lambda: not temporary.exists())


def test_after_a_kill_of_everything_the_next_start_clears_up(tmp_path: Path) -> None:
    """Parent and guardian killed together: the record of the run finds what is left."""
    lost = Children(tmp_path / "run")
    child = lost.spawn("sleeper", SLEEPER, log=tmp_path / "log")
    with Children(tmp_path / "run") as children:
        assert children.stop_leftovers() == ["sleeper"]
        assert not child.is_running()
        assert children.stop_leftovers() == []
    lost.stop_all()


def test_a_recorded_pid_that_now_is_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Pids are used again; a start time never is."""
    with subprocess.Popen(SLEEPER, stdout=subprocess.PIPE) as foreign, Children(tmp_path / "run") as children:
        record = {"pid": foreign.pid, "started": "another boot/1", "steps": [[int(signal.SIGKILL), 1]]}
        tmp_path.joinpath("run/old.json").write_text(json.dumps(record))
        assert children.stop_leftovers() == []
        assert foreign.poll() is None
        foreign.kill()
    assert list(tmp_path.joinpath("run").iterdir()) == []


def test_a_half_written_record_is_no_obstacle(tmp_path: Path) -> None:
    """The power went while the record was written."""
    with Children(tmp_path / "run") as children:
        tmp_path.joinpath("run/cut.json").write_text('{"pid": 1')
        assert children.stop_leftovers() == []


def test_a_child_deaf_to_sigterm_is_killed(tmp_path: Path) -> None:
    """An orderly stop is asked for, then enforced."""
    with Children(tmp_path / "run") as children:
        child = children.spawn("deaf", DEAF, log=tmp_path / "log", steps=((signal.SIGTERM, 0.2), *AT_ONCE))
        child.wait_until(partial(_says_ready, child))
        children.stop(child)
        assert child.exit_code == -signal.SIGKILL


def test_children_stop_last_started_first(tmp_path: Path) -> None:
    """The web goes before the database it uses."""
    children = Children(tmp_path / "run")
    for name in ("database", "web"):
        program = f"trap 'echo {name} >> order; exit' TERM; echo ready; while :; do sleep 0.05; done"
        child = children.spawn(name, ["/bin/sh", "-c", program], log=tmp_path / f"{name}.log", cwd=tmp_path)
        child.wait_until(partial(_says_ready, child))
    children.stop_all()
    assert tmp_path.joinpath("order").read_text().split() == ["web", "database"]


def test_a_child_that_fails_to_start_shows_its_log(tmp_path: Path) -> None:
    """The person reads the cause, not just a code."""
    with Children(tmp_path / "run") as children:
        child = children.spawn(
            "broken", [sys.executable, "-c", "raise SystemExit('no such table')"], log=tmp_path / "l"
        )
        with pytest.raises(ProcessFailed, match=r"broken ended with code 1(.|\n)*no such table"):
            child.wait_until(lambda: False)


def test_a_child_that_is_never_ready_is_given_up(tmp_path: Path) -> None:
    """No endless wait."""
    with Children(tmp_path / "run") as children:
        child = children.spawn("slow", SLEEPER, log=tmp_path / "log")
        with pytest.raises(ProcessFailed, match="slow was not ready after"):
            child.wait_until(lambda: False, seconds=0.1)


def test_a_signal_asks_for_an_orderly_stop(tmp_path: Path) -> None:
    """SIGTERM ends the watch, refuses further starts, and leaves the handlers as they were."""
    before = signal.getsignal(signal.SIGTERM)
    with Children(tmp_path / "run") as children, stop_on_signals(children):
        child = children.spawn("sleeper", SLEEPER, log=tmp_path / "log")
        os.kill(os.getpid(), signal.SIGTERM)
        assert children.watch() is None
        with pytest.raises(StopRequested):
            child.wait_until(lambda: False)
        with pytest.raises(StopRequested):
            children.spawn("late", SLEEPER, log=tmp_path / "late")
    assert not child.is_running()
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_killed_guardian_is_replaced_and_told_everything(tmp_path: Path) -> None:
    """The net holds even when somebody tears it: the new guardian knows the older children too."""
    command = [sys.executable, "-c", TORN_NET, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert [pid for pid in pids if guardian.started_at(pid)] == pids
        parent.kill()
    assert len(pids) == 2
    assert _within(5, lambda: not any(guardian.started_at(pid) for pid in pids))


def test_logs_are_private(tmp_path: Path) -> None:
    """On a shared machine nobody else reads them."""
    with Children(tmp_path / "run") as children:
        child = children.spawn("sleeper", SLEEPER, log=tmp_path / "log")
        assert child.log.stat().st_mode & 0o077 == 0
