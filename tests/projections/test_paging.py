"""Counts and lists never disagree, and pages pass every row once, whatever was decided before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.codes import ClosingReason, ConsentPurpose, Mover, Phase, ReopeningReason, Role, StallCause, StepOutcome
from domain.command import Command
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent
from domain.journey.merging import MergeJourney
from domain.journey.naming import code_prefix, journey_code
from domain.journey.obligation import obligations
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep, StallStep
from domain.journey.state import Journey, StepState, StepStatus
from domain.stream.naming import SIGNS
from eventlog.log import EventLog
from projections.journey_list.queries import JourneyFilter, JourneyRow, list_journeys
from projections.my_day.queries import my_day
from projections.paging import CursorInvalid, Page, cursor_after, key_of
from projections.reader import Reader
from projections.stalled_board.queries import StalledFilter, stalled
from tests.fix_eventlog import as_role
from tests.fix_services import DatabaseFactory
from tests.projections.conftest import CASEWORKER, Office

T = TypeVar("T")
STEPS = ("contact", "plan", "hearing", "visit", "follow-up")
OTHER = uuid4()
NOW = datetime(2030, 1, 1, tzinfo=UTC)

COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        AdvanceStep,
        step=st.sampled_from(STEPS),
        outcome=st.sampled_from([StepOutcome.DONE, StepOutcome.DECLINED]),
    ),
    st.builds(OpenStep, step=st.sampled_from(STEPS)),
    st.builds(StallStep, step=st.sampled_from(STEPS), cause=st.sampled_from(StallCause)),
    st.builds(ResumeStep, step=st.sampled_from(STEPS)),
    st.builds(CloseJourney, reason=st.sampled_from(ClosingReason)),
    st.builds(ReopenJourney, reason=st.sampled_from(ReopeningReason)),
    st.builds(GiveConsent, purpose=st.just(ConsentPurpose.ASSISTANCE)),
    st.builds(Assign, role=st.sampled_from([Role.CASEWORKER, Role.LAWYER]), staff=st.sampled_from([CASEWORKER, OTHER])),
    st.builds(Unassign, role=st.sampled_from([Role.CASEWORKER, Role.LAWYER])),
    st.builds(EnterStage, stage=st.just("support")),
    st.builds(LeaveStage, stage=st.sampled_from(["intake", "support"])),
    st.builds(MergeJourney, survivor=st.just(OTHER)),
)


def walk(fetch: Callable[[str | None], Page[T]]) -> tuple[list[T], int]:
    """Every row of every page, and the total that each of them named."""
    rows: list[T] = []
    page = fetch(None)
    total = page.total
    while True:
        rows += page.rows
        assert page.total == total
        if page.next is None:
            return rows, total
        page = fetch(page.next)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), COMMANDS), max_size=40), st.integers(1, 9))
def test_counts_equal_lists_and_lists_equal_the_fold(
    database_factory: DatabaseFactory, office_template: str, orders: list[tuple[int, Command]], page: int
) -> None:
    """After any commands: each list has what the folded journeys have, its count is its length, no page doubles."""
    dsn = database_factory.copy(office_template)
    try:
        with EventLog(dsn) as log, Reader(as_role(dsn, "putokaz_reader")) as reader:
            office = Office(dsn, log, reader)
            journeys = [office.open() for _ in range(6)]
            for which, command in orders:
                office.give(journeys[which], command)
            office.project(page)
            _agree(office, [office.journey(journey) for journey in journeys])
    finally:
        database_factory.drop(dsn)


def _agree(office: Office, folded: list[Journey]) -> None:
    for wanted, holds in _filters():

        def fetch(cursor: str | None, wanted: JourneyFilter = wanted) -> Page[JourneyRow]:
            return list_journeys(office.reader, wanted, cursor=cursor, limit=2)

        rows, total = walk(fetch)
        assert sorted(row.journey for row in rows) == sorted(j.id for j in folded if holds(j))
        assert len(rows) == total
    open_stalls = {(j.id, s.key) for j in folded for s in _stalls(j)}
    for mover in (None, *Mover):
        board = [
            stalled(office.reader, StalledFilter(mover=mover), now=NOW, limit=500),
            stalled(office.reader, StalledFilter(mover=mover), now=NOW, limit=1),
        ]
        assert len(board[0].rows) == board[0].total == board[1].total == sum(board[1].causes.values())
    assert {(row.journey, row.part) for row in stalled(office.reader, now=NOW, limit=500).rows} == open_stalls
    for staff in (CASEWORKER, OTHER):
        owed = {(j.id, o.key) for j in folded for o in obligations(j) if o.owner.staff == staff}
        day = my_day(office.reader, staff=staff, now=NOW, today=NOW.date(), limit=500)
        assert {(row.journey, row.part) for row in day.rows} == owed
        assert len(day.rows) == day.total == sum(day.counts.values())


def _stalls(journey: Journey) -> list[StepState]:
    if journey.phase is not Phase.OPEN:
        return []
    return [s for s in journey.steps.values() if s.stall is not None and s.status is StepStatus.OPEN]


def _filters() -> list[tuple[JourneyFilter, Callable[[Journey], bool]]]:
    return [
        (JourneyFilter(), lambda _: True),
        (JourneyFilter(phase=Phase.OPEN), lambda j: j.phase is Phase.OPEN),
        (JourneyFilter(phase=Phase.CLOSED), lambda j: j.phase is Phase.CLOSED),
        (JourneyFilter(stage="support"), lambda j: j.is_active("support")),
        (JourneyFilter(caseworker=OTHER), lambda j: j.assigned.get(Role.CASEWORKER) == OTHER),
        (JourneyFilter(stalled=True), lambda j: bool(_stalls(j))),
        (JourneyFilter(stalled=False, phase=Phase.OPEN), lambda j: j.phase is Phase.OPEN and not _stalls(j)),
    ]


def test_paging_is_complete_where_sort_keys_are_equal(office: Office) -> None:
    """Journeys opened, due and stalled at the same instant: the id decides, and nothing is lost between pages."""
    office.log.set_clock(datetime(2026, 3, 2, 9, tzinfo=UTC), 1e-9)
    journeys = {office.open() for _ in range(11)}
    for journey in journeys:
        office.give(journey, StallStep(step="contact", cause=StallCause.WAITING_ON_US))
    office.project()
    seen: list[UUID] = [row.journey for row in walk(lambda c: list_journeys(office.reader, cursor=c, limit=3))[0]]
    assert (len(seen), set(seen)) == (11, journeys)
    boards, cursor = [], None
    while True:
        board = stalled(office.reader, now=NOW, cursor=cursor, limit=4)
        boards += [row.journey for row in board.rows]
        if (cursor := board.next) is None:
            break
    assert (len(boards), set(boards)) == (11, journeys)
    days, cursor = [], None
    while True:
        day = my_day(office.reader, staff=CASEWORKER, now=NOW, today=NOW.date(), cursor=cursor, limit=5)
        days += [row.journey for row in day.rows]
        if (cursor := day.next) is None:
            break
    assert (len(days), set(days)) == (11, journeys)


def test_journeys_opened_while_paging_do_not_disturb_the_pages_behind(office: Office) -> None:
    """What is new comes on top; what was there is passed once."""
    before = {office.open() for _ in range(6)}
    office.project()
    first = list_journeys(office.reader, limit=3)
    office.open()
    for journey in before:
        office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.project()
    second = list_journeys(office.reader, cursor=first.next, limit=3)
    assert {row.journey for row in (*first.rows, *second.rows)} == before
    assert (second.next, second.total) == (None, 7)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "?",
        "bm90IGpzb24",
        cursor_after("x", "y"),
        cursor_after(UUID(int=7)),
        cursor_after("2026-01-01T00:00:00", UUID(int=7)),
    ],
)
def test_cursor_of_another_make_is_refused(office: Office, cursor: str) -> None:
    """Cut, altered, of another list or without a zone: one clear error, and no error of the database."""
    with pytest.raises(CursorInvalid):
        list_journeys(office.reader, cursor=cursor)


def test_cursor_comes_back_as_it_was() -> None:
    """Instants keep their microseconds and their zone."""
    at, journey = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC), uuid4()
    assert key_of(cursor_after(at, journey), datetime.fromisoformat, UUID) == (at, journey)
    assert key_of(None, UUID, str) == (None, None)


@given(st.uuids(version=4))
def test_codes_are_stable_and_found_by_any_beginning(journey: UUID) -> None:
    """Seven signs of Crockford's alphabet; typed in small letters or misread it is the same code."""
    code = journey_code(journey)
    assert code == journey_code(UUID(str(journey)))
    assert len(code) == 10
    assert set(code[3:]) <= set(SIGNS)
    for length in range(8):
        assert code_prefix(code[: 3 + length].lower()) == code[: 3 + length]
    assert code_prefix(code.replace("0", "o").replace("1", "l")) == code


def test_code_of_a_known_journey_never_changes() -> None:
    """People have written it down."""
    assert journey_code(UUID("7d444840-9dc0-41d1-b245-5ffdce74fad2")) == "PK-Q779YPJ"
    assert code_prefix("U") is None
    assert code_prefix("PK-12345678") is None


def test_page_sizes_are_bounded(office: Office) -> None:
    """Nobody gets everything at once by asking for it, nor nothing."""
    for _ in range(3):
        office.open()
    office.project()
    assert len(list_journeys(office.reader, limit=0).rows) == 1
    assert len(list_journeys(office.reader, limit=10**9).rows) == 3
