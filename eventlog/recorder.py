"""The library's recorder over our log: it reads as the library does and writes through our one-trip append.

    LogRecorder(PostgresDatastore(..., schema="eventlog", originator_id_type="text"))

For tools written against `eventsourcing`, and the proof that the log stays one of its logs. Our own paths use
`eventlog.log`, which adds refusals, claims and the outcome of a repeated command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import IntegrityError, ProgrammingError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder

from eventlog.sql_files import query


class LogRecorder(PostgresApplicationRecorder):
    """`insert_events` wants `command_id` and `actor`, which `EventStore.put` and `Application.save` pass on."""

    def create_table(self) -> None:
        """Does nothing: `eventlog.install` makes the tables, and a writer may not."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Appends the events of one stream and returns their positions; of a repeated command, those of the first time.

        Raises the library's `IntegrityError` on a conflict and `ProgrammingError` for several streams at once, for
        versions with gaps, and without `command_id` and `actor`. Lost connections are not retried here.
        """
        if not stored_events:
            return []
        command_id, actor = kwargs.get("command_id"), kwargs.get("actor")
        if command_id is None or actor is None:
            raise ProgrammingError("our log takes no event without command_id and actor")
        stream, first = stored_events[0].originator_id, stored_events[0].originator_version
        if any(e.originator_id != stream or e.originator_version != first + i for i, e in enumerate(stored_events)):
            raise ProgrammingError("one append writes to one stream, without gaps")
        topics, states = [e.topic for e in stored_events], [e.state for e in stored_events]
        release = kwargs.get("release", "library")
        none: list[object] = []
        parameters = (stream, first - 1, command_id, actor, topics, states, None, None, None, release, *[none] * 5)
        with self.datastore.get_connection() as connection:
            row = connection.execute(query("eventlog", "append"), parameters).fetchone()
        assert row is not None
        if row["status"] not in ("new", "repeated"):
            raise IntegrityError(f"{stream} is at version {row['last_version']}")
        count = row["last_version"] - row["first_version"] + 1
        return range(row["position"] - count + 1, row["position"] + 1)
