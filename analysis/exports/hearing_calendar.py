"""The hearings of a period as iCalendar, as the private calendars show them: the code of the case, instant and link.

It is the one export that names cases by their codes: whoever keeps a calendar of court dates has to know whose they
are. Names, court and place are not in it. A hearing without a date, or that was given up, is not in it either.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from analysis.exports.cut import LogReader
from analysis.exports.making import OWNER_ONLY, Cursor, Piece
from analysis.exports.rows import folded
from analysis.what_if.cohort import Period
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.hearing.codes import DATED, HearingStatus
from domain.journey.naming import journey_code
from projections.my_day.appointments import AppointmentRow

CalendarOf = Callable[[Sequence[AppointmentRow], datetime], bytes]
"""Writes iCalendar of appointments, as of an instant."""
_SHOWN = DATED | {HearingStatus.HELD}


class HearingCalendar:
    """The draft has a line of JSON for each hearing; the calendar is made of all of them at the end."""

    def __init__(self, log: LogReader, period: Period, write: CalendarOf) -> None:
        self._log = log
        self._period = period
        self._write = write

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`."""
        for streams in self._log.streams(StreamName.JOURNEY, cursor["after"] if cursor else None):
            lines: list[str] = []
            for history in streams.histories.values():
                journey = folded(self._log, history)
                if journey is not None:
                    lines += [json.dumps(line) + "\n" for line in self._lines(journey)]
            yield Piece("".join(lines).encode(), {"after": streams.last}, len(lines), streams.share)

    def finish(self, draft: Path, made: Path) -> None:
        """The calendar, earliest hearing first; `DTSTAMP` is the moment as of which it is, so it is the same again."""
        with draft.open(encoding="utf-8") as lines:
            rows = [_row(json.loads(line)) for line in lines]
        rows.sort(key=lambda row: (row.appointment, row.code, row.part))
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
            file.write(self._write(rows, self._log.cut.known_at))

    def _lines(self, journey: Journey) -> Iterator[list[Any]]:
        for hearing in journey.hearings.values():
            date = hearing.dates[-1] if hearing.dates and hearing.status in _SHOWN else None
            if date is not None and date.starts_at in self._period:
                yield [str(journey.id), hearing.key, hearing.date_version, date.starts_at.isoformat(), date.zone]


def _row(line: list[Any]) -> AppointmentRow:
    journey, part, version, starts_at, zone = line
    id_ = UUID(journey)
    return AppointmentRow(
        StreamName.JOURNEY, id_, part, journey_code(id_), version, datetime.fromisoformat(starts_at), zone
    )
