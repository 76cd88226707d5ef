"""Reintegration in words: lines of the timeline, and the box of the file."""

from __future__ import annotations

from domain.event import Event
from domain.journey.reintegration.events import (
    ReintegrationEnded,
    ReintegrationReopened,
    ReintegrationReviewed,
    ReintegrationStarted,
)
from projections.journey_file.reintegration import ReintegrationRow
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    t = titles.words
    match event:
        case ReintegrationStarted():
            return t("story.reintegration-started"), (t("reintegration.next", day=t.day(event.deadline.due_on)),)
        case ReintegrationReviewed():
            text = t("story.reintegration-reviewed", number=event.number, finding=t.label(event.finding))
            return text, (t("reintegration.next", day=t.day(event.deadline.due_on)),)
        case ReintegrationEnded():
            return t("story.reintegration-ended", reason=t.label(event.reason)), ()
        case ReintegrationReopened():
            text = t("story.reintegration-reopened", reason=t.label(event.reason))
            return text, (t("reintegration.next", day=t.day(event.deadline.due_on)),)
        case _:
            return None


def reintegration_facts(row: ReintegrationRow | None, titles: Titles) -> list[str]:
    """The lines of the box; none where it never began."""
    if row is None:
        return []
    t = titles.words
    lines = [t.label(row.end or row.status)]
    if row.times > 1:
        lines[0] = f"{lines[0]} ({t.count('reintegration.times', row.times)})"
    lines.append(t("reintegration.goals", over=row.settled, all=row.counted))
    if row.finding is not None and row.reviewed_at is not None:
        lines.append(f"{t.day(row.reviewed_at)}: {t.label(row.finding)}")
    if row.review_on is not None:
        lines.append(t("reintegration.next", day=t.day(row.review_on)))
    return lines
