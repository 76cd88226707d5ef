"""What vehicles are called. Those of the house stand in the directory of providers, as transport: with a sealed name.

A mission names its vehicle by id alone; one that nobody has listed is told from another by three digits.
"""

from __future__ import annotations

from uuid import UUID

from domain.provider.codes import ProviderKind, ProviderStatus
from projections.missions.queries import list_missions
from staff.forms.field import Choice
from staff.visit import Visit

_LATEST = 200


def vehicle_name(vehicle: UUID, visit: Visit) -> str:
    """By the name that the directory has. Asks log and vault, so it belongs into a thread."""
    known = visit.parts.desk.provider_name(vehicle)
    return known or visit.words("missions.vehicle-no", mark=str(vehicle.int % 1000).zfill(3))


def vehicles(visit: Visit) -> tuple[Choice, ...]:
    """What a mission may go in: the transport of the directory that is active, and what missions went in of late."""
    listed = visit.parts.office.providers.listed() if visit.parts.office else ()
    ours = {entry.id for entry in listed if entry.state.kind is ProviderKind.TRANSPORT}
    closed = {entry.id for entry in listed if entry.state.status is not ProviderStatus.ACTIVE}
    gone = {row.vehicle for row in list_missions(visit.parts.reader, limit=_LATEST).rows if row.vehicle is not None}
    known = (Choice(str(each), vehicle_name(each, visit)) for each in (ours | gone) - closed)
    return tuple(sorted(known, key=lambda choice: choice.text))
