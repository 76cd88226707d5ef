"""The log stays a log of the library `eventsourcing`: its store, repository and subscription work on ours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import IntegrityError, ProgrammingError
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.utils import get_topic
from psycopg.conninfo import conninfo_to_dict

from eventlog.log import EventLog
from eventlog.mapper import LibraryEvent, LogMapper
from eventlog.recorder import LogRecorder
from tests.fix_eventlog import ACTOR, Pinged, pings


class StockApplication(Application[str]):
    """Nothing of our own: the library's application, pointed at our log by its settings."""

    name = "stored"


@pytest.fixture
def application(log_database: str) -> Iterator[StockApplication]:
    """A stock application on an empty log."""
    parts = conninfo_to_dict(log_database)
    app = StockApplication(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(parts["dbname"]),
            "POSTGRES_HOST": str(parts["host"]),
            "POSTGRES_PORT": str(parts["port"]),
            "POSTGRES_USER": str(parts["user"]),
            "POSTGRES_PASSWORD": str(parts["password"]),
            "POSTGRES_SCHEMA": "eventlog",
            "ORIGINATOR_ID_TYPE": "text",
            "MAPPER_TOPIC": get_topic(LogMapper),
            "APPLICATION_RECORDER_TOPIC": get_topic(LogRecorder),
        }
    )
    yield app
    app.close()


def test_its_store_reads_what_our_log_appended(application: StockApplication, event_log: EventLog) -> None:
    """Stream, versions and bodies."""
    event_log.append(pings("contact-1", 0, 3))
    read = list(application.events.get("contact-1", gt=1))
    assert read == [LibraryEvent("contact-1", v, Pinged(number=v)) for v in (2, 3)]


def test_its_repository_folds_our_streams(application: StockApplication, event_log: EventLog) -> None:
    """With a projector, as its documentation has it for aggregates of one's own."""
    event_log.append(pings("contact-1", 0, 4))

    def add(total: int | None, events: Any) -> int | None:
        return (total or 0) + sum(int(e.event.number) for e in events)

    repository: Any = application.repository  # its types want aggregates of its own making
    assert repository.get("contact-1", projector_func=add) == 1 + 2 + 3 + 4


def test_its_notifications_and_subscription_follow_our_log(application: StockApplication, event_log: EventLog) -> None:
    """The subscription is woken by our NOTIFY, on the channel that it expects."""
    event_log.append(pings("contact-1", 0, 2))
    assert [n.id for n in application.notification_log.select(1, 10)] == [1, 2]
    with application.recorder.subscribe(gt=1) as subscription:
        assert next(subscription).id == 2
        # Its thread may not listen yet when the first of these is appended: what it hears of brings all of them.
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(next, subscription)
            for number in range(2, 32):
                event_log.append(pings(f"contact-{number}", 0))
                if wait([waiting], timeout=1.0).done:
                    break
            notification = waiting.result(timeout=10)
    assert (notification.id, notification.originator_id) == (3, "contact-2")


def test_its_save_appends_through_our_function(application: StockApplication, event_log: EventLog) -> None:
    """So chain, clock and outcome are kept; a repeated command records nothing."""
    command_id = uuid4()
    events = [LibraryEvent("contact-1", v, Pinged(number=v)) for v in (1, 2)]
    first = application.save(*events, command_id=command_id, actor=ACTOR)
    again = application.save(*events, command_id=command_id, actor=ACTOR)
    assert [r.notification.id for r in first] == [r.notification.id for r in again] == [1, 2]
    outcome = event_log.outcome("contact-1", command_id)
    assert outcome is not None
    assert (outcome.last_version, event_log.head()) == (2, 2)


def test_its_conflict_is_an_integrity_error(application: StockApplication, event_log: EventLog) -> None:
    """As its own recorders raise it."""
    event_log.append(pings("contact-1", 0))
    with pytest.raises(IntegrityError, match="version 1"):
        application.save(LibraryEvent("contact-1", 1, Pinged()), command_id=uuid4(), actor=ACTOR)


def test_no_event_gets_in_without_command_and_actor(application: StockApplication) -> None:
    """An event that nobody decided has no place in the log."""
    with pytest.raises(ProgrammingError, match="command_id and actor"):
        application.save(LibraryEvent("contact-1", 1, Pinged()))
    two: list[DomainEventProtocol[str]] = [
        LibraryEvent("contact-1", 1, Pinged()),
        LibraryEvent("contact-2", 1, Pinged()),
    ]
    with pytest.raises(ProgrammingError, match="one stream"):
        application.events.put(two, command_id=uuid4(), actor=ACTOR)


def test_the_recorder_stands_alone(log_database: str) -> None:
    """With a datastore, as the library's own recorders."""
    parts = conninfo_to_dict(log_database)
    with PostgresDatastore(
        str(parts["dbname"]),
        str(parts["host"]),
        str(parts["port"]),
        str(parts["user"]),
        str(parts["password"]),
        schema="eventlog",
        originator_id_type="text",
    ) as store:
        recorder = LogRecorder(store)
        assert recorder.insert_events([]) == []
        assert recorder.max_notification_id() is None
