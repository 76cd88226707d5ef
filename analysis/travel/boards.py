"""The boards at a moment: the list, what stands still, the hearings, the caseloads.

    then = board_reader(reader, Moment(instant))
    page = list_journeys(then, JourneyFilter(phase=Phase.OPEN))
    board = stalled(then, now=instant)

As known, nothing is folded: the past of the boards is kept (`projections/past`). As it was, the streams of which
something was recorded late are folded anew and shown instead; there are as many as had something unsaid just then.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.travel.history import Past, past_of
from analysis.travel.moment import Clock, Moment
from analysis.travel.reading import read_histories
from domain.streams import id_of
from projections.folded import Folded
from projections.past.reader import PastReader, position_at, unknown_at
from projections.read_model import ReadModel, Row
from projections.reader import Reader
from projections.registry import READ_MODELS

_AT_ONCE = 200  # streams that are read at a time


def board_reader(reader: Reader, moment: Moment) -> Reader:
    """A reader for the queries of the boards, as of a moment. Raises `Unavailable`."""
    position = position_at(reader, moment.at)
    if moment.clock is Clock.KNOWN:
        return PastReader(reader, position)
    late = unknown_at(reader, moment.at)
    pasts = [
        past_of(history, moment)
        for first in range(0, len(late), _AT_ONCE)
        for history in read_histories(reader, late[first : first + _AT_ONCE]).values()
    ]
    return PastReader(reader, position, streams=[id_of(stream) for stream in late], instead=rows_of(pasts))


def rows_of(pasts: Iterable[Past], models: Iterable[ReadModel] = READ_MODELS) -> dict[str, list[Row]]:
    """The rows of every table of these streams as they were, made by the handlers of the tables themselves."""
    present = [model for model in models if not model.keeps_past]
    found: dict[str, list[Row]] = {table.name: [] for model in present for table in model.tables}
    for past in pasts:
        if past.state is None:
            continue
        folded = Folded(id_of(past.state.stream), past.state, past.events[-1].position, past.events[-1])
        for model in present:
            if folded.kind in model.kinds:
                for table in model.tables:
                    found[table.name].extend(table.rows(folded).values())
    return found


def journey_reader(reader: Reader, past: Past) -> Reader:
    """A reader for the query of one journey's file, as it was at the moment of `past`."""
    streams = [id_of(past.state.stream)] if past.state is not None else []
    return PastReader(reader, position_at(reader, past.moment.at), streams=streams, instead=rows_of([past]))
