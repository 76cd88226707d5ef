"""The timeline in words: one event, one line, its note opened for display where its key still exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from domain.calendar import local_date
from domain.codes import ObligationKind, RungEffect, StreamName
from domain.contact.naming import contact_code
from domain.event import Event
from domain.journey.approval.events import ApprovalVoided
from domain.journey.assignment import Assigned, Unassigned
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.contacts import ContactLinked, ContactUnlinked
from domain.journey.linking import JourneyLinked, JourneyUnlinked, LinkMirrored, UnlinkMirrored
from domain.journey.merging import DuplicateAbsorbed, DuplicateReleased, JourneyMerged, MergeReversed
from domain.journey.milestones import MilestoneReached
from domain.journey.missions import MissionNoted
from domain.journey.naming import journey_code
from domain.journey.opening import JourneyOpened
from domain.journey.proceedings.events import PowerMadeUrgent
from domain.journey.review import ReviewHeld, ReviewScheduled
from domain.journey.service.events import ServiceFollowUpSet, ServiceStopped
from domain.journey.service.referring import ReferralRecalled
from domain.journey.service.uses import CounsellingForgotten
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.stalling import StepResumed, StepStalled
from domain.journey.state import journey_stream
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled
from domain.rights.parts import opens_note
from domain.sealed import Compartment, Sealed
from domain.stream.dispatching import CommandRelayed
from domain.stream.firing import RungsFired
from domain.stream.naming import stream_code
from domain.stream.withdrawing import AppointmentWithdrawn
from projections.journey_file.model import TimelineRow
from staff.forms.field import capital
from staff.i18n.words import Words
from staff.pages import (
    approvals,
    documents,
    emergencies,
    migrated,
    nudging,
    proceedings,
    reintegration,
    returning,
    standing,
)
from staff.pages.hearing_story import OF_HEARINGS, hearing_line
from staff.pages.safety_story import tell_safety
from staff.pages.sealed_note import Note, NoteState, opened
from staff.pages.services import of_service
from staff.titles import Titles
from staff.visit import Visit

FOLLOWS = (
    *(StepOpened, StageEntered, StageLeft, MilestoneReached, ReviewScheduled),
    *(ServiceStopped, ServiceFollowUpSet, ReferralRecalled, CounsellingForgotten, PowerMadeUrgent, ApprovalVoided),
    AppointmentWithdrawn,
)
"""What follows from a person's event by the pathway's rules: told in small under it."""


class Tone(StrEnum):
    """How much a line matters to who looks for what people did."""

    PERSON = "person"
    FOLLOWS = "follows"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Line:
    """`happened_at` where it differs from when it was entered. `is_correction_of` names the version it replaces."""

    version: int
    tone: Tone
    text: str
    details: tuple[str, ...]
    who: str
    recorded_at: datetime
    happened_at: datetime | None
    note: Note | None
    corrected_by: int | None
    is_correction_of: int | None
    after: int | None = None
    """The version of the line that this one followed from by the pathway's rules, if that is told too."""
    followed_by: tuple[Line, ...] = ()


def tell(rows: Sequence[TimelineRow], journey: UUID, titles: Titles, visit: Visit) -> list[Line]:
    """The lines of a timeline, newest first as the rows are; what followed from a command stands with its first."""
    lines = [_line(row, journey, titles, visit) for row in rows]
    found: list[Line] = []
    for _, run in groupby(zip(rows, lines, strict=True), key=lambda pair: pair[0].command_id):
        found += _together([line for _, line in run])
    return found


def _together(lines: list[Line]) -> list[Line]:
    """The lines of one command, those that followed under the first thing that was done."""
    done = [line for line in lines if line.tone is Tone.PERSON]
    if not done:
        return lines
    follows = tuple(line for line in reversed(lines) if line.tone is Tone.FOLLOWS)
    first = replace(done[-1], followed_by=follows)
    told = [replace(line, after=first.version) if line.tone is Tone.FOLLOWS else line for line in lines]
    return [first if line.version == first.version else line for line in told]


def _line(row: TimelineRow, journey: UUID, titles: Titles, visit: Visit) -> Line:
    t, body = titles.words, row.body
    text, details = (t("story.newer"), ()) if body is None else _told(body, titles, visit)
    follows = isinstance(body, FOLLOWS)
    return Line(
        version=row.version,
        tone=Tone.CLOCK if row.is_system else Tone.FOLLOWS if follows else Tone.PERSON,
        text=capital(text),
        details=details,
        who=t("person.clock") if row.is_system else visit.name(row.actor) or "",
        recorded_at=row.recorded_at,
        happened_at=row.occurred_at if row.occurred_at != row.recorded_at else None,
        note=_note(row, journey, visit),
        corrected_by=row.corrected_by,
        is_correction_of=getattr(body, "corrects", None),
    )


def _note(row: TimelineRow, journey: UUID, visit: Visit) -> Note | None:
    sealed = getattr(row.body, "note", None)
    if row.body is None or not isinstance(sealed, Sealed):
        return None
    if not opens_note(visit.stance(journey_stream(journey)), type(row.body)):
        return Note(None, NoteState.NOT_YOURS)
    return opened(visit, journey, Compartment.NOTES, "note", row.command_id, sealed.text)


def headline(event: Event, titles: Titles, visit: Visit) -> str:
    """What an event says in one line, without its note and what else was entered."""
    return said(event, titles, visit)[0]


def said(event: Event, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]]:
    """The same with what else was entered, but no note."""
    text, details = _told(event, titles, visit)
    return capital(text), details


