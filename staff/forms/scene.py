"""A scene: what a form is about. The journey as its file shows it, its pathway, and the part in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.calendar import local_date
from domain.codes import Role
from domain.journey.state import StepStatus
from domain.pathway.model import Anchor, Pathway, Pin, Stage, Step
from projections.journey_file.model import JourneyFile, StepRow
from staff.i18n.words import Words
from staff.ports import Desk, Person
from staff.titles import Titles
from staff.visit import Visit


class NothingHere(LookupError):
    """The address names a step, stage or purpose that this pathway does not have."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`about` is a code in the address: a step, stage, role or purpose; `file` is None for a journey to be opened."""

    visit: Visit
    journey: UUID
    about: str
    file: JourneyFile | None
    pathway: Pathway

    @property
    def words(self) -> Words:
        return self.visit.words

    @property
    def titles(self) -> Titles:
        return Titles(self.pathway, self.words)

    @property
    def desk(self) -> Desk:
        return self.visit.parts.desk

    @property
    def today(self) -> date:
        return local_date(self.visit.now, self.pathway.zone)

    @property
    def place(self) -> tuple[Stage, Step]:
        """The step in the address. Raises `NothingHere`."""
        found = self.pathway.find_step(self.about)
        if found is None:
            raise NothingHere(self.about)
        return found

    @property
    def step(self) -> Step:
        return self.place[1]

    @property
    def has_appointment(self) -> bool:
        return self.step.due.after is Anchor.APPOINTMENT

    @property
    def steps(self) -> tuple[StepRow, ...]:
        return self.file.steps if self.file else ()

    @property
    def open_step(self) -> StepRow | None:
        """The open occurrence of the step in the address."""
        return next((s for s in self.steps if s.step == self.about and s.status is StepStatus.OPEN), None)

    @property
    def advanced_step(self) -> StepRow | None:
        """The latest occurrence of the step in the address that somebody has advanced."""
        found = [s for s in self.steps if s.step == self.about and s.advanced_version is not None]
        return max(found, key=lambda s: s.occurrence, default=None)

    @property
    def opened_on(self) -> date | None:
        return local_date(self.file.header.opened_at, self.pathway.zone) if self.file else None

    @property
    def assigned(self) -> dict[Role, UUID]:
        return {row.role: row.staff for row in self.file.document.assigned} if self.file else {}

    def people_for(self, role: Role) -> Sequence[Person]:
        """Those who hold the role, else everybody; by name."""
        everybody = sorted(self.visit.people.values(), key=lambda p: p.name)
        return [p for p in everybody if role.value in p.roles] or everybody


def pin_of(file: JourneyFile) -> Pin:
    """The pathway version that a journey pins."""
    return Pin(name=file.header.pathway, version=file.header.pathway_version, sha256=file.document.pathway_sha256)
