"""The fields of HTCDS 2.0 (IOM, CC BY 4.0) as its Field Standards (ODS) name them, and all the names that others use.

The variants differ: the Field Standards are what an export follows, the others are what files from elsewhere have
(`docs/exports.md`). IOM endorses nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class FieldKind(StrEnum):
    """What stands in a field."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """`choices`: the codes with their labels. A core field is in every template; a deprecated one is no longer used."""

    name: str
    label: str
    kind: FieldKind
    core: bool = False
    deprecated: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "prs_First_Name": "prs_FirstName",
        "prs_Second_Name": "prs_SecondName",
        "vic_Methods_of_Control": "vic_MethodsOfControl",
        "vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg",
        "vic_TraffickinStatusDecisionMaking": "vic_TraffickingStatusDecisionMakingOrg",
        "Trafficking Status Decision Making": "vic_TraffickingStatusDecisionMakingOrg",
    }
)
"""The XLSForm's names, and the misspelled hidden heading of the spreadsheets."""
CONTROLS = MappingProxyType({"RestrictsMovement": "Restricts movement", "UsesChildren": "Uses children"})
"""Methods of control that `Field Definitions.md` has and the code list of the Field Standards has not."""
YES, NO = frozenset({"true", "yes", "1", "x", "ja", "da", "да"}), frozenset({"false", "no", "0", "ne", "не"})


@cache
def fields() -> tuple[Field, ...]:
    """All of them, in the order of the Field Standards."""
    described = json.loads((files("analysis.exports") / "htcds2.json").read_text(encoding="utf-8"))
    return tuple([Field(**{**each, "kind": FieldKind(each["kind"])}) for each in described["fields"]])


@cache
def exported() -> tuple[Field, ...]:
    """What an export has as columns: the core that is in use, and the relationship to the trafficker."""
    also = {"vic_RelationshipToTrafficker"}
    return tuple([each for each in fields() if (each.core and not each.deprecated) or each.name in also])


def field_called(heading: str) -> Field | None:
    """The field that a heading means: a name of any variant, or a label where only one field has it."""
    return _by_heading().get(folded(heading))


def choice_called(place: Field, text: str) -> str | None:
    """The code that a cell means: a code or a label, whatever its spaces and capitals."""
    choices = {**place.choices, **(CONTROLS if place.name == "vic_MethodsOfControl" else {})}
    wanted = folded(text)
    return next((code for code, label in choices.items() if wanted in (folded(code), folded(label))), None)


def folded(text: str) -> str:
    """A text as it is compared: without capitals, spaces and signs."""
    return re.sub(r"[\W_]+", "", text).casefold()


@cache
def _by_heading() -> Mapping[str, Field]:
    names = {each.name: each for each in fields()}
    labels: dict[str, list[Field]] = {}
    for each in fields():
        labels.setdefault(folded(each.label), []).append(each)
    found = {folded(label): places[0] for label, places in labels.items() if len(places) == 1}
    # The spreadsheets' words for what several parts of the standard call by the same label.
    found |= {folded(label): names[name] for label, name in _SHARED_LABELS.items()}
    found |= {folded(alias): names[name] for alias, name in ALIASES.items()}
    return found | {folded(name): each for name, each in names.items()}


_SHARED_LABELS = {"Status": "cas_Status", "Title": "prs_Title"}
