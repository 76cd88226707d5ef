"""The first run as a stranger does it: one command, killed in the middle, started again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from worker.settings import CHECKOUT

PATIENCE = 180.0
DEMO = [sys.executable, "-m", "worker.cli", "demo"]


def test_the_check_starts_everything_advances_a_step_and_leaves_nothing() -> None:
    """One JSON line with the figures, exit code 0, no process left."""
    done = subprocess.run(
        [*DEMO, "--check"], capture_output=True, text=True, timeout=PATIENCE, cwd=CHECKOUT, check=False
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"ready_s", "journeys", "events", "step_visible_ms"}
    assert result["journeys"] == 40
    assert result["events"] > 1000
    assert 0 < result["step_visible_ms"] < 20_000


@contextmanager
def demo(state: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo, ready, and its address; it is killed at the end if it still runs."""
    output = state.parent / f"{state.name}.out"
    with output.open("w") as out:
        process = subprocess.Popen(
            [*DEMO, "--state", str(state)], stdout=out, stderr=subprocess.STDOUT, text=True, cwd=CHECKOUT
        )
    try:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"Open +(http://\S+)", output.read_text())):
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < end, output.read_text()
            time.sleep(0.1)
        yield process, found[1]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def processes_of(state: Path) -> list[int]:
    """Everything that runs from this state folder, by its command line or environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                text = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(state).encode() in text:
                found.append(int(entry.name))
    return found


def test_killed_with_everything_it_starts_again_where_it_was(tmp_path: Path) -> None:
    """`kill -9` of all: nothing stays behind, nothing is lost, the second start continues."""
    if os.geteuid() == 0:
        for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            folder.chmod(0o711)  # PostgreSQL's account must get through
    state = tmp_path / "state"
    with demo(state) as (process, address):
        before = journeys(address)
        process.kill()
        for pid in processes_of(state):
            os.kill(pid, signal.SIGKILL)
        process.wait(10)
    end = time.monotonic() + 20
    while left := processes_of(state):
        assert time.monotonic() < end, left
        time.sleep(0.1)
    with demo(state) as (_, address):
        assert journeys(address) == before


def journeys(address: str) -> int:
    """How many journeys the read model shows."""
    with urlopen(f"{address}/api/v1/journeys?limit=1", timeout=10) as answer:
        return int(json.load(answer)["total"])
