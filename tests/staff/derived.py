"""Where the forms that follow from their commands can be filled in: at the first case that has what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast
from uuid import UUID

from domain.codes import Phase
from domain.journey.state import journey_stream
from domain.rights.deciding import Allowed
from projections.journey_file.queries import file
from staff.forms.derived.form import FORMS, possible_now
from staff.forms.rights import right_of
from staff.forms.scene import Scene, pin_of
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.visit import Visit
from tests.staff.house import House
from tests.staff.paper import every_journey


@dataclass(frozen=True)
class FormPlace:
    """The address of a form, in which case, and one of us whose it is to fill in."""

    path: str
    journey: UUID
    person: UUID


def derived_forms(house: House) -> dict[str, FormPlace]:
    """By word."""
    found: dict[str, FormPlace] = {}
    rights = house.app.state.parts.rights
    # What is possible depends on file and pathway alone: nobody visits, and something speaks.
    nobody = cast("Visit", SimpleNamespace(words=Words(Locale.ENGLISH)))
    for journey in every_journey(house):
        known = file(house.reader, journey)
        assert known is not None
        if known.header.phase is not Phase.OPEN:
            continue
        scene = Scene(nobody, journey, "", known, house.desk.pathway(pin_of(known)))
        team = sorted({row.staff for row in known.document.assigned})
        for form, row in possible_now(scene):
            if form.word in found:
                continue
            who = (p for p in team if isinstance(rights.may(p, right_of(form.word), journey_stream(journey)), Allowed))
            person, key = next(who, None), form.place.key(row)
            if person is not None:
                path = f"/journeys/{journey}/{form.word}" + (f"/{key}" if key else "")
                found[form.word] = FormPlace(path, journey, person)
        if len(found) == len(FORMS):
            break
    return found
