"""What people do with pages while these are measured: each case with its limit, its bare query and its peer's limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count, cycle
from random import Random
from uuid import UUID

import psycopg

from benchmarks.browsing import Browser, Unexpected
from benchmarks.federation.clients import client
from benchmarks.kept import Kept
from domain.calendar import local_date
from domain.codes import Phase, Role
from domain.journey.naming import journey_code
from domain.journey.state import StepStatus
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.my_day.queries import my_day
from projections.paging import cursor_after
from projections.reader import Reader
from projections.stalled_board.queries import stalled
from staff.forms.draft import Intent
from staff.i18n.locale import locale_of
from staff.i18n.words import OFFICE_ZONE, Words
from staff.pages.asking import link
from staff.pages.views import view_address
from vault.keys import Keys
from vault.roll import SearchBy
from vault.saved_views import SavedViews

PAGE, BOARD, WRITE = 100.0, 150.0, 300.0
"""Milliseconds that nobody is to wait longer than, at p95 (issue 4)."""
_POOL = 500
"""Journeys that requests choose from."""
_STAGES = ("recovery", "legal-proceedings", "reintegration")
_SHOWN = "PK-"
"""The beginning of a code: some case is on the page."""
_ANSWERED = 'id="found"'
"""A search was answered, if only by how many fit that are not theirs to see."""
_SAYS = Words(locale_of(None))


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that people of a role do. `act` does it and says how many seconds the person waited.

    `peer`: DHIS2's own limits for the nearest thing it has, p95 in ms of one user and of four
    (dhis-test-performance, TrackerTest.java at 3f8c14a02b).
    """

    what: str
    role: Role
    limit: float
    act: Callable[[Browser], float]
    bare: Callable[[], object] | None = None
    peer: tuple[int, int] | None = None


