"""The invented caseload, written once a run: for pages, the API and the tests of the demonstration itself.

Where several processes share the run, the first one to ask writes it and leaves it as archives; the others load those.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from tests.fix_services import DatabaseFactory
from worker.development.postgres_place import find_programs


@pytest.fixture(scope="session")
def furnished(
    database_factory: DatabaseFactory, log_template: str, vault_template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str]:
    """Log and vault with the invented caseload, to be copied. The templates have made the server's roles."""
    log, vault = database_factory.create(), database_factory.create()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _write(log, vault)
        return log, vault
    shared = tmp_path_factory.getbasetemp().parent  # of all processes of this run, and of no other run
    archives = {log: shared / "caseload-log", vault: shared / "caseload-vault"}
    with (shared / "caseload.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_there = all(archive.exists() for archive in archives.values())
        if not is_there:
            _write(log, vault)
            for dsn, archive in archives.items():
                _archive(dsn, archive)
    if is_there:
        for dsn, archive in archives.items():
            _run("pg_restore", "--exit-on-error", f"--dbname={dsn}", str(archive))
    return log, vault


def _write(log: str, vault: str) -> None:
    from tests.staff.house import furnish

    furnish(log, vault)


def _archive(dsn: str, archive: Path) -> None:
    """Under its name only when it is whole: a process that was ended half way leaves the next one to do it."""
    half = archive.with_suffix(".half")
    _run("pg_dump", "--format=custom", "--compress=none", f"--file={half}", f"--dbname={dsn}")
    half.rename(archive)


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([find_programs(None) / program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
