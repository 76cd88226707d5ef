"""Part: absences. Planned with two days and a cover, shortened, cancelled; none of them has to be ended by anybody."""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import AwareDatetime

from domain.attendance.register import begins, decides, evolves, opens
from domain.attendance.state import Absence, Attendance
from domain.calendar import at_local, local_date
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision, Surroundings
from domain.stream.facts import gives_work
from domain.stream.kind import id_of
from domain.values import Count, Day, StaffId

MIDNIGHT = time(0)


class AttendanceBegun(Event, topic="staff.attendance-begun"):
    """Something is to be said about when this person works here. `pin`: by whose zone their days are counted."""

    pin: Pin


class AbsencePlanned(Event, topic="staff.absence-planned"):
    """From the first day to the last, both included, reminders go to `cover`; without one, to whoever has the role."""

    number: Count
    first_day: Day
    last_day: Day
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    cover: StaffId | None = None


class AbsenceShortened(Event, topic="staff.absence-shortened"):
    """They are back earlier: from `ends_at` on reminders are theirs again."""

    number: Count
    last_day: Day
    ends_at: AwareDatetime


class AbsenceCancelled(Event, topic="staff.absence-cancelled"):
    """It does not take place."""

    number: Count


class PlanAbsence(Command, kind="plan-absence"):
    """Plans an absence. A longer one than planned is another absence that follows it; why is not asked."""

    pin: Pin
    first_day: Day
    last_day: Day
    cover: StaffId | None = None


class ComeBack(Command, kind="come-back"):
    """Ends an absence early: at work again on `back_on`, today by default. Without `number` the earliest ahead."""

    back_on: Day | None = None
    number: Count | None = None


class CancelAbsence(Command, kind="cancel-absence"):
    """Takes back an absence that has not begun. Without `number` the earliest ahead."""

    number: Count | None = None


gives_work(PlanAbsence, lambda command: (command.cover,))


@opens(PlanAbsence)
def _plan_first(command: PlanAbsence, surroundings: Surroundings) -> Decision:
    planned = _planned({}, command, surroundings)
    return planned if isinstance(planned, Refused) else (AttendanceBegun(pin=command.pin), planned)


@decides(PlanAbsence, in_every_phase=True)
def _plan(attendance: Attendance, command: PlanAbsence, surroundings: Surroundings) -> Decision:
    if attendance.has_left:
        return Refused(code=RefusalCode.STAFF_HAS_LEFT, other=attendance.id)
    planned = _planned(dict(attendance.absences), command, surroundings)
    return planned if isinstance(planned, Refused) else (planned,)


def _planned(
    absences: dict[int, Absence], command: PlanAbsence, surroundings: Surroundings
) -> AbsencePlanned | Refused:
    zone = surroundings.pathway.zone
    if command.cover == id_of(surroundings.stream):
        return Refused(code=RefusalCode.COVERS_THEMSELVES, other=command.cover)
    if command.last_day < command.first_day:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER)
    if command.last_day < local_date(surroundings.now, zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST)
    begins_at, ends_at = _morning(command.first_day, zone), _morning(_next(command.last_day), zone)
    for other in absences.values():
        if not other.cancelled and begins_at < other.ends_at and other.begins_at < ends_at:
            return Refused(code=RefusalCode.ABSENCE_OVERLAPS, until=other.ends_at)
    return AbsencePlanned(
        number=len(absences) + 1,
        first_day=command.first_day,
        last_day=command.last_day,
        begins_at=begins_at,
        ends_at=ends_at,
        cover=command.cover,
    )


@decides(ComeBack, in_every_phase=True)
def _come_back(attendance: Attendance, command: ComeBack, surroundings: Surroundings) -> Decision:
    now, zone = surroundings.now, surroundings.pathway.zone
    absence = _ahead(attendance, command.number, now)
    if absence is None:
        return Refused(code=RefusalCode.NO_SUCH_ABSENCE)
    back_on = command.back_on or local_date(now, zone)
    if back_on > absence.last_day:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER)
    if back_on <= absence.first_day and now < absence.begins_at:
        return (AbsenceCancelled(number=absence.number),)
    # Whoever comes back today is back from now on: what was covered this morning was covered.
    ends_at = max(_morning(back_on, zone), now, absence.begins_at)
    last_day = max(_before(back_on), absence.first_day)
    return (AbsenceShortened(number=absence.number, last_day=last_day, ends_at=ends_at),)


@decides(CancelAbsence, in_every_phase=True)
def _cancel(attendance: Attendance, command: CancelAbsence, surroundings: Surroundings) -> Decision:
    absence = _ahead(attendance, command.number, surroundings.now)
    if absence is None or absence.begins_at <= surroundings.now:
        return Refused(code=RefusalCode.NO_SUCH_ABSENCE)
    return (AbsenceCancelled(number=absence.number),)


def _ahead(attendance: Attendance, number: int | None, now: datetime) -> Absence | None:
    return next((a for a in attendance.ahead(now) if number is None or a.number == number), None)


def _morning(day: date, zone: str) -> datetime:
    return at_local(day, MIDNIGHT, zone)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


@begins(AttendanceBegun)
def _begun(recorded: Recorded[AttendanceBegun]) -> Attendance:
    return Attendance(
        stream=recorded.stream,
        version=recorded.version,
        pin=recorded.event.pin,
        changed_at=recorded.recorded_at,
    )


@evolves(AbsencePlanned)
def _absence_planned(attendance: Attendance, recorded: Recorded[AbsencePlanned]) -> Attendance:
    event = recorded.event
    absence = Absence(
        number=event.number,
        first_day=event.first_day,
        last_day=event.last_day,
        begins_at=event.begins_at,
        ends_at=event.ends_at,
        cover=event.cover,
        version=recorded.version,
    )
    return _with(attendance, absence)


@evolves(AbsenceShortened)
def _shortened(attendance: Attendance, recorded: Recorded[AbsenceShortened]) -> Attendance:
    event, absence = recorded.event, attendance.absences[recorded.event.number]
    return _with(attendance, replace(absence, last_day=event.last_day, ends_at=event.ends_at, version=recorded.version))


@evolves(AbsenceCancelled)
def _cancelled(attendance: Attendance, recorded: Recorded[AbsenceCancelled]) -> Attendance:
    absence = attendance.absences[recorded.event.number]
    return _with(attendance, replace(absence, cancelled=True, version=recorded.version))


def _with(attendance: Attendance, absence: Absence) -> Attendance:
    return replace(attendance, absences={**attendance.absences, absence.number: absence})
