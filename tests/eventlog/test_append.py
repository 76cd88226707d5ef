"""Appending: what is recorded, what comes back, what is refused."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from psycopg.conninfo import make_conninfo

from domain.errors import IsolationRefused, StreamConflict, Unavailable
from domain.refusal import RefusalCode, Refused, Unmet
from eventlog.bodies import decoded
from eventlog.decision import Decision, OutcomeKind
from eventlog.log import EventLog
from tests.fix_eventlog import ACTOR, administrator, as_role, pings

STREAM = "journey-7b0d6f0e-4c1b-4f0e-9a53-0f6d3f0a5f11"


def test_events_come_back_in_their_envelopes(event_log: EventLog) -> None:
    """What `append` says it recorded is what `load` and `page` read."""
    decision = pings(STREAM, 0, 3)
    outcome = event_log.append(decision)
    loaded = event_log.load(STREAM)
    assert outcome.kind is OutcomeKind.RECORDED
    assert (outcome.first_version, outcome.last_version, outcome.position) == (1, 3, 3)
    assert loaded.history == outcome.recorded(decision) == tuple(decoded(event_log.page(0)))
    assert loaded.version == 3
    assert [r.event for r in loaded.history] == list(decision.events)
    assert {(r.actor, r.command_id) for r in loaded.history} == {(ACTOR, decision.command_id)}


def test_an_unknown_stream_is_empty(event_log: EventLog) -> None:
    """A first decision needs the clock, no history and version 0."""
    loaded = event_log.load(STREAM, uuid4())
    assert (loaded.history, loaded.version, loaded.outcome) == ((), 0, None)
    assert loaded.now.utcoffset() is not None


def test_a_repeated_command_gets_its_first_outcome_and_records_nothing(event_log: EventLog) -> None:
    """Even when it was decided differently the second time, and the stream has moved on."""
    command_id = uuid4()
    first = event_log.append(pings(STREAM, 0, 2, command_id))
    event_log.append(pings(STREAM, 2))
    again = event_log.append(pings(STREAM, 3, 5, command_id))
    assert again.repeated
    assert (again.first_version, again.last_version, again.position) == (1, 2, first.position)
    assert again.decided_at == first.decided_at
    assert event_log.head() == 3
    assert event_log.load(STREAM, command_id).outcome == again
    with pytest.raises(ValueError, match="load the stream"):
        again.recorded(pings(STREAM, 3, 5, command_id))


def test_the_same_command_id_in_another_stream_is_another_command(event_log: EventLog) -> None:
    """A workflow that commands other streams derives its ids; a clash must not swallow one."""
    command_id = uuid4()
    event_log.append(pings("contact-1", 0, 1, command_id))
    assert not event_log.append(pings("contact-2", 0, 1, command_id)).repeated


def test_a_refusal_is_stored_with_its_reasons(event_log: EventLog) -> None:
    """`explain a refusal` reads it; the stream does not move."""
    event_log.append(pings(STREAM, 0))
    refused = Refused(
        code=RefusalCode.CONDITION_NOT_MET,
        part="step:safe-housing:1",
        unmet=(Unmet(kind="consent", name="accommodation", wants="given"),),
    )
    decision = Decision(
        STREAM, 1, uuid4(), ACTOR, refusal=refused, version_seen=1, pathway_sha256="a" * 64, release="0.1.0"
    )
    outcome = event_log.append(decision)
    assert outcome.kind is OutcomeKind.REFUSED
    assert (outcome.refusal, outcome.version_seen, outcome.pathway_sha256) == (refused, 1, "a" * 64)
    assert (outcome.first_version, outcome.last_version, outcome.position, event_log.head()) == (1, 1, 1, 1)
    stored = event_log.outcome(STREAM, decision.command_id)
    assert stored is not None
    assert (stored.refusal, stored.release, stored.repeated) == (refused, "0.1.0", True)


def test_what_was_asked_is_kept_with_a_refusal(event_log: EventLog) -> None:
    """So that it can be explained. One of before that was kept has none, and is read all the same."""
    asked = '{"kind":"resume-step","step":"plan"}'
    refused = Refused(code=RefusalCode.STEP_NOT_OPEN)
    first = Decision(STREAM, 0, uuid4(), ACTOR, refusal=refused, asked=asked)
    second = Decision(STREAM, 0, uuid4(), ACTOR, refusal=refused)
    for decision in (first, second):
        event_log.append(decision)
    found = [event_log.outcome(STREAM, decision.command_id) for decision in (first, second)]
    assert [each.refusal for each in found if each] == [refused, refused]
    assert [each.asked and json.loads(each.asked) for each in found if each] == [json.loads(asked), None]


def test_a_decision_that_changes_nothing_is_stored_as_such(event_log: EventLog) -> None:
    """A stale wake is answered once, and the same way ever after."""
    decision = Decision(STREAM, 0, uuid4(), ACTOR)
    assert event_log.append(decision).kind is OutcomeKind.NOTHING
    assert event_log.append(decision).repeated


def test_an_append_to_a_stream_that_moved_conflicts(event_log: EventLog) -> None:
    """Nothing of the loser is stored, and the same command succeeds after a fresh load."""
    event_log.append(pings(STREAM, 0, 2))
    late = pings(STREAM, 1)
    with pytest.raises(StreamConflict, match="version 2"):
        event_log.append(late)
    assert event_log.outcome(STREAM, late.command_id) is None
    assert not event_log.append(pings(STREAM, 2, 1, late.command_id)).repeated


def test_a_refusal_upon_an_old_state_conflicts_too(event_log: EventLog) -> None:
    """The step that was not open a moment ago may be open now: decide again."""
    event_log.append(pings(STREAM, 0, 2))
    with pytest.raises(StreamConflict):
        event_log.append(Decision(STREAM, 1, uuid4(), ACTOR, refusal=Refused(code=RefusalCode.STEP_NOT_OPEN)))


def test_a_refusal_with_events_cannot_be_made() -> None:
    """A decision is one of the two."""
    with pytest.raises(ValueError, match="refusal"):
        Decision(STREAM, 0, uuid4(), ACTOR, pings(STREAM, 0).events, Refused(code=RefusalCode.STEP_NOT_OPEN))


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_an_append_under_a_snapshot_is_refused(log_database: str, level: str) -> None:
    """Under a snapshot, the order lock would protect nothing."""
    options = "-c role=putokaz_writer -c default_transaction_isolation=" + level.replace(" ", "\\ ")
    with EventLog(make_conninfo(log_database, options=options)) as log, pytest.raises(IsolationRefused):
        log.append(pings(STREAM, 0))


def test_an_append_that_waits_two_seconds_for_the_lock_gives_up(log_database: str, event_log: EventLog) -> None:
    """And the command may be sent again, with the same id, once the lock is free."""
    decision = pings(STREAM, 0)
    with administrator(log_database) as other:
        other.execute("SELECT pg_advisory_lock(1347769423, 1262571057)")
        started = time.monotonic()
        with pytest.raises(Unavailable, match="55P03"):
            event_log.append(decision)
        assert 1.8 < time.monotonic() - started < 3.5
    assert not event_log.append(decision).repeated


def test_sixteen_writers_leave_no_gap_for_a_follower(log_database: str) -> None:
    """Positions are contiguous and every stream is in its order, seen by a reader that tails the log meanwhile."""
    writers, each = 16, 40
    seen: list[tuple[int, str, int]] = []

    def write(log: EventLog, number: int) -> None:
        for version in range(each):
            log.append(pings(f"contact-{number}", version))

    def follow(log: EventLog) -> None:
        position = 0
        while position < writers * each:
            log.wait(position, 5)
            for row in log.page(position, 50):
                seen.append((row.position, row.stream, row.version))
                position = row.position

    with (
        EventLog(as_role(log_database, "putokaz_writer"), size=16, wait=20) as log,
        EventLog(as_role(log_database, "putokaz_projector")) as reader,
    ):
        threads = [threading.Thread(target=write, args=(log, n)) for n in range(writers)]
        threads.append(threading.Thread(target=follow, args=(reader,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert [position for position, _, _ in seen] == list(range(1, writers * each + 1))
    for number in range(writers):
        assert [v for _, s, v in seen if s == f"contact-{number}"] == list(range(1, each + 1))


def test_racing_copies_of_one_command_record_once(log_database: str) -> None:
    """A double click, a retry and a redelivery at the same moment: one of them is new."""
    command_id = uuid4()
    outcomes = []
    with EventLog(as_role(log_database, "putokaz_writer"), size=8) as log:
        barrier = threading.Barrier(8)

        def send() -> None:
            barrier.wait()
            outcomes.append(log.append(pings(STREAM, 0, 2, command_id)))

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert sorted(o.repeated for o in outcomes) == [False] + [True] * 7
        assert {o.position for o in outcomes} == {2}
        assert log.head() == 2


def test_heads_of_changed_streams(event_log: EventLog) -> None:
    """The relay signals each stream of a page once, with its newest version in that page."""
    for version in range(3):
        event_log.append(pings("contact-1", version))
    event_log.append(pings("contact-2", 0))
    assert event_log.changed_streams(0) == (4, {"contact-1": 3, "contact-2": 1})
    assert event_log.changed_streams(0, limit=2) == (2, {"contact-1": 2})
    assert event_log.changed_streams(4) == (4, {})
    assert event_log.stream_heads(["contact-1", "contact-9"]) == {"contact-1": 3}


@pytest.mark.parametrize("after", [0, 30_000, 2_147_480_000, 5_000_000_000])
def test_a_page_of_changed_streams_may_begin_anywhere(event_log: EventLog, after: int) -> None:
    """The sum of two small numbers is no small number: psycopg sends each in as few bytes as it fits into."""
    assert event_log.changed_streams(after, 10_000) == (after, {})


def test_times_keep_their_microseconds_and_zone(event_log: EventLog) -> None:
    """What is said at the append equals what is read, in UTC."""
    outcome = event_log.append(pings(STREAM, 0))
    read = event_log.page(0)[0].recorded_at
    assert read == outcome.decided_at
    assert read.utcoffset() == timedelta(0)