class Pastimes:
    """The cases over one load."""

    def __init__(self, kept: Kept, reader: Reader, keys: Keys) -> None:
        self._kept, self._reader, self._keys = kept, reader, keys
        self._chance = Random(20261130)
        self._own: dict[UUID, Iterator[UUID]] = {}
        self._moves: dict[UUID, Iterator[tuple[UUID, str]]] = {}
        self._days = count(30)
        with psycopg.connect(kept.settings.reader) as connection:
            rows = connection.execute(
                "SELECT journey, opened_at, caseworker, phase FROM projections.journey_list_v1"
            ).fetchall()
        self._some: list[tuple[UUID, datetime, UUID, str]] = self._chance.sample(rows, min(_POOL, len(rows)))

    def all(self) -> Sequence[Case]:
        """Every case."""
        now, reader = self._kept_now(), self._reader
        today = local_date(now, OFFICE_ZONE)
        supervisor, caseworker = Role.SUPERVISOR, Role.CASEWORKER
        opened = [row for row in self._some if row[3] == Phase.OPEN.value]
        own = [row[2] for row in opened]
        deep = cycle([cursor_after(Decimal(0), at, journey) for journey, at, _, _ in opened])
        filters = cycle(
            [
                JourneyFilter(phase=Phase.OPEN, stalled=True),
                *(JourneyFilter(phase=Phase.OPEN, stage=stage) for stage in _STAGES),
                JourneyFilter(phase=Phase.OPEN, due_before=now),
                *(JourneyFilter(phase=Phase.OPEN, caseworker=each) for each in own[:5]),
            ]
        )
        asked = cycle(
            [
                {"stalled": "yes"},
                *({"stage": stage} for stage in _STAGES),
                {"due": "overdue"},
                *({"caseworker": str(each)} for each in own[:5]),
            ]
        )
        views, journeys = self._views(), cycle([row[0] for row in self._some])
        day = cycle(own)
        everything = JourneyFilter(phase=Phase.OPEN)
        return (
            Case(
                "case list, first page",
                supervisor,
                PAGE,
                _reads(lambda: "/journeys"),
                lambda: list_journeys(reader, everything),
                (71, 177),
            ),
            Case(
                "case list, filtered",
                supervisor,
                PAGE,
                _reads(lambda: link("/journeys", **next(asked)), _SAYS("list.title")),
                lambda: list_journeys(reader, next(filters)),
                (53, 943),
            ),
            Case(
                "case list, a page far down",
                supervisor,
                PAGE,
                _reads(lambda: link("/journeys", after=next(deep))),
                lambda: list_journeys(reader, everything, cursor=next(deep)),
                (107, 131),
            ),
            Case("case list, a saved view", supervisor, PAGE, _reads(lambda: next(views)), None, (71, 177)),
            Case("case list of one's own cases", caseworker, PAGE, _reads(lambda: "/journeys")),
            Case("search by name", supervisor, PAGE, self._searches(SearchBy.NAME), None, (50, 174)),
            Case(
                "search by name, own cases shown",
                caseworker,
                PAGE,
                self._searches(SearchBy.NAME, _ANSWERED),
                None,
                (50, 174),
            ),
            Case("search by phone", supervisor, PAGE, self._searches(SearchBy.PHONE), None, (44, 117)),
            Case("search by code", supervisor, PAGE, self._searches(SearchBy.CODE), None, (44, 117)),
            Case(
                "a file opened",
                caseworker,
                PAGE,
                self._opens_own,
                lambda: (file(reader, at := next(journeys)), timeline(reader, at)),
                (47, 121),
            ),
            Case(
                "a file opened by a supervisor",
                supervisor,
                PAGE,
                _reads(lambda: f"/journeys/{next(journeys)}"),
                None,
                (47, 121),
            ),
            Case("stalled board", supervisor, BOARD, _reads(lambda: "/"), lambda: stalled(reader, now=now)),
            Case(
                "my day",
                caseworker,
                PAGE,
                _reads(lambda: "/day", ""),
                lambda: my_day(reader, staff=next(day), now=now, today=today),
            ),
            Case("own write visible", caseworker, WRITE, self._moves_a_date),
        )

    def _kept_now(self) -> datetime:
        with psycopg.connect(self._kept.settings.reader) as connection:
            found = connection.execute("SELECT eventlog.now()").fetchone()
        assert found is not None
        now: datetime = found[0]
        return now

    def _views(self) -> Iterator[str]:
        """Addresses of views that everybody has; kept in the vault as by hand, once."""
        with closing(SavedViews(self._kept.settings.vault, self._keys)) as views:
            kept = [view for view in views.seen_by(UUID(int=0)) if view.owner is None]
            wanted = ({"due": "overdue", "sort": "due"}, {"stalled": "yes", "sort": "stalled"}, {"stage": _STAGES[0]})
            made = kept or [views.add(None, f"Преглед {n}", each) for n, each in enumerate(wanted)]
        return cycle([view_address(view) for view in made])

    def _searches(self, by: SearchBy, shows: str = _SHOWN) -> Callable[[Browser], float]:
        asked = cycle([self._typed(journey, by) for journey, *_ in self._some])

        def act(browser: Browser) -> float:
            typed = next(asked)
            began = time.perf_counter()
            html = browser.send("/search", by=by.value, typed=typed)
            took = time.perf_counter() - began
            if shows not in html:
                raise Unexpected(f"nothing was found by {by.value}")
            return took

        return act

    def _typed(self, journey: UUID, by: SearchBy) -> str:
        identity = client(journey)
        match by:
            case SearchBy.PHONE:
                return identity.contacts[0].value
            case SearchBy.CODE:
                return journey_code(journey)
            case _:
                given, family = (name.text for name in identity.names)
                return self._chance.choice((f"{family} {given}".lower(), f"{given} {family}", family))

    def _opens_own(self, browser: Browser) -> float:
        member = browser.member.id
        if member not in self._own:
            found = list_journeys(self._reader, JourneyFilter(caseworker=member, phase=Phase.OPEN), limit=_POOL).rows
            self._own[member] = cycle([row.journey for row in found])
        return _reads(lambda: f"/journeys/{next(self._own[member])}")(browser)

    def _moves_a_date(self, browser: Browser) -> float:
        """From sending the form to the page that shows the new date."""
        if browser.member.id not in self._moves:
            self._moves[browser.member.id] = cycle(self._movable(browser.member.id))
        journey, step = next(self._moves[browser.member.id])
        path = f"/journeys/{journey}/schedule/{step}"
        fields = browser.form(path)
        on = local_date(self._kept_now(), OFFICE_ZONE) + timedelta(days=next(self._days) % 300 + 30)
        began = time.perf_counter()
        html = browser.send(path, **{**fields, "on": on.isoformat(), "intent": Intent.SAVE.value})
        took = time.perf_counter() - began
        if _SAYS.day(on) not in html:
            raise Unexpected(f"{path}: the page does not show the new date")
        return took

    def _movable(self, caseworker: UUID) -> list[tuple[UUID, str]]:
        """Open steps without an appointment: their date may be moved for ever."""
        found = list_journeys(self._reader, JourneyFilter(caseworker=caseworker, phase=Phase.OPEN), limit=100).rows
        whole = [file(self._reader, row.journey) for row in found]
        steps = [(each.journey, step) for each in whole if each for step in each.steps]
        return [(j, s.step) for j, s in steps if s.status is StepStatus.OPEN and s.appointment is None]


def _reads(address: Callable[[], str], shows: str = _SHOWN) -> Callable[[Browser], float]:
    def act(browser: Browser) -> float:
        path = address()
        began = time.perf_counter()
        html = browser.open(path)
        took = time.perf_counter() - began
        if shows not in html:
            raise Unexpected(f"{path} does not show {shows}")
        return took

    return act
