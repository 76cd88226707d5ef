"""The projector: follows the log and keeps the read models level with it, for ever.

    projector = Projector(dsn)
    Thread(target=projector.run, args=(stop,)).start()      # stop: threading.Event
    projector.level()                                       # for /readyz

It hears of an append by LISTEN and shows it some 2 ms after its commit. When the database goes away it tries again
with a growing pause. A second projector on the same database idles and takes over when the first one's connection ends.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from threading import Event

import psycopg

from domain.errors import Unavailable
from eventlog.faults import meaning
from eventlog.follow import Follower
from eventlog.log import EventLog
from eventlog.unforeseen import kind_and_place
from projections.ahead import Ahead
from projections.connecting import connect
from projections.folding import code_of
from projections.folds import Folds
from projections.page import apply_page
from projections.read_model import ReadModel
from projections.reading import PositionMoved
from projections.registry import READ_MODELS
from projections.tracking import Tracking
from projections.writing import Connection

_PAUSES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds after a fault; the last one repeats
_LOOK = 1.0  # seconds between looks for a lease that another process holds
_WAIT = 0.5  # seconds after which a waiting projector looks whether it is to stop

log = logging.getLogger("putokaz.projections")


class Projector:
    """`page`: most events in a commit. `journeys`: how many folded ones are remembered, about 20 to 100 kB each.

    One thread runs it; `level` and `fault` may be asked from any. Needs the role putokaz_projector.
    """

    def __init__(
        self, dsn: str, *, models: Sequence[ReadModel] = READ_MODELS, page: int = 500, journeys: int = 1000
    ) -> None:
        self._dsn = dsn
        self._models = tuple(models)
        self._page = page
        self._journeys = journeys
        self._folds: dict[frozenset[str], Folds] = {}
        self._aheads: dict[frozenset[str], Ahead] = {}
        self._head_at_start: int | None = None
        self._level = False
        self._failures = 0
        self.fault: str | None = None
        """The code of what keeps it from working now, None while it works."""

    def level(self) -> bool:
        """Whether all read models have reached the head that the log had at the start; once true, always true.

        Models that another process keeps count by their position as well.
        """
        return self._level

    def run(self, stop: Event) -> None:
        """Works until `stop` is set. A mistake of ours is logged and tried again too: its process may be a worker."""
        while not stop.is_set():
            try:
                self._session(stop, until=None)
            except Exception as error:
                self._failed(error)
                stop.wait(_PAUSES[min(self._failures, len(_PAUSES)) - 1])

    def catch_up(self) -> int:
        """Brings what it can lease to the head that the log has now, and returns that. For tests and commands.

        Raises `Unavailable`, and `psycopg.Error` for a mistake of ours.
        """
        with EventLog(self._dsn, size=1) as events:
            head = events.head()
        try:
            self._session(Event(), until=head)
        except psycopg.Error as error:
            raise meaning(error) or error from error
        return head

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        self.fault = code_of(error)
        if isinstance(error, Unavailable | psycopg.Error):
            log.warning("read models pause: %s", self.fault)
        else:
            log.error("read models pause: %s at %s", self.fault, kind_and_place(error)["place"])

    def _session(self, stop: Event, until: int | None) -> None:
        self._folds.clear()  # somebody else may have written since
        self._aheads.clear()
        connection = connect(self._dsn)
        try:
            with EventLog(self._dsn, size=1, application_name="putokaz-projections-log") as events:
                if self._head_at_start is None:
                    self._head_at_start = events.head()
                follower = events.follower()
                try:
                    self._work(Tracking(connection, self._models), connection, events, follower, stop, until)
                finally:
                    follower.close()
        finally:
            connection.close()

    def _work(
        self,
        tracking: Tracking,
        connection: Connection,
        events: EventLog,
        follower: Follower,
        stop: Event,
        until: int | None,
    ) -> None:
        tracking.lease()
        looked = time.monotonic()
        while not stop.is_set():
            if not tracking.is_whole and time.monotonic() - looked > _LOOK:
                tracking.lease()
                looked = time.monotonic()
            self._turn(tracking, connection, events, until)
            self._failures, self.fault = 0, None
            self._level = self._level or tracking.have_all_reached(self._head_at_start or 0)
            behind = min(tracking.positions.values(), default=until or 0)
            if until is not None and behind >= until:
                return
            if not tracking.positions:
                stop.wait(_LOOK)
            elif until is None:
                follower.wait(behind, _WAIT)

    def _turn(self, tracking: Tracking, connection: Connection, events: EventLog, until: int | None) -> None:
        """A page for each group of models that stand at the same position; one behind stops where the next stands."""
        groups = tracking.groups()
        ceiling = until
        for position, models in groups:
            end = position + self._page if ceiling is None else min(position + self._page, ceiling)
            ceiling = position
            if end <= position:
                continue
            group = frozenset(m.table for m in models)
            folds = self._folds.setdefault(group, Folds(self._journeys))
            ahead = self._aheads.setdefault(group, Ahead(events))
            try:
                ceiling = apply_page(connection, models, folds, position, end, ahead)
            except PositionMoved:
                self._folds.clear()
                tracking.look()
                return
            tracking.advanced(models, ceiling)
        if len(self._folds) > len(groups):
            present = {frozenset(m.table for m in models) for _, models in tracking.groups()}
            self._folds = {names: folds for names, folds in self._folds.items() if names in present}
            self._aheads = {names: ahead for names, ahead in self._aheads.items() if names in present}
