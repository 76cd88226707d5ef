"""Pages over a country's caseload: HTTP to a real web process, for one person and for four at once.

Ours is what a person waits for, from request to last byte, with sign-in, rights and rendering; bare is the read model's
own query with the same filter, in this process. Every request asks for something else, another file, another name,
another filter: nothing is measured out of a warm row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.browsing import Browser, entrance
from benchmarks.federation.filling import Size
from benchmarks.federation.people import Staff
from benchmarks.kept import Kept, house
from benchmarks.measure import Better, Claim, Result
from benchmarks.pastime import Case, Pastimes
from domain.codes import Role
from projections.reader import Reader
from vault.staff import StaffMember

PART = "pages"
AT_ONCE = 4
SAMPLES = 24
"""Of a case in a round, for each person at it: a p95 needs more than a handful."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited in one round, in milliseconds."""

    p50: float
    p95: float


def run(folder: Path | None, rounds: int, size: Size) -> list[Result]:
    """Milliseconds for each page, against the limits of the issue and beside DHIS2's."""
    with house(folder, size) as kept:
        kept.open()
        filled = kept.filled
        print(f"  {filled.journeys:,} journeys ({filled.open:,} open), {filled.events:,} events", flush=True)
        with ExitStack() as stack:
            door = stack.enter_context(entrance(kept.settings))
            reader = stack.enter_context(Reader(kept.settings.reader, size=AT_ONCE))
            staff = Staff(size.journeys)
            browsers = {
                role: [door.browser(_one_of(staff, role, number)) for number in range(AT_ONCE)]
                for role in (Role.CASEWORKER, Role.SUPERVISOR)
            }
            pastimes = Pastimes(kept, reader, door.parts.keys)
            cases = pastimes.all()
            return [*_loading(kept), *_measured(cases, browsers, rounds)]


def _one_of(staff: Staff, role: Role, number: int) -> StaffMember:
    members = staff.by_role[role]
    return members[number % len(members)]


def _measured(cases: Sequence[Case], browsers: Mapping[Role, Sequence[Browser]], rounds: int) -> list[Result]:
    ours: dict[tuple[str, int], list[Waits]] = {}
    bare: dict[str, list[Waits]] = {}
    for number in range(rounds + 1):  # the first is not counted: it fills caches and imports
        for case in cases:
            for people in (1, AT_ONCE):
                waits = _waits(case, browsers[case.role][:people])
                print(f"  {case.what}, {people} at once: {waits.p50:.0f}, p95 {waits.p95:.0f} ms", flush=True)
                if number:
                    ours.setdefault((case.what, people), []).append(waits)
            if case.bare is not None:
                waits = waits_of([_timed(case.bare) for _ in range(SAMPLES)])
                if number:
                    bare.setdefault(case.what, []).append(waits)
        print(f"  round {number} of {rounds}", flush=True)
    return [row for case in cases for row in _rows(case, ours, bare.get(case.what, []))]


def _rows(case: Case, ours: Mapping[tuple[str, int], Sequence[Waits]], bare: Sequence[Waits]) -> list[Result]:
    found = []
    for people in (1, AT_ONCE):
        waits = ours[case.what, people]
        who = "1 person" if people == 1 else f"{people} at once"
        peer = "" if not case.peer else f" (DHIS2's limit: {case.peer[0] if people == 1 else case.peer[1]} ms)"
        alone = people == 1
        found.append(
            Result(
                PART,
                f"{case.what}, {who}, p50",
                "its query alone, p50" if alone and bare else "",
                "ms",
                [each.p50 for each in waits],
                [each.p50 for each in bare] if alone else [],
                better=Better.LOWER,
            )
        )
        found.append(
            Result(
                PART,
                f"{case.what}, {who}, p95{peer}",
                "its query alone, p95" if alone and bare else "",
                "ms",
                [each.p95 for each in waits],
                [each.p95 for each in bare] if alone else [],
                target=case.limit,
                better=Better.LOWER,
                claim=Claim.OURS,
            )
        )
    return found


def _waits(case: Case, browsers: Sequence[Browser]) -> Waits:
    """Everybody does it over and over, at the same time."""

    def work(browser: Browser) -> list[float]:
        return [case.act(browser) for _ in range(SAMPLES)]

    with ThreadPoolExecutor(len(browsers)) as people:
        return waits_of([wait for waits in people.map(work, browsers) for wait in waits])


def waits_of(waits: Sequence[float]) -> Waits:
    """Of so many seconds, two at least."""
    return Waits(median(waits) * 1000, quantiles(waits, n=20, method="inclusive")[-1] * 1000)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _loading(kept: Kept) -> list[Result]:
    filled = kept.filled
    what = f"{filled.events:,} events of {filled.journeys:,} journeys ({filled.open:,} open)"
    return [
        Result(PART, f"{what} loaded by the bulk append", "", "events/s", [filled.append_rate], []),
        Result(PART, "the same, all read models rebuilt, two at a time", "", "events/s", [filled.rebuild_rate], []),
    ]
