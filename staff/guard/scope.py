"""Whose rows somebody sees in a list: all, or those of the streams that they stand to.

    scope = scope_of(parts, person, Action.READ_LIST_ROW)
    list_journeys(reader, wanted, only=scope.streams)

Counts and rows are of one statement, so that a count never tells of a row that is not shown. What a person stands to is
found in the read models: what they and those hold whom they stand in for, and of what they owe otherwise (a power of
attorney, a seat on a mission) the log is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.attendance.state import Presence
from domain.codes import Role, StreamName
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied, Stance
from domain.rights.involvement import Footing, Involvement
from domain.rights.table import TABLE
from projections.attendance.queries import attendance
from projections.caseload.involved import Holds, held_by, led_by, served_or_owed
from staff.guard.permission import RightDenied
from staff.parts import Parts


@dataclass(frozen=True, slots=True)
class Scope:
    """`streams`: the ids of journeys, contacts and missions whose rows are shown; None: of all."""

    streams: Sequence[UUID] | None = None

    def has(self, stream: UUID) -> bool:
        """Whether rows of this stream are shown."""
        return self.streams is None or stream in self.streams


ALL = Scope()


def scope_of(parts: Parts, staff: UUID, action: Action = Action.READ_LIST_ROW) -> Scope:
    """Raises `RightDenied` for somebody who has left; of whom nothing is shown has an empty scope."""
    stance = parts.rights.stance(staff)
    answer = stance.may(action)
    if isinstance(answer, Allowed):
        return ALL
    if answer.reason is not Denial.NOT_INVOLVED:
        if answer.reason is Denial.HAS_LEFT:
            raise RightDenied(answer.reason, action)
        return Scope(())
    return Scope(tuple(sorted(_involved(parts, staff, action, stance))))


def _involved(parts: Parts, staff: UUID, action: Action, stance: Stance) -> set[UUID]:
    absent = covered(parts, staff)
    holds = held_by(parts.reader, {staff, *absent})
    found = {each.stream for each in holds if _gives(stance, each, staff, action)}
    led = [person for person in (staff, *absent) if _as(stance, Role.CASEWORKER, person == staff, action)]
    found |= led_by(parts.reader, led)
    if action is Action.READ_MISSION:
        return found  # whoever goes on one mission for a client does not see the others
    missions = [each.stream for each in holds if each.kind is StreamName.MISSION and each.staff == staff]
    others = served_or_owed(parts.reader, staff, missions) - found
    return found | _asked(parts, staff, action, others)


def covered(parts: Parts, staff: UUID) -> Collection[UUID]:
    """The absent people in whose place somebody acts now."""
    now = parts.clock()
    absent = [row.staff for row in attendance(parts.reader) if row.presence_at(now) is Presence.ABSENT]
    return parts.rights.stands_in_for(staff, absent) if absent else ()


def _gives(stance: Stance, held: Holds, staff: UUID, action: Action) -> bool:
    """A role in a journey and a seat of their own on a mission by the table; a call of their own always."""
    if held.kind is StreamName.JOURNEY:
        return _as(stance, held.role, held.staff == staff, action)
    if held.kind is StreamName.MISSION:
        seats = (Footing(role, Involvement.CREW) for role in stance.member.known_roles)
        return held.staff == staff and any(action in TABLE.get(seat, ()) for seat in seats)
    return held.staff == staff


def _as(stance: Stance, role: Role, is_own: bool, action: Action) -> bool:
    footing = Footing(role, Involvement.ASSIGNED if is_own else Involvement.COVER)
    return role in stance.member.known_roles and action in TABLE.get(footing, ())


def _asked(parts: Parts, staff: UUID, action: Action, journeys: Iterable[UUID]) -> set[UUID]:
    may = parts.rights.may
    return {each for each in journeys if not isinstance(may(staff, action, journey_stream(each)), Denied)}
