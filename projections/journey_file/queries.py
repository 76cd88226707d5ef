"""The file of one journey and its timeline.

    found = file(reader, journey)
    page = timeline(reader, journey, limit=50)
    older = timeline(reader, journey, before_version=page.rows[-1].version)

The timeline is read from the log, but never beyond what the file shows: the two always agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.codes import SYSTEM_ACTOR
from domain.errors import EventUnreadable
from domain.event import EVENT_TYPES, Event, Recorded
from domain.journey.state import journey_stream
from domain.journey.steps import step_key
from eventlog.bodies import recorded
from eventlog.decision import StoredRow
from projections.journey_file.model import Document, JourneyFile, StepRow, TimelineRow
from projections.paging import Page, bounded, cut
from projections.reader import Reader

_HERE = "projections.journey_file"
_SYSTEM = SYSTEM_ACTOR
_DOCUMENT = TypeAdapter(Document)
_STEPS = TypeAdapter(tuple[StepRow, ...])


def file(reader: Reader, journey: UUID) -> JourneyFile | None:
    """The file; None where there is no such journey, or not yet. Raises `Unavailable`."""
    found = reader.rows(_HERE, "file", {"journey": journey})
    if not found:
        return None
    version, position, document, steps = found[0]
    return JourneyFile(
        journey=journey,
        version=version,
        position=position,
        document=_DOCUMENT.validate_json(document),
        steps=_STEPS.validate_json(steps),
    )


def timeline(
    reader: Reader,
    journey: UUID,
    *,
    hidden: Sequence[str] = (),
    before_version: int | None = None,
    limit: int = 50,
) -> Page[TimelineRow]:
    """The events before `before_version`, newest first; `next` is the `before_version` of the next page, as text.

    `hidden` are topics that are left out, without their schema version. `total` counts the whole timeline, without
    those. Raises `Unavailable`.
    """
    found = reader.rows(
        _HERE,
        "timeline",
        {
            "journey": journey,
            "stream": journey_stream(journey),
            "before": before_version,
            "limit": bounded(limit),
            "corrections": _corrections(),
            "hidden": [f"{topic}@%" for topic in hidden],
        },
    )
    if not found:
        return Page((), 0, None)
    total, stages = found[0][0], found[0][1]
    corrected = _corrected(row for row in found if row[2] == "correction")
    rows = [_row(StoredRow._make(row[3:]), stages, corrected) for row in found if row[2] == "shown"]
    shown, following = cut(rows, limit, lambda row: str(row.version))
    return Page(shown, total, following)


def _corrections() -> list[str]:
    """The topics of every event that can say of another one that it was a mistake."""
    return [f"{cls.topic}@%" for cls in EVENT_TYPES.values() if "corrects" in cls.model_fields]


def _corrected(rows: Any) -> dict[int, int]:
    """Which event each corrected one was corrected by."""
    corrections = {}
    for row in rows:
        event = _body(StoredRow._make(row[3:]))
        corrects = getattr(event, "corrects", None)
        if corrects is not None:
            corrections[corrects] = row[5]
    return corrections


def _row(row: StoredRow, stages: Mapping[str, str], corrected: Mapping[int, int]) -> TimelineRow:
    corrected_by = corrected.get(row.version)
    try:
        return timeline_row(recorded(row), stages, corrected_by)
    except EventUnreadable:  # the page says that a newer release wrote it
        return TimelineRow(
            version=row.version,
            position=row.position,
            topic=row.topic.rpartition("@")[0],
            recorded_at=row.recorded_at,
            occurred_at=row.recorded_at,
            actor=row.actor,
            command_id=row.command_id,
            is_system=row.actor == _SYSTEM,
            body=None,
            corrected_by=corrected_by,
            stage=None,
            step=None,
        )


def timeline_row(of: Recorded[Event], stages: Mapping[str, str], corrected_by: int | None) -> TimelineRow:
    """An event as a line of the timeline. `stages`: that of each step, by its part."""
    body = of.event
    step, part = _place(body)
    return TimelineRow(
        version=of.version,
        position=of.position,
        topic=body.topic,
        recorded_at=of.recorded_at,
        occurred_at=of.occurred_at,
        actor=of.actor,
        command_id=of.command_id,
        is_system=of.actor == _SYSTEM,
        body=body,
        corrected_by=corrected_by,
        stage=getattr(body, "stage", None) or stages.get(part or ""),
        step=step,
    )


def _body(row: StoredRow) -> Event | None:
    try:
        return recorded(row).event
    except EventUnreadable:
        return None  # the page says that a newer release wrote it


def _place(event: Event | None) -> tuple[str | None, str | None]:
    """The step and the part that an event is about."""
    step, occurrence = getattr(event, "step", None), getattr(event, "occurrence", None)
    if step is not None and occurrence is not None:
        return step, step_key(step, occurrence)
    part = getattr(event, "part", None) or getattr(event, "obligation", None)
    if part is not None and part.startswith("step:"):
        return part.split(":")[1], part
    return None, part
