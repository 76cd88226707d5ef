"""OCEL 2.0 as JSON. Every value is a string, as the standard's JSON schema demands; its type stands with its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import to_json

from analysis.exports.cut import LogReader
from analysis.exports.making import Cursor, Piece, Streamed
from analysis.exports.ocel import Batch, ObjectCentric, event_types, object_types
from analysis.exports.pseudonyms import Pseudonyms

BEGIN, EVENTS, OBJECTS, END = "begin", "events", "objects", "end"


class OcelJson(Streamed):
    """One JSON document."""

    def __init__(self, log: LogReader, pseudonyms: Pseudonyms) -> None:
        self._source = ObjectCentric(log, pseudonyms)

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`. A cursor knows in which array it stands, and whether something stands there already."""
        where, filled = (cursor["where"], bool(cursor["filled"])) if cursor else (BEGIN, False)
        if where == END:
            return
        for batch in self._source.batches(cursor["source"] if cursor else None):
            data = bytearray()
            if where == BEGIN:
                data += b'{"objectTypes":%b,"eventTypes":%b,"events":[' % (
                    to_json(object_types()),
                    to_json(event_types()),
                )
                where = EVENTS
            if where == EVENTS and "event" not in batch.cursor:
                data += b'],"objects":['
                where, filled = OBJECTS, False
            rows = _rows(batch)
            if rows:
                data += (b",\n" if filled else b"\n") + to_json(rows)[1:-1]
                filled = True
            yield Piece(bytes(data), self._cursor(where, filled, batch), len(batch.events), batch.share)
        yield Piece(b"]}\n", {"where": END, "filled": True, "source": None}, 0, 1.0)

    @staticmethod
    def _cursor(where: str, filled: bool, batch: Batch) -> Cursor:
        return {"where": where, "filled": filled, "source": batch.cursor}


def _rows(batch: Batch) -> list[dict[str, Any]]:
    return batch.events or batch.objects
