"""Absences and a hand-over of the caseload: somebody is away, somebody will be, and a former colleague has left.

Written last, at the demonstration's present, through the recorder as in earnest. Every command has an id of its own, so
that a seeding that was cut off may do it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.attendance.absence import CancelAbsence, ComeBack, PlanAbsence
from domain.attendance.leaving import Leave, Rejoin, leaving_handover
from domain.attendance.state import attendance_stream
from domain.calendar import local_date
from domain.codes import Role
from domain.command import Command, to_wire
from domain.export.codes import ExportFormat, ExportPurpose
from domain.export.making import BeginExport, CompleteExport
from domain.export.state import export_stream
from domain.handover.begun import BeginHandover, StopHandover
from domain.handover.state import handover_stream
from domain.handover.values import HandoverReason, Successor
from domain.journey.assignment import Assign
from domain.journey.state import journey_stream
from domain.pathway.model import Pin
from domain.stream.facts import Holding
from domain.streams import KINDS, StreamState, id_of, kind_of, name_of
from eventlog.log import EventLog
from worker.demo.cast import CAST
from worker.demo.released import released
from worker.demo.staff import DUNJA, LUKA, MILA, NADA, OGNJEN, SAVA, TEODORA, VERA, VUK
from worker.demo.tale import NAMESPACE
from worker.demo.writing import STANDING
from worker.parts import Parts
from workflows.messages import Order, Relay

BRANA = UUID("00000000-0000-4000-8000-00000000a0fe")
"""Was entered as somebody who leaves, and stays."""
HELD = 4
"""How many open journeys Sava was on call for."""
TAKEN_OVER = HELD + 2
"""With a call that he had promised, and his seat in a mission."""
PATHWAY = "astra"
RELEASE = "demo"
"""What decides in the past of the demonstration."""
_PAGE = 5000


class CaseloadsOfTheLog:
    """Who holds what, folded from the log itself: the read models may not be there yet. For a small log only."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._position = 0
        self._states: dict[str, StreamState | None] = {}

    def of(self, staff: UUID, /) -> Sequence[Holding]:
        """Everything that somebody holds."""
        self._catch_up()
        return [
            Holding(kind_of(stream).name, id_of(stream), held.part, held.role)
            for stream, state in sorted(self._states.items())
            if state is not None
            for held in kind_of(stream).holdings(state)
            if held.staff == staff
        ]

    def _catch_up(self) -> None:
        """Folds what has changed since it was asked last."""
        while (page := self._log.changed_streams(self._position, _PAGE)).position > self._position:
            for stream in page.heads:
                if name_of(stream) in KINDS:
                    self._states[stream] = kind_of(stream).fold(self._log.load(stream).history)
            self._position = page.position


def supervise(parts: Parts, present: datetime) -> None:
    """Dunja is away from today, covered by Mila; Vuk will be in three weeks; Sava has left, and Nada has taken over.

    Luka will be back earlier than planned, Teodora does not go after all; what Vera began by mistake she takes back.
    """
    parts.log.set_clock(present, STANDING)
    pinned = parts.pathways.latest(PATHWAY)
    today = local_date(present, pinned.pathway.zone)
    recorder = Recorder(
        parts.log, parts.pathways, RELEASE, rights=NO_RIGHTS_ASKED, caseloads=CaseloadsOfTheLog(parts.log)
    )

    def tell(stream: str, command: Command, what: str) -> None:
        order = Order(
            stream=stream, command_id=uuid5(NAMESPACE, f"{stream}|{what}"), actor=VERA.id, command=to_wire(command)
        )
        recorder.record(order)

    for member, cover, first, days in ((DUNJA, MILA, 0, 9), (VUK, DUNJA, 21, 13)):
        begins = today + timedelta(days=first)
        absence = PlanAbsence(pin=pinned.pin, first_day=begins, last_day=begins + timedelta(days=days), cover=cover.id)
        tell(attendance_stream(member.id), absence, "absence")
    for member, first in ((LUKA, 40), (TEODORA, 47)):
        begins = today + timedelta(days=first)
        absence = PlanAbsence(pin=pinned.pin, first_day=begins, last_day=begins + timedelta(days=6), cover=NADA.id)
        tell(attendance_stream(member.id), absence, "absence")
    tell(attendance_stream(LUKA.id), ComeBack(back_on=today + timedelta(days=44)), "back")
    tell(attendance_stream(TEODORA.id), CancelAbsence(), "stays")
    for journey in _open_journeys(recorder):
        tell(journey, Assign(role=Role.ON_CALL, staff=SAVA), "sava")
    leave = Leave(pin=pinned.pin, successors=(Successor(staff=NADA.id),))
    tell(attendance_stream(SAVA), leave, "leave")
    _errands(recorder, attendance_stream(SAVA))
    _errands(recorder, handover_stream(leaving_handover(SAVA, 1)))
    tell(attendance_stream(BRANA), leave, "leave")
    tell(attendance_stream(BRANA), Rejoin(), "rejoin")
    _errands(recorder, attendance_stream(BRANA))
    _errands(recorder, handover_stream(leaving_handover(BRANA, 1)))
    too_much = handover_stream(uuid5(NAMESPACE, "too much at once"))
    begin = BeginHandover(
        pin=pinned.pin, leaver=OGNJEN.id, successors=(Successor(staff=NADA.id),), reason=HandoverReason.WORKLOAD
    )
    tell(too_much, begin, "begin")
    tell(too_much, StopHandover(), "stop")
    _exported(parts, pinned.pin, tell)
    released(parts, present, pinned.pin, tell)


def _exported(parts: Parts, pin: Pin, tell: Callable[[str, Command, str], None]) -> None:
    """Vera has taken the events of a year along for the rapporteur. The file itself was never made: it is invented."""
    position = 1000
    known_at = parts.log.page(position - 1, 1)[0].recorded_at
    export = export_stream(uuid5(NAMESPACE, "for the rapporteur"))
    begin = BeginExport(
        pin=pin,
        format=ExportFormat.OCEL_JSON,
        purpose=ExportPurpose.NATIONAL_RAPPORTEUR,
        known_at=known_at,
        last_position=position,
    )
    tell(export, begin, "begin")
    tell(export, CompleteExport(rows=position, size=812_044, sha256=sha256(b"invented").hexdigest()), "complete")


def _open_journeys(recorder: Recorder) -> list[str]:
    streams = [journey_stream(part.id) for part in CAST]
    found = [
        stream
        for stream in streams
        if (state := recorder.journey(stream)) is not None
        and state.is_open
        and state.assigned.get(Role.ON_CALL) in (None, SAVA, NADA.id)
    ]
    return found[:HELD]


def _errands(recorder: Recorder, stream: str) -> None:
    """What a stream has under way, and what follows: its workflow is not there yet."""
    while (state := recorder.state(stream)) is not None and state.pending:
        for dispatch in list(state.pending):
            recorder.relay(Relay(stream=stream, dispatch=dispatch))
