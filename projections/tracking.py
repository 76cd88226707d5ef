"""Which read models this process may advance, and where each of them stands.

A lease is an advisory lock of the session, one for each version of a read model: a second projector idles until the
first one's connection ends, and two releases share the work. The lock on the position's row, taken with every page,
is what makes doubling impossible; the lease only keeps two from doing the same work in turns.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventlog.sql_files import query
from projections.read_model import ReadModel
from projections.writing import Connection


class Tracking:
    """For one connection and one thread."""

    def __init__(self, connection: Connection, models: Sequence[ReadModel]) -> None:
        self._connection = connection
        self._all = [model.table for model in models]
        self._wanted = list(models)
        self._leased: list[ReadModel] = []
        self.positions: dict[str, int] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every read model is leased."""
        return not self._wanted

    def lease(self) -> None:
        """Takes every lease that is free and looks where all leased models stand."""
        if self._wanted:
            names = [model.table for model in self._wanted]
            self._connection.execute(query("projections", "begin"), (names,))
            free = {row[0] for row in self._connection.execute(query("projections", "lease"), (names,))}
            self._leased += [model for model in self._wanted if model.table in free]
            self._wanted = [model for model in self._wanted if model.table not in free]
        self.look()

    def look(self) -> None:
        """Reads the positions of the leased models anew."""
        self.positions = self._current([model.table for model in self._leased])

    def groups(self) -> list[tuple[int, list[ReadModel]]]:
        """The leased models by position, the foremost first: it is what people look at."""
        at = sorted(set(self.positions.values()), reverse=True)
        return [(p, [model for model in self._leased if self.positions[model.table] == p]) for p in at]

    def advanced(self, models: Sequence[ReadModel], position: int) -> None:
        """Notes what was committed."""
        self.positions.update({model.table: position for model in models})

    def have_all_reached(self, head: int) -> bool:
        """Whether every read model, also those that another process keeps, stands at `head` or beyond."""
        if any(position < head for position in self.positions.values()):
            return False
        found = self._current(self._all)
        return len(found) == len(self._all) and all(position >= head for position in found.values())

    def _current(self, names: list[str]) -> dict[str, int]:
        return dict(self._connection.execute(query("projections", "current"), (names,)).fetchall())
