"""What a journey script tells, so that it can be lived as well (`tests/journeys/lived.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from domain.codes import Role
from domain.event import Event, Recorded
from domain.journey.assignment import Assigned
from domain.journey.linking import LinkJourney
from domain.pathway.model import Pathway
from domain.stream.firing import FireRung
from tests.domain.given import Act, Given
from tests.fix_mail import Everyone, Member


@dataclass(frozen=True)
class Outage:
    """Nobody is at the mail server's address from one moment to another."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Tale:
    """What happened to one journey, and how: all acts, those of timers among them, up to its end."""

    pathway: Pathway
    history: tuple[Recorded[Event], ...]
    acts: tuple[Act, ...]
    until: datetime
    outages: tuple[Outage, ...] = ()

    @classmethod
    def of(cls, given: Given, *outages: Outage) -> Self:
        """A tale told with `given`, the mail server away for so long."""
        return cls(given.pathway, given.history, given.acts, given.now, outages)

    @property
    def stream(self) -> str:
        """Whose tale it is."""
        return self.history[0].stream

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return self.acts[0].at

    def others(self) -> set[UUID]:
        """The journeys that it ties itself to."""
        return {act.what.other for act in self.acts if isinstance(act.what, LinkJourney)}

    def by_people(self) -> Iterator[Act]:
        """The acts that are no timer's."""
        return (act for act in self.acts if not isinstance(act.what, FireRung) and act.what)


def staff_of(tale: Tale) -> Everyone:
    """Everybody who was ever given a role, with an address that says which; and who is on call."""
    roles: dict[UUID, set[str]] = {}
    for recorded in tale.history:
        if isinstance(recorded.event, Assigned):
            roles.setdefault(recorded.event.staff, set()).add(recorded.event.role.value)
    held = set().union(*roles.values())
    for number, role in enumerate((Role.CASEWORKER, Role.SUPERVISOR, Role.LAWYER, Role.ON_CALL), 1):
        if role.value not in held:
            roles[UUID(int=1000 + number)] = {role.value}
    return Everyone([Member(who, f"{min(held)}@example.org", frozenset(held)) for who, held in sorted(roles.items())])
