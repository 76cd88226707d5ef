"""Fills a read model anew from the log beside the running one, and puts it in place in one short transaction.

    done = rebuild(dsn, MODEL)          # the role putokaz_projector; projectors, commands and pages go on

A *new* version of a read model needs none of this: it has tables of its own, and the projector of its release fills
them while the release before still reads the old ones. This is for the tables of the *same* version: rows were
damaged, or a handler was corrected in a way that changes rows without changing tables.

1. The shadow, temporary tables like the live ones, is filled up to the head of the log, and again with what came
   meanwhile, until it is nearly level. Nobody notices: the live tables are not touched.
2. In one transaction the row of the model's position is locked, so that no page of it is committed; the shadow is
   brought to exactly that position; live rows that the shadow has not, or has otherwise, are deleted, and the
   missing ones inserted; parked streams are replaced. Where the shadow is further than the model was, the position
   moves with the rows, and a running projector that finds it moved goes on from there.

Why not rename tables: a rename takes an exclusive lock for which it waits behind the longest query of a page, and
every later page behind it; plans, grants and the names of indexes hang on the old table. Here readers take no notice:
until the commit they see all old rows, then all new ones. Why not delete everything: only what differs is written,
so the lock on the position lasts about as long as reading the tables, and a sound table is hardly touched.

A kill at any moment leaves the live tables whole: step 1 is not in them, step 2 is one transaction. The shadow is
gone with its session, and the next rebuild begins anew; two at once do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from domain.streams import name_of
from eventlog.pool import reachable
from eventlog.sql_files import query
from projections.connecting import connect
from projections.read_model import ReadModel
from projections.shadow import Shadow, Swapped
from projections.whole_log import STATEMENT, Watch, chunks, folded, unwatched
from projections.writing import Connection

_NEAR = 200  # events that may be left for the transaction: a fraction of a second
_ROUNDS = 20  # of catching up, against a log that grows as fast as it is read
_STREAMS = 100  # at a time while catching up


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`position`: where the model stands now. Times in seconds; projectors of this model waited for `locked`."""

    model: str
    position: int
    removed: int
    put: int
    parked: int
    seconds: float
    locked: float


def rebuild(dsn: str, model: ReadModel, *, watch: Watch = unwatched) -> Rebuilt:
    """Rebuilds the tables of one read model. Raises `Unavailable`; then the live tables are as they were."""
    started = monotonic()
    connection = connect(dsn, "putokaz-rebuild", statement=STATEMENT)
    try:
        with reachable():
            shadow = Shadow(connection, model)
            position = _filled(connection, model, shadow, watch)
            waited = monotonic()
            position, swapped = _put_in_place(connection, model, shadow, position)
            ended = monotonic()
    finally:
        connection.close()
    return Rebuilt(
        model=model.table,
        position=position,
        removed=swapped.removed,
        put=swapped.put,
        parked=shadow.parked,
        seconds=ended - started,
        locked=ended - waited,
    )


def _filled(connection: Connection, model: ReadModel, shadow: Shadow, watch: Watch) -> int:
    """Fills the shadow and returns its position, near the head of the log."""
    position = _head(connection)
    for _, passages in chunks(connection, position, watch, model.kinds):
        shadow.put(passages.values())
    for _ in range(_ROUNDS):
        head = _head(connection)
        if head - position <= _NEAR:
            break
        _catch_up(connection, model, shadow, position, head)
        position = head
    return position


def _put_in_place(connection: Connection, model: ReadModel, shadow: Shadow, position: int) -> tuple[int, Swapped]:
    names = [model.table]
    connection.execute(query("projections", "begin"), (names,))
    with connection.transaction():
        ((_, live),) = connection.execute(query("projections", "lock"), {"models": names}).fetchall()
        if live > position:
            _catch_up(connection, model, shadow, position, live)
        swapped = shadow.swap()
        if live < position:
            connection.execute(query("projections", "advance"), {"position": position, "models": names})
    return max(live, position), swapped


def _catch_up(connection: Connection, model: ReadModel, shadow: Shadow, after: int, until: int) -> None:
    found = connection.execute(query("projections", "changed"), (after, until))
    changed = [stream for (stream,) in found if name_of(stream) in model.kinds]
    for streams in _parts(changed):
        shadow.forget(streams)
        shadow.put(folded(connection, streams, until).values())


def _parts(streams: list[str]) -> list[list[str]]:
    return [streams[start : start + _STREAMS] for start in range(0, len(streams), _STREAMS)]


def _head(connection: Connection) -> int:
    head: int = (connection.execute(query("eventlog", "head")).fetchone() or (0,))[0]
    return head
