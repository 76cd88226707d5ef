"""Where backups lie: a folder each, named by the moment, in a folder of the operator's.

A backup is written as `.putokaz-….partial` and renamed when all of it is on the disk, so that one that was killed is
never taken for one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from domain.errors import BackupFault
from worker.backup.manifest import NAME

_BACKUP = re.compile(r"^putokaz-\d{8}T\d{6}Z$")
_PARTIAL = re.compile(r"^\.putokaz-\d{8}T\d{6}Z\.partial$")


def backups(folder: Path) -> list[Path]:
    """Whole backups, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _BACKUP.match(path.name) and (path / NAME).is_file())


def chosen(folder: Path) -> Path:
    """The backup that a person means: this folder, or the newest in it. Raises `BackupFault`."""
    if (folder / NAME).is_file():
        return folder
    there = backups(folder)
    if not there:
        raise BackupFault(f"{folder} is no backup, and there is none in it")
    return there[-1]


@contextmanager
def fresh(folder: Path, at: datetime) -> Iterator[tuple[Path, Path]]:
    """A partial folder to fill and the name that it will have; renamed when the block ends well, else removed.

    Removes what a killed backup left. Raises `BackupFault` while another one runs here, or where the disk refuses.
    """
    name = f"putokaz-{at:%Y%m%dT%H%M%SZ}"
    partial, whole = folder / f".{name}.partial", folder / name
    with _alone(folder):
        for left in folder.iterdir():
            if _PARTIAL.match(left.name):
                shutil.rmtree(left)
        if whole.exists():
            raise BackupFault(f"{whole} exists: two backups in one second")
        try:
            partial.mkdir(mode=0o700)
            yield partial, whole
            sync(partial)
            partial.rename(whole)
            sync(folder)
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise BackupFault(
                f"the backup could not be written to {folder}: {error.strerror}. No backup was made; "
                "the earlier ones are as they were"
            ) from error
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def prune(folder: Path, keep: int) -> list[Path]:
    """Removes all but the newest `keep` backups; which."""
    old = backups(folder)[:-keep]
    with _alone(folder):
        for backup in old:
            (backup / NAME).unlink()  # first of all it stops being one
            shutil.rmtree(backup)
    return old


def sync(folder: Path) -> None:
    """Has the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BackupFault(f"{folder} cannot be written: {error.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFault(f"another backup is being written to {folder} now") from None
        yield
    finally:
        os.close(descriptor)
