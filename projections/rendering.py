"""The rows of a journey after a page, or the event at which a handler stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.streams import id_of
from projections.folded import Folded
from projections.folding import Fault, Passage, code_of
from projections.intervals import Ended, Tracing
from projections.read_model import ReadModel, Rows


class Rendering(NamedTuple):
    """The rows by table, None where there is nothing to write; with `fault`, those before it.

    Where a model keeps the past, `rows` are the spans that begin in the passage, and `ends` end others.
    """

    rows: Mapping[str, Rows] | None
    fault: Fault | None = None
    ends: Mapping[str, Sequence[Ended]] = {}


def render(model: ReadModel, passage: Passage) -> Rendering:
    """The rows of `model` after the last event of the passage that it can follow."""
    if not passage.steps:
        return Rendering(None, passage.fault)
    if model.keeps_past:
        return _past(model, passage)
    try:
        return Rendering(_rows(model, passage.steps[-1]), passage.fault)
    except Exception as error:  # a handler's own error: it concerns this model and this stream alone
        last = code_of(error)
    return _until_it_stops(model, passage, last)


def _until_it_stops(model: ReadModel, passage: Passage, last: str) -> Rendering:
    """Event by event, to name the one that did it and to keep what came before."""
    rows: Mapping[str, Rows] | None = None
    for row, step in zip(passage.rows, passage.steps, strict=False):
        try:
            rows = _rows(model, step)
        except Exception as error:
            return Rendering(rows, Fault(row, code_of(error)))
    return Rendering(None, Fault(passage.rows[0], last))  # it failed once and then did not: in doubt, all of it waits


def _past(model: ReadModel, passage: Passage) -> Rendering:
    """Every span of the passage; those before the event at which a handler stops."""
    first, before, fault = passage.rows[0], passage.before, passage.fault
    try:
        stood = _rows(model, Folded(id_of(first.stream), before, first.position - 1)) if before is not None else {}
    except Exception as error:
        return Rendering(None, Fault(first, code_of(error)))
    tracings = [Tracing(table, {} if table.of_events else stood.get(table.name, {})) for table in model.tables]
    for row, step in zip(passage.rows, passage.steps, strict=False):
        try:
            rows = _rows(model, step)
        except Exception as error:
            fault = Fault(row, code_of(error))
            break
        for tracing in tracings:
            tracing.step(row, rows[tracing.table.name])
    found = {tracing.table.name: tracing.found for tracing in tracings}
    return Rendering(
        {name: intervals.rows for name, intervals in found.items()},
        fault,
        {name: intervals.ends for name, intervals in found.items()},
    )


def _rows(model: ReadModel, step: Folded) -> dict[str, Rows]:
    return {table.name: table.rows(step) for table in model.tables}
