"""The past of a country's caseload: a journey and each board as of any date, the flow map, the log decoded and folded.

In this process as the pages do it, and over HTTP the pages themselves. Every request is of another moment. What exports
of the same load cost is in `replay_exports.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg

from analysis.flow.cohort import Cohort
from analysis.flow.reading import read_flow
from analysis.travel.boards import board_reader
from analysis.travel.journeys import journey_then
from analysis.travel.moment import Clock, Moment
from benchmarks import replay_exports
from benchmarks.browsing import Browser, entrance
from benchmarks.federation.filling import Size
from benchmarks.federation.people import Staff
from benchmarks.kept import house
from benchmarks.measure import Better, Claim, Result, seconds
from benchmarks.pages import Waits, waits_of
from domain.codes import Role
from domain.journey.state import journey_stream
from projections.caseload.queries import loads
from projections.connecting import connect
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.my_day.hearings import hearings
from projections.reader import Reader
from projections.reading import histories
from projections.registry import READ_MODELS
from projections.stalled_board.queries import StalledFilter, stalled
from projections.whole_log import chunks, unwatched
from worker.settings import Settings

PART = "replay"
JOURNEY, BOARD, FLOW = 50.0, 2_000.0, 5_000.0
"""Milliseconds that nobody is to wait longer than (issue 5): the first two at p95."""
SAMPLES, FEW = 60, 12
"""Of journeys, and of each board, in a round."""
_ROWS = 500  # of a board, as its page shows them
_ALL = 2**63 - 1
_SELECT = b"SELECT state FROM eventlog.stored_events ORDER BY notification_id"


@dataclass(frozen=True, slots=True)
class _Case:
    """Done `times` in a round; `limit` is for their p95."""

    what: str
    limit: float | None
    times: int
    act: Callable[[], object]
    bare_is: str = ""
    bare: Callable[[], object] | None = None


class _Pastimes:
    """What is asked of the past of one load."""

    def __init__(self, reader: Reader, dsn: str, browser: Browser) -> None:
        self._reader, self._browser = reader, browser
        self._chance = Random(20261130)
        with psycopg.connect(dsn) as connection:
            life = connection.execute(
                "SELECT min(recorded_at), max(recorded_at) FROM eventlog.stored_events"
            ).fetchone()
            rows = connection.execute(
                "SELECT journey, opened_at, changed_at FROM projections.journey_list_v1"
            ).fetchall()
        assert life is not None
        self._life: tuple[datetime, datetime] = life
        self._journeys: list[tuple[UUID, datetime, datetime]] = rows

    def all(self) -> Sequence[_Case]:
        """Every case."""
        reader = self._reader
        boards: dict[str, Callable[[Reader, Moment], object]] = {
            "list": lambda then, _: list_journeys(then, JourneyFilter(), limit=_ROWS),
            "stalled": lambda then, moment: stalled(then, StalledFilter(), now=moment.at, limit=_ROWS),
            "hearings": lambda then, moment: hearings(then, now=moment.at, limit=_ROWS),
            "workload": lambda then, _: loads(then),
        }
        return [
            _Case(
                "a journey as of any date",
                JOURNEY,
                SAMPLES,
                self._journey,
                "SELECT of all events of one, not decoded",
                self._rows,
            ),
            _Case("its page", JOURNEY, SAMPLES, self._journey_page),
            *(
                _Case(f"board {name} as of any date, {_CLOCKS[clock]}", BOARD, FEW, self._board(board, clock))
                for name, board in boards.items()
                for clock in Clock
            ),
            *(_Case(f"the page of board {name}", BOARD, FEW, self._board_page(name)) for name in boards),
            _Case("flow map of the whole caseload", FLOW, 2, lambda: read_flow(reader, Cohort(), at=self._life[1])),
            _Case("its page, of the pathway that most go through", FLOW, 2, self._flow_page),
        ]

    def _moment(self, clock: Clock = Clock.KNOWN) -> Moment:
        first, last = self._life
        return Moment(first + (last - first) * self._chance.random(), clock)

    def _some(self) -> tuple[UUID, datetime]:
        journey, opened, changed = self._chance.choice(self._journeys)
        return journey, opened + (changed - opened) * self._chance.random()

    def _journey(self) -> None:
        journey, at = self._some()
        assert journey_then(self._reader, journey, Moment(at)).history

    def _rows(self) -> None:
        stream = journey_stream(self._some()[0])
        assert self._reader.pool.run(lambda connection: histories(connection, [stream], _ALL))[stream]

    def _journey_page(self) -> None:
        journey, at = self._some()
        self._browser.open(f"/journeys/{journey}/replay?at={_typed(at)}")

    def _board(self, board: Callable[[Reader, Moment], object], clock: Clock) -> Callable[[], object]:
        def act() -> object:
            moment = self._moment(clock)
            return board(board_reader(self._reader, moment), moment)

        return act

    def _board_page(self, name: str) -> Callable[[], object]:
        return lambda: self._browser.open(f"/replay/boards/{name}?at={_typed(self._moment().at)}")

    def _flow_page(self) -> None:
        self._browser.open("/replay/flow")


_CLOCKS = {Clock.KNOWN: "as known", Clock.OCCURRED: "as it was"}


def run(folder: Path | None, rounds: int, size: Size) -> list[Result]:
    """Milliseconds for what is looked at, events and rows a second for what is gone through."""
    with house(folder, size) as kept, ExitStack() as stack:
        kept.open()
        door = stack.enter_context(entrance(kept.settings))
        reader = stack.enter_context(Reader(kept.settings.reader, size=2, patience=60.0))
        browser = door.browser(Staff(size.journeys).by_role[Role.SUPERVISOR][0])
        found = _measured(_Pastimes(reader, kept.settings.reader, browser).all(), rounds)
        return [*found, *_replayed(kept.settings, rounds), *replay_exports.measured(kept.settings.reader, rounds)]


def _measured(cases: Sequence[_Case], rounds: int) -> list[Result]:
    ours: dict[str, list[Waits]] = {case.what: [] for case in cases}
    bare: dict[str, list[Waits]] = {case.what: [] for case in cases}
    for number in range(rounds + 1):  # the first is not counted: it fills caches and imports
        for case in cases:
            waits = waits_of([seconds(case.act) for _ in range(case.times)])
            print(f"  {case.what}: {waits.p50:,.0f}, p95 {waits.p95:,.0f} ms", flush=True)
            beside = waits_of([seconds(case.bare) for _ in range(case.times)]) if case.bare else None
            if number:
                ours[case.what].append(waits)
                bare[case.what] += [beside] if beside else []
    return [row for case in cases for row in _rows(case, ours[case.what], bare[case.what])]


def _rows(case: _Case, ours: Sequence[Waits], bare: Sequence[Waits]) -> list[Result]:
    middle, slow = [each.p50 for each in ours], [each.p95 for each in ours]
    bare_middle, bare_slow = [each.p50 for each in bare], [each.p95 for each in bare]
    return [
        Result(PART, f"{case.what}, p50", case.bare_is, "ms", middle, bare_middle, better=Better.LOWER),
        Result(
            PART, f"{case.what}, p95", case.bare_is, "ms", slow, bare_slow, case.limit, Better.LOWER, Claim.OURS
        ),
    ]  # fmt: skip


def _replayed(settings: Settings, rounds: int) -> list[Result]:
    """Every stream that a read model follows, decoded and folded, beside a SELECT whose bodies are parsed as JSON."""
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(_folded(settings.projector))
        bare.append(_selected(settings.reader))
        print(f"  replay of the log: {ours[-1]:,.0f}/s, raw {bare[-1]:,.0f}/s", flush=True)
    what = "the whole log decoded and folded, stream by stream"
    return [Result(PART, what, "raw SELECT of all events, bodies parsed by json", "events/s", ours, bare)]


def _folded(dsn: str) -> float:
    kinds = {kind for model in READ_MODELS for kind in model.kinds}
    count = 0

    def work() -> None:
        nonlocal count
        with connect(dsn, "putokaz-bench", statement=600.0) as connection:
            for _, streams in chunks(connection, _ALL, unwatched, kinds):
                count += sum(len(passage.rows) for passage in streams.values())

    took = seconds(work)
    return count / took


def _selected(dsn: str) -> float:
    count = 0

    def work() -> None:
        nonlocal count
        with psycopg.connect(dsn) as connection, connection.cursor(name="raw", binary=True) as cursor:
            cursor.itersize = 5_000
            for row in cursor.execute(_SELECT):
                json.loads(row[0])
                count += 1

    took = seconds(work)
    return count / took


def _typed(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
