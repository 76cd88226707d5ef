"""A board as of any moment is what a fresh fold of the log up to then would show, row for row."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from analysis.travel.boards import board_reader, rows_of
from analysis.travel.history import History, happened_at, past_of
from analysis.travel.moment import Clock, Moment
from analysis.travel.reading import read_histories
from domain.codes import ClosingReason, Phase, ReopeningReason, Role, StallCause, StepOutcome
from domain.command import Command
from domain.journey import Journey
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.correcting import CorrectStep
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep, StallStep
from domain.journey.state import journey_stream
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.past.names import BOARDS
from projections.past.reader import PastReader, position_at, unknown_at
from projections.read_model import Row
from projections.reader import Reader
from projections.versions import TABLES
from tests.fix_eventlog import administrator
from tests.projections.conftest import Office
from tests.projections.test_models import LAWYER, MONDAY, everything_happens

HOUR = timedelta(hours=1)
SHOWN = tuple(TABLES[board] for board in BOARDS)
Boards = dict[str, list[str]]


def at_random(office: Office, seed: int, commands: int = 60, after: Callable[[], None] = lambda: None) -> None:
    """Commands of every kind to a few journeys, many of them telling late of what happened; some are refused."""
    random = Random(seed)
    office.log.set_clock(MONDAY)
    journeys = [office.open() for _ in range(3)]
    for _ in range(commands):
        office.log.set_clock(office.log.now() + random.random() * 30 * HOUR)
        journey = random.choice(journeys)
        office.give(journey, _command(office, journey, random))
        after()


def _command(office: Office, journey: UUID, random: Random) -> Command:
    late: datetime | None = office.log.now() - random.random() * 90 * HOUR if random.random() < 0.5 else None
    step = random.choice(("contact", "plan", "visit", "hearing"))
    outcome = random.choice((StepOutcome.DONE, StepOutcome.NO_SHOW, StepOutcome.POSTPONED))
    state = office.journey(journey)
    advanced = [s for s in state.steps.values() if s.advanced_version is not None]
    found: list[Command] = [
        AdvanceStep(step=step, outcome=outcome, occurred_at=late),
        AdvanceStep(step=step, outcome=StepOutcome.DONE, occurred_at=late),
        OpenStep(step=step),
        StallStep(step=step, cause=random.choice((StallCause.WAITING_ON_PARTNER, StallCause.WAITING_ON_CLIENT))),
        ResumeStep(step=step),
        Assign(role=Role.LAWYER, staff=LAWYER),
        EnterStage(stage="support"),
        LeaveStage(stage="support"),
    ]
    if advanced:
        last = random.choice(advanced)
        assert last.advanced_version is not None
        found += [CorrectStep(step=last.step, corrects=last.advanced_version, outcome=None)] * 4
    if random.random() < 0.1:
        return CloseJourney(reason=ClosingReason.MISSING)
    if state.phase is not Phase.OPEN:
        return ReopenJourney(reason=ReopeningReason.FOUND)
    return random.choice(found)


def histories(office: Office) -> list[History]:
    """Every stream of the log."""
    with administrator(office.dsn) as connection:
        found = connection.execute("SELECT DISTINCT originator_id FROM eventlog.stored_events").fetchall()
    return list(read_histories(office.reader, [stream for (stream,) in found]).values())


def shown(reader: Reader) -> Boards:
    """Every row of every board, as the queries of the boards meet it."""
    found: Boards = {table: [] for table in SHOWN}
    for table, row in reader.rows("tests.analysis", "boards"):
        found[table].append(json.dumps(row, sort_keys=True))
    return {table: sorted(rows) for table, rows in found.items()}


def fresh(office: Office, rows: Mapping[str, Sequence[Row]]) -> Boards:
    """Rows that were folded anew, as a table would hold them."""
    found: Boards = {}
    with administrator(office.dsn) as connection:
        for table in SHOWN:
            made: list[tuple[Any]] = connection.execute(
                f"SELECT to_jsonb(r) FROM json_populate_recordset(NULL::projections.{table}, %s::json) AS r".encode(),
                (json.dumps(rows[table], default=str),),
            ).fetchall()
            found[table] = sorted(json.dumps(row, sort_keys=True) for (row,) in made)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_as_known_is_a_fold_of_the_first_events(office: Office, seed: int) -> None:
    """At every position of the log."""
    at_random(office, seed) if seed > 1 else everything_happens(office)
    office.project(page=seed * 5)
    streams = histories(office)
    for position in range(office.log.head() + 1):
        known = [[r for r in history if r.position <= position] for history in streams]
        never = Moment(datetime.max.replace(tzinfo=MONDAY.tzinfo))
        wanted = rows_of([past_of(history, never) for history in known if history])
        assert shown(PastReader(office.reader, position)) == fresh(office, wanted), position


@pytest.mark.parametrize("seed", [4, 5])
def test_as_it_was_is_a_fold_of_what_had_happened(office: Office, seed: int) -> None:
    """At every instant at which something happened or was recorded, and just before."""
    at_random(office, seed)
    office.project()
    streams = histories(office)
    instants = {each.recorded_at for history in streams for each in history}
    instants |= {at for history in streams for at in happened_at(history).values()}
    differs = 0
    for at in sorted({instant - d for instant in instants for d in (timedelta(0), timedelta(microseconds=1))}):
        moment = Moment(at, Clock.OCCURRED)
        was = shown(board_reader(office.reader, moment))
        assert was == fresh(office, rows_of([past_of(history, moment) for history in streams])), at
        differs += was != shown(board_reader(office.reader, Moment(at)))
    assert differs >= 5  # else nothing was late


def test_a_late_fact_and_a_mistake_stand_on_the_right_clock(office: Office) -> None:
    """It happened on Monday, is told on Wednesday, and on Friday it turns out that it was a mistake."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    stream = journey_stream(journey)

    def outcome(at: datetime, clock: Clock) -> StepOutcome | None:
        state = past_of(read_histories(office.reader, [stream])[stream], Moment(at, clock)).state
        assert isinstance(state, Journey)
        return state.steps["step:contact:1"].outcome

    monday, wednesday, friday = (MONDAY + days * 24 * HOUR for days in (0, 2, 4))
    office.log.set_clock(wednesday)
    office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE, occurred_at=monday + HOUR))
    assert outcome(monday + 2 * HOUR, Clock.KNOWN) is None
    assert outcome(monday + 2 * HOUR, Clock.OCCURRED) is StepOutcome.DONE
    assert outcome(monday + HOUR / 2, Clock.OCCURRED) is None
    office.log.set_clock(friday)
    mistaken = office.journey(journey).steps["step:contact:1"].advanced_version
    assert mistaken is not None
    office.give(journey, CorrectStep(step="contact", corrects=mistaken, outcome=None))
    assert outcome(wednesday + HOUR, Clock.KNOWN) is StepOutcome.DONE
    assert outcome(wednesday + HOUR, Clock.OCCURRED) is None
    office.project()
    asked = (monday + HOUR / 2, monday + 2 * HOUR, wednesday + HOUR, friday + HOUR)
    # Before it happened nothing was unknown of it, the correction included: no need to fold it for a board then.
    assert [bool(unknown_at(office.reader, at)) for at in asked] == [False, True, True, False]


def test_before_the_first_event_there_is_nothing(office: Office) -> None:
    """And no error."""
    office.log.set_clock(MONDAY)
    office.open()
    office.project()
    before = board_reader(office.reader, Moment(MONDAY - HOUR))
    assert position_at(office.reader, MONDAY - HOUR) == 0
    assert list_journeys(before, JourneyFilter()).total == 0
    assert list_journeys(board_reader(office.reader, Moment(MONDAY + HOUR)), JourneyFilter()).total == 1
