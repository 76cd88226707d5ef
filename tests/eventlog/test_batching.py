"""Many decisions in one commit: each gets its own answer, and order, chain and outcomes are those of single appends."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.errors import CheckViolation, InsufficientPrivilege

from domain.errors import IsolationRefused, ResourceBusy, StreamConflict, Unavailable
from domain.refusal import RefusalCode, Refused
from eventlog import appender
from eventlog.appender import MOST_DECISIONS, Appender
from eventlog.chain import GENESIS, link
from eventlog.decision import Claim, Decision, Outcome, OutcomeKind, StoredRow
from eventlog.log import EventLog
from eventlog.pool import Pool
from tests.fix_eventlog import ACTOR, Pinged, administrator, as_role, pings
from tests.fix_proxy import CuttableProxy, Line

VAN = UUID("11111111-1111-4111-8111-111111111111")
EIGHT = datetime(2026, 12, 1, 8, tzinfo=UTC)
NAME = "putokaz-batching"
RIVAL_KEY = b"""
INSERT INTO eventlog.stored_events
SELECT 'contact-3', 1, '', '', 999, gen_random_uuid(), gen_random_uuid(), now(), ''
"""


class Interrupted(BaseException):
    """Thrown into a thread, as Temporal does with a cancelled activity."""


class Sender(threading.Thread):
    """A thread that appends one decision and keeps what came of it."""

    def __init__(self, log: Appender, decision: Decision) -> None:
        super().__init__()
        self._log = log
        self._decision = decision
        self.outcome: Outcome | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Once."""
        try:
            self.outcome = self._log.append(self._decision)
        except BaseException as error:
            self.error = error

    @property
    def answer(self) -> object:
        """The kind of the outcome, or the class of the error."""
        return type(self.error) if self.outcome is None else (self.outcome.kind, self.outcome.repeated)


@contextmanager
def appending(dsn: str, *, wait: float = 20.0, longest: float = 60.0) -> Iterator[Appender]:
    """An appender with the writer's rights and a pool of its own."""
    pool = Pool(as_role(dsn, "putokaz_writer"), application_name=NAME)
    yield Appender(pool, wait=wait, longest=longest)
    pool.close()


