"""Where files of exports lie until they are fetched: a folder for their owner alone, each file for a day.

Every web process on a machine may have the same folder: whoever makes a file holds it, and a process that ends lets it
go. Without a folder the files are gone with the process.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from time import monotonic, sleep, time
from uuid import UUID

from analysis.exports.making import OWNER_ONLY, ExportFile

LASTS = timedelta(days=1)
"""How long a file can be fetched, and an interrupted one be gone on with from where it was."""
_FOLDER = 0o700
_HELD = ".held"
_MOMENT = 0.02  # seconds


class Found(StrEnum):
    """What lies on the shelf of an export."""

    NOTHING = "nothing"
    DRAFT = "draft"
    FILE = "file"


class Shelf:
    """Safe for many threads and processes. The folder is made with the first export."""

    def __init__(self, folder: Path | None = None) -> None:
        self._named = folder
        self._own: Path | None = None
        self._lock = Lock()

    @property
    def _folder(self) -> Path:
        if self._named is None:
            with self._lock:
                if self._own is None:
                    self._own = Path(mkdtemp(prefix="putokaz-exports-"))
                    weakref.finalize(self, rmtree, self._own, ignore_errors=True)
            return self._own
        self._named.mkdir(_FOLDER, parents=True, exist_ok=True)
        return self._named

    def file(self, export: UUID) -> ExportFile:
        """The file of an export, made or not."""
        return ExportFile(self._folder / str(export))

    def find(self, export: UUID) -> Found:
        """What there is of an export. What is older than a day is not there any more, whether or not it was swept."""
        file = self.file(export)
        if _is_fresh(file.target):
            return Found.FILE
        return Found.DRAFT if _is_fresh(file.checkpoint) else Found.NOTHING

    @contextmanager
    def held(self, export: UUID, *, patience: float = 0.0) -> Iterator[bool]:
        """Whether the export is ours to make until the end; False while another process, or thread, makes it.

        `patience`: seconds to wait for whoever only looks whether it is free.
        """
        descriptor = os.open(self._folder / f"{export}{_HELD}", os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        try:
            yield _locked(descriptor, monotonic() + patience)
        finally:
            os.close(descriptor)

    def sweep(self) -> None:
        """Removes what is older than a day: drafts with the keys of their pseudonyms as well."""
        for path in self._folder.iterdir():
            if not _is_fresh(path):
                path.unlink(missing_ok=True)


def _locked(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= until:
                return False
            sleep(_MOMENT)
        else:
            return True


def _is_fresh(path: Path) -> bool:
    try:
        return time() - path.stat().st_mtime < LASTS.total_seconds()
    except FileNotFoundError:
        return False
