"""What the benchmarks run on: a PostgreSQL of their own with fsync, Temporal's dev server, both gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg

import eventlog.install
import projections.install
from activities.pathway_files import PathwayStore
from domain.pathway.model import Pin
from worker.development.postgres import Durability, PostgresServer
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.settings import CHECKOUT

MILA = UUID("00000000-0000-4000-8000-00000000a001")
"""The invented caseworker of every journey here."""


@dataclass
class Stand:
    """Servers that run, and fresh databases on them."""

    folder: Path
    postgres: PostgresServer
    children: Children
    pathways: PathwayStore
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def pin(self) -> Pin:
        """The pathway of every journey here: the newest of ASTRA's."""
        return self.pathways.latest("astra").pin

    def database(self) -> str:
        """A fresh database with log and read models; its administrator's address."""
        dsn = self.postgres.create_database(f"bench_{next(self._numbers)}")
        eventlog.install.install(dsn)
        projections.install.install(dsn)
        with psycopg.connect(dsn) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                found = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
                assert found == ("on",), f"{setting} is {found}: these figures would mean nothing"
        return dsn

    @contextmanager
    def temporal(self) -> Iterator[TemporalServer]:
        """A dev server on a fresh file, as `putokaz demo` runs it; only while it is needed."""
        home = self.folder / f"temporal-{next(self._numbers)}"
        server = TemporalServer(home, self.children, database=home / "temporal.db", headless=True)
        server.start()
        yield server
        server.stop()


@contextmanager
def stand() -> Iterator[Stand]:
    """Starts PostgreSQL in a temporary folder and deletes it at the end, however this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="putokaz-bench-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # PostgreSQL's account must get through
    with Children(folder / "run") as children:
        children.remove_at_end(folder)
        postgres = PostgresServer(folder / "postgres", children, durability=Durability.SAFE)
        postgres.remove_at_end()
        postgres.start()
        yield Stand(folder, postgres, children, PathwayStore(CHECKOUT / "pathways"))
        postgres.destroy()
    shutil.rmtree(folder, ignore_errors=True)
