"""One invented journey while it is being told: its state, its people, and how commands change it."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.codes import ConsentGiver, ConsentPurpose, Role
from domain.command import Command
from domain.contact.attaching import begun_journey
from domain.journey.state import Journey, StepState, journey_stream
from domain.pathway.model import Anchor, Step
from worker.demo.days import Days
from worker.demo.staff import JASNA, LUKA, MILA, OGNJEN, TEODORA, VERA
from worker.demo.told import Told

NAMESPACE = UUID("5e1f0d6e-0000-4000-8000-00000000d3a0")
"""Ids of the demonstration derive from it: the same caseload has the same ids everywhere."""

Story = Generator[datetime, None, None]
"""What happens in a journey: yields the instant at which to go on."""


def journey_id(name: str, begins_with: UUID | None = None) -> UUID:
    """The id of a journey of that name; where a contact opens it, the one that follows from the contact."""
    return begun_journey(begins_with, 1) if begins_with else uuid5(NAMESPACE, name)


EVERY_ROLE: Mapping[Role, UUID] = {
    Role.CASEWORKER: MILA.id,
    Role.CONSULTANT: JASNA.id,
    Role.PSYCHOLOGIST: TEODORA.id,
    Role.LAWYER: OGNJEN.id,
    Role.MOBILE_TEAM: LUKA.id,
    Role.SUPERVISOR: VERA.id,
}


class Dice(Random):
    """Chance that falls the same way for the same name, everywhere. For stories only: it keeps no secret."""


class Writing(Protocol):
    """Where a tale's commands go."""

    def tell(self, tale: Tale, command: Command, actor: UUID, note: str | None, field: str = "note") -> None: ...


@dataclass
class Tale(Told):
    """`pinned` is by what it runs, `newest` to what it may be moved.

    `consents` are given together once the client agrees, by `giver`; `hold` are steps that nobody advances.
    """

    name: str
    pinned: Pinned
    newest: Pinned
    days: Days
    writing: Writing
    caseworker: UUID
    giver: ConsentGiver = ConsentGiver.CLIENT
    consents: tuple[ConsentPurpose, ...] = ()
    hold: set[str] = field(default_factory=set)
    diligence: float = 0.9
    begins_with: UUID | None = None
    """The contact at the hotline that opens it; without one it is opened by hand."""
    state: Journey | None = field(init=False, default=None)
    times: dict[tuple[str, int], datetime] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.id = journey_id(self.name, self.begins_with)
        self.stream = journey_stream(self.id)
        self.random = Dice(f"putokaz-demo|{self.name}")
        self.now = self.days.now

    @property
    def here(self) -> Journey:
        """The journey as it is. Raises `AssertionError` before it is opened."""
        assert self.state is not None, f"{self.name} is not open yet"
        return self.state

    def step(self, key: str) -> Step:
        """The definition of a step. Raises `AssertionError` for one that the pathway does not have."""
        place = self.pinned.pathway.find_step(key)
        assert place is not None, f"{self.pinned.pin.name} has no step {key}"
        return place[1]

    def is_appointment(self, key: str) -> bool:
        return self.step(key).due.after is Anchor.APPOINTMENT

    def person(self, role: Role) -> UUID:
        """Who acts in this role: who has it in this journey, else who has it in the house."""
        assigned = self.state.assigned.get(role) if self.state else None
        return assigned or (self.caseworker if role is Role.CASEWORKER else EVERY_ROLE[role])

    def tell(
        self, command: Command, role: Role = Role.CASEWORKER, note: str | None = None, field: str = "note"
    ) -> None:
        """Gives a command as the person of `role`; `note` is sealed into `field` of it."""
        self.writing.tell(self, command, self.person(role), note, field)

    def near(self, offset: int) -> datetime:
        """Some instant in office hours of the working day nearest to `offset` calendar days from today."""
        return self.days.office(self.days.near(offset), self.random)

    def open_steps(self, without: Collection[str]) -> list[StepState]:
        """The open steps that somebody is at work on."""
        return [s for s in self.here.steps.values() if s.status.value == "open" and s.step not in without]
