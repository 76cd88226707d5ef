"""Which contacts somebody's list holds: by their roles, and by whom they cover for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.attendance.state import Presence
from domain.codes import Role
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial
from projections.attendance.queries import AttendanceRow, attendance
from projections.contacts.working import READING_ROLES, ContactScope
from staff.guard.permission import RightDenied
from staff.parts import Parts
from staff.ports import Person
from staff.visit import Visit

_HOTLINE = frozenset({Role.CONSULTANT, Role.ON_CALL})


def scope_of(visit: Visit) -> ContactScope:
    """The scope of the person who visits. Raises `RightDenied` for whom no contact is ever shown."""
    return scope_for(visit.parts, visit.person, visit.now)


def scope_for(parts: Parts, person: Person, now: datetime) -> ContactScope:
    """The scope of a person at `now`, an instant of the log's clock. Raises `RightDenied`, `Unavailable`."""
    answer = parts.rights.may(person.id, Action.READ_CONTACT)
    if isinstance(answer, Allowed):
        return ContactScope(person.id, everything=True)
    if answer.reason is not Denial.NOT_INVOLVED:
        raise RightDenied(answer.reason, Action.READ_CONTACT)
    roles = frozenset(role for role in READING_ROLES if role.value in person.roles)
    known = {row.staff: row for row in attendance(parts.reader)}
    return ContactScope(
        person.id,
        hotline=bool(roles & _HOTLINE),
        hands=(person.id, *covered(person.id, known, now)),
        roles=tuple(sorted(roles)),
    )


def covered(staff: UUID, known: Mapping[UUID, AttendanceRow], now: datetime) -> tuple[UUID, ...]:
    """Whom somebody stands in for now: the absent, and those whose cover is absent too."""
    return tuple(
        absent
        for absent, row in known.items()
        if absent != staff and row.presence_at(now) is Presence.ABSENT and _stand_in(absent, known, now) == staff
    )


def _stand_in(staff: UUID, known: Mapping[UUID, AttendanceRow], now: datetime) -> UUID | None:
    passed: set[UUID] = set()
    person: UUID | None = staff
    while person is not None and person not in passed:
        passed.add(person)
        row = known.get(person)
        if row is None or row.presence_at(now) is Presence.HERE:
            return person
        absence = row.absence_at(now)
        person = absence.cover if absence is not None and row.left_at is None else None
    return None
