"""From the rows of a page to folded streams. An event that cannot be read or folded stops its stream, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.codes import StreamName
from domain.errors import EventUnreadable
from domain.streams import KINDS, StreamState, id_of, kind_of, name_of
from eventlog.bodies import recorded
from eventlog.decision import StoredRow
from projections.folded import Folded
from projections.folds import Remembered
from projections.read_model import Rows


@dataclass(frozen=True, slots=True)
class Fault:
    """The event at which a stream stopped, and why, as a code: the error's text may quote the event."""

    row: StoredRow
    error: str


@dataclass(slots=True)
class Passage:
    """What a page holds of one stream: its rows, and the state after each of them.

    `before` is the state before the first of them. `steps` ends before the event of `fault`. `written` is what is known
    of what the tables hold before the page.
    """

    stream: str
    rows: list[StoredRow]
    steps: list[Folded] = field(default_factory=list)
    fault: Fault | None = None
    written: Mapping[str, Rows] = field(default_factory=dict)
    before: StreamState | None = None

    @property
    def kind(self) -> StreamName:
        return kind_of(self.stream).name

    @property
    def is_folded(self) -> bool:
        """Whether its states are there, as far as they can be."""
        return bool(self.steps) or self.fault is not None

    def state_before(self, version: int) -> StreamState | None:
        """The state that the passage ends with, if it stands just before `version`."""
        if not self.steps or self.fault is not None or self.steps[-1].state.version != version - 1:
            return None
        return self.steps[-1].state

    def held(self, table: str) -> Rows | None:
        """What a table holds of the stream before the page; None where that is not known."""
        return {} if self.rows[0].version == 1 else self.written.get(table)


def passages(rows: Iterable[StoredRow]) -> dict[str, Passage]:
    """The rows of a page by stream; those that nothing is decided on, as of messages, are left out."""
    found: dict[str, Passage] = {}
    for row in rows:
        if name_of(row.stream) in KINDS:
            passage = found.get(row.stream)
            if passage is None:
                passage = found[row.stream] = Passage(row.stream, [])
            passage.rows.append(row)
    return found


def fold_passage(passage: Passage, remembered: Remembered | None, history: Sequence[StoredRow] = ()) -> None:
    """Folds a passage onto what is remembered, or else onto the rows of its history."""
    evolve = kind_of(passage.stream).folding.evolve
    state: StreamState | None = None
    if remembered is not None:
        state, passage.written = remembered.state, remembered.written
    for row in history:
        try:
            state = evolve(state, recorded(row))
        except Exception as error:  # any error of an event's body or of its folding concerns this stream alone
            passage.fault = Fault(row, code_of(error))
            return
    passage.before = state
    for row in passage.rows:
        try:
            event = recorded(row)
            state = evolve(state, event)
            folded = Folded(id_of(row.stream), state, row.position, event)
        except Exception as error:
            passage.fault = Fault(row, code_of(error))
            return
        passage.steps.append(folded)


def code_of(error: BaseException) -> str:
    """A code for an error, without anything of its text: SQLSTATE or the name of its class."""
    if isinstance(error, EventUnreadable):
        return "unreadable"
    state = getattr(error, "sqlstate", None)
    return f"SQLSTATE {state}" if state else type(error).__name__
