"""A table is released: only what is protected, only of a time that is over, and never what tells by its difference."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.event import Event, Recorded
from domain.refusal import RefusalCode, Refused
from domain.release.differencing import year_hides
from domain.release.kind import RELEASES
from domain.release.releasing import ReleaseTable, TableReleased
from domain.release.state import releases_stream, sha256_of
from domain.release.values import ALL, ReleasedCell, ReleasePeriod
from domain.stream.deciding import Decision
from tests.domain.given import MILA
from tests.pathway_examples import small_pathway, small_pin

POPULATION = "journeys-opened"
STREAM = releases_stream(POPULATION)
NOW = datetime(2028, 1, 10, 12, tzinfo=UTC)
History = tuple[Recorded[Event], ...]
YEAR = "2026"


def order(
    period: str, *counts: int | None, table: str = "by-way-in", total: int | None = 60, known_at: datetime = NOW
) -> ReleaseTable:
    """A table of one dimension whose categories are `a`, `b`, …"""
    cells = [ReleasedCell(key=(chr(97 + n),), count=count) for n, count in enumerate(counts)]
    return ReleaseTable(
        pin=small_pin(),
        population=POPULATION,
        table=table,
        period=ReleasePeriod.of(period),
        known_at=known_at,
        last_position=12,
        cells=(*cells, ReleasedCell(key=(ALL,), count=total)),
    )


def decide(history: History, command: ReleaseTable) -> Decision:
    """By the kind, as the recorder does."""
    return RELEASES.decide(RELEASES.fold(history), command, small_pathway(), NOW, stream=STREAM, actor=MILA)


def after(*commands: ReleaseTable) -> History:
    """What stands in the log once all of these have left."""
    history: History = ()
    for command in commands:
        events = decide(history, command)
        assert not isinstance(events, Refused), events
        first = len(history) + 1
        history += tuple(Recorded(STREAM, first + n, first + n, e, NOW, MILA, MILA) for n, e in enumerate(events))
    return history


def refused_with(history: History, command: ReleaseTable) -> Refused:
    """The refusal; nothing else will do."""
    refused = decide(history, command)
    assert isinstance(refused, Refused), refused
    return refused


def test_what_left_stands_in_the_log() -> None:
    """With every cell, how many are hidden, and the sum of the file; the same once more changes nothing."""
    command = order("2026-Q1", 40, None, None)
    history = after(command)
    (event,) = [each.event for each in history]
    assert isinstance(event, TableReleased)
    assert (event.hidden, event.threshold, event.rounded_to) == (2, 10, 5)
    assert event.sha256 == sha256_of("by-way-in", event.period, event.cells)
    state = RELEASES.fold(history)
    assert state is not None
    assert state.tables[0].cells == {("a",): 40, ("b",): None, ("c",): None, (ALL,): 60}
    assert not state.is_open
    assert RELEASES.obligations(state) == []
    assert decide(history, command) == ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (order("2026-Q1", 5, 40), RefusalCode.RELEASE_UNPROTECTED),
        (order("2026-Q1", 12, 40), RefusalCode.RELEASE_UNPROTECTED),
        (order("2026-Q1", 0, 40), RefusalCode.RELEASE_UNPROTECTED),
        (order("2026-Q1", 20, 40, known_at=NOW + timedelta(seconds=1)), RefusalCode.RELEASE_TOO_EARLY),
        (order("2028-Q1", 20, 40), RefusalCode.RELEASE_TOO_EARLY),
        (order("2027", 20, 40, known_at=datetime(2027, 12, 31, 12, tzinfo=UTC)), RefusalCode.RELEASE_TOO_EARLY),
    ],
)
def test_what_is_not_protected_or_not_over_does_not_leave(command: ReleaseTable, code: RefusalCode) -> None:
    """Whoever made it: below ten, not rounded, a nought; a time to come, or one that was still under way."""
    assert refused_with((), command).code is code


def test_the_refusals_by_name() -> None:
    """Each with the release that it is about, and as known at which moment that was."""
    refused = refused_with((), order("2026-Q1", 12, 40))
    assert refused.code is RefusalCode.RELEASE_UNPROTECTED
    refused = refused_with((), order("2028-Q1", 20, 40))
    assert refused.code is RefusalCode.RELEASE_TOO_EARLY
    refused = refused_with((), order("2026-Q1", 20, 40).model_copy(update={"population": "others"}))
    assert refused.code is RefusalCode.UNKNOWN_RELEASE
    refused = refused_with(after(order("2026", 20, 40)), order("2026-Q1", 20, 40))
    assert refused.code is RefusalCode.RELEASE_OVERLAPS
    refused = refused_with(after(order("2026-Q1", 20, 40)), order("2026-Q1", 25, 40))
    assert refused.code is RefusalCode.RELEASE_REVEALS
    assert (refused.part, refused.until) == ("by-way-in:2026-q1", NOW)


QUARTERS = tuple(order(f"2026-Q{n}", 20, 40) for n in (1, 2, 3, 4))
HIDDEN = tuple(order(f"2026-Q{n}", 20, None if n == 2 else 40, None if n == 2 else 15) for n in (1, 2, 3, 4))
UNKNOWN = tuple(order(f"2026-Q{n}", None, None, total=None if n == 3 else 60) for n in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("out", "asked", "code"),
    [
        # As known later: five more are a group of their own, ten more may be ten people, and a hidden one stays hidden.
        ((order("2026-Q1", 20, 40),), order("2026-Q1", 20, 45, total=65), RefusalCode.RELEASE_REVEALS),
        ((order("2026-Q1", 20, 40),), order("2026-Q1", 20, 50, total=70), None),
        ((order("2026-Q1", 20, None, None),), order("2026-Q1", 20, 25, 15), RefusalCode.RELEASE_REVEALS),
        ((order("2026-Q1", 20, 25, 15),), order("2026-Q1", 20, None, None), RefusalCode.RELEASE_REVEALS),
        ((order("2026-Q1", 20, 25, 15),), order("2026-Q1", 20, 40), RefusalCode.RELEASE_REVEALS),
        # Against every release before, not the last alone.
        (
            (order("2026-Q1", 20, 40), order("2026-Q1", 20, 50, total=70)),
            order("2026-Q1", 20, 45, total=70),
            RefusalCode.RELEASE_REVEALS,
        ),
        # A year and its quarters.
        (QUARTERS[:1], order(YEAR, 80, 160, total=240), RefusalCode.RELEASE_OVERLAPS),
        (QUARTERS, order(YEAR, 80, 160, total=240), None),
        ((order(YEAR, 80, 160, total=240),), QUARTERS[2], RefusalCode.RELEASE_OVERLAPS),
        (QUARTERS, order("2027", 80, 160, total=240), None),
        # Those who are in care in a year and were not in one of its quarters.
        (QUARTERS, order(YEAR, 25, 160, total=185), RefusalCode.RELEASE_REVEALS),
        (HIDDEN, order(YEAR, 80, 135, 55, total=270), RefusalCode.RELEASE_REVEALS),
        (HIDDEN, order(YEAR, 80, None, None, total=270), None),
        (UNKNOWN, order(YEAR, 80, 135, total=215), RefusalCode.RELEASE_REVEALS),
        # Another table of the same people: the total is theirs as well.
        ((order("2026-Q1", 20, 40),), order("2026-Q1", 30, 35, table="by-age", total=65), RefusalCode.RELEASE_REVEALS),
        ((order("2026-Q1", 20, 40),), order("2026-Q1", 25, 35, table="by-age"), None),
        ((order(YEAR, 80, 160, total=240),), order("2026-Q1", 25, 35, table="by-age"), RefusalCode.RELEASE_OVERLAPS),
        (QUARTERS[:3], order(YEAR, 25, 35, table="by-age", total=240), RefusalCode.RELEASE_OVERLAPS),
        (UNKNOWN, order(YEAR, 25, 35, table="by-age", total=240), RefusalCode.RELEASE_REVEALS),
        (QUARTERS, order(YEAR, 25, None, None, table="by-age", total=240), None),
        ((*QUARTERS, order(YEAR, 80, 160, total=240)), order("2026-Q4", 25, 35, table="by-age"), None),
    ],
)
def test_a_release_is_held_against_all_before_it(
    out: tuple[ReleaseTable, ...], asked: ReleaseTable, code: RefusalCode | None
) -> None:
    """By difference nobody is found."""
    decision = decide(after(*out), asked)
    assert (decision.code if isinstance(decision, Refused) else None) is code


def test_a_year_hides_what_a_quarter_does() -> None:
    """And a quarter nothing: its year was not out."""
    state = RELEASES.fold(after(*HIDDEN))
    assert state is not None
    assert year_hides(state.tables, "by-way-in", ReleasePeriod.of("2026")) == {("b",), ("c",)}
    assert year_hides(state.tables, "by-age", ReleasePeriod.of("2026")) == frozenset()
    assert year_hides(state.tables, "by-way-in", ReleasePeriod.of("2026-Q1")) == frozenset()


@pytest.mark.parametrize("text", ["2026-07", "2026-Q5", "26", "2026-07-01/2026-09-15", ""])
def test_less_than_a_quarter_is_no_period(text: str) -> None:
    """Dates single people out."""
    with pytest.raises(ValueError, match="no year and no quarter"):
        ReleasePeriod.of(text)


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    """Across the turn of the year as well."""
    days = [ReleasePeriod.of(text).next_day.isoformat() for text in ("2026", "2026-Q1", "2026-Q3", "2026-q4")]
    assert days == ["2027-01-01", "2026-04-01", "2026-10-01", "2027-01-01"]
