"""How a person comes to have anything to do with a case, a contact, a mission: the second key of the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.rights.member import RoleOrPost


class Involvement(StrEnum):
    """Not `Relation`, which is kinship between clients. A value is never renamed."""

    NONE = "none"
    """None is needed: whatever the case, or none at all."""
    ASSIGNED = "assigned"
    """Has the role in this journey: its caseworker, its psychologist, one of its team."""
    COVER = "cover"
    """Stands in for somebody absent who is assigned."""
    COUNSEL = "counsel"
    """Holds a power of attorney in force in its proceedings."""
    CONTACT = "contact"
    """Belongs to a contact of the hotline."""
    CREW = "crew"
    """Goes on a mission, or reports on it, until that is done."""
    DRIVER = "driver"
    """Drives a leg of it."""
    ALARM = "alarm"
    """Is called while a danger is open or a team is out."""
    REFERRED = "referred"
    """Works for the provider of an open referral."""
    EMERGENCY = "emergency"
    """Has opened this one case in an emergency, for 60 minutes."""
    SELF = "self"
    """It is about themselves."""


@dataclass(frozen=True, slots=True)
class Footing:
    """As what a person stands there: a role or post of theirs, and how they come to be involved in it."""

    role: RoleOrPost
    involvement: Involvement = Involvement.NONE


Footings = frozenset[Footing]
