"""Where the cluster lies: nothing of the person's is opened to other accounts, whoever runs it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import psycopg
import pytest

from worker.development import postgres_place
from worker.development.postgres import Durability, PostgresServer
from worker.development.postgres_place import NOBODY, find_programs
from worker.development.processes import Children

ROOT = Path(__file__).resolve().parents[2]


def _modes(path: Path) -> dict[Path, int]:
    return {folder: stat.S_IMODE(folder.stat().st_mode) for folder in [path, *path.parents]}


def test_a_private_home_stays_private(tmp_path: Path) -> None:
    """No parent folder changes its mode; what is placed elsewhere (as root) goes when the cluster is destroyed."""
    tmp_path.chmod(0o700)
    before = _modes(tmp_path)
    with Children(tmp_path / "run") as children:
        server = PostgresServer(tmp_path / "postgres", children, durability=Durability.NONE)
        server.start()
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        home = server.data.parent
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        server.destroy()
        assert not home.exists()
    assert _modes(tmp_path) == before


def test_a_temporary_cluster_goes_with_its_process(tmp_path: Path) -> None:
    """Also the part that lies elsewhere as root."""
    with Children(tmp_path / "run") as children:
        server = PostgresServer(tmp_path / "postgres", children, durability=Durability.NONE)
        server.remove_at_end()
        server.start()
    assert not server.data.parent.exists()
    assert not server.folder.exists()


def test_programs_in_a_private_home_are_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout under /root: the server's account gets a copy it can reach, with its libraries."""
    monkeypatch.setattr(postgres_place, "SHARED_PROGRAMS", tmp_path / "shared")
    monkeypatch.setattr(postgres_place, "_can_run", lambda program, account: False)
    postgres_place._shared_copy.cache_clear()
    programs = find_programs(NOBODY)
    assert programs.is_relative_to(tmp_path)
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    assert said.startswith("postgres (PostgreSQL) 18")
    postgres_place._shared_copy.cache_clear()
    assert find_programs(NOBODY) == programs
    assert [entry.name for entry in tmp_path.joinpath("shared").iterdir()] == [programs.parents[2].name]
    postgres_place._shared_copy.cache_clear()


@pytest.mark.soak
def test_everything_holds_for_an_account_without_rights_or_home() -> None:
    """As root: the same tests once more as "nobody"; as an ordinary user: without a home."""
    is_root = os.geteuid() == 0
    # The environment's Python may lie in root's private home; its packages need one of the same version.
    python = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}" if is_root else sys.executable
    names = ["test_postgres.py", "test_postgres_place.py", "test_processes.py", "test_state.py"]
    with tempfile.TemporaryDirectory() as folder:
        if is_root:
            os.chown(folder, NOBODY.uid, NOBODY.gid)
        done = subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/development/{name}" for name in names)],
            cwd=ROOT,
            env={
                "PYTHONPATH": sysconfig.get_path("purelib"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "TMPDIR": folder,
                "PATH": os.defpath,
            },
            user=NOBODY.uid if is_root else None,
            group=NOBODY.gid if is_root else None,
            extra_groups=[] if is_root else None,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
