"""Uniqueness, linear combinations and differencing over random tables find no cell below ten; unprotected they do."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.audit import Network
from analysis.disclosure.counts import Counts, Key, apart, with_margins
from analysis.disclosure.errors import DisclosureInvalid
from analysis.disclosure.protecting import protect, rounded
from domain.release.differencing import clash, year_hides
from domain.release.state import Release
from domain.release.values import THRESHOLD, ReleasePeriod
from tests.analysis.disclosure.attacks import Cell, Puzzle, every_table, found, narrowed, shown_below

YEAR = ReleasePeriod(year=2026)
QUARTERS = sorted(YEAR.quarters, key=str)
NOW = datetime(2027, 2, 1, tzinfo=UTC)


def a_table(chance: random.Random, *, most: int = 60, wide: int = 5) -> Counts:
    """One or two dimensions, many small cells and noughts."""
    shape = [chance.randint(2, wide) for _ in range(chance.randint(1, 2))]
    categories = tuple(tuple(f"c{n}" for n in range(size)) for size in shape)
    keys = _bases(categories)
    return with_margins(categories, {key: _count(chance, most) for key in keys})


def _bases(categories: tuple[tuple[str, ...], ...]) -> list[Key]:
    if len(categories) == 1:
        return [(a,) for a in categories[0]]
    return [(a, b) for a in categories[0] for b in categories[1]]


def _count(chance: random.Random, most: int) -> int:
    return chance.choice((0, chance.randint(0, 12), chance.randint(0, most)))


def puzzle_of(counts: Counts, hidden: Collection[Key], *, exact: bool = True) -> tuple[Puzzle, dict[Cell, int]]:
    """What stands in a table with these cells hidden, and the truth."""
    shown = {k: None if k in hidden else v if exact else rounded(v) for k, v in counts.cells.items()}
    return Puzzle().with_table(shown, exact=exact), {("", key): value for key, value in counts.cells.items()}


def small(counts: Counts) -> frozenset[Key]:
    """What a mere threshold hides."""
    return frozenset(key for key, value in counts.cells.items() if value < THRESHOLD)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_cell_below_ten_is_found(seed: int) -> None:
    """Neither from the rounded counts, nor by whoever learned the exact ones of all that is shown."""
    counts = a_table(random.Random(seed))
    protected = protect(counts)
    assert shown_below(protected.cells.values()) == []
    assert not small(counts) - protected.hidden
    for exact in (True, False):
        assert found(*puzzle_of(counts, protected.hidden, exact=exact)) == set()
    assert protect(counts) == protected


def test_a_mere_threshold_is_broken() -> None:
    """The control: most such tables give cells away, to exact eyes and to those that see them rounded."""
    tables = [a_table(random.Random(seed)) for seed in range(60)]
    broken = [sum(bool(found(*puzzle_of(t, small(t), exact=exact))) for t in tables) for exact in (True, False)]
    assert broken[0] > 30
    assert broken[1] > 5
    assert shown_below(rounded(value) for value in tables[0].cells.values())


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_audit_is_exact(seed: int) -> None:
    """What it says of a hidden cell is what all tables say that look the same: every one of them is made here."""
    chance = random.Random(seed)
    people, rows, columns = chance.randint(1, 6), 2, chance.randint(2, 3)
    categories = (("r0", "r1"), tuple(f"c{n}" for n in range(columns)))
    keys = _bases(categories)

    def table(cells: tuple[int, ...]) -> Counts:
        return with_margins(categories, dict(zip(keys, cells, strict=True)))

    tables = [table(cells).cells for cells in every_table(rows, columns, people)]
    true = Counts(categories, chance.choice(tables))
    hidden = {key for key in true.cells if key != true.whole and chance.random() < 0.6}
    alike = [t for t in tables if all(t[key] == value for key, value in true.cells.items() if key not in hidden)]
    network = Network(true, hidden)
    for key in hidden:
        span = network.span(key, people)
        assert (span.least, span.most) == (min(t[key] for t in alike), max(t[key] for t in alike)), key


def released(table: str, period: ReleasePeriod, counts: Counts, hide: Collection[Key] = ()) -> Release:
    """A table that left."""
    cells = protect(counts, hide).cells
    return Release(1, table, period, NOW, 1, cells, "0" * 64, UUID(int=1), NOW)


def quarters(chance: random.Random) -> list[Counts]:
    """Four tables of the same kind: what is rare is so in each of them, and now and then what is not."""
    categories = a_table(chance, wide=4).categories
    rare = {key: chance.random() < 0.3 for key in _bases(categories)}
    return [
        with_margins(
            categories, {key: chance.randint(0, 11) if few else chance.randint(8, 60) for key, few in rare.items()}
        )
        for _ in range(4)
    ]


def a_year(tables: list[Counts]) -> Counts:
    """Their sum."""
    keys = _bases(tables[0].categories)
    return with_margins(tables[0].categories, {key: sum(t.cells[key] for t in tables) for key in keys})


def year_puzzle(tables: list[Counts], out: list[Release], year: Release) -> tuple[Puzzle, dict[Cell, int]]:
    """All of it on one desk: exact counts of all that is shown, and that a year is the sum of its quarters."""
    puzzle = Puzzle()
    true: dict[Cell, int] = {}
    everything = [*zip(map(str, QUARTERS), tables, out, strict=True), ("year", a_year(tables), year)]
    for name, counts, release in everything:
        shown = {key: None if key in release.hidden else value for key, value in counts.cells.items()}
        puzzle.with_table(shown, name, exact=True)
        true |= {(name, key): value for key, value in counts.cells.items()}
    puzzle.equations += [{("year", key): -1, **{(str(q), key): 1 for q in QUARTERS}} for key in year.cells]
    return puzzle, true


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_year_beside_its_quarters_tells_nothing(seed: int) -> None:
    """Once it may leave."""
    tables = quarters(random.Random(seed))
    out = [released("t", quarter, table) for quarter, table in zip(QUARTERS, tables, strict=True)]
    year = released("t", YEAR, a_year(tables), year_hides(out, "t", YEAR))
    if clash(out, "t", YEAR, year.cells) is None:
        assert found(*year_puzzle(tables, out, year)) == set()


def test_years_and_later_moments_do_leave() -> None:
    """Or the checks above would hold for want of anything released."""
    tables = [quarters(random.Random(seed)) for seed in range(40)]
    left = 0
    for four in tables:
        out = [released("t", quarter, table) for quarter, table in zip(QUARTERS, four, strict=True)]
        year = released("t", YEAR, a_year(four), year_hides(out, "t", YEAR))
        left += clash(out, "t", YEAR, year.cells) is None and len(year.hidden) < len(year.cells) - 1
    assert left > 5


def test_a_year_that_minds_its_own_cells_only_is_broken() -> None:
    """The control; and it is what the check refuses."""
    broken = 0
    for seed in range(30):
        tables = quarters(random.Random(seed))
        out = [released("t", quarter, table) for quarter, table in zip(QUARTERS, tables, strict=True)]
        year = released("t", YEAR, a_year(tables))
        if found(*year_puzzle(tables, out, year)):
            broken += 1
            assert clash(out, "t", YEAR, year.cells) is not None
    assert broken > 10


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_was_learned_in_between_is_nobody_s_group(seed: int) -> None:
    """The same table as known later: no difference of two counts is certain to be a group below ten."""
    chance = random.Random(seed)
    before = a_table(chance)
    first, later = released("t", YEAR, before), released("t", YEAR, learned(chance, before))
    if clash([first], "t", YEAR, later.cells) is None:
        assert differences(first, later) == set()


def test_two_moments_unchecked_are_told_apart() -> None:
    """The control."""
    broken = 0
    for seed in range(100):
        chance = random.Random(seed)
        before = a_table(chance)
        first, later = released("t", YEAR, before), released("t", YEAR, learned(chance, before))
        if differences(first, later):
            broken += 1
            assert clash([first], "t", YEAR, later.cells) is not None
    assert broken > 20


def learned(chance: random.Random, before: Counts) -> Counts:
    """A few more people, here and there."""
    more = chance.choice((0, 0.2, 0.6))
    keys = _bases(before.categories)
    added = {key: chance.randint(1, 15) if chance.random() < more else 0 for key in keys}
    return with_margins(before.categories, {key: before.cells[key] + added[key] for key in keys})


def differences(first: Release, later: Release) -> set[Cell]:
    """Cells of which it is certain that between one and nine people came to them, or that hide no more."""
    puzzle = Puzzle().with_table(first.cells, "first", exact=False).with_table(later.cells, "later", exact=False)
    for key in first.cells:
        puzzle.ranges["came", key] = (0, 10**9)
        puzzle.equations.append({("later", key): 1, ("first", key): -1, ("came", key): -1})
    ranges = narrowed(puzzle)
    certain = {key for key in first.cells if ranges["came", key][0] >= 1 and ranges["came", key][1] < THRESHOLD}
    return certain | (first.hidden ^ later.hidden)


def test_people_who_stand_in_several_cells_have_no_total() -> None:
    """So nothing can be computed from it; the threshold suffices, for who is in a cell and for who is not."""
    counts = apart(("counselling", "housing", "legal"), {("counselling",): 48, ("housing",): 9}, everyone=60)
    assert protect(counts).cells == {("counselling",): 50, ("housing",): None, ("legal",): None}
    assert set(protect(apart(("a", "b"), {("a",): 48, ("b",): 2}, everyone=57)).cells.values()) == {None}


@pytest.mark.parametrize(
    ("categories", "cells"),
    [
        ((), {}),
        ((("a",),), {}),
        ((("a", "a"),), {}),
        ((("a", "all"),), {}),
        ((("a", "b"),) * 3, {}),
        ((("a", "b"),), {("c",): 12}),
    ],
)
def test_a_table_of_another_shape_is_refused(categories: tuple[tuple[str, ...], ...], cells: dict[Key, int]) -> None:
    """With what is wrong."""
    with pytest.raises(DisclosureInvalid):
        with_margins(categories, cells)


def test_a_table_by_hand() -> None:
    """Nine is hidden, and with it the smallest that hides it; the total stays."""
    counts = with_margins((("a", "b", "c"),), {("a",): 9, ("b",): 22, ("c",): 48})
    assert protect(counts).cells == {("a",): None, ("b",): None, ("c",): 50, ("all",): 80}
    few = with_margins((("a", "b"),), {("a",): 4, ("b",): 5})
    assert set(protect(few).cells.values()) == {None}
    kept = with_margins((("a", "b"),), {("a",): 12, ("b",): 13})
    assert protect(kept).cells == {("a",): 10, ("b",): 15, ("all",): 25}
