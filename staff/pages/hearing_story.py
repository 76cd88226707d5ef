"""What happened with a hearing, as a line of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ObligationKind
from domain.event import Event
from domain.journey.hearing.events import (
    HearingArranged,
    HearingCancelled,
    HearingConfirmed,
    HearingCorrected,
    HearingDebriefed,
    HearingHeld,
    HearingInterrupted,
    HearingMoved,
    HearingNotHeld,
    HearingPlanned,
    HearingPostponed,
    HearingSeen,
    HearingSummoned,
    HearingTaskSettled,
)
from staff.i18n.words import Words
from staff.titles import Titles
from staff.visit import Visit

OF_HEARINGS = (
    HearingSummoned,
    HearingConfirmed,
    HearingMoved,
    HearingPostponed,
    HearingInterrupted,
    HearingHeld,
    HearingNotHeld,
    HearingCancelled,
    HearingCorrected,
    HearingArranged,
    HearingSeen,
    HearingPlanned,
    HearingTaskSettled,
    HearingDebriefed,
)
OfHearing = (
    HearingSummoned
    | HearingConfirmed
    | HearingMoved
    | HearingPostponed
    | HearingInterrupted
    | HearingHeld
    | HearingNotHeld
    | HearingCancelled
    | HearingCorrected
    | HearingArranged
    | HearingSeen
    | HearingPlanned
    | HearingTaskSettled
    | HearingDebriefed
)
_PLAIN = {
    HearingSummoned: "summoned",
    HearingConfirmed: "confirmed",
    HearingMoved: "moved",
    HearingPostponed: "postponed",
    HearingInterrupted: "interrupted",
    HearingNotHeld: "not-held",
    HearingCancelled: "cancelled",
    HearingSeen: "seen",
}


def hearing_line(event: OfHearing, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]]:
    """The text of the line, and its details."""
    return _text(event, titles), tuple(_details(event, titles.words, visit))


def _text(event: OfHearing, titles: Titles) -> str:
    t = titles.words
    kind = event.hearing_kind if isinstance(event, (HearingSummoned, HearingCorrected)) else None
    hearing = titles.hearing(event.hearing, kind)
    match event:
        case HearingHeld():
            return t("story.hearing.held", hearing=hearing, outcome=t.label(event.outcome))
        case HearingCorrected():
            return t("story.hearing.corrected", hearing=hearing, status=t.label(event.status))
        case HearingArranged():
            line, status = titles.owed(ObligationKind.HEARING_ARRANGEMENT, event.arrangement), t.label(event.status)
            return t("story.hearing.arranged", hearing=hearing, line=line, status=status)
        case HearingPlanned():
            return t("story.hearing.planned", hearing=hearing, plan=titles.hearing_plan(event.plan))
        case HearingTaskSettled():
            task, status = titles.owed(ObligationKind.HEARING_TASK, event.task), t.label(event.status)
            return t("story.hearing.task", hearing=hearing, task=task, status=status)
        case HearingDebriefed():
            return t("story.hearing.debriefed", hearing=hearing, outcome=t.label(event.outcome))
        case _:
            return t(f"story.hearing.{_PLAIN[type(event)]}", hearing=hearing)


def _details(event: Event, t: Words, visit: Visit) -> Iterator[str]:
    reason = getattr(event, "reason", None)
    if reason is not None:
        yield t("story.reason", reason=t.label(reason))
    if isinstance(event, (HearingSummoned, HearingMoved, HearingPostponed, HearingInterrupted, HearingCorrected)):
        if event.starts_at is not None and event.zone is not None:
            # On the clock of the court: what stands on the summons.
            yield t("story.hearing.at", moment=t.moment_there(event.starts_at, event.zone))
        elif isinstance(event, (HearingPostponed, HearingInterrupted)):
            yield t("story.hearing.no-date")
    if isinstance(event, HearingHeld) and event.attendance is not None:
        yield t.label(event.attendance)
    if isinstance(event, HearingArranged) and (name := visit.name(event.by)) is not None:
        yield name
    if isinstance(event, HearingPlanned):
        late = [t_ for t_ in event.tasks if t_.deadline and t_.planned_on and t_.deadline.due_on > t_.planned_on]
        if late:
            yield t.count("story.hearing.late-tasks", len(late))
