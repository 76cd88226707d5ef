"""Every field of what the API answers about a case, a contact, a mission, a hearing, with the right that it needs.

for path, parts in journey_fields(): ...      # "document.hearings[].starts_at", {Action.READ_HEARINGS}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from domain.rights.actions import Action
from domain.rights.parts import FILE
from projections.contacts.queries import ContactPage
from projections.journey_file.model import JourneyFile
from projections.missions.queries import MissionRow
from projections.my_day.hearings import HearingOwed
from staff.api.missions import RideAnswer
from staff.guard.fields import parts_of_field

Parts = frozenset[Action]
WHOLE: Mapping[str, tuple[type, Action]] = {
    "contact": (ContactPage, Action.READ_CONTACT),
    "mission": (MissionRow, Action.READ_MISSION),
    "ride": (RideAnswer, Action.READ_RIDE),
    "hearing": (HearingOwed, Action.READ_HEARINGS),
}
"""What is shown whole or not at all."""


def paths(model: type) -> Iterator[str]:
    """The JSON paths of the fields that hold no others, `[]` for the members of a list and `{}` for those of a map."""
    schema = TypeAdapter(model).json_schema(mode="serialization")
    yield from _paths(schema, schema.get("$defs", {}), "", ())


def _paths(schema: Mapping[str, Any], known: Mapping[str, Any], path: str, within: tuple[str, ...]) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in within:
            yield from _paths(known[name], known, path, (*within, name))
        return
    several = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if several:
        for each in several:
            yield from _paths(each, known, path, within)
        return
    if "properties" in schema:
        for name, each in schema["properties"].items():
            yield from _paths(each, known, f"{path}.{name}" if path else name, within)
    elif "items" in schema:
        yield from _paths(schema["items"], known, f"{path}[]", within)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _paths(schema["additionalProperties"], known, f"{path}{{}}", within)
    else:
        yield path


def journey_fields() -> Iterator[tuple[str, Parts]]:
    """Of the file of a journey."""
    for path in dict.fromkeys(paths(JourneyFile)):
        yield path, parts_of(path)


def parts_of(path: str) -> Parts:
    """Any of these shows the field of a file. Steps of one's own role are shown besides."""
    first, _, rest = path.partition(".")
    if first == "document":
        return parts_of_field(rest.partition(".")[0].removesuffix("[]"))
    return frozenset({Action.READ_OVERVIEW} if first == "steps[]" else FILE)
