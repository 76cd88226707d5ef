"""Two moments side by side, and a history decision by decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from analysis.travel.asking import instant_of
from analysis.travel.comparing import Change, between, compare
from analysis.travel.decisions import decisions_of, reached
from analysis.travel.history import happened_at, past_of
from analysis.travel.journeys import journey_of, journey_then, read_history, shown_of
from analysis.travel.moment import Clock, Moment
from domain.codes import StepOutcome
from domain.journey import Journey
from domain.journey.advancing import AdvanceStep
from domain.journey.correcting import CorrectStep
from domain.streams import kind_of
from projections.journey_file.model import JourneyFile, TimelineRow
from projections.journey_file.queries import file, timeline
from projections.paging import Page
from tests.analysis.test_boards_then import HOUR, at_random, histories
from tests.projections.conftest import Office
from tests.projections.test_models import MONDAY

MANY = 500


def _journey(stream: str) -> UUID:
    return UUID(stream.removeprefix("journey-"))


def test_what_came_went_and_changed() -> None:
    """By key; a field that only one side has counts as None in the other."""
    found = compare(
        {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1}}, {"d": {"x": 2}, "b": {"x": 2, "y": 3}, "c": {"x": 1}}
    )
    assert found.came == {"d": {"x": 2}}
    assert found.went == {"a": {"x": 1}}
    assert found.changed == {"b": (Change("x", 1, 2), Change("y", None, 3))}
    assert not found.is_same
    assert compare({"a": {"x": 1}}, {"a": {"x": 1}}).is_same


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-03-02T10:00", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        ("2026-03-02 10:00:30", datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)),
        ("2026-03-02T10:00+00:00", datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 2, 22, 59, 59, 999999, tzinfo=UTC)),
        ("2026-03-09", datetime(2026, 3, 9, 12, tzinfo=UTC)),
        ("2026-03-10", datetime(2026, 3, 10, 22, 59, 59, 999999, tzinfo=UTC)),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("9999-12-31T23:00", None),
        ("32.13.2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_as_it_is_typed(typed: str, instant: datetime | None) -> None:
    """On the clocks of the office; a day with everything that happened on it; of today up to now; nonsense is None."""
    assert instant_of(typed, "Europe/Belgrade", datetime(2026, 3, 9, 12, tzinfo=UTC)) == instant


def test_between_two_moments_are_exactly_the_events_between(office: Office) -> None:
    """Of any two instants, on both clocks."""
    random = Random(8)
    at_random(office, 8, 40)
    for history in histories(office):
        if not history[0].stream.startswith("journey-"):
            continue
        happened = happened_at(history)
        instants = sorted({each.recorded_at for each in history} | set(happened.values()))
        for clock in Clock:
            known = {each.version: each.recorded_at for each in history}
            when = known if clock is Clock.KNOWN else happened
            for _ in range(20):
                first, second = sorted(random.choices(instants, k=2))
                found = between(past_of(history, Moment(first, clock)), past_of(history, Moment(second, clock)))
                assert [each.version for each in found.came] == [v for v, at in when.items() if first < at <= second]
                assert not found.went


def test_decisions_are_all_of_a_history_and_none_twice(office: Office) -> None:
    """In order, with how many had been taken at a moment."""
    at_random(office, 9, 40)
    for history in histories(office):
        for clock in Clock:
            found = decisions_of(history, clock)
            assert sorted(each.version for decision in found for each in decision.events) == [
                each.version for each in history
            ]
            assert [each.at for each in found] == sorted(each.at for each in found)
            assert len({decision.events[0].command_id for decision in found}) == len(found)
            assert reached(found, Moment(found[0].at - HOUR, clock)) == 0
            assert reached(found, Moment(found[-1].at, clock)) == len(found)


@pytest.mark.parametrize("seed", [6, 7])
def test_a_file_as_known_is_what_it_showed_then(office: Office, seed: int) -> None:
    """The read models are brought level after every command, and asked there and then; later it is the same."""
    shown: list[tuple[UUID, Moment, JourneyFile | None, Page[TimelineRow]]] = []

    def look() -> None:
        office.project()
        journeys = [_journey(each[0].stream) for each in histories(office) if each[0].stream.startswith("journey-")]
        moment = Moment(office.log.now())
        shown.extend((j, moment, file(office.reader, j), timeline(office.reader, j, limit=MANY)) for j in journeys)

    at_random(office, seed, 25, look)
    for journey, moment, was, told in shown:
        then = journey_then(office.reader, journey, moment)
        assert then.file == was
        assert then.timeline == told.rows
    assert len({(journey, was.version) for journey, _, was, _ in shown if was}) >= 8


def test_as_it_was_shows_nothing_that_had_not_happened(office: Office) -> None:
    """At every instant: the timeline holds what had happened by then, and the file is a fold of just that."""
    at_random(office, 11, 40)
    office.project()
    for history in histories(office):
        if not history[0].stream.startswith("journey-"):
            continue
        journey, happened = _journey(history[0].stream), happened_at(history)
        for at in sorted(set(happened.values())):
            then = journey_of(office.reader, journey, history, Moment(at, Clock.OCCURRED))
            told = {row.version for row in then.timeline} | {each.version for each in then.past.unplaced}
            assert told == {version for version, when in happened.items() if when <= at}
            folded = kind_of(history[0].stream).folding.fold(then.past.events)
            assert isinstance(folded, Journey)
            assert then.file is not None
            assert {s.part: s.status for s in then.file.steps} == {k: s.status for k, s in folded.steps.items()}


def test_a_correction_learned_later_goes_and_comes_between_the_clocks(office: Office) -> None:
    """As known on Monday the step was done; as it was, it was not: the mistake is what differs, on one field."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.log.set_clock(MONDAY + HOUR)
    office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.log.set_clock(MONDAY + timedelta(days=2))
    mistaken = office.journey(journey).steps["step:contact:1"].advanced_version
    assert mistaken is not None
    office.give(journey, CorrectStep(step="contact", corrects=mistaken, outcome=None))
    office.project()
    history = read_history(office.reader, journey)
    known = journey_of(office.reader, journey, history, Moment(MONDAY + 2 * HOUR))
    was = journey_of(office.reader, journey, history, Moment(MONDAY + 2 * HOUR, Clock.OCCURRED))
    found = compare(shown_of(known.file), shown_of(was.file))
    assert Change("outcome", StepOutcome.DONE, None) in found.changed["step:contact:1"]
    assert next(each.event.topic for each in between(known.past, was.past).came) == "journey.step-corrected"


def test_a_journey_that_is_not_there_has_no_history(office: Office) -> None:
    """Nor has one before it began a file."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.project()
    before = journey_then(office.reader, journey, Moment(MONDAY - HOUR))
    assert (before.file, before.timeline, shown_of(before.file)) == (None, (), {})
    assert len(before.history) > 0
    absent = journey_then(office.reader, _journey("journey-00000000-0000-4000-8000-000000000001"), Moment(MONDAY))
    assert (absent.file, absent.history) == (None, ())
