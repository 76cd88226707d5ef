"""Every kind of stream of this release. Importing this module makes them known (`domain.stream.kind.KINDS`)."""

from __future__ import annotations

from domain.attendance.kind import STAFF
from domain.contact.kind import CONTACT
from domain.export.kind import EXPORT
from domain.handover.kind import HANDOVER
from domain.journey.kind import JOURNEY
from domain.mission.kind import MISSION
from domain.provider.kind import PROVIDER
from domain.release.kind import RELEASES
from domain.stream.kind import KINDS, StreamKind, StreamState, id_of, kind_of, name_of

OWING = frozenset(KINDS) - {PROVIDER.name, STAFF.name, EXPORT.name, RELEASES.name}
"""The kinds that may owe something. An entry of the directory, an export, a release owe nothing; an absence ends."""

__all__ = [
    "CONTACT",
    "EXPORT",
    "HANDOVER",
    "JOURNEY",
    "KINDS",
    "MISSION",
    "OWING",
    "PROVIDER",
    "RELEASES",
    "STAFF",
    "StreamKind",
    "StreamState",
    "id_of",
    "kind_of",
    "name_of",
]
