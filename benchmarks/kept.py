"""A house with a country's caseload in a folder that stays: loaded once, measured as often as one likes.

    with house(folder, Size(100_000, 5_000_000)) as kept:      # loads where the folder is empty
        kept.open()                                            # web, search, read models, worker, each a process

It is a production: PostgreSQL and Temporal's dev server with their files in the folder, people sign in. What is missing
of one is what would start a hundred thousand workflows meanwhile, relay and audit.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.federation.filling import Filled, Size, fill
from worker.development import ports
from worker.development.child import Child
from worker.development.processes import Children, stop_on_signals
from worker.development.progress import Progress
from worker.development.state import open_state
from worker.settings import CHECKOUT, Mode, Settings
from worker.stack import Stack, local_stack

_MARK = "filled.json"


class HalfFilled(RuntimeError):
    """A load into this folder was cut off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The house as long as it runs."""

    stack: Stack
    filled: Filled

    @property
    def settings(self) -> Settings:
        """As administrator."""
        return self.stack.settings

    @property
    def address(self) -> str:
        """Of the pages."""
        return self.settings.address

    def open(self) -> None:
        """Starts its processes; returns when pages and search answer."""
        web = self._spawn("web", "worker.cli", "web")
        search = self._spawn("vault", "worker.cli", "vault")
        self._spawn("projections", "worker.cli", "projections", "run")
        self._spawn("worker", "benchmarks.deciding")
        socket = self.settings.search_socket
        assert socket is not None
        web.wait_until(lambda: ports.answers(self.settings.web_port))
        search.wait_until(socket.exists, 300.0)

    def _spawn(self, name: str, module: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", module, *arguments]
        log = self.stack.state.logs / f"{name}.log"
        return self.stack.children.spawn(name, command, log=log, env=self.stack.environment, cwd=CHECKOUT)


@contextmanager
def house(folder: Path | None, size: Size) -> Iterator[Kept]:
    """In `folder`, which is kept, or in a temporary one. Raises `HalfFilled`, `ValueError` for another size there."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        with _house(folder, size, keep=True) as kept:
            yield kept
        return
    with tempfile.TemporaryDirectory(prefix="putokaz-pages-", ignore_cleanup_errors=True) as temporary:
        if os.geteuid() == 0:
            Path(temporary).chmod(0o711)  # PostgreSQL's account must get through
        with _house(Path(temporary), size, keep=False) as kept:
            yield kept


@contextmanager
def _house(folder: Path, size: Size, *, keep: bool) -> Iterator[Kept]:
    mark, begun = folder / _MARK, folder / "filling"
    if begun.exists() and not mark.exists():
        raise HalfFilled(f"a load into {folder} was cut off: delete the folder (and PostgreSQL's, if it names another)")
    with (
        open_state(folder) as state,
        Children(state.records) as children,
        stop_on_signals(children),
        local_stack(state, children, Progress(), mode=Mode.PRODUCTION) as stack,
    ):
        if not keep:
            stack.postgres.remove_at_end()
        if not mark.exists():
            begun.touch()
            filled = fill(stack.settings, size)
            mark.write_text(json.dumps({"size": asdict(size), "filled": asdict(filled)}, indent=1), encoding="utf-8")
        known = json.loads(mark.read_text(encoding="utf-8"))
        if known["size"] != asdict(size):
            raise ValueError(f"{folder} holds another load: {known['size']}")
        yield Kept(stack, Filled(**known["filled"]))
        if not keep:
            stack.postgres.destroy()
