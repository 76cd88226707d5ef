"""Whose rows somebody sees in a list: all, or those of the streams that they stand to.

    scope = scope_of(parts, person, Action.READ_LIST_ROW)
    list_journeys(reader, wanted, only=scope.streams)

Counts and rows are of one statement, so that a count never tells of a row that is not shown. What a person stands to is
found in the read models: the journeys, open and closed, of whose team they or those are whom they stand in for, their
powers of attorney, what they have opened in an emergency, what else they hold. Of what they owe otherwise or go on a
mission for, the log is asked.
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
from projections.caseload.involved import Holds, held_by, served_or_owed
from projections.involvement.queries import Involved, in_emergency, involved
from projections.missions.queries import crewed_by
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
    found = {each.stream for each in holds if each.kind is StreamName.CONTACT and each.staff == staff}
    missions = crewed_by(parts.reader, staff) | {each.stream for each in holds if _reports(each, staff)}
    if any(action in TABLE.get(Footing(role, Involvement.CREW), ()) for role in stance.member.known_roles):
        found |= missions
    journeys = involved(parts.reader, {staff, *absent})
    found |= {each.journey for each in journeys if _stands(stance, each, staff, action)}
    if any(action in TABLE.get(Footing(role, Involvement.EMERGENCY), ()) for role in stance.member.known_roles):
        found |= in_emergency(parts.reader, staff, parts.clock())
    if action is Action.READ_MISSION:
        return found  # whoever goes on one mission for a client does not see the others
    others = served_or_owed(parts.reader, staff, missions) - found
    return found | _asked(parts, staff, action, others)


def covered(parts: Parts, staff: UUID) -> Collection[UUID]:
    """The absent people in whose place somebody acts now."""
    now = parts.clock()
    absent = [row.staff for row in attendance(parts.reader) if row.presence_at(now) is Presence.ABSENT]
    return parts.rights.stands_in_for(staff, absent) if absent else ()


def _reports(held: Holds, staff: UUID) -> bool:
    """Whoever owes the report of a mission, also without having gone on it. Its supervisor is of no crew."""
    return held.kind is StreamName.MISSION and held.role is Role.MOBILE_TEAM and held.staff == staff


def _stands(stance: Stance, each: Involved, staff: UUID, action: Action) -> bool:
    """By the table: as themselves, or in the place of somebody of the team. A power of attorney is its holder's."""
    footing = each.footing
    if each.staff != staff:
        if footing.involvement is not Involvement.ASSIGNED:
            return False
        footing = Footing(footing.role, Involvement.COVER)
    return footing.role in stance.member.known_roles and action in TABLE.get(footing, ())


def _asked(parts: Parts, staff: UUID, action: Action, journeys: Iterable[UUID]) -> set[UUID]:
    may = parts.rights.may
    return {each for each in journeys if not isinstance(may(staff, action, journey_stream(each)), Denied)}