def until(true: Callable[[], bool]) -> None:
    """Waits for it, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def count(dsn: str, what: str) -> int:
    """What a question for one number says."""
    with administrator(dsn) as root:
        row = root.execute(what.encode()).fetchone()
        assert row is not None
        return int(row[0])


def commits(dsn: str) -> int:
    """How many transactions the stored outcomes came from."""
    return count(dsn, "SELECT count(DISTINCT xmin::text) FROM eventlog.outcomes")


def waits_for_lock(dsn: str, most: int = 1) -> bool:
    """Whether a backend of the appender waits for a lock."""
    return most <= count(
        dsn, f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{NAME}' AND wait_event_type = 'Lock'"
    )


@contextmanager
def order_lock(dsn: str) -> Iterator[None]:
    """Held by somebody else."""
    with administrator(dsn) as other:
        other.execute("SELECT pg_advisory_lock(1347769423, 1262571057)")
        yield


def queued(dsn: str, log: Appender, decisions: Sequence[Decision]) -> list[Sender]:
    """One decision under way and the others behind it in this order; call it while the order lock is held."""
    senders: list[Sender] = []
    for decision in decisions:
        senders.append(Sender(log, decision))
        senders[-1].start()
        until(lambda: log.waiting == len(senders) - 1 and (log.waiting > 0 or waits_for_lock(dsn)))
    return senders


def in_one_batch(dsn: str, log: Appender, decisions: Sequence[Decision]) -> list[Sender]:
    """Appends them from as many threads in one call, which is the second one: a first holds them up."""
    with order_lock(dsn):
        senders = queued(dsn, log, [pings("first", 0), *decisions])
    for sender in senders:
        sender.join(timeout=20)
    assert senders[0].answer == (OutcomeKind.RECORDED, False)
    return senders[1:]


def claiming(stream: str, since: datetime) -> Decision:
    """A decision of one event that takes the van for two hours."""
    claim = Claim(uuid4(), VAN, since, since + timedelta(hours=2))
    return Decision(stream, 0, uuid4(), ACTOR, (Pinged(),), claims=(claim,))


def broken_links(dsn: str) -> int:
    """How many links of the log do not follow from the one before, or have another position than the next."""
    broken, expected, previous = 0, 1, GENESIS
    with psycopg.connect(dsn) as connection, connection.cursor("chain", binary=True) as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            "SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id,"
            " chain FROM eventlog.stored_events ORDER BY notification_id"
        )
        for *columns, chain in cursor:
            row = StoredRow._make(columns)
            broken += row.position != expected or link(previous, row) != chain
            expected, previous = expected + 1, chain
    return broken


def test_every_decision_of_a_batch_gets_its_own_answer(log_database: str) -> None:
    """One commit for all of them, and a chain that Python recomputes."""
    known = pings("contact-2", 0, 2)
    refusal = Refused(code=RefusalCode.STEP_NOT_OPEN)
    with appending(log_database) as log:
        log.append(known)
        before = commits(log_database)
        senders = in_one_batch(
            log_database,
            log,
            [
                pings("contact-1", 0, 3),
                Decision("contact-1", 3, uuid4(), ACTOR, refusal=refusal, version_seen=2, pathway_sha256="a" * 64),
                known,
                pings("contact-2", 1),
                claiming("mission-1", EIGHT),
                claiming("mission-2", EIGHT + timedelta(hours=1)),
                claiming("mission-3", EIGHT + timedelta(hours=2)),
                Decision("contact-3", 0, uuid4(), ACTOR),
            ],
        )
    assert [sender.answer for sender in senders] == [
        (OutcomeKind.RECORDED, False),
        (OutcomeKind.REFUSED, False),
        (OutcomeKind.RECORDED, True),
        StreamConflict,
        (OutcomeKind.RECORDED, False),
        ResourceBusy,
        (OutcomeKind.RECORDED, False),
        (OutcomeKind.NOTHING, False),
    ]
    found = [s.outcome and (s.outcome.first_version, s.outcome.last_version, s.outcome.position) for s in senders]
    assert found == [(1, 3, 6), (3, 3, 6), (1, 2, 2), None, (1, 1, 7), None, (1, 1, 8), (0, 0, 8)]
    refused = senders[1].outcome
    assert refused is not None
    assert (refused.refusal, refused.version_seen, refused.pathway_sha256) == (refusal, 2, "a" * 64)
    assert "version 2" in str(senders[3].error)
    assert str(VAN) in str(senders[5].error)
    assert commits(log_database) == before + 2  # the first one alone, then all of these
    assert count(log_database, "SELECT count(*) FROM eventlog.claims") == 2
    assert broken_links(log_database) == 0


def test_decisions_for_one_stream_in_one_batch_follow_each_other(log_database: str) -> None:
    """The second conflicts unless it was decided upon the first; a copy of the first is a repetition."""
    first = pings("contact-1", 0)
    with appending(log_database) as log:
        batch = [first, pings("contact-1", 0), pings("contact-1", 1), first]
        senders = in_one_batch(log_database, log, batch)
    done = OutcomeKind.RECORDED
    assert [sender.answer for sender in senders] == [(done, False), StreamConflict, (done, False), (done, True)]


@pytest.mark.parametrize(
    ("stream", "error"), [("", CheckViolation), ("x" * 201, CheckViolation), ("a\0b", psycopg.DataError)]
)
def test_a_decision_that_the_database_does_not_take_fails_alone(
    log_database: str, stream: str, error: type[psycopg.Error]
) -> None:
    """Its neighbours are recorded, and each once."""
    with appending(log_database) as log:
        batch = [pings("contact-1", 0, 2), pings(stream, 0), pings("contact-2", 0)]
        before, poison, after = in_one_batch(log_database, log, batch)
    assert before.answer == after.answer == (OutcomeKind.RECORDED, False)
    assert isinstance(poison.error, error)
    assert count(log_database, "SELECT count(*) FROM eventlog.stored_events") == 4
    assert broken_links(log_database) == 0


def test_a_batch_is_bounded_in_number_and_in_bytes(log_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody waits long for the order lock; a decision that is larger than that goes alone."""
    with appending(log_database) as log:
        log.append_many(pings(f"number-{n}", 0) for n in range(2 * MOST_DECISIONS + 1))
        assert commits(log_database) == 3
        monkeypatch.setattr(appender, "MOST_BYTES", 3 * len('{"number":1}'))
        log.append_many(pings(f"bytes-{n}", 0, 5 if n == 3 else 1) for n in range(7))
        assert commits(log_database) == 3 + 3
        before = commits(log_database)
        in_one_batch(log_database, log, [pings(f"threads-{n}", 0) for n in range(6)])
        assert commits(log_database) == before + 1 + 2


