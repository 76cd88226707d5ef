"""Streams that a read model cannot follow are parked: shown, kept in order, and replayed once the cause is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventlog.decision import StoredRow
from eventlog.sql_files import query
from projections.folding import Fault
from projections.writing import Connection


@dataclass(frozen=True, slots=True)
class Mark:
    """`model` (with its version) stopped at `fault`, or had before; the stream has come to `last` by now."""

    model: str
    fault: Fault
    last: StoredRow


BEHIND = "behind"
"""The error of a mark that only moves the end of what is parked already; never stored."""


def park(connection: Connection, marks: Sequence[Mark]) -> None:
    """Records the marks: a stream parked anew, or how far a parked one has gone. Within the page's transaction."""
    if not marks:
        return
    columns = zip(
        *[
            (
                mark.model,
                mark.last.stream,
                mark.fault.row.version,
                mark.fault.row.position,
                mark.last.version,
                mark.last.position,
                mark.fault.row.topic,
                mark.fault.error,
            )
            for mark in marks
        ],
        strict=True,
    )
    connection.execute(query("projections", "park"), [list(column) for column in columns])
