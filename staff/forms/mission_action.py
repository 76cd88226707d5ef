"""An action on a field mission: a form that becomes one command. The fields and their reading are those of all forms.

A mission's form has groups, since a report has a part for each journey. What it makes are the plain fields of its
command: `staff.sealing.sealed_mission` seals what is free text among them, each with the key of whom it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendar import local_date
from domain.codes import StreamName
from domain.command import Command
from domain.mission.codes import MissionPhase
from domain.mission.state import Mission
from domain.pathway.model import Pathway, Pin
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.i18n.words import Words
from staff.titles import Titles
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class MissionScene:
    """What a form is about. `mission` is None for one that is to be planned.

    `again`: this person has sent the form before, and its command is recorded: they get the first answer again.
    """

    visit: Visit
    id: UUID
    mission: Mission | None
    pathway: Pathway
    pin: Pin
    again: bool = False

    @property
    def words(self) -> Words:
        return self.visit.words

    @property
    def titles(self) -> Titles:
        return Titles(self.pathway, self.words)

    @property
    def zone(self) -> str:
        """On whose clocks times are entered: those of the places."""
        return self.mission.plan.zone if self.mission else self.pathway.zone

    @property
    def today(self) -> date:
        return local_date(self.visit.now, self.zone)

    @property
    def code(self) -> str:
        return stream_code(StreamName.MISSION, self.id)

    @property
    def begun(self) -> Mission:
        """The mission of a form that only exists for one. Raises `LookupError`."""
        if self.mission is None:
            raise LookupError("this form is of a mission that is planned")
        return self.mission


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading of their own; without a title they stand by themselves."""

    fields: tuple[Field, ...]
    title: str = ""
    hint: str = ""


Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MissionAction:
    """`phases`: in which it can be given; in others the page says `otherwise`. `seen`: the version that the form shows.

    `drafted`: the form is long enough that what was typed is kept.
    """

    word: str
    command: type[Command]
    right: Action
    groups: Callable[[MissionScene], tuple[Group, ...]]
    body: Callable[[MissionScene, Entry], dict[str, Any]]
    phases: frozenset[MissionPhase]
    otherwise: RefusalCode
    seen: Callable[[Mission], int | None] = lambda _: None
    defaults: Callable[[MissionScene], Texts] = lambda _: {}
    drafted: bool = False

    def fields(self, scene: MissionScene) -> tuple[Field, ...]:
        """Those of every group."""
        return tuple(field for group in self.groups(scene) for field in group.fields)


MISSION_ACTIONS: dict[str, MissionAction] = {}


def register(action: MissionAction) -> MissionAction:
    """Adds an action. Raises `ValueError` for a word that is taken."""
    if action.word in MISSION_ACTIONS:
        raise ValueError(f"two actions on missions are called {action.word}")
    MISSION_ACTIONS[action.word] = action
    return action


def note(scene: MissionScene) -> Field:
    """The note that nearly every form ends with."""
    return Field("note", FieldKind.NOTE, scene.words("form.note"), scene.words("form.note-hint"), optional=True)


def happened(scene: MissionScene) -> Field:
    """When it happened, apart from when it is entered; left empty it is now."""
    return Field(
        "happened",
        FieldKind.MOMENT,
        scene.words("form.happened"),
        scene.words("form.happened-hint"),
        optional=True,
        latest=scene.today,
    )


def people(scene: MissionScene, *, going: bool) -> tuple[Choice, ...]:
    """Members of staff to choose from, by name; `going`: those whose roles go on missions, or who are of the crew."""
    crew = scene.mission.plan.crew.team if scene.mission else ()
    everybody = sorted(scene.visit.people.values(), key=lambda person: person.name)
    chosen = (p for p in everybody if not going or p.roles & _GOES or p.id in crew)
    return tuple(Choice(str(person.id), person.name) for person in chosen)


_GOES = frozenset({"mobile-team", "caseworker", "consultant", "psychologist", "driver"})
"""A lawyer sees the legal part only, also on the way to court (`docs/rights.md`)."""


def typed_moment(name: str, instant: datetime, zone: str) -> dict[str, str]:
    """An instant as the inputs of a moment show it, on the clocks of a zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return {f"{name}-day": local.date().isoformat(), f"{name}-time": f"{local:%H:%M}"}


def told(**fields: Any) -> dict[str, Any]:
    """The fields that say something, as they travel: instants and ids as text."""
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