def _told(event: Event, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]]:
    if isinstance(event, OF_HEARINGS):
        return hearing_line(event, titles, visit)
    return _text(event, titles, visit)


def _text(event: Event, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]]:
    t = titles.words
    match event:
        case StepAdvanced():
            return t("story.advanced", step=titles.step(event.step), outcome=t.label(event.outcome)), tuple(
                _more(event, titles, visit)
            )
        case StepCorrected():
            outcome = t.label(event.outcome) if event.outcome else t("story.did-not-happen")
            text = t("story.corrected", step=titles.step(event.step), outcome=outcome)
            return text, tuple(_more(event, titles, visit))
        case StepScheduled():
            return t("story.scheduled", step=titles.step(event.step)), tuple(_more(event, titles, visit))
        case StepOpened():
            due = t("story.due", day=t.day(event.deadline.due_on))
            return t("story.opened-step", step=titles.step(event.step)), (due,)
        case StepStalled():
            return t("story.stalled", step=titles.part(event.part), cause=t.label(event.cause)), ()
        case StepResumed():
            return t("story.resumed", step=titles.part(event.part)), ()
        case StageEntered():
            return t("story.entered", stage=titles.stage(event.stage)), ()
        case StageLeft():
            return t("story.left", stage=titles.stage(event.stage), exit=t.label(event.exit)), ()
        case MilestoneReached():
            return t("story.milestone", milestone=titles.milestone(event.milestone)), ()
        case RungsFired():
            return _fired(event, titles, visit)
        case Assigned() | Unassigned():
            key = "story.assigned" if isinstance(event, Assigned) else "story.unassigned"
            return t(key, role=t.label(event.role), who=visit.name(event.staff)), ()
        case _:
            told = tell_safety(event, titles) or standing.tell(event, titles) or proceedings.tell(event, titles)
            told = told or approvals.tell(event, titles) or emergencies.tell(event, titles)
            told = told or documents.tell(event, titles)
            told = told or returning.tell(event, titles) or reintegration.tell(event, titles)
            told = told or nudging.tell(event, titles, visit)
            told = told or migrated.tell(event, titles)
            return told or (_rest(event, titles), ())


def _rest(event: Event, titles: Titles) -> str:
    t = titles.words
    match event:
        case JourneyOpened():
            return t("story.opened", pathway=t.title(titles.pathway.title))
        case JourneyClosed():
            return t("story.closed", reason=t.label(event.reason))
        case JourneyReopened():
            return t("story.reopened", reason=t.label(event.reason))
        case ReviewScheduled():
            return t("story.review-scheduled", day=t.day(event.deadline.due_on))
        case ReviewHeld():
            return t("story.review-held")
        case AppointmentWithdrawn():
            return t("story.appointment-withdrawn", moment=t.moment(event.starts_at))
        case _:
            return _between(event, titles)


def _between(event: Event, titles: Titles) -> str:
    """What concerns another journey as well."""
    t = titles.words
    match event:
        case JourneyLinked() | LinkMirrored():
            return t("story.linked", other=journey_code(event.other), relation=t.label(event.relation))
        case JourneyUnlinked() | UnlinkMirrored():
            return t("story.unlinked", other=journey_code(event.other))
        case JourneyMerged():
            return t("story.merged", other=journey_code(event.survivor))
        case MergeReversed():
            return t("story.unmerged", other=journey_code(event.survivor))
        case DuplicateAbsorbed():
            return t("story.absorbed", other=journey_code(event.duplicate))
        case DuplicateReleased():
            return t("story.released", other=journey_code(event.duplicate))
        case ContactLinked():
            return t("story.contact-linked", contact=contact_code(event.contact))
        case ContactUnlinked():
            return t("story.contact-unlinked", contact=contact_code(event.contact))
        case MissionNoted():
            return _mission(event, t)
        case CommandRelayed():
            key = "story.relay-refused" if event.refused else "story.relayed"
            return t(key, other=journey_code(event.target))
        case _:
            return of_service(event, titles) or t("story.newer")


def _mission(event: MissionNoted, t: Words) -> str:
    code = stream_code(StreamName.MISSION, event.mission)
    purpose, day = t.label(event.purpose), t.day(local_date(event.departure, event.zone))
    if event.outcome is not None:
        return t("story.mission-came-to", code=code, purpose=purpose, day=day, outcome=t.label(event.outcome))
    return t("story.mission-noted", code=code, purpose=purpose, day=day, phase=t.label(event.phase))


def _more(event: StepAdvanced | StepCorrected | StepScheduled, titles: Titles, visit: Visit) -> Iterator[str]:
    t = titles.words
    reason = None if isinstance(event, StepScheduled) else event.reason
    if reason is not None:
        yield t("story.reason", reason=t.label(reason))
    if event.appointment is not None:
        yield t("story.appointment", moment=t.moment(event.appointment))
    elif event.deadline is not None:
        yield t("story.due", day=t.day(event.deadline.due_on))


def _fired(event: RungsFired, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]]:
    t = titles.words
    about = titles.part(event.obligation) if event.kind is ObligationKind.STEP else t.label(event.kind)
    to = ", ".join(visit.name(a.staff) or t.label(a.role) for a in event.addressees)
    details = [t("story.told", who=to)] if to else []
    if event.late:
        details.append(t("story.late"))
    for effect in (RungEffect.ESCALATE, RungEffect.STALL, RungEffect.DUE, RungEffect.REMIND):
        if effect in event.effects:
            return t(f"story.fired-{effect.value}", step=about), tuple(details)
    return t("story.fired-remind", step=about), tuple(details)
