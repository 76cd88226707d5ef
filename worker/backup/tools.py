"""PostgreSQL's own `pg_dump` and `pg_restore`: found, checked against the server, run with our addresses.

Those on PATH first; in the development stack, where those are missing or too old, the ones of the embedded server.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.errors import BackupFault
from worker.development.errors import PartMissing
from worker.development.postgres_place import find_programs

BLOCK = 1 << 20
"""Bytes read from a pipe at a time."""
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PGPASSFILE", "PGSSLMODE", "PGSSLROOTCERT")
_WORDS = 2000  # characters of an error that are shown


@dataclass(frozen=True, slots=True)
class Tools:
    """Two programs of one version."""

    folder: Path
    major: int

    @contextmanager
    def dump(self, dsn: str, *, schema: str, snapshot: str) -> Iterator[IO[bytes]]:
        """The rows of one schema as an archive, to be read to its end. Raises `BackupFault` where that fails."""
        arguments = ["--format=custom", "--data-only", f"--schema={schema}", f"--snapshot={snapshot}"]
        with self._run("pg_dump", [*arguments, "--lock-wait-timeout=10s"], dsn, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            yield process.stdout

    def load(self, dsn: str, archive: Iterable[bytes]) -> None:
        """The rows of an archive into tables that are there and empty, all or none. Raises `BackupFault`."""
        arguments = ["--data-only", "--single-transaction", "--exit-on-error"]
        with self._run("pg_restore", arguments, dsn, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            try:
                for block in archive:
                    process.stdin.write(block)
                process.stdin.close()
            except BrokenPipeError:
                return  # it says itself why it ended

    @contextmanager
    def _run(
        self,
        program: str,
        arguments: list[str],
        dsn: str,
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
    ) -> Iterator[subprocess.Popen[bytes]]:
        known = conninfo_to_dict(dsn)
        password = known.pop("password", None)
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"LC_ALL": "C"}
        if password is not None:
            environment["PGPASSWORD"] = str(password)  # an argument could be read by everybody on the machine
        command = [str(self.folder / program), *arguments, "--no-password", f"--dbname={make_conninfo('', **known)}"]
        # Errors go to a file: nobody reads them while the archive streams, and a full pipe would stop everything.
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=errors, env=environment) as process,
        ):
            try:
                yield process
                process.wait()
            except BaseException:
                process.kill()
                raise
            if process.returncode:
                errors.seek(0)
                says = errors.read(_WORDS).decode("utf-8", "replace").strip()
                raise BackupFault(f"{program} failed: {says or f'code {process.returncode}'}")


def find_tools(server: int) -> Tools:
    """Programs that know a server of this major version. Raises `BackupFault`, naming what there is instead."""
    found: list[str] = []
    for folder in _folders():
        major = _major(folder)
        if major is not None and major >= server:
            return Tools(folder, major)
        found.append(f"{folder} has " + ("no pg_dump with pg_restore" if major is None else f"version {major}"))
    there = "; ".join(found) or "none is on PATH"
    raise BackupFault(
        f"the server is PostgreSQL {server} and needs pg_dump and pg_restore of version {server} or newer ({there}). "
        f"Install the package postgresql-client-{server} and put its programs on PATH"
    )


def _folders() -> Iterator[Path]:
    on_path = shutil.which("pg_dump")
    if on_path is not None:
        yield Path(on_path).parent
    try:
        yield find_programs(None)
    except PartMissing:
        return  # production: there is no development stack


def _major(folder: Path) -> int | None:
    """The older of the two versions."""
    majors = []
    for program in ("pg_dump", "pg_restore"):
        try:
            done = subprocess.run([folder / program, "--version"], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        version = _VERSION.search(done.stdout)
        if version is None:
            return None
        majors.append(int(version[1]))
    return min(majors)
