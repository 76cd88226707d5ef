"""What a table would tell beside those that left before it: by difference nobody may be found (`docs/disclosure.md`).

Four rules, each about two tables of the same people:

1. the same table and period, as known at another moment: the same cells hidden, and no count changed by less than the
   threshold; or whoever was learned of in between is a group of their own;
2. a year and its quarters: either the year, or the quarters and after the fourth the year, which then hides whatever a
   quarter hides; or what is left of the year is a quarter that nobody protected. And no count of the year is a
   quarter's and fewer than the threshold besides;
3. another table of the same people has the same total, by rule 1; tables of the same people share nothing but the
   total (`analysis.disclosure.catalogue` refuses others);
4. its total follows rule 2 as well, whichever tables the quarters and the year are of.

Rounding makes it certain that what rule 1 lets pass shows no such group: two counts rounded to five that differ by
ten or more may stand for ten people, and two that are the same for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.release.state import Key, Release
from domain.release.values import ALL, THRESHOLD, ReleasePeriod


class Danger(StrEnum):
    """What a release would do."""

    OVERLAPS = "overlaps"
    """The rest of a year would be known by taking away what is known of it."""
    REVEALS = "reveals"
    """A group below the threshold would be known by the difference, or what was hidden be shown."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a table may not leave: beside which release."""

    danger: Danger
    beside: Release


_Shown = tuple[Release, Mapping[Key, int | None]]
"""A release, and of it what is looked at: all, or the total alone."""


def clash(
    earlier: Sequence[Release], table: str, period: ReleasePeriod, cells: Mapping[Key, int | None]
) -> Clash | None:
    """What speaks against releasing this; `None` if nothing does."""
    own = [(each, each.cells) for each in earlier if each.table == table]
    totals = [(each, total) for each in earlier if (total := total_of(each.cells))]
    return _within(own, period, cells) or _within(totals, period, total_of(cells))


def year_hides(earlier: Iterable[Release], table: str, period: ReleasePeriod) -> frozenset[Key]:
    """What the table of a year hides because the same table of one of its quarters does; nothing for a quarter."""
    quarters = period.quarters if period.quarter is None else frozenset()
    return frozenset(key for each in earlier if each.table == table and each.period in quarters for key in each.hidden)


def total_of(cells: Mapping[Key, int | None]) -> dict[Key, int | None]:
    """The total under a key that is the same in tables of one dimension and of two; nothing where there is none."""
    totals = [count for key, count in cells.items() if set(key) == {ALL}]
    return {(ALL,): totals[0]} if totals else {}


def _within(earlier: Sequence[_Shown], period: ReleasePeriod, cells: Mapping[Key, int | None]) -> Clash | None:
    if not cells:
        return None
    same = [(release, before) for release, before in earlier if release.period == period]
    if same:
        # By rule 1 it is as good as what is out, so rule 2 was asked then.
        return next((Clash(Danger.REVEALS, release) for release, before in same if _tells(before, cells)), None)
    if period.quarter is not None:
        year = ReleasePeriod(year=period.year)
        return next((Clash(Danger.OVERLAPS, release) for release, _ in earlier if release.period == year), None)
    quarters = [(release, before) for release, before in earlier if release.period in period.quarters]
    if quarters and {release.period for release, _ in quarters} != period.quarters:
        return Clash(Danger.OVERLAPS, quarters[-1][0])
    telling = (release for release, before in quarters if _uncovers(before, cells) or _rest(before, cells))
    return next((Clash(Danger.REVEALS, release) for release in telling), None)


def _tells(before: Mapping[Key, int | None], after: Mapping[Key, int | None]) -> bool:
    """Whether the difference of two tables shows a group below the threshold, or one shows what the other hides."""
    return set(before) != set(after) or any(_apart(before[key], count) for key, count in after.items())


def _apart(before: int | None, after: int | None) -> bool:
    if before is None or after is None:
        return before is not after
    return 0 < abs(after - before) < THRESHOLD


def _rest(quarter: Mapping[Key, int | None], year: Mapping[Key, int | None]) -> bool:
    """Whether those of the year who are not in the quarter are a group below the threshold."""
    shown = [(year[key], count) for key, count in quarter.items() if year.get(key) is not None and count is not None]
    return any(_apart(count, of_year) for of_year, count in shown)


def _uncovers(quarter: Mapping[Key, int | None], year: Mapping[Key, int | None]) -> bool:
    """Whether a year shows what a quarter hides; a hidden total it would show as the sum of all there is."""
    if None in total_of(quarter).values():
        return any(count is not None for count in year.values()) or len(year) == 1
    return any(count is not None and quarter.get(key) is None for key, count in year.items())
