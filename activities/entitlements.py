"""What a person may now: the table of `domain/rights`, asked with roles of the directory and states of the log.

    entitlements.may(staff, Action.READ_OVERVIEW, "journey-…")   # Allowed(), or Denied(Denial.NOT_INVOLVED)

Pages, API and decisions ask here and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Collection
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
from domain.rights.deciding import NO_FOOTING, Allowed, Denied, may
from domain.rights.footings import of_contact, of_journey, of_mission, of_staff, on_the_way
from domain.rights.involvement import Footings
from domain.rights.member import Member
from domain.streams import id_of, name_of
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

    def __init__(self, log: EventLog, directory: StaffDirectory) -> None:
        self._log = log
        self._directory = directory
        self._states = StreamStates(log)
        self._attendances = Attendances(self._states)
        self._known: dict[UUID, _Known] = {}

    def may(self, staff: UUID, action: Action, stream: str | None = None) -> Allowed | Denied:
        """Whether they may, with what `stream` is about, or with none. A stream without an event gives no footing,
        but that of a member of staff."""
        now = self._log.now()
        member = self.member(staff, now)
        return may(member, self.footings(member, stream, now), action)

    def member(self, staff: UUID, now: datetime) -> Member:
        """The person with the roles of the directory; of whom it knows nothing has none."""
        return Member(staff, self._roles(staff), self._attendances.presence(staff, now))

    def footings(self, member: Member, stream: str | None, now: datetime) -> Footings:
        """How they stand to what the stream is about, at `now`, an instant of the log's clock."""
        if stream is not None and name_of(stream) is StreamName.STAFF:
            return of_staff(member, id_of(stream))  # also of whom nothing was ever recorded
        state = None if stream is None else self._states.current(stream)
        match state:
            case Journey():
                return self._of_journey(member, state, now)
            case Contact():
                return self._of_contact(member, state, now)
            case Mission():
                return of_mission(member, state, now)
            case _:
                return NO_FOOTING

    def _of_journey(self, member: Member, journey: Journey, now: datetime) -> Footings:
        covered = self._covered(member.id, journey.assigned.values(), now)
        missions = (self._states.current(mission_stream(each)) for each in journey.missions)
        served = [mission for mission in missions if isinstance(mission, Mission)]
        return of_journey(member, journey, covered) | on_the_way(member, served, journey.id)

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
