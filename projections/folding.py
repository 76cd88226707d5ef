"""From the rows of a page to folded journeys. An event that cannot be read or folded stops its stream, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.errors import EventUnreadable
from domain.journey import Journey, evolve
from domain.journey.state import PREFIX, journey_id
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
    """What a page holds of one journey: its rows, and the journey after each of them.

    `steps` ends before the event of `fault`. `written` is what is known of what the tables hold before the page.
    """

    stream: str
    rows: list[StoredRow]
    steps: list[Folded] = field(default_factory=list)
    fault: Fault | None = None
    written: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def is_folded(self) -> bool:
        """Whether its journeys are there, as far as they can be."""
        return bool(self.steps) or self.fault is not None

    def journey_before(self, version: int) -> Journey | None:
        """The journey that the passage ends with, if it stands just before `version`."""
        if not self.steps or self.fault is not None or self.steps[-1].journey.version != version - 1:
            return None
        return self.steps[-1].journey

    def held(self, table: str) -> Rows | None:
        """What a table holds of the journey before the page; None where that is not known."""
        return {} if self.rows[0].version == 1 else self.written.get(table)


def passages(rows: Iterable[StoredRow]) -> dict[str, Passage]:
    """The rows of a page by journey; streams of other kinds are left out, whatever they hold."""
    found: dict[str, Passage] = {}
    for row in rows:
        if row.stream.startswith(PREFIX):
            passage = found.get(row.stream)
            if passage is None:
                passage = found[row.stream] = Passage(row.stream, [])
            passage.rows.append(row)
    return found


def fold_passage(passage: Passage, remembered: Remembered | None, history: Sequence[StoredRow] = ()) -> None:
    """Folds a passage onto what is remembered, or else onto the rows of its history."""
    journey: Journey | None = None
    if remembered is not None:
        journey, passage.written = remembered.journey, remembered.written
    for row in history:
        try:
            journey = evolve(journey, recorded(row))
        except Exception as error:  # any error of an event's body or of its folding concerns this stream alone
            passage.fault = Fault(row, code_of(error))
            return
    for row in passage.rows:
        try:
            journey = evolve(journey, recorded(row))
            folded = Folded(journey_id(row.stream), journey, row.position)
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
