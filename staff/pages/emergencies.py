"""Emergency access in words: the lines of the timeline, and the box of the file with what may be done about each."""

from __future__ import annotations

from dataclasses import dataclass

from domain.event import Event
from domain.journey.emergency.access import EmergencyAccessOpened, EmergencyAccessReviewed
from projections.journey_file.emergencies import EmergencyRow
from projections.journey_file.model import Document
from staff.titles import Titles
from staff.visit import Visit

Told = tuple[str, tuple[str, ...]]


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    t = titles.words
    match event:
        case EmergencyAccessOpened():
            until = t("emergency.until", moment=t.moment(event.ends_at))
            due = t("emergency.review-due", day=t.day(event.deadline.due_on))
            return t("story.emergency-opened", reason=t.label(event.reason)), (until, due)
        case EmergencyAccessReviewed():
            return t("story.emergency-reviewed", finding=t.label(event.finding)), ()
        case _:
            return None


@dataclass(frozen=True, slots=True)
class ShownAccess:
    """One access: who and why, how it stands, and whether the person who looks may review it."""

    row: EmergencyRow
    text: str
    details: tuple[str, ...]
    may_review: bool


def emergencies(document: Document, visit: Visit, *, is_open: bool) -> tuple[ShownAccess, ...]:
    """The emergency accesses of a file as this person sees them, newest first."""
    return tuple(_shown(row, visit, is_open=is_open) for row in document.emergencies)


def _shown(row: EmergencyRow, visit: Visit, *, is_open: bool) -> ShownAccess:
    t, mine = visit.words, row.staff == visit.person.id
    who = visit.name(row.staff) or t("person.nobody")
    details = [t.label(row.reason), t("emergency.until", moment=t.moment(row.ends_at))]
    if row.finding is not None and row.reviewed_at is not None:
        reviewer = visit.name(row.reviewed_by) or t("person.nobody")
        details += [t.label(row.finding), t("approval.answered-by", who=reviewer, day=t.day(row.reviewed_at))]
    elif row.owner_role is not None:
        owner = visit.name(row.owner_staff) or t.label(row.owner_role)
        details.append(t("emergency.owed-by", who=owner, day=t.day(row.due_on)))
    return ShownAccess(
        row=row,
        text=t("emergency.opened-by", who=who, moment=t.moment(row.opened_at)),
        details=tuple(details),
        may_review=is_open and row.finding is None and not mine,
    )
