"""One Putokaz per state folder; ports stay the same from start to start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from worker.development import ports
from worker.development.errors import StateInUse, StateNotOurs
from worker.development.postgres_place import NOBODY
from worker.development.state import open_state, temporary_state

HOLDER = """
import sys, time
from pathlib import Path
from worker.development.postgres_place import NOBODY
from worker.development.state import open_state, temporary_state
with open_state(Path(sys.argv[1])) as state:
    state.announce("http://127.0.0.1:8123")
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_one_is_refused_and_told_where_the_first_answers(tmp_path: Path) -> None:
    """Two on the same databases would damage each other's picture; after kill -9 the folder is free at once."""
    folder = tmp_path / "state"
    with subprocess.Popen([sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StateInUse, match=rf"http://127\.0\.0\.1:8123, process {holder.pid}"), open_state(folder):
            pass
        holder.kill()
    with open_state(folder) as state:
        assert state.folder == folder


def test_a_port_is_remembered(tmp_path: Path) -> None:
    """The bookmark of yesterday still works."""
    with open_state(tmp_path / "state") as state:
        first = state.port("something without a usual port")
    with open_state(tmp_path / "state") as state:
        assert state.port("something without a usual port") == first


def test_a_taken_port_is_replaced(tmp_path: Path) -> None:
    """The usual port, or that of last time, may belong to somebody else today."""
    with socket.create_server((ports.LOOPBACK, 0)) as other:
        taken = other.getsockname()[1]
        with open_state(tmp_path / "state") as state:
            state.remember_port("web", taken)
        with open_state(tmp_path / "state") as state:
            assert state.port("web") != taken


def test_no_port_is_given_twice(tmp_path: Path) -> None:
    """Not even before anybody listens on it."""
    with open_state(tmp_path / "state") as state:
        chosen = [state.port(name) for name in ("a", "b", "c", "web", "temporal", "temporal-ui")]
    assert len(set(chosen)) == len(chosen)


def test_a_damaged_ports_file_is_no_obstacle(tmp_path: Path) -> None:
    """The power went while it was written by an older release."""
    with open_state(tmp_path / "state") as state:
        state.folder.joinpath("ports.json").write_text("{")
        assert state.port("web") > 0


def test_others_cannot_read_the_state(tmp_path: Path) -> None:
    """No listing for other users of the machine, whoever started it."""
    with open_state(tmp_path / "state") as state:
        assert state.folder.stat().st_mode & 0o066 == 0


def test_somebody_elses_state_folder_is_refused_with_a_way_out(tmp_path: Path) -> None:
    """A demo once started by another user (root, say) is not damaged by mixing owners in its files."""
    theirs = Path("/usr/lib")
    if os.geteuid() == 0:
        theirs = tmp_path
        os.chown(theirs, NOBODY.uid, NOBODY.gid)
    with pytest.raises(StateNotOurs, match="PUTOKAZ_STATE="), open_state(theirs):
        pass


def test_a_temporary_state_is_gone_afterwards() -> None:
    """A check leaves nothing on the machine."""
    with temporary_state() as state:
        state.folder.joinpath("something").write_text("left")
        assert state.port("web") > 0
    assert not state.folder.exists()
