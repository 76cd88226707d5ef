"""The exports that this process makes: each in a thread of its own, a few at once, with how far it is.

A file is gone on with from where it was interrupted. Where nothing of it is left, it is made anew, of the same moment
and under new pseudonyms: until it is made it is nobody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Semaphore, Thread
from uuid import UUID, uuid5

import structlog

from analysis.exports.making import Checkpoint, ExportFile, Made, Progress
from analysis.exports.plan import Plan
from domain.codes import StreamName
from domain.errors import PutokazError, Unavailable
from domain.export.making import CompleteExport
from domain.refusal import Refused
from projections.my_day.appointments import AppointmentRow
from projections.reader import Reader
from staff.exports.shelf import Found, Shelf
from staff.ports import Desk, Feeds

_log = structlog.get_logger(__name__)
AT_ONCE = 3
"""Exports that a process makes at once; others wait for their turn."""
MOST = 20
"""Exports that are made and wait, together."""
SETTLED_IN = 60.0
"""Seconds within which the log must have taken what was made; else it is for the next try."""


class ExportNotSettled(PutokazError):
    """The file is whole, and the log does not take it: another one was made of the same export."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(f"refused: {refusal.code.value}")
        self.refusal = refusal


class ShelfBroken(PutokazError):
    """The disk does not take the file: it is full, or not ours to write to."""


@dataclass(slots=True)
class Run:
    """One try at a file. `share` is done, 0 to 1."""

    share: float = 0.0
    rows: int = 0
    left_out: int = 0
    is_over: bool = False
    failed: PutokazError | None = None


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a file is made with."""

    desk: Desk
    reader: Reader
    feeds: Feeds

    def calendar(self, locale: str, rows: Sequence[AppointmentRow], now: datetime) -> bytes:
        """As `CalendarIn`."""
        return self.feeds.calendar_file(rows, locale=locale, now=now)


@dataclass(slots=True)
class Runs:
    """Safe for many threads."""

    shelf: Shelf = field(default_factory=Shelf)
    runs: dict[UUID, Run] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _turn: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))

    def find(self, export: UUID) -> Run | None:
        """The last try of this process at an export; another process may be at it as well."""
        return self.runs.get(export)

    def has_draft(self, export: UUID) -> bool:
        """Whether there is something to go on from."""
        return self.shelf.find(export) is Found.DRAFT

    def is_under_way(self, export: UUID) -> bool:
        """Whether somebody makes it now, here or in another process."""
        run = self.runs.get(export)
        if run is not None and not run.is_over:
            return True
        with self.shelf.held(export) as ours:
            return not ours

    def go_on(self, plan: Plan, workshop: Workshop, loop: asyncio.AbstractEventLoop) -> None:
        """Sees to it that the file is made; once it is, nothing. Raises `Unavailable` while too many are under way.

        `loop` is the one on which commands are given.
        """
        self.shelf.sweep()
        with self._lock:
            under_way = [run for run in self.runs.values() if not run.is_over]
            known = self.runs.get(plan.export)
            if (known is not None and not known.is_over) or self.shelf.find(plan.export) is Found.FILE:
                return
            if len(under_way) >= MOST:
                raise Unavailable("many exports are being made already")
            run = self.runs[plan.export] = Run()
        Thread(target=self._work, args=(run, plan, workshop, loop), name="export", daemon=True).start()

    def _work(self, run: Run, plan: Plan, workshop: Workshop, loop: asyncio.AbstractEventLoop) -> None:
        try:
            with self._turn, self.shelf.held(plan.export, patience=1.0) as ours:
                if ours and self.shelf.find(plan.export) is not Found.FILE:
                    self._make(run, plan, workshop, loop)
        except PutokazError as error:
            run.failed = error
            _log.warning("export interrupted", export=str(plan.export), error=type(error).__name__)
        except OSError as error:
            run.failed = ShelfBroken(error.strerror)
            _log.error("export interrupted", export=str(plan.export), error=type(error).__name__, errno=error.errno)
        finally:
            run.is_over = True

    def _make(self, run: Run, plan: Plan, workshop: Workshop, loop: asyncio.AbstractEventLoop) -> None:
        file = self.shelf.file(plan.export)
        checkpoint = self._checkpoint(file, plan)
        kept = Plan.read(checkpoint.plan)
        log, maker = kept.maker(workshop.reader, workshop.desk.pathway, workshop.calendar)

        def watch(progress: Progress) -> None:
            run.share, run.rows, run.left_out = progress.share, progress.rows, log.left_out

        def settle(made: Made) -> None:
            command = CompleteExport(rows=made.rows, size=made.size, sha256=made.sha256)
            command_id = uuid5(plan.export, f"{command.kind}|{made.sha256}")
            submitted = workshop.desk.submit(
                plan.export, command, command_id=command_id, actor=plan.actor, kind=StreamName.EXPORT
            )
            try:
                outcome = asyncio.run_coroutine_threadsafe(submitted, loop).result(SETTLED_IN)
            except TimeoutError:
                raise Unavailable("the log did not take the export in time") from None
            except CancelledError:
                raise Unavailable("the process ends") from None
            except RuntimeError:
                submitted.close()
                raise Unavailable("the process ends") from None
            if outcome.refusal is not None:
                raise ExportNotSettled(outcome.refusal)

        file.make(maker, checkpoint, settle=settle, watch=watch)
        run.left_out = log.left_out

    def _checkpoint(self, file: ExportFile, plan: Plan) -> Checkpoint:
        if self.shelf.find(plan.export) is Found.DRAFT:
            return file.interrupted()
        return file.begin(plan.texts())
