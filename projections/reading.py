"""What a page starts from: its rows, what is parked of its streams, and the histories that nobody remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventlog.decision import StoredRow
from eventlog.sql_files import query
from projections.ahead import NextPage
from projections.folding import Passage, fold_passage, passages
from projections.folds import Folds
from projections.writing import Connection


class PositionMoved(Exception):
    """Somebody else advanced one of these read models. Ask where they stand and go on from there."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """`last` is the position of the last row. `parked`: which models have which of these streams parked."""

    last: int
    found: Mapping[str, Passage]
    parked: Mapping[str, frozenset[str]]

    def parked_of(self, model: str) -> frozenset[str]:
        """The streams that this model has parked."""
        return frozenset(stream for stream, models in self.parked.items() if model in models)


def read_page(
    connection: Connection, models: Sequence[str], after: int, until: int, ahead: NextPage | None = None
) -> PageRead:
    """Locks the positions of `models` until the end of the transaction and reads what comes next, if not `ahead`.

    Raises `PositionMoved` where one of them does not stand at `after`.
    """
    span = {"after": after, "until": until, "models": list(models)}
    with connection.pipeline():
        locked = connection.execute(query("projections", "lock"), span)
        parked = connection.execute(query("projections", "parked_streams"), span)
        page = None if ahead else connection.cursor(binary=True).execute(query("projections", "page"), span)
    positions: dict[str, int] = dict(locked.fetchall())
    if any(positions.get(model) != after for model in models):
        raise PositionMoved
    held = {stream: frozenset(names) for stream, names in parked}
    if ahead is not None:
        return PageRead(ahead.last, ahead.found, held)
    rows = [StoredRow._make(row) for row in page or ()]
    return PageRead(rows[-1].position if rows else after, passages(rows), held)


def fold_page(connection: Connection, page: PageRead, models: Sequence[str], folds: Folds, after: int) -> None:
    """Folds each stream that at least one of `models` follows; what is not remembered is read up to `after`."""
    nobody = frozenset[str]()
    wanted = [p for p in page.found.values() if not page.parked.get(p.stream, nobody).issuperset(models)]
    remembered = {p.stream: folds.before(p.stream, p.rows[0].version) for p in wanted}
    missing = [p.stream for p in wanted if remembered[p.stream] is None and p.rows[0].version > 1 and not p.is_folded]
    read = histories(connection, missing, after) if missing else {}
    for passage in wanted:
        known = remembered[passage.stream]
        if not passage.is_folded:
            fold_passage(passage, known, read.get(passage.stream, ()))
        elif known is not None:
            passage.written = known.written


def histories(connection: Connection, streams: list[str], until: int) -> dict[str, list[StoredRow]]:
    """The rows of these streams up to and with position `until`, in order."""
    found: dict[str, list[StoredRow]] = {stream: [] for stream in streams}
    for row in connection.cursor(binary=True).execute(query("projections", "histories"), (streams, until)):
        found[row[1]].append(StoredRow._make(row))
    return found
