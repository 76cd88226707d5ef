"""What happened on a mission, in words: who recorded what, when, with which note; newest first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.codes import SYSTEM_ACTOR, RungEffect, StreamName
from domain.event import Event, Recorded
from domain.journey.naming import journey_code
from domain.mission.alarm import AlarmAcknowledged, MissionAborted
from domain.mission.handing import MissionTakenOver
from domain.mission.moving import MissionMoved
from domain.mission.planning import CrewChanged, MissionCancelled, MissionPlanned
from domain.mission.reporting import MissionReportCorrected, MissionReported
from domain.mission.risk import RiskChecked, RiskOverridden
from domain.mission.state import mission_stream
from domain.mission.underway import AlarmRaised, CheckedIn, MissionDeparted, MissionReturned
from domain.sealed import Compartment, Sealed
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from staff.forms.field import capital
from staff.pages.sealed_note import Note, opened
from staff.pages.story import Line, Tone
from staff.visit import Visit

_SAID: dict[type[Event], str] = {
    MissionPlanned: "planned",
    CrewChanged: "crew-changed",
    MissionMoved: "moved",
    MissionDeparted: "departed",
    AlarmRaised: "alarm-raised",
    MissionReturned: "returned",
    MissionReported: "reported",
    MissionReportCorrected: "report-corrected",
    MissionTakenOver: "taken-over",
}
"""Events of which a sentence says all that there is to say."""


def mission_story(visit: Visit, mission: UUID) -> list[Line]:
    """The lines of a mission as the log has it now."""
    return tell_mission(visit, mission, visit.parts.desk.history(mission_stream(mission)))


def tell_mission(visit: Visit, mission: UUID, history: Sequence[Recorded[Event]]) -> list[Line]:
    """The lines of a history. That a case was told of the mission is no news to whoever reads the mission."""
    return [_line(visit, mission, each) for each in reversed(history) if not isinstance(each.event, CommandRelayed)]


def _line(visit: Visit, mission: UUID, recorded: Recorded[Event]) -> Line:
    event, by_clock = recorded.event, recorded.actor == SYSTEM_ACTOR
    return Line(
        version=recorded.version,
        tone=Tone.CLOCK if by_clock else Tone.PERSON,
        text=capital(_text(visit, event)),
        details=_details(visit, event),
        who=visit.words("person.clock") if by_clock else visit.name(recorded.actor) or "",
        recorded_at=recorded.recorded_at,
        happened_at=event.occurred_at if event.occurred_at != recorded.recorded_at else None,
        note=_note(visit, mission, recorded),
        corrected_by=None,
        is_correction_of=getattr(event, "corrects", None),
    )


def _text(visit: Visit, event: Event) -> str:
    t = visit.words
    match event:
        case MissionCancelled() | MissionAborted():
            key = "cancelled" if isinstance(event, MissionCancelled) else "aborted"
            return t(f"missions.story.{key}", reason=t.label(event.reason))
        case RiskChecked():
            return t("missions.story.risk-checked", result=t.label(event.result))
        case RiskOverridden():
            return t("missions.story.risk-overridden", reason=t.label(event.reason))
        case CheckedIn():
            return t("missions.story.checked-in", word=t.label(event.word))
        case AlarmAcknowledged():
            return t("missions.story.alarm-acknowledged", what=t.label(event.kind))
        case AppointmentWithdrawn():
            return t("story.appointment-withdrawn", moment=t.moment(event.starts_at))
        case LadderExtended():
            return t("contact.story.told-again")
        case RungsFired():
            first = RungEffect.REMIND if RungEffect.REMIND in event.effects else RungEffect.ESCALATE
            return t(f"missions.story.fired-{first.value}", what=t.label(event.kind))
        case _:
            said = _SAID.get(type(event))
            return t(f"missions.story.{said}") if said else t("story.newer")


def mission_words(visit: Visit, event: Event) -> tuple[str, tuple[str, ...]]:
    """One event as a line, and what else there is to say of it."""
    if isinstance(event, CommandRelayed):
        return visit.words("story.relayed", other=journey_code(event.target)), ()
    return capital(_text(visit, event)), _details(visit, event)


def _details(visit: Visit, event: Event) -> tuple[str, ...]:
    t = visit.words
    match event:
        case RungsFired():
            to = ", ".join(visit.name(each.staff) or t.label(each.role) for each in event.addressees)
            return (t("story.told", who=to),) if to else ()
        case MissionMoved():
            times = t.moment(event.departure), t.moment(event.expected_return)
            return (t("missions.from-to", since=times[0], until=times[1]),)
        case MissionTakenOver():
            return (
                t("missions.story.from-to", leaver=visit.name(event.leaver), successor=visit.name(event.successor)),
            )
        case _:
            return ()


def _note(visit: Visit, mission: UUID, recorded: Recorded[Event]) -> Note | None:
    sealed = getattr(recorded.event, "note", None)
    if not isinstance(sealed, Sealed):
        return None
    kind = StreamName.MISSION
    return opened(visit, mission, Compartment.NOTES, "note", recorded.command_id, sealed.text, kind)