def test_bulk_loading_keeps_order_and_may_be_repeated(log_database: str) -> None:
    """As after an import that was broken off: what is there answers as repeated."""
    decisions = [pings(f"contact-{n % 7}", n // 7) for n in range(700)]
    with EventLog(as_role(log_database, "putokaz_writer")) as log:
        assert log.append_many([]) == []
        assert log.append_many(decisions[:300])[-1].position == 300
        outcomes = log.append_many(decisions)
        assert [outcome.position for outcome in outcomes] == list(range(1, 701))
        assert [outcome.repeated for outcome in outcomes] == [True] * 300 + [False] * 400
        assert [row.command_id for row in log.page(0, 700)] == [decision.command_id for decision in decisions]
    assert broken_links(log_database) == 0


@pytest.mark.parametrize(("bad", "error"), [(pings("contact-1", 5), StreamConflict), (pings("", 0), CheckViolation)])
def test_bulk_loading_stops_at_what_is_not_recorded(event_log: EventLog, bad: Decision, error: type[Exception]) -> None:
    """With all before it recorded; once it is mended, the rest follows."""
    decisions = [pings("contact-2", 0), bad, pings("contact-3", 0)]
    with pytest.raises(error):
        event_log.append_many(decisions)
    assert event_log.outcome("contact-2", decisions[0].command_id) is not None
    decisions[1] = pings("contact-1", 0)
    assert event_log.append_many(decisions)[0].repeated
    assert event_log.head() == 3


def test_a_batch_whose_reply_is_lost_after_the_commit_is_answered_from_the_outcomes(
    log_database: str, cuttable_proxy: CuttableProxy
) -> None:
    """Each of its decisions, and none is recorded twice."""
    dsn = cuttable_proxy.dsn(as_role(log_database, "putokaz_writer"))
    with EventLog(dsn, patience=1.0, reply_timeout=0.5) as log:
        log.append_many([pings(f"contact-{n}", 0) for n in range(3)])
        accepted = cuttable_proxy.accepted
        cuttable_proxy.line = Line.LOSE_NEXT_REPLY
        outcomes = log.append_many([pings(f"contact-{n}", 1) for n in range(3)])
        assert cuttable_proxy.accepted == accepted + 1
        assert [(outcome.position, outcome.repeated) for outcome in outcomes] == [(4, True), (5, True), (6, True)]
        assert log.head() == 6
    assert broken_links(log_database) == 0


def test_a_backend_that_dies_in_the_middle_of_a_batch_costs_nobody_anything(log_database: str) -> None:
    """Half of it was written and is rolled back; the whole is sent again and recorded once."""
    with appending(log_database) as log, psycopg.connect(log_database) as rival:
        with order_lock(log_database):
            senders = queued(log_database, log, [pings("first", 0), *(pings(f"contact-{n}", 0) for n in range(5))])
            rival.execute(RIVAL_KEY)
        until(lambda: senders[0].outcome is not None and waits_for_lock(log_database))  # for the rival's key
        ended = count(
            log_database,
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            f" WHERE application_name = '{NAME}' AND wait_event_type = 'Lock'",
        )
        rival.rollback()
        for sender in senders:
            sender.join(timeout=20)
    assert ended == 1
    assert {sender.answer for sender in senders} == {(OutcomeKind.RECORDED, False)}
    assert count(log_database, "SELECT count(*) FROM eventlog.stored_events") == 6
    assert commits(log_database) == 2
    assert broken_links(log_database) == 0


def test_who_waits_too_long_for_a_turn_is_told(log_database: str) -> None:
    """And nothing of it is recorded later."""
    with appending(log_database, wait=0.2) as log:
        with order_lock(log_database):
            started = time.monotonic()
            under_way = Sender(log, pings("contact-1", 0))
            under_way.start()
            until(lambda: waits_for_lock(log_database))
            with pytest.raises(Unavailable, match="busy"):
                log.append(pings("contact-2", 0))
            assert time.monotonic() - started < 1.5
        under_way.join(timeout=20)
        assert log.append(pings("contact-3", 0)).position == 2


def test_a_fault_of_the_database_is_told_to_everybody_in_the_batch(log_database: str) -> None:
    """Each in an error of its own; the same commands may be sent again."""
    with appending(log_database) as log:
        with order_lock(log_database):
            senders = queued(log_database, log, [pings(f"contact-{n}", 0) for n in range(4)])
            for sender in senders:
                sender.join(timeout=20)
        assert [sender.answer for sender in senders] == [Unavailable] * 4
        assert len({id(sender.error) for sender in senders}) == 4
        assert log.append(pings("contact-1", 0)).position == 1


def test_a_leader_that_is_interrupted_takes_nobody_with_it(log_database: str) -> None:
    """A cancelled activity, in the middle of a batch: its neighbours are recorded all the same, and so are others."""
    with appending(log_database) as log, psycopg.connect(log_database) as rival:
        with order_lock(log_database):
            senders = queued(log_database, log, [pings("first", 0), *(pings(f"contact-{n}", 0) for n in range(4))])
            rival.execute(RIVAL_KEY)
        until(lambda: senders[0].outcome is not None and waits_for_lock(log_database))
        leader = senders.pop(1)
        assert leader.ident is not None
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(leader.ident), ctypes.py_object(Interrupted))
        leader.join(timeout=20)
        rival.rollback()
        for sender in senders:
            sender.join(timeout=20)
        assert isinstance(leader.error, Interrupted)
        assert {sender.answer for sender in senders} == {(OutcomeKind.RECORDED, False)}
        assert log.append(pings("contact-9", 0)).position == 5
    assert broken_links(log_database) == 0


def test_a_lead_that_was_lost_is_taken_by_who_waits(log_database: str) -> None:
    """A call that takes longer than any can is no longer waited for."""
    with appending(log_database, wait=0.2, longest=0.0) as log:
        with order_lock(log_database):
            senders = queued(log_database, log, [pings("contact-1", 0), pings("contact-2", 0)])
            until(lambda: waits_for_lock(log_database, 2))
        for sender in senders:
            sender.join(timeout=20)
        assert [sender.answer for sender in senders] == [(OutcomeKind.RECORDED, False)] * 2
        assert log.append(pings("contact-3", 0)).position == 3


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_a_batch_under_a_snapshot_is_refused(log_database: str, level: str) -> None:
    """As a single append is."""
    options = "-c role=putokaz_writer -c default_transaction_isolation=" + level.replace(" ", "\\ ")
    with EventLog(make_conninfo(log_database, options=options)) as log, pytest.raises(IsolationRefused):
        log.append_many([pings("contact-1", 0), pings("contact-2", 0)])


@pytest.mark.parametrize("role", ["putokaz_projector", "putokaz_reader", "putokaz_clock"])
def test_only_the_writer_appends_a_batch(log_database: str, role: str) -> None:
    """By the function itself, not only by the plain one that a fault falls back to."""
    arguments = ", ".join(["'{}'"] * 18)
    with (
        psycopg.connect(as_role(log_database, role), autocommit=True) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute(f"SELECT eventlog.append_batch({arguments})".encode())


@pytest.mark.parametrize(
    "total",
    [
        3_200,
        pytest.param(100_000, marks=pytest.mark.soak),
        pytest.param(1_000_000, marks=pytest.mark.soak),
    ],
)
def test_a_follower_misses_nothing_of_sixteen_writers(log_database: str, total: int) -> None:
    """It sees every position once, in order, while they write in batches; the chain is whole."""
    writers = 16
    each = total // writers
    errors: list[BaseException] = []
    versions = dict.fromkeys((f"contact-{n}" for n in range(writers)), 0)
    misses = position = 0

    def write(log: EventLog, number: int) -> None:
        try:
            for version in range(each):
                log.append(pings(f"contact-{number}", version))
        except BaseException as error:
            errors.append(error)
            raise

    with (
        EventLog(as_role(log_database, "putokaz_writer"), size=4, wait=20) as log,
        EventLog(as_role(log_database, "putokaz_projector")) as reader,
    ):
        threads = [threading.Thread(target=write, args=(log, n)) for n in range(writers)]
        for thread in threads:
            thread.start()
        while position < total and not errors:
            reader.wait(position, 5)
            for row in reader.page(position, 1_000):
                misses += row.position != position + 1 or row.version != versions[row.stream] + 1
                position, versions[row.stream] = row.position, row.version
        for thread in threads:
            thread.join(timeout=30)
    assert errors == []
    assert (misses, position, set(versions.values())) == (0, total, {each})
    assert commits(log_database) < total / 2
    assert broken_links(log_database) == 0


def appended_a_second(log: EventLog, writers: int, seconds: float = 0.7) -> float:
    """Decisions a second of so many threads."""
    end = time.monotonic() + seconds
    counts = [0] * writers

    def write(number: int) -> None:
        while time.monotonic() < end:
            log.append(pings(f"contact-{uuid4()}", 0))
            counts[number] += 1

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sum(counts) / seconds


def test_more_writers_are_not_slower_than_one(log_database: str) -> None:
    """They share commits instead of queueing for the lock. Interleaved, the best of four, since machines are busy."""
    with EventLog(as_role(log_database, "putokaz_writer")) as log:
        appended_a_second(log, 1, 0.2)
        ratios = []
        for _ in range(4):
            one = appended_a_second(log, 1)
            ratios.append(appended_a_second(log, 16) / one)
            if ratios[-1] >= 0.8:
                return
    raise AssertionError(f"16 writers against one: {ratios}")
