"""One journey as of a moment: its file, its timeline, and what of them can be compared.

then = journey_then(reader, journey, Moment(instant))
then.file, then.timeline
compare(shown_of(then.file), shown_of(later.file))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from analysis.travel.boards import journey_reader
from analysis.travel.comparing import Fields
from analysis.travel.history import History, Past, past_of
from analysis.travel.moment import Moment
from analysis.travel.reading import read_histories
from domain.journey.state import journey_stream
from projections.journey_file.hearing_model import HearingRow
from projections.journey_file.model import JourneyFile, TimelineRow
from projections.journey_file.queries import file, timeline_row
from projections.reader import Reader


@dataclass(frozen=True, slots=True)
class JourneyThen:
    """`file` is None before the journey began. `history` is the whole of it, as it is known now."""

    past: Past
    file: JourneyFile | None
    history: History

    @property
    def timeline(self) -> tuple[TimelineRow, ...]:
        """What belongs to the moment, newest first, each with the correction that was known or had happened."""
        return rows_told(self.past, self.file)


def journey_then(reader: Reader, journey: UUID, moment: Moment) -> JourneyThen:
    """A journey at a moment. One that does not exist has an empty history. Raises `Unavailable`, `EventUnreadable`."""
    return journey_of(reader, journey, read_history(reader, journey), moment)


def read_history(reader: Reader, journey: UUID) -> History:
    """The whole history of a journey: read once, for several moments. Raises `Unavailable`, `EventUnreadable`."""
    stream = journey_stream(journey)
    return read_histories(reader, [stream]).get(stream, ())


def journey_of(reader: Reader, journey: UUID, history: History, moment: Moment) -> JourneyThen:
    """The same from a history that has been read already. Raises `Unavailable`, `EventUnreadable`."""
    past = past_of(history, moment)
    found = file(journey_reader(reader, past), journey) if past.state is not None else None
    return JourneyThen(past, found, history)


def rows_told(past: Past, found: JourneyFile | None) -> tuple[TimelineRow, ...]:
    """The lines of a timeline, newest first. Unplaced events are not in it: they are named apart."""
    stages = {step.part: step.stage for step in found.steps} if found else {}
    corrections = [(getattr(each.event, "corrects", None), each.version) for each in reversed(past.events)]
    corrected = {version: by for version, by in corrections if version is not None}  # the first correction of several
    return tuple([timeline_row(each, stages, corrected.get(each.version)) for each in reversed(past.events)])


def shown_of(found: JourneyFile | None) -> dict[str, Fields]:
    """What a person compares: phase, people, stages, steps, consents, hearings, milestones; by the key of each."""
    return dict(_shown(found)) if found is not None else {}


def _shown(found: JourneyFile) -> Iterator[tuple[str, Fields]]:
    document = found.document
    yield "journey", {"phase": found.header.phase, "stalled": found.header.stalled}
    for person in document.assigned:
        yield f"role:{person.role.value}", {"staff": person.staff}
    for stage in document.stages:
        yield f"stage:{stage.stage}", {"entered_at": stage.entered_at, "left_at": stage.left_at, "exit": stage.exit}
    for step in found.steps:
        yield (
            step.part,
            {
                "status": step.status,
                "outcome": step.outcome,
                "due_on": step.due_on,
                "appointment": step.appointment,
                "stalled": step.stalled,
            },
        )
    for consent in document.consents:
        yield consent.part, {"given_at": consent.given_at, "ends_at": consent.ends_at}
    for hearing in document.hearings:
        yield hearing.part, _hearing(hearing)
    for milestone in document.milestones:
        yield f"milestone:{milestone.milestone}", {"reached_at": milestone.reached_at}


def _hearing(row: HearingRow) -> Fields:
    dates = [date for date in row.dates if not date.retracted]
    last = dates[-1] if dates else None
    return {
        "status": row.status,
        "date": last.starts_at if last is not None and last.ended is None else None,
        "postponements": row.postponements,
        "outcome": row.outcome,
    }
