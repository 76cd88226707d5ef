"""What can be done about each line of a case file now: links to the forms that are possible and theirs to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from uuid import UUID

from projections.journey_file.model import JourneyFile
from staff.forms.derived.form import possible_now
from staff.forms.derived.place import Card
from staff.forms.scene import Scene
from staff.titles import Titles
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Doing:
    """A link: `about` says what it is about where the line says it not already."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Doings:
    """By card and line; the line of a card itself is ""."""

    links: Mapping[tuple[Card, str], list[Doing]] = field(default_factory=dict)

    def at(self, card: str, line: object = "") -> list[Doing]:
        """What can be done about a line, or about the card as a whole."""
        return self.links.get((Card(card), str(line)), [])


def doings(journey: UUID, file: JourneyFile, titles: Titles, visit: Visit, offered: Set[str]) -> Doings:
    """All that can be done about this file now, by those who may."""
    links: dict[tuple[Card, str], list[Doing]] = {}
    scene = Scene(visit, journey, "", file, titles.pathway)
    for form, row in possible_now(scene):
        if form.word not in offered:
            continue
        place, key = form.place, form.place.key(row)
        line, done = place.line(row), visit.words(f"do.{form.word}")
        text = f"{done}: {place.name(scene, row)}" if line != key else done
        href = f"/journeys/{journey}/{form.word}" + (f"/{key}" if key else "")
        links.setdefault((place.card, line), []).append(Doing(text, href))
    return Doings(links)
