"""Append through `EventLog` against a raw INSERT of the same envelope under the same indexes.

Ours also takes the order lock, extends the chain, stores the outcome and notifies, in the same round trip.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg

from benchmarks.caseload import Desk, scheduling
from benchmarks.measure import Claim, Result, Step, interleave, rate
from benchmarks.stand import MILA, Stand
from domain.event import Event
from eventlog.bodies import encode
from eventlog.decision import Decision
from eventlog.log import EventLog

WRITERS = (1, 4, 16)
TARGETS = {1: 0.35, 16: 0.5}
BARE_TABLE = """
CREATE TABLE bare_events (
    originator_id text NOT NULL, originator_version bigint NOT NULL, topic text NOT NULL, state bytea NOT NULL,
    notification_id bigserial NOT NULL, command_id uuid NOT NULL, actor uuid NOT NULL, recorded_at timestamptz NOT NULL,
    chain bytea NOT NULL, PRIMARY KEY (originator_id, originator_version));
CREATE UNIQUE INDEX bare_events_notification_id_idx ON bare_events (notification_id)
"""
BARE_INSERT = """
INSERT INTO bare_events (originator_id, originator_version, topic, state, command_id, actor, recorded_at, chain)
VALUES (%s, 1, %s, %s, %s, %s, clock_timestamp(), %s) RETURNING notification_id
"""


def run(stand: Stand, rounds: int, sample: float) -> list[Result]:
    """Events per second, one event a commit, with 1, 4 and 16 writers."""
    dsn = stand.database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(BARE_TABLE)
    with EventLog(dsn, size=max(WRITERS)) as log:
        event = _usual_event(stand, log)
        cases: dict[str, Callable[[], float]] = {}
        for writers in WRITERS:
            cases[f"bare {writers}"] = _sampled(lambda: _bare(dsn, event), writers, sample)
            cases[f"ours {writers}"] = _sampled(lambda: _ours(log, event), writers, sample)
        samples = interleave(cases, rounds)
    compared = [
        Result(
            part="append",
            what=f"one event a commit, {writers} writer{'s' if writers > 1 else ''}",
            bare_is="raw psycopg INSERT, same columns and indexes",
            unit="events/s",
            ours=samples[f"ours {writers}"],
            bare=samples[f"bare {writers}"],
            target=TARGETS.get(writers),
        )
        for writers in WRITERS
    ]
    never_falling = Result(
        part="append",
        what=f"throughput from {' to '.join(map(str, WRITERS))} writers: the least of its steps",
        bare_is="",
        unit="times the step before",
        ours=[_least_step([samples[f"ours {writers}"][number] for writers in WRITERS]) for number in range(rounds)],
        bare=[],
        target=1.0,
        claim=Claim.OURS,
    )
    return [*compared, never_falling]


def _least_step(rates: Sequence[float]) -> float:
    """1.0 or more where no rate is below the one before it."""
    return min(after / before for before, after in pairwise(rates))


def _sampled(make: Callable[[], Step], writers: int, sample: float) -> Callable[[], float]:
    return lambda: rate(make, writers, sample)


def _usual_event(stand: Stand, log: EventLog) -> Event:
    """A date that was moved: with its reminder ladder, one of the larger events."""
    desk = Desk(stand, log)
    journey = desk.open()
    return log.load(desk.give(journey, scheduling(journey)(1)).stream).history[-1].event


def _ours(log: EventLog, event: Event) -> Step:
    def append() -> int:
        log.append(Decision(f"bench-{uuid4()}", 0, uuid4(), MILA, (event,)))
        return 1

    return append


def _bare(dsn: str, event: Event) -> Step:
    cursor = psycopg.connect(dsn, autocommit=True).cursor(binary=True)
    topic, state = encode(event)
    chain = os.urandom(32)

    def insert() -> int:
        command: UUID = uuid4()
        cursor.execute(BARE_INSERT, (f"bench-{uuid4()}", topic, state, command, MILA, chain), prepare=True)
        cursor.fetchone()
        return 1

    return insert
