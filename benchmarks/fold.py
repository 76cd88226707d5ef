"""A journey of 500 events, read from the log and folded, against a raw SELECT of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import psycopg
from psycopg.rows import TupleRow

from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from benchmarks.caseload import Desk, scheduling
from benchmarks.measure import Result, interleave, seconds
from benchmarks.stand import Stand
from domain.codes import ConsentPurpose
from domain.journey import Journey, fold
from domain.journey.consent import GiveConsent, WithdrawConsent
from eventlog.log import EventLog

EVENTS = 500
REPEAT = 10
_PURPOSE = ConsentPurpose.STATISTICS
_MOVE, _GIVE, _WITHDRAW = None, GiveConsent(purpose=_PURPOSE), WithdrawConsent(purpose=_PURPOSE)
SELECT = """
SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events WHERE originator_id = %s ORDER BY originator_version
"""


def run(stand: Stand, rounds: int) -> list[Result]:
    """Events per second of one long journey."""
    dsn = stand.database()
    with EventLog(dsn) as log, psycopg.connect(dsn, autocommit=True) as connection:
        stream = _long_journey(Desk(stand, log)).stream
        recorder = Recorder(log, stand.pathways, "bench", rights=NO_RIGHTS_ASKED)
        cases: dict[str, Callable[[], float]] = {
            "raw": lambda: _rate(lambda: _raw(connection, stream)),
            "load": lambda: _rate(lambda: len(log.load(stream).history)),
            "fold": lambda: _rate(lambda: _folded(log, stream)),
            "kept": lambda: _rate(lambda: _kept(recorder, stream)),
        }
        samples = interleave(cases, rounds)
    bare_is = "raw SELECT of the same rows"
    return [
        Result("fold", f"{EVENTS} events loaded and folded", bare_is, "events/s", samples["fold"], samples["raw"], 0.3),
        Result("fold", "the same, kept in memory by `record`", bare_is, "events/s", samples["kept"], samples["raw"]),
        Result("fold", f"{EVENTS} events loaded only", bare_is, "events/s", samples["load"], samples["raw"], 0.3),
    ]


def _long_journey(desk: Desk) -> Journey:
    """Half of its events are dates that moved, with their ladders of reminders; the others are small."""
    journey = desk.open()
    move, turns = scheduling(journey), cycle((_MOVE, _GIVE, _MOVE, _WITHDRAW))
    while journey.version < EVENTS:
        turn = next(turns)
        journey = desk.give(journey, move(journey.version) if turn is None else turn)
    return journey


def _rate(work: Callable[[], int]) -> float:
    """`work` several times over; it returns how many events it had."""

    def repeated() -> None:
        for _ in range(REPEAT):
            assert work() == EVENTS

    return EVENTS * REPEAT / seconds(repeated)


def _raw(connection: psycopg.Connection[TupleRow], stream: str) -> int:
    return len(connection.cursor(binary=True).execute(SELECT, (stream,), prepare=True).fetchall())


def _kept(recorder: Recorder, stream: str) -> int:
    journey = recorder.journey(stream)
    assert journey is not None
    return journey.version


def _folded(log: EventLog, stream: str) -> int:
    journey = fold(log.load(stream).history)
    assert journey is not None
    return journey.version
