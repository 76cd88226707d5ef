"""Every kind of stream of this release. Importing this module makes them known (`domain.stream.kind.KINDS`)."""

from __future__ import annotations

from domain.contact.kind import CONTACT
from domain.journey.kind import JOURNEY
from domain.mission.kind import MISSION
from domain.provider.kind import PROVIDER
from domain.stream.kind import KINDS, StreamKind, StreamState, id_of, kind_of, name_of

OWING = frozenset(KINDS) - {PROVIDER.name}
"""The kinds that may owe something; an entry of the directory owes nothing."""

__all__ = [
    "CONTACT",
    "JOURNEY",
    "KINDS",
    "MISSION",
    "OWING",
    "PROVIDER",
    "StreamKind",
    "StreamState",
    "id_of",
    "kind_of",
    "name_of",
]
