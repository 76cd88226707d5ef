"""What a person may now: the table of `domain/rights`, asked with roles of the directory and states of the log.

    entitlements.may(staff, Action.READ_OVERVIEW, "journey-…")   # Allowed(), or Denied(Denial.NOT_INVOLVED)

Pages, API and decisions ask here and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from activities.attendances import Attendances
from activities.states import StreamStates
from domain.attendance.state import Presence
from domain.codes import StreamName
from domain.contact.codes import AttachStatus
from domain.contact.state import Contact
from domain.journey import Journey
from domain.journey.state import journey_stream
from domain.mission.state import Mission, mission_stream
from domain.rights.actions import Action
from domain.rights.deciding import NO_FOOTING, Allowed, Denied, Stance, may
from domain.rights.footings import in_emergency, of_contact, of_journey, of_mission, of_staff, on_the_way
from domain.rights.involvement import Footings
from domain.rights.member import Member
from domain.streams import StreamState, id_of, name_of
from eventlog.log import EventLog
from vault.errors import VaultUnavailable
from vault.staff import StaffDirectory

ROLES_AGE = 5.0
"""Seconds for which the roles of a person are believed. While the vault is away, the last ones are believed on."""


@dataclass(frozen=True, slots=True)
class _Known:
    roles: frozenset[str]
    read: float


class Entitlements:
    """Safe for many threads. Raises `Unavailable` while the log is away, `VaultUnavailable` for roles never read."""

    def __init__(self, log: EventLog, directory: StaffDirectory, states: StreamStates | None = None) -> None:
        self._log = log
        self._directory = directory
        self._states = states or StreamStates(log)
        self._attendances = Attendances(self._states)
        self._known: dict[UUID, _Known] = {}

    def may(self, staff: UUID, action: Action, stream: str | None = None) -> Allowed | Denied:
        """Whether they may, with what `stream` is about, or with none. A stream without an event gives no footing,
        but that of a member of staff."""
        now = self._log.now()
        member = self.member(staff, now)
        answer = may(member, NO_FOOTING, action)
        if stream is None or isinstance(answer, Allowed):
            return answer
        state = self._states.current(stream)
        if isinstance(state, Journey):
            answer = may(member, of_journey(member, state), action)
            if isinstance(answer, Allowed):
                return answer  # most are assigned: who is absent, and what missions there are, need not be looked up
        return may(member, self._of(member, stream, state, now), action)

    def stance(self, staff: UUID, stream: str | None = None) -> Stance:
        """How they stand to what the stream is about, to be asked about several actions: a page shows many."""
        now = self._log.now()
        member = self.member(staff, now)
        return Stance(member, self.footings(member, stream, now))

    def stands_in_for(self, staff: UUID, absent: Iterable[UUID]) -> frozenset[UUID]:
        """Those of `absent` in whose place they act now."""
        return self._covered(staff, frozenset(absent), self._log.now())

    def member(self, staff: UUID, now: datetime) -> Member:
        """The person with the roles of the directory; of whom it knows nothing has none."""
        return Member(staff, self._roles(staff), self._attendances.presence(staff, now))

    def footings(self, member: Member, stream: str | None, now: datetime) -> Footings:
        """How they stand to what the stream is about, at `now`, an instant of the log's clock."""
        return NO_FOOTING if stream is None else self._of(member, stream, self._states.current(stream), now)

    def _of(self, member: Member, stream: str, state: StreamState | None, now: datetime) -> Footings:
        match state:
            case Journey():
                return self._of_journey(member, state, now)
            case Contact():
                return self._of_contact(member, state, now)
            case Mission():
                return self._of_mission(member, state, now)
            case _:
                # Of whom nothing is recorded yet may plan their first absence.
                return of_staff(member, _staff_of(stream))

    def _of_journey(self, member: Member, journey: Journey, now: datetime) -> Footings:
        covered = self._covered(member.id, journey.assigned.values(), now)
        missions = (self._states.current(mission_stream(each)) for each in journey.missions)
        served = [mission for mission in missions if isinstance(mission, Mission)]
        own = of_journey(member, journey, covered) | on_the_way(member, served, journey.id)
        return own | in_emergency(member, journey, now)

    def _of_mission(self, member: Member, mission: Mission, now: datetime) -> Footings:
        """Its own, and those to the clients whom it serves."""
        journeys = (self._states.current(journey_stream(each)) for each in mission.plan.journeys)
        own = of_mission(member, mission, now)
        theirs = (
            of_journey(member, each, self._covered(member.id, each.assigned.values(), now))
            for each in journeys
            if isinstance(each, Journey)
        )
        return own.union(*theirs)

    def _of_contact(self, member: Member, contact: Contact, now: datetime) -> Footings:
        agreed = (j for j, attached in contact.attachments.items() if attached.status is AttachStatus.AGREED)
        journeys = (self._states.current(journey_stream(each)) for each in agreed)
        own = of_contact(member, contact, logged_by=self._first_actor(contact.stream))
        return own.union(*(self._of_journey(member, each, now) for each in journeys if isinstance(each, Journey)))

    def _covered(self, staff: UUID, assigned: Collection[UUID], now: datetime) -> frozenset[UUID]:
        return frozenset(
            each
            for each in assigned
            if each != staff
            and self._attendances.presence(each, now) is Presence.ABSENT
            and self._attendances.stand_in(each, now) == staff
        )

    def _first_actor(self, stream: str) -> UUID | None:
        history = self._log.load(stream).history
        return history[0].actor if history else None

    def _roles(self, staff: UUID) -> frozenset[str]:
        known = self._known.get(staff)
        if known is not None and time.monotonic() - known.read < ROLES_AGE:
            return known.roles
        try:
            found = self._directory.get(staff)
        except VaultUnavailable:
            if known is None:
                raise
            return known.roles
        roles = found.roles if found is not None else frozenset()
        self._known[staff] = _Known(roles, time.monotonic())
        return roles


def _staff_of(stream: str) -> UUID | None:
    """Whose stream it is, where it is that of a member of staff."""
    return id_of(stream) if name_of(stream) is StreamName.STAFF else None
