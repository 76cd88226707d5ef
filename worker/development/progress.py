"""Progress of a start, line by line with seconds; what the person should do next comes last.

On a terminal a line says what is under way and is replaced when it is done; in a pipe or log file only finished
lines appear. Honours ``NO_COLOR``; falls back to ASCII where the output cannot show a check mark.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.status import Status

NAME_WIDTH = 44


class Progress:
    """Used by several threads at a time: ``with progress.step("PostgreSQL"): …``."""

    def __init__(self, console: Console | None = None) -> None:
        """Writes to standard output unless another console is given."""
        self.console = console or Console(highlight=False, soft_wrap=True)
        self._began = time.monotonic()
        self._under_way: list[str] = []
        self._status: Status | None = None
        self._lock = threading.Lock()
        plain = not self.console.encoding.lower().startswith("utf")
        self._done, self._failed = ("ok", "!!") if plain else ("✓", "✗")

    @property
    def seconds(self) -> float:
        """Since this progress began."""
        return time.monotonic() - self._began

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One line, with the time it took, when the block ends; marked as failed if it raises."""
        began = time.monotonic()
        self._show(name)
        try:
            yield
        except BaseException:
            self._finish(name, f"[red]{self._failed}[/red]", time.monotonic() - began)
            raise
        self._finish(name, f"[green]{self._done}[/green]", time.monotonic() - began)

    def note(self, text: str) -> None:
        """A line of its own among the steps."""
        with self._lock:
            self.console.print(f"  [yellow]·[/yellow] {escape(text)}" if self._done == "✓" else f"  - {escape(text)}")

    def closing(self, lines: Sequence[tuple[str, str]]) -> None:
        """The last lines, label and text each; the address to open belongs at the very end."""
        with self._lock:
            self._stop_status()
            self.console.print()
            for label, text in lines:
                self.console.print(f"  [bold]{escape(label):<10}[/bold] {escape(text)}")

    def _show(self, name: str) -> None:
        with self._lock:
            self._under_way.append(name)
            self._refresh()

    def _finish(self, name: str, mark: str, seconds: float) -> None:
        with self._lock:
            self._under_way.remove(name)
            self.console.print(f"  {mark} {escape(name):<{NAME_WIDTH}} {seconds:5.1f} s")
            self._refresh()

    def _refresh(self) -> None:
        if not self.console.is_terminal:
            return
        if not self._under_way:
            self._stop_status()
            return
        text = escape(" · ".join(self._under_way))
        if self._status is None:
            self._status = self.console.status(text)
            self._status.start()
        else:
            self._status.update(text)

    def _stop_status(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
