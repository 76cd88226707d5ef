"""Fills an empty house with a country's caseload: log by the bulk append, read models by `rebuild`, vault as by hand.

Nothing of a read model is written but by the projections themselves. The log's clock stands at each hour in turn (in a
small load at each day) while that is written, and goes on in real time afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from random import Random

import psycopg
from pydantic import SecretStr

from activities.pathway_files import PathwayStore
from benchmarks.federation.clients import introduce
from benchmarks.federation.copying import AllKeys, Portion, chosen, portions
from benchmarks.federation.people import Staff
from benchmarks.federation.transcript import library
from domain.codes import Phase
from eventlog.decision import Decision
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.loop import Projector
from projections.rebuilding import rebuild
from projections.registry import READ_MODELS
from projections.whole_log import Progress
from vault.staff import StaffDirectory
from worker.collecting import collect_rarely
from worker.demo.writing import STANDING
from worker.settings import Settings
from worker.vault_keys import open_keys

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_FEW, _MANY = 200, 2_000
"""Decisions given to the log at a time, while the next are made: fewer only where a day has none."""
_SAID_EVERY = 15.0
NO_SYNC = "?options=-c%20synchronous_commit%3Doff"
"""For the load only: what is lost with the machine is loaded anew."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is loaded."""

    journeys: int
    events: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What was loaded, and how quickly; rates a second."""

    journeys: int
    open: int
    events: int
    append_rate: float
    rebuild_rate: float


class Pace:
    """Lines of progress, with how long it will still take at the pace so far."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._began = self._said = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if done < self._total and now - self._said < _SAID_EVERY:
            return
        self._said = now
        rate = done / max(now - self._began, 1e-9)
        left = (self._total - done) / rate / 60 if rate else 0.0
        print(f"  {self._what}: {done:,} of {self._total:,}, {rate:,.0f}/s, {left:.0f} min to go", flush=True)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began


def fill(settings: Settings, size: Size) -> Filled:
    """Everything. `settings` are those of the administrator, who may set the clock."""
    admin, vault = settings.database_url.get_secret_value(), settings.vault + NO_SYNC
    Projector(settings.projector).catch_up()  # which gives every read model its position
    staff, chance = Staff(size.journeys), Random(f"{size}")
    print("  telling the stories", flush=True)
    with EventLog(admin, size=2, statement_timeout=30, reply_timeout=31) as log:
        told = library(log.now(), PathwayStore(settings.pathways))
        copies = chosen(told, size.journeys, size.events, staff, chance)
        with closing(open_keys(settings.model_copy(update={"vault_database_url": SecretStr(vault)}), 10)) as keys:
            with closing(StaffDirectory(vault, keys)) as directory:
                for member in staff.everybody:
                    directory.put(member)
            appending = _append(log, portions(told, copies), Sealer(AllKeys(keys)))
            introduce(vault, keys, [copy.journey for of_it in copies for copy in of_it], Pace("clients", size.journeys))
        log.set_clock(None)
        events = log.head()
    rebuilding = _rebuild(settings, events)
    for dsn in (admin, settings.vault_admin):
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
    are_open = [template.phase is Phase.OPEN for template in told.templates]
    return Filled(
        journeys=sum(map(len, copies)),
        open=sum(len(of_it) for of_it, is_open in zip(copies, are_open, strict=True) if is_open),
        events=events,
        append_rate=events / appending,
        rebuild_rate=events / rebuilding,
    )


def _append(log: EventLog, found: Sequence[Portion], sealer: Sealer) -> float:
    """Seconds that it took. The next batch is made while one is written."""
    pace = Pace("events", sum(portion.events for portion in found))
    with ThreadPoolExecutor(1) as writer:
        under_way: Future[int] | None = None
        for at, batch in _batches(found, sealer):
            if under_way is not None:
                pace(under_way.result())
            under_way = writer.submit(_written, log, at, batch)
        if under_way is not None:
            pace(under_way.result())
    return pace.seconds


def _written(log: EventLog, at: datetime, batch: list[Decision]) -> int:
    """The head of the log afterwards."""
    log.set_clock(at, STANDING)
    return log.append_many(batch)[-1].position


def _batches(found: Sequence[Portion], sealer: Sealer) -> Iterator[tuple[datetime, list[Decision]]]:
    """What is recorded together at an instant: that of its first decision, at most a day before its last."""
    batch: list[Decision] = []
    at = found[0].line.at
    for portion in found:
        passed = portion.line.at - at
        if batch and (passed >= DAY or (passed >= HOUR and len(batch) >= _FEW)):
            yield at, batch
            batch = []
        for decision in portion.decisions(sealer):
            if not batch:
                at = portion.line.at
            batch.append(decision)
            if len(batch) == _MANY:
                yield at, batch
                batch = []
    if batch:
        yield at, batch


def _rebuild(settings: Settings, events: int) -> float:
    """Seconds until every read model is level. Two at a time, each in a process of its own, as two operators would."""
    began = time.monotonic()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as operators:
        for model, position in zip(READ_MODELS, operators.map(_rebuilt, *_asked(settings)), strict=True):
            assert position >= events, f"{model.table} is at {position} of {events}"
    return time.monotonic() - began


def _asked(settings: Settings) -> tuple[list[str], list[int]]:
    return [settings.projector] * len(READ_MODELS), list(range(len(READ_MODELS)))


def _rebuilt(dsn: str, place: int) -> int:
    model = READ_MODELS[place]
    pace: list[Pace] = []

    def watch(progress: Progress) -> None:
        if progress.total:
            pace[:] = pace or [Pace(model.table, progress.total)]
            pace[0](progress.done)

    collect_rarely()
    return rebuild(dsn, model, watch=watch).position
