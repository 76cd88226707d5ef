"""What a read model is to the framework: versioned tables and, for each, a pure function from a stream to its rows.

Nothing else is asked of it. Since rows follow from the folded stream alone, a page of events writes only the last
rows of each stream, a parked stream is replayed by rendering it once, and a rebuild needs no history of writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.codes import StreamName
from projections.folded import Folded
from projections.names import ModelName

Row = dict[str, object]
"""Column to value: what JSON has, and `UUID`, `date`, `datetime`. Codes are plain text (`folded.code`), not enums."""
Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` gives the rows of one stream by their key within it.

    `name` is the table, version included. The package of the model has `queries/put_<name>.sql` (rows as JSON) and,
    where a stream's rows may disappear, `queries/clear_<name>.sql` (ids of streams) and `queries/drop_<name>.sql`
    (ids of streams, keys). A table that is not `keyed` has exactly one row a stream and needs neither.

    Comparing needs `compare_<name>.sql`; rebuilding needs `shadow_<name>.sql` (makes an empty temporary table),
    `shadow_put_<name>.sql`, `shadow_clear_<name>.sql`, `sweep_<name>.sql` (deletes what the shadow has otherwise) and
    `fill_<name>.sql` (inserts what is missing). They differ from those of the other tables in the name alone.

    `of_events`, where a model keeps the past: its rows are of single events, and none of them ever ends.
    """

    name: str
    rows: Callable[[Folded], Rows]
    keyed: bool
    of_events: bool = False


@dataclass(frozen=True, slots=True)
class ReadModel:
    """One version of a read model. `package` holds its SQL, `kinds` are the kinds of stream that it follows.

    Where it follows several, `compare_<name>.sql` looks only at rows of the `kind` that it is given.

    `keeps_past`: its tables hold the rows after every event, with the span in which each stood (`intervals.py`). Such
    a table has `end_<name>.sql` (ids of streams, keys, positions, instants), and no `drop_<name>.sql`.
    """

    name: ModelName
    version: int
    package: str
    tables: tuple[Table, ...]
    kinds: frozenset[StreamName] = frozenset({StreamName.JOURNEY})
    keeps_past: bool = False

    @property
    def table(self) -> str:
        """The name under which its position and parked streams stand: `journey_list_v1`."""
        return f"{self.name.value}_v{self.version}"
