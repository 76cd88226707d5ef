"""What reads the whole log: verifying its chain, and rebuilding the read models from it.

Both take as long as the log has events, so a small one tells how long a large one takes; the figure for a million is
scaled and says so. That it is in proportion holds while the tables of a rebuild are in memory.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from psycopg import sql

from benchmarks.caseload import Desk, copies, scheduling
from benchmarks.measure import Claim, Result, interleave, seconds
from benchmarks.projection import TABLES
from benchmarks.stand import Stand
from eventlog.log import EventLog
from eventlog.sql_files import query
from eventlog.verify import verify
from projections.loop import Projector
from projections.rebuilding import rebuild
from projections.registry import READ_MODELS

JOURNEYS = 3_000
COMMANDS = 12
MILLION = 1_000_000


def run(stand: Stand, rounds: int) -> list[Result]:
    """Events per second of one pass over the log."""
    dsn = stand.database()
    events = fill(stand, dsn)
    assert Projector(dsn).catch_up() == events
    cases: dict[str, Callable[[], float]] = {
        "copy": lambda: events / seconds(lambda: _copied(dsn)),
        "verify": lambda: events / seconds(lambda: _verified(dsn, events)),
        "rebuild": lambda: events / _emptied(dsn, lambda: _rebuilt(dsn, events)),
    }
    samples = interleave(cases, rounds)
    models = f"all {len(READ_MODELS)} read models rebuilt, one after the other, into empty tables"
    return [
        Result(
            part="whole log",
            what=f"chain of {events:,} events verified",
            bare_is="binary COPY of the same rows, read and dropped",
            unit="events/s",
            ours=samples["verify"],
            bare=samples["copy"],
            target=300_000,
            claim=Claim.OURS,
        ),
        Result("whole log", f"{models}, {events:,} events", "", "events/s", samples["rebuild"], []),
        Result(
            part="whole log",
            what=f"the same for a million events, scaled from {events:,}",
            bare_is="",
            unit="minutes",
            ours=[MILLION / rate / 60 for rate in samples["rebuild"]],
            bare=[],
        ),
    ]


def fill(stand: Stand, dsn: str, journeys: int = JOURNEYS) -> int:
    """One journey is decided, and copied: deciding each would take longer than all that is measured."""
    with EventLog(dsn) as log:
        desk = Desk(stand, log)
        journey = desk.open()
        command = scheduling(journey)
        for number in range(COMMANDS):
            journey = desk.give(journey, command(number))
        log.append_many(copies(log.load(journey.stream).history, journeys))
        return log.head()


def _copied(dsn: str) -> None:
    statement = query("eventlog", "verify")
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for _ in copy:
            pass


def _verified(dsn: str, events: int) -> None:
    found = verify(dsn)
    assert found.intact
    assert found.events == events


def _rebuilt(dsn: str, events: int) -> None:
    for model in READ_MODELS:
        assert rebuild(dsn, model).position == events


def _emptied(dsn: str, work: Callable[[], None]) -> float:
    with psycopg.connect(dsn, autocommit=True) as connection:
        names = [sql.Identifier("projections", name) for name in TABLES]
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
    return seconds(work)
