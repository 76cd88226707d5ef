"""Absences and a hand-over of the caseload: somebody is away, somebody will be, and a former colleague has left.

Written last, at the demonstration's present, through the recorder as in earnest. Every command has an id of its own, so
that a seeding that was cut off may do it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from activities.recording import Recorder
from domain.attendance.absence import PlanAbsence
from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.calendar import local_date
from domain.codes import Role
from domain.command import Command, to_wire
from domain.handover.state import handover_stream
from domain.handover.values import Successor
from domain.journey.assignment import Assign
from domain.journey.state import journey_stream
from domain.stream.facts import Holding
from domain.streams import KINDS, id_of, kind_of, name_of
from eventlog.log import EventLog
from worker.demo.cast import CAST
from worker.demo.staff import DUNJA, MILA, NADA, VERA, VUK
from worker.demo.tale import NAMESPACE
from worker.demo.writing import STANDING
from worker.parts import Parts
from workflows.messages import Order, Relay

SAVA = UUID("00000000-0000-4000-8000-00000000a0ff")
"""A former colleague: in the log, and no more in the directory."""
HELD = 4
"""How many open journeys Sava was on call for."""
PATHWAY = "astra"
_PAGE = 5000


class CaseloadsOfTheLog:
    """Who holds what, folded from the log itself: the read models may not be there yet. For a small log only."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def of(self, staff: UUID, /) -> Sequence[Holding]:
        """Everything that somebody holds."""
        return [
            Holding(kind_of(stream).name, id_of(stream), held.part, held.role)
            for stream in self._streams()
            if (state := kind_of(stream).fold(self._log.load(stream).history)) is not None
            for held in kind_of(stream).holdings(state)
            if held.staff == staff
        ]

    def _streams(self) -> Iterator[str]:
        position, found = 0, dict[str, None]()
        while (page := self._log.changed_streams(position, _PAGE)).position > position:
            found |= dict.fromkeys(stream for stream in page.heads if name_of(stream) in KINDS)
            position = page.position
        yield from sorted(found)


def supervise(parts: Parts, present: datetime) -> None:
    """Dunja is away from today, covered by Mila; Vuk will be in three weeks; Sava has left, and Nada has taken over."""
    parts.log.set_clock(present, STANDING)
    pinned = parts.pathways.latest(PATHWAY)
    today = local_date(present, pinned.pathway.zone)
    recorder = Recorder(parts.log, parts.pathways, "demo", caseloads=CaseloadsOfTheLog(parts.log))

    def tell(stream: str, command: Command, what: str) -> None:
        order = Order(
            stream=stream, command_id=uuid5(NAMESPACE, f"{stream}|{what}"), actor=VERA.id, command=to_wire(command)
        )
        recorder.record(order)

    for member, cover, first, days in ((DUNJA, MILA, 0, 9), (VUK, DUNJA, 21, 13)):
        begins = today + timedelta(days=first)
        absence = PlanAbsence(pin=pinned.pin, first_day=begins, last_day=begins + timedelta(days=days), cover=cover.id)
        tell(attendance_stream(member.id), absence, "absence")
    for journey in _open_journeys(recorder):
        tell(journey, Assign(role=Role.ON_CALL, staff=SAVA), "sava")
    leave = Leave(pin=pinned.pin, successors=(Successor(staff=NADA.id),))
    tell(attendance_stream(SAVA), leave, "leave")
    _errands(recorder, attendance_stream(SAVA))
    _errands(recorder, handover_stream(leaving_handover(SAVA, 1)))


def _open_journeys(recorder: Recorder) -> list[str]:
    streams = [journey_stream(uuid5(NAMESPACE, part.name)) for part in CAST]
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
