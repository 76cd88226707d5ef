"""`python -m tests.soak.crowd`: fifty people click for five minutes, and every word is held against the log.

    python -m tests.soak.crowd --people 50 --minutes 5 [--keep FOLDER]

A real web process with real sessions, the search, the read models and a worker, on a caseload of a thousand journeys.
Relay and audit do not run beside them: the caseload has no workflows yet, and starting them is another measurement.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from random import Random
from statistics import median, quantiles

import httpx
import psycopg

from benchmarks.browsing import Entrance, entrance
from benchmarks.federation.filling import Size
from benchmarks.federation.people import Staff
from benchmarks.kept import house
from domain.journey.state import journey_stream
from eventlog.decision import OutcomeKind
from eventlog.log import EventLog
from tests.soak.at_work import PATIENCE, THINKING, Colleague, Said, Told
from vault.staff import StaffMember

SIZE = Size(1_000, 40_000)
_LIMITS = httpx.Limits(keepalive_expiry=2.0)
"""A server closes a line that was idle for five seconds; a browser then asks on another, which this client does not."""
_MOST = 24
"""People of one role."""
_BY_PEOPLE = """
SELECT count(DISTINCT (originator_id, command_id)) FROM eventlog.stored_events
 WHERE notification_id > %(after)s AND actor = ANY (%(people)s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of it. `untrue`: commands whose page said otherwise than the log."""

    told: Told
    seconds: float
    untrue: Sequence[str]
    recorded: int
    """Decisions of these people that the log has since they began."""

    @property
    def saved(self) -> int:
        """Commands of which a page said that they are saved."""
        return sum(sent.said is Said.SAVED for sent in self.told.sent)

    @property
    def is_good(self) -> bool:
        """Whether nobody got an error, and nothing was lost or doubled."""
        return not self.told.faults and not self.untrue and self.recorded == self.saved

    def lines(self) -> list[str]:
        """The figures."""
        told = self.told
        clicks = sum(map(len, told.waits.values()))
        doubled = sum(sent.times > 1 for sent in told.sent)
        late = sum(sent.said is Said.TOO_LATE for sent in told.sent)
        return [
            f"{clicks:,} pages in {self.seconds:.0f} s, {clicks / self.seconds:.1f} a second",
            *(_line(deed.value, waits) for deed, waits in sorted(told.waits.items())),
            _line("everything", list(chain.from_iterable(told.waits.values()))),
            f"{len(told.sent):,} commands: {self.saved:,} saved, {late} too late; {doubled} of all by a double click",
            f"decisions in the log: {self.recorded:,}; untrue answers: {len(self.untrue)}; errors: {len(told.faults)}",
            *told.faults[:20],
            *self.untrue[:20],
        ]


def _line(what: str, waits: Sequence[float]) -> str:
    p95 = quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0]
    shown = [
        f"{name} {1000 * each:5.0f} ms" for name, each in (("p50", median(waits)), ("p95", p95), ("most", max(waits)))
    ]
    return "  ".join([f"  {what:10} {len(waits):6,}", *shown])


def crowd(people: int, seconds: float, *, folder: Path | None = None, size: Size = SIZE, seed: int = 1) -> Worked:
    """So many people for so long."""
    with house(folder, size) as kept, EventLog(kept.settings.writer, size=2) as log:
        kept.open()
        with entrance(kept.settings) as door:
            members = _mixed(Staff(size.journeys), people)
            for member in members:
                if door.parts.directory.get(member.id) is None:
                    door.parts.directory.put(member)
            before, began = log.head(), time.monotonic()
            told = asyncio.run(_at_work(door, members, seconds, seed))
            took = time.monotonic() - began
        return Worked(told, took, _untrue(log, told), _recorded(kept.settings.reader, before, members))


def _mixed(staff: Staff, people: int) -> list[StaffMember]:
    """Of every role, in the shares in which a house has them."""
    of_roles = [members[:_MOST] for members in staff.by_role.values()]
    in_turn = [member for turn in zip_longest(*of_roles) for member in turn if member is not None]
    assert len(in_turn) >= people, f"the house has {len(in_turn)} people for this"
    return in_turn[:people]


async def _at_work(door: Entrance, members: Sequence[StaffMember], seconds: float, seed: int) -> Told:
    told = Told()
    clients = [
        httpx.AsyncClient(
            base_url=door.settings.address,
            cookies={"putokaz_signed_in": door.session(member)},
            headers={"sec-fetch-site": "same-origin"},
            timeout=PATIENCE,
            limits=_LIMITS,
        )
        for member in members
    ]
    colleagues = [
        Colleague(member, client, told, Random(f"{seed} {number}"))
        for number, (member, client) in enumerate(zip(members, clients, strict=True))
    ]
    until = time.monotonic() + seconds
    await asyncio.gather(*(colleague.work(until) for colleague in colleagues))
    for client in clients:
        await client.aclose()
    return told


def _untrue(log: EventLog, told: Told) -> list[str]:
    """What a page said and the log does not."""
    wanted = {Said.SAVED: OutcomeKind.RECORDED, Said.TOO_LATE: OutcomeKind.REFUSED}
    found = []
    for sent in told.sent:
        outcome = log.outcome(journey_stream(sent.journey), sent.command_id)
        if outcome is None or outcome.kind is not wanted[sent.said]:
            found.append(f"{sent.journey} {sent.command_id}: {sent.said}, in the log {outcome and outcome.kind}")
    return found


def _recorded(dsn: str, after: int, members: Sequence[StaffMember]) -> int:
    with psycopg.connect(dsn) as connection:
        people = [member.id for member in members]
        found = connection.execute(_BY_PEOPLE, {"after": after, "people": people}).fetchone()
    return int(found[0]) if found else 0


def main() -> int:
    """Reads the options, prints the figures; 1 for an error, a loss or a double."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.crowd", description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="signed in at the same time (default 50)")
    parser.add_argument("--minutes", type=float, default=5.0, help="(default 5)")
    parser.add_argument("--keep", type=Path, help="folder that keeps the caseload for the next time")
    parser.add_argument("--country", type=int, default=SIZE.journeys, help="journeys (default 1000)")
    parser.add_argument("--events", type=int, default=SIZE.events, help="their events, nearly (default 40000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    load, cores = os.getloadavg()[0], os.cpu_count()
    size = Size(options.country, options.events)
    worked = crowd(options.people, options.minutes * 60, folder=options.keep, size=size, seed=options.seed)
    pace = f"{THINKING[0]:g} to {THINKING[1]:g} s between two clicks"
    print(f"{options.people} people, {pace}; {cores} cores, load {load:.1f} before")
    print("\n".join(worked.lines()))
    return 0 if worked.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
