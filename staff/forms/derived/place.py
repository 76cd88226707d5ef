"""Where forms of a sort stand: the rows of a file that they are about, each with an address and a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from projections.journey_file.model import JourneyFile
from staff.forms.scene import NothingHere, Scene

R = TypeVar("R")


class Card(StrEnum):
    """The box of the case file in which people look for it."""

    SAFE_CONTACT = "safe-contact"
    ALERTS = "alerts"
    ASSESSMENTS = "assessments"
    PLAN = "plan"
    DISCLOSURES = "disclosures"
    CONSENTS = "consents"
    SERVICES = "services"
    HEARINGS = "hearings"
    FORMAL_STATUS = "formal-status"
    RESIDENCE = "residence"
    SCREENINGS = "screenings"
    PROCEEDINGS = "proceedings"
    TERMS = "terms"
    RETURNING = "returning"
    REINTEGRATION = "reintegration"


@dataclass(frozen=True)
class Place(Generic[R]):
    """`key` is the code in the address, `given` what it says of the command, `version` what a form has seen.

    `group` gathers the links of several rows below one line of the card: those of a document below its return.
    """

    card: Card
    rows: Callable[[Scene], Iterable[R]]
    key: Callable[[R], str]
    name: Callable[[Scene, R], str]
    given: Callable[[R], Mapping[str, object]]
    version: Callable[[R], int | None]
    part: Callable[[R], str | None]
    group: Callable[[R], str] | None = None

    def row(self, scene: Scene) -> R:
        """The row that the address names. Raises `NothingHere`."""
        for row in self.rows(scene):
            if self.key(row) == scene.about:
                return row
        raise NothingHere(scene.about)

    def line(self, row: R) -> str:
        """Below which line of the card its links stand; "" is the card itself."""
        return self.key(row) if self.group is None else self.group(row)


def whole(
    card: Card,
    version: Callable[[JourneyFile], int | None] = lambda _: None,
    part: str | None = None,
) -> Place[JourneyFile]:
    """What is about the journey as a whole, or about the one part of its sort."""
    return Place(
        card=card,
        rows=lambda scene: (scene.file,) if scene.file else (),
        key=lambda _: "",
        name=lambda scene, _: "",
        given=lambda _: {},
        version=version,
        part=lambda _: part,
    )


def nothing(_: object) -> Mapping[str, object]:
    """Where the address says nothing of the command."""
    return {}
