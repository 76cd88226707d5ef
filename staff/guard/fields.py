"""To which parts of a file each field of it belongs: whoever may read one of these sees it, nobody else does.

    parts_of_field("hearings")      # frozenset({Action.READ_HEARINGS})

A field that does not stand here is nobody's. `docs/rights-fields.md` shows the table down to the last field within a
field; `tests/staff/test_fields.py` tries every role and relation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from domain.rights.actions import Action
from domain.rights.parts import FILE
from projections.journey_file.model import Document

Parts = frozenset[Action]
_FILE: Parts = frozenset(FILE)
"""Whoever opens the file at all."""
_OVERVIEW: Parts = frozenset({Action.READ_OVERVIEW})
_LEGAL: Parts = frozenset({Action.READ_LEGAL})
_HEARINGS: Parts = frozenset({Action.READ_HEARINGS})
_STANDING: Parts = _OVERVIEW | _LEGAL
"""Formal status, screening, residence: recorded by caseworkers and lawyers alike."""

DOCUMENT: Mapping[str, Parts] = {
    "header": _FILE,
    "pathway_sha256": _FILE,
    "stages": _OVERVIEW,
    "consents": _OVERVIEW,
    "assigned": _FILE,
    "links": _OVERVIEW,
    "contacts": _OVERVIEW,
    "milestones": _OVERVIEW,
    "missions": _OVERVIEW,
    "absorbed": _OVERVIEW,
    "reopened": _FILE,
    "under_way": _OVERVIEW,
    "review": _OVERVIEW,
    "hearings": _HEARINGS,
    "closing": _FILE,
    "merged_into": _OVERVIEW,
    "services": _OVERVIEW,
    "safety": _OVERVIEW,
    "formal_status": _STANDING,
    "screenings": _STANDING,
    "permits": _STANDING,
    "proceedings": _LEGAL,
    "terms": _LEGAL,
    "fees": _LEGAL,
    "approvals": _OVERVIEW,
    "returns": _OVERVIEW,
    "reintegration": _OVERVIEW,
    "emergencies": _OVERVIEW,
    "documents": frozenset({Action.READ_DOCUMENTS}),
}
"""Of the document. Of `documents` those are shown whose part may be read as well. Steps beside it are of the overview;
those of one's own role everybody sees, who has to do them."""

_KNOWN = {each.name: each for each in fields(Document)}


def parts_of_field(name: str) -> Parts:
    """Any of these shows the field of the document; none, nobody sees it."""
    return DOCUMENT.get(name, frozenset())


def emptied(names: Collection[str]) -> dict[str, Any]:
    """These fields as they are in a journey of which nothing is recorded."""
    return {name: _empty(_KNOWN[name]) for name in names}


def _empty(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()
