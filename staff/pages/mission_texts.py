"""The sealed texts of a mission, opened for display: places of its legs, and the notes of its report.

Whoever reads a mission reads its notes. What is about one client (the places of a leg, the note of a case in the
report) is sealed with that client's key, and opened for the crew, for who reads missions of that case, and, while the
team is out, for who answers its alarms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.codes import StreamName
from domain.event import Event, Recorded
from domain.journey.state import journey_stream
from domain.mission.reporting import MissionReportCorrected, MissionReported
from domain.mission.rides import Ride
from domain.mission.state import Mission, mission_stream
from domain.mission.values import Leg, place_field
from domain.rights.actions import Action
from domain.sealed import Compartment
from staff.forms.mission_action import MissionScene
from staff.pages.sealed_note import Note, opened
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Places:
    """Where a leg begins and ends."""

    start: Note
    end: Note


@dataclass(frozen=True, slots=True)
class Opening:
    """Who looks at a mission, and whether they are of its crew or answer for it while it is out."""

    visit: Visit
    mission: Mission
    goes: bool

    @classmethod
    def of(cls, visit: Visit, mission: Mission) -> Opening:
        """Asks what the person may; belongs into a thread."""
        goes = visit.may(Action.GO_ON_MISSION, mission.stream)
        return cls(visit, mission, goes or (mission.is_out and visit.may(Action.ANSWER_ALARM, mission.stream)))

    def shows(self, journey: UUID | None) -> bool:
        """Whether what is about this client is opened."""
        return journey is None or self.goes or self.visit.may(Action.READ_MISSION, journey_stream(journey))

    def places(self, leg: Leg) -> Places | None:
        """The places of a leg; None for whom they are not."""
        if not self.shows(leg.journey):
            return None
        of = (self.visit, self.mission.id, leg.number, leg.journey, self.mission.sealed_by)
        return Places(_place(*of, "start", leg.start.text), _place(*of, "end", leg.end.text))


def places_of_ride(visit: Visit, mission: UUID, ride: Ride) -> Places | None:
    """The places of a driver's ride; None outside the time of it."""
    if ride.places is None:
        return None
    of = (visit, mission, ride.number, ride.places.journey, ride.places.sealed_by)
    return Places(_place(*of, "start", ride.places.start.text), _place(*of, "end", ride.places.end.text))


def _place(
    visit: Visit, mission: UUID, number: int, journey: UUID | None, sealed_by: UUID, end: str, sealed: str
) -> Note:
    kind = StreamName.JOURNEY if journey else StreamName.MISSION
    field = place_field(number, end)
    return opened(visit, journey or mission, Compartment.IDENTITY, field, sealed_by, sealed, kind)


def notes_of_cases(visit: Visit, history: tuple[Recorded[Event], ...]) -> Mapping[UUID, Note]:
    """The notes of the report as it stands, by journey, all of them: show those that `Opening.shows`."""
    last = _last_report(history)
    return dict(_notes(visit, last)) if last else {}


def _last_report(history: tuple[Recorded[Event], ...]) -> Recorded[Event] | None:
    told = [each for each in history if isinstance(each.event, MissionReported | MissionReportCorrected)]
    return told[-1] if told else None


def _notes(visit: Visit, told: Recorded[Event]) -> Iterator[tuple[UUID, Note]]:
    assert isinstance(told.event, MissionReported | MissionReportCorrected)
    for n, report in enumerate(told.event.reports):
        if report.note is not None:
            field = f"reports.{n}.note"
            text = report.note.text
            yield report.journey, opened(visit, report.journey, Compartment.NOTES, field, told.command_id, text)


def report_notes(scene: MissionScene) -> dict[str, str]:
    """The texts of a report for the form that corrects it; what may not be shown, or cannot be, is left empty."""
    visit, mission = scene.visit, scene.begun
    history = tuple(visit.parts.desk.history(mission_stream(mission.id)))
    opening, notes = Opening.of(visit, mission), notes_of_cases(visit, history)
    texts = {
        f"note-{n}": notes[journey].text or ""
        for n, journey in enumerate(mission.plan.journeys)
        if journey in notes and opening.shows(journey)
    }
    last = _last_report(history)
    if last is not None and isinstance(last.event, MissionReported | MissionReportCorrected) and last.event.note:
        of = (visit, mission.id, Compartment.NOTES, "note", last.command_id, last.event.note.text)
        texts["note"] = opened(*of, StreamName.MISSION).text or ""
    return texts
