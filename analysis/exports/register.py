"""The register of exports: who took what along, when and what for, from the events that each of them has."""

from __future__ import annotations

from typing import Any

from domain.export.kind import EXPORT
from domain.export.state import Export
from eventlog.bodies import decoded
from projections.paging import Page, bounded, count, cursor_after, cut, key_of
from projections.reader import Reader
from projections.reading import histories

_HERE = "analysis.exports"
_NO_END = 2**63 - 1


def exports_begun(reader: Reader, *, cursor: str | None = None, limit: int = 50) -> Page[Export]:
    """Every export that was begun, the latest first, those that were interrupted too.

    Raises `Unavailable`, `CursorInvalid`.
    """
    (before,) = key_of(cursor, count)
    found: list[tuple[Any, ...]] = reader.rows(_HERE, "exports_begun", {"before": before, "limit": bounded(limit)})
    total = int(found[0][0]) if found else 0
    page, after = cut([row for row in found if row[1] is not None], limit, lambda row: cursor_after(row[2]))
    streams = [row[1] for row in page]
    read = reader.pool.run(lambda connection: histories(connection, streams, _NO_END)) if streams else {}
    exports = (EXPORT.fold(decoded(read[stream])) for stream in streams)
    return Page(tuple(export for export in exports if export is not None), total, after)
