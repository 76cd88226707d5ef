"""A contact in words: what happened, newest first, and what a command would start before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.codes import RungEffect, StreamName
from domain.contact.attaching import ContactAttached, ContactDetached, JourneyBegun
from domain.contact.calling import CallBackPromised, CallBackReleased, CalledBack
from domain.contact.danger import DangerAcknowledged, DangerRaised, DangerSettled
from domain.contact.handing import ContactTakenOver
from domain.contact.logged import ContactCorrected, ContactLogged, ContactNoted
from domain.contact.reporting import AuthorityReported
from domain.contact.safe import SafeContactRevised
from domain.contact.state import SafeContact, Sorting
from domain.event import Event, Recorded
from domain.journey.naming import journey_code
from domain.sealed import Compartment, Notes, Sealed
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.firing import RungsFired
from staff.contact_titles import ContactTitles
from staff.forms.field import capital
from staff.pages.consequences import Consequence, Mark
from staff.pages.sealed_note import Note, NoteState, opened
from staff.pages.story import Line, Tone
from staff.visit import Visit

_FOLLOWS = (CommandRelayed,)
Told = tuple[str, tuple[str, ...]]


def tell_contact(history: Sequence[Recorded[Event]], contact: UUID, titles: ContactTitles, visit: Visit) -> list[Line]:
    """The lines of these events, newest first."""
    corrected = {r.event.corrects: r.version for r in history if isinstance(r.event, ContactCorrected)}
    return [_line(recorded, contact, titles, visit, corrected.get(recorded.version)) for recorded in reversed(history)]


def _line(
    recorded: Recorded[Event], contact: UUID, titles: ContactTitles, visit: Visit, corrected_by: int | None
) -> Line:
    event = recorded.event
    text, details = told(event, titles, visit)
    clock = isinstance(event, (RungsFired, LadderExtended))
    follows = isinstance(event, _FOLLOWS)
    return Line(
        version=recorded.version,
        tone=Tone.CLOCK if clock else Tone.FOLLOWS if follows else Tone.PERSON,
        text=capital(text),
        details=details,
        who=visit.words("person.clock") if clock or follows else visit.name(recorded.actor) or "",
        recorded_at=recorded.recorded_at,
        happened_at=event.occurred_at if event.occurred_at != recorded.recorded_at else None,
        note=_note(recorded, contact, visit),
        corrected_by=corrected_by,
        is_correction_of=event.corrects if isinstance(event, ContactCorrected) else None,
    )


def _note(recorded: Recorded[Event], contact: UUID, visit: Visit) -> Note | None:
    sealed = getattr(recorded.event, "note", None)
    if not isinstance(sealed, Sealed):
        return None
    if isinstance(recorded.event, SafeContactRevised):
        return Note(None, NoteState.ON_REQUEST)
    return note_of(recorded, sealed, contact, visit)


def note_of(recorded: Recorded[Event], sealed: Sealed[Notes], contact: UUID, visit: Visit) -> Note:
    """The note of an event of a contact, opened."""
    return opened(visit, contact, Compartment.NOTES, "note", recorded.command_id, sealed.text, StreamName.CONTACT)


def foretold(events: Sequence[Event], titles: ContactTitles, visit: Visit) -> list[Consequence]:
    """What would be recorded, in its order: one line each, with when it is due and who is told."""
    return [
        Consequence(_mark(event), capital(text), details)
        for event in events
        for text, details in (told(event, titles, visit),)
    ]


def _mark(event: Event) -> Mark:
    match event:
        case CallBackPromised():
            return Mark.DATED
        case CalledBack():
            return Mark.DATED if event.deadline else Mark.ENDS
        case CallBackReleased() | DangerSettled() | ContactDetached():
            return Mark.ENDS
        case DangerRaised() | JourneyBegun():
            return Mark.OPENS
        case DangerAcknowledged() | ContactTakenOver():
            return Mark.PEOPLE
        case _:
            return Mark.NOTED


def told(event: Event, titles: ContactTitles, visit: Visit) -> Told:
    """One event as a line, and what else there is to say of it."""
    t = titles.words
    match event:
        case ContactLogged():
            return _sorted("contact.story.logged", event.sorting, titles), (safe_words(event.safe, titles),)
        case ContactCorrected():
            return _sorted("contact.story.corrected", event.sorting, titles), _topics(event.sorting, titles)
        case ContactNoted():
            return t("contact.story.noted"), ()
        case SafeContactRevised():
            return t("contact.story.safe-contact-revised", answer=safe_words(event.safe, titles)), ()
        case AuthorityReported():
            return t("contact.story.authority-reported", duty=titles.duty(event.duty)), _if(event.article)
        case ContactAttached():
            return t("contact.story.attached", journey=journey_code(event.journey)), ()
        case ContactDetached():
            return t("contact.story.detached", journey=journey_code(event.journey)), ()
        case JourneyBegun():
            return t("contact.story.journey-begun", journey=journey_code(event.journey)), _if(
                visit.name(event.caseworker)
            )
        case CommandRelayed():
            key = "contact.story.relay-refused" if event.refused else "contact.story.relayed"
            return t(key, journey=journey_code(event.target)), ()
        case _:
            return _owed(event, titles, visit)


def _owed(event: Event, titles: ContactTitles, visit: Visit) -> Told:
    """What has to do with a promised call or a danger."""
    t = titles.words
    match event:
        case CallBackPromised():
            who = visit.name(event.staff) or t.label(event.role)
            opens = t("contact.opens", moment=t.moment(event.opens_at))
            text = t("contact.story.call-back-promised", moment=t.moment(event.deadline.due_at))
            return text, (opens, t("contact.owner", who=who))
        case CalledBack():
            again = [t("contact.again", moment=t.moment(event.deadline.due_at))] if event.deadline else []
            if event.role is not None:
                again.append(t("contact.owner", who=t.label(event.role)))
            return t("contact.story.called-back", outcome=t.label(event.outcome)), tuple(again)
        case CallBackReleased():
            return t("contact.story.call-back-released", reason=t.label(event.reason)), ()
        case DangerRaised():
            called = dict.fromkeys(t.label(role) for rung in event.deadline.rungs for role in rung.to)
            text = t("contact.story.danger-raised", sign=titles.sign(event.sign))
            return text, (t("contact.chain", who=", ".join(called)),)
        case DangerAcknowledged():
            text = t("contact.story.danger-acknowledged", who=visit.name(event.by) or t("person.unknown"))
            return text, (t("contact.settle-by", moment=t.moment(event.deadline.due_at)),)
        case DangerSettled():
            return t("contact.story.danger-settled", outcome=t.label(event.outcome)), ()
        case ContactTakenOver():
            return t("contact.story.taken-over", who=visit.name(event.staff) or t("person.unknown")), ()
        case RungsFired():
            return _fired(event, titles, visit)
        case LadderExtended():
            return t("contact.story.told-again"), ()
        case _:
            return t("story.newer"), ()


def _fired(event: RungsFired, titles: ContactTitles, visit: Visit) -> Told:
    t = titles.words
    to = ", ".join(visit.name(a.staff) or t.label(a.role) for a in event.addressees)
    details = [t("contact.story.told", who=to)] if to else []
    if event.late:
        details.append(t("story.late"))
    order = (RungEffect.ESCALATE, RungEffect.STALL, RungEffect.DUE, RungEffect.REMIND)
    effect = next((e for e in order if e in event.effects), RungEffect.REMIND)
    return t(f"story.fired-{effect.value}", step=t.label(event.kind)), tuple(details)


def _sorted(key: str, sorting: Sorting, titles: ContactTitles) -> str:
    return titles.words(key, caller=titles.caller(sorting.caller), channel=titles.words.label(sorting.channel))


def _topics(sorting: Sorting, titles: ContactTitles) -> tuple[str, ...]:
    return tuple(titles.topic(topic) for topic in sorting.topics)


def safe_words(safe: SafeContact, titles: ContactTitles) -> str:
    """`A call is safe: mornings, 08:00–12:00`; without permission nothing but that."""
    said = titles.words.label(safe.may_call)
    if safe.may_call.value != "allowed":
        return said
    until = f" ({titles.words('contact.until', day=titles.words.day(safe.valid_until))})" if safe.valid_until else ""
    return f"{said}: {titles.window(safe.window)}{until}"


def _if(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
