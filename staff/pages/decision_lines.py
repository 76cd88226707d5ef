"""A decision in words: its events, what caused it, what it brought about, and where each of these is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analysis.browsing import effect
from analysis.browsing.cause import Cause, CauseKind
from analysis.browsing.decided import Decided
from analysis.browsing.effect import Owed, effect_of
from analysis.browsing.touching import Touched, earlier, later, touched_by
from domain.codes import SYSTEM_ACTOR, StreamName
from domain.event import Event, Recorded
from domain.journey.naming import journey_code
from domain.message import MessageDropped, MessageSent
from domain.pathway.model import Pin
from domain.rights.deciding import Stance
from domain.stream.dispatching import Dispatch
from domain.stream.naming import stream_code
from domain.streams import id_of, name_of
from staff.forms.field import capital
from staff.guard.decision_portion import DecisionPortion, decision_portion
from staff.pages.asking import link
from staff.pages.story import said
from staff.titles import Titles
from staff.visit import Visit

Receipts = Mapping[UUID, Sequence[MessageSent | MessageDropped]]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of text; `href` leads to what it speaks of."""

    text: str
    href: str | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. `note_href`: where its note is read. `corrects`: the decision with the mistake."""

    recorded: Recorded[Event]
    text: str
    details: tuple[str, ...]
    happened_at: datetime | None
    note_href: str | None
    corrects: str | None


@dataclass(frozen=True, slots=True)
class OwedLine:
    """An obligation that the decision touched; `earlier` and `later` lead to the decisions that touched it as well."""

    course: effect.Course
    text: str
    details: tuple[str, ...]
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class DecisionLines:
    """One decision. `who` is empty where nobody decided; then `because` says what did."""

    decided: Decided
    who: str
    pathway: str
    because: Told | None
    events: Sequence[EventLine]
    owed: Sequence[OwedLine]
    messages: Sequence[Told]
    asked: Sequence[Told]
    answered: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Course:
    """All decisions of a case as somebody may see them, oldest first, and what joins them."""

    portions: Sequence[DecisionPortion]
    touched: Touched
    decision_of: Mapping[int, int]
    """The version of the decision to which the event of each version belongs."""


def course_of(decisions: Sequence[Decided], stance: Stance) -> Course:
    """What of the decisions of a journey is theirs."""
    effects = [(each, effect_of(each)) for each in decisions]
    portions = [found for each, its in effects if (found := decision_portion(each, its, stance)) is not None]
    seen = {each.decided.version for each in portions}
    touched = touched_by([(each, its) for each, its in effects if each.version in seen])
    return Course(portions, touched, {e.version: p.decided.version for p in portions for e in p.events})


def decision_lines(
    portion: DecisionPortion, because: Cause, settled: Receipts, course: Course, visit: Visit
) -> DecisionLines:
    """In words. `settled`: what became of the messages of the decision."""
    decided = portion.decided
    titles = titles_under(decided.after.pin, visit)
    return DecisionLines(
        decided=decided,
        who="" if decided.actor == SYSTEM_ACTOR else visit.name(decided.actor) or "",
        pathway=f"{visit.words.title(titles.pathway.title)}, {decided.after.pin.version}",
        because=_because(because, decided, course, titles),
        events=[_event(each, decided, course, titles, visit) for each in portion.events],
        owed=[_owed(each, decided, course, titles, visit) for each in portion.owed],
        messages=[_message(settled.get(message, ()), visit) for message in portion.messages],
        asked=[_dispatch(each, visit) for each in portion.asked],
        answered=[_dispatch(each, visit) for each in portion.answered],
    )


def titles_under(pin: Pin, visit: Visit) -> Titles:
    """By the version that was pinned then. Raises `PathwayMissing`."""
    return Titles(visit.parts.desk.pathway(pin), visit.words)


def place_of(stream: str) -> str | None:
    """Where a stream is looked at; None for what has no page."""
    id_ = id_of(stream)
    match name_of(stream):
        case StreamName.JOURNEY:
            return f"/journeys/{id_}/events"
        case StreamName.CONTACT:
            return f"/contacts/{id_}"
        case StreamName.MISSION:
            return f"/missions/{id_}"
        case StreamName.HANDOVER:
            return f"/supervision/handovers/{id_}"
        case _:
            return None


def at_decision(stream: str, version: int | None) -> str | None:
    """The page of a case that begins with this decision."""
    place = place_of(stream)
    if place is None or version is None or name_of(stream) is not StreamName.JOURNEY:
        return place
    return f"{link(place, before=version + 1)}#v{version}"


def at_event(stream: str, version: int) -> str | None:
    """The page of a stream with this event; of a case, with cause and effect."""
    place = place_of(stream)
    if place is None or name_of(stream) is not StreamName.JOURNEY:
        return place
    return f"{link(place, around=version)}#e{version}"


def code_of(stream: str) -> str:
    """What people call it."""
    kind = name_of(stream)
    assert kind is not None
    return journey_code(id_of(stream)) if kind is StreamName.JOURNEY else stream_code(kind, id_of(stream))


def _because(cause: Cause, decided: Decided, course: Course, titles: Titles) -> Told | None:
    t = titles.words
    match cause.kind:
        case CauseKind.PERSON:
            return None
        case CauseKind.TIMER if cause.obligation is not None:
            began = earlier(course.touched, cause.obligation, decided.version)
            text = t("events.because-timer", what=titles.part(cause.obligation))
            return Told(text, at_decision(decided.stream, began) if began else None)
        case CauseKind.STREAM if cause.stream is not None:
            text = t("events.because-stream", code=code_of(cause.stream))
            return Told(text, at_decision(cause.stream, cause.version))
        case CauseKind.ANSWER if cause.stream is not None:
            return Told(t("events.because-answer", code=code_of(cause.stream)), place_of(cause.stream))
        case _:
            return Told(t(f"events.because.{cause.kind.value}"))


def _event(each: Recorded[Event], decided: Decided, course: Course, titles: Titles, visit: Visit) -> EventLine:
    text, details = said(each.event, titles, visit)
    corrects = getattr(each.event, "corrects", None)
    mistake = course.decision_of.get(corrects) if isinstance(corrects, int) else None
    file = f"/journeys/{id_of(each.stream)}"
    return EventLine(
        recorded=each,
        text=text,
        details=details,
        happened_at=each.event.occurred_at if each.event.occurred_at != each.recorded_at else None,
        note_href=f"{link(file, before=each.version + 1)}#v{each.version}" if _has_note(each.event) else None,
        corrects=at_decision(decided.stream, mistake) if mistake is not None else None,
    )


def _has_note(event: Event) -> bool:
    return getattr(event, "note", None) is not None


def _owed(each: Owed, decided: Decided, course: Course, titles: Titles, visit: Visit) -> OwedLine:
    owed, version = each.obligation, decided.version
    before, after = (way(course.touched, owed.key, version) for way in (earlier, later))
    return OwedLine(
        course=each.course,
        text=capital(titles.part(owed.key)),
        details=tuple(_dates(each, visit)),
        earlier=at_decision(decided.stream, before) if before is not None else None,
        later=at_decision(decided.stream, after) if after is not None else None,
    )


def _dates(each: Owed, visit: Visit) -> Iterator[str]:
    t, owed = visit.words, each.obligation
    yield t("events.due", moment=t.moment(owed.due_at))
    if each.course is effect.Course.ENDED:
        return
    if each.before is not None and each.before.due_at != owed.due_at:
        yield t("events.was-due", moment=t.moment(each.before.due_at))
    yield visit.name(owed.owner.staff) or t.label(owed.owner.role)


def _message(settled: Sequence[MessageSent | MessageDropped], visit: Visit) -> Told:
    t = visit.words
    if not settled:
        return Told(t("events.message.under-way"))
    last = settled[-1]
    if isinstance(last, MessageDropped):
        return Told(t("events.message.dropped"))
    who = ", ".join(visit.name(each) or "" for each in last.recipients)
    return Told(t("events.message.sent", who=who))


def _dispatch(each: Dispatch, visit: Visit) -> Told:
    return Told(f"{visit.words.label(each.kind)} {code_of(each.stream)}", place_of(each.stream))
