"""Whether somebody may: the answer of the table, with a reason for each no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.attendance.state import Presence
from domain.rights.actions import ABOUT_CLIENTS, BEHIND_PURPOSE, OPENS, READING, Action
from domain.rights.denial import Denial
from domain.rights.involvement import Footing, Footings, Involvement
from domain.rights.member import APART, Member, RoleOrPost
from domain.rights.table import TABLE
from domain.sealed import Compartment

NO_FOOTING: Footings = frozenset()

__all__ = ["NO_FOOTING", "Allowed", "Denial", "Denied", "Proviso", "Stance", "may", "visible_compartments"]


class Proviso(StrEnum):
    """What must have been recorded before an allowed thing is shown."""

    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, where there is a `proviso` with that. Whether a second person is needed is for the deciders to say."""

    proviso: Proviso | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """No."""

    reason: Denial


# One page asks some three hundred times, of some eighty actions, and everything that it asks by is a value.
@lru_cache(maxsize=16_384)
def may(member: Member, footings: Footings, action: Action) -> Allowed | Denied:
    """Whether `member`, who stands like this to what it is about, may. A footing of a role not theirs gives nothing."""
    if member.presence is Presence.LEFT:
        return Denied(Denial.HAS_LEFT)
    if action is Action.RUN_ENGINE:
        return Denied(Denial.ENGINE_ONLY)
    roles = member.known_roles
    if not roles:
        return Denied(Denial.NO_KNOWN_ROLE)
    if action in ABOUT_CLIENTS and roles & APART:
        return Denied(Denial.NO_CLIENT_DATA)
    held = {footing for footing in footings if footing.role in roles} | {Footing(role) for role in roles}
    if any(action in TABLE.get(footing, ()) for footing in held):
        return Allowed(Proviso.PURPOSE if action in BEHIND_PURPOSE else None)
    return Denied(_reason(roles, held, action))


def visible_compartments(member: Member, footings: Footings, part: Action) -> frozenset[Compartment]:
    """Whose texts may be opened for `member` in what the reading action `part` shows; its proviso holds for them."""
    return OPENS.get(part, frozenset()) if isinstance(may(member, footings, part), Allowed) else frozenset()


@dataclass(frozen=True, slots=True)
class Stance:
    """A member and how they stand to one thing at one instant: found once, asked as often as a page likes."""

    member: Member
    footings: Footings = NO_FOOTING

    def may(self, action: Action) -> Allowed | Denied:
        """Whether they may, standing so."""
        return may(self.member, self.footings, action)

    def opens(self, part: Action) -> frozenset[Compartment]:
        """The compartments whose texts they may read in `part`."""
        return visible_compartments(self.member, self.footings, part)


def _reason(roles: frozenset[RoleOrPost], held: set[Footing], action: Action) -> Denial:
    if not any(action in actions for footing, actions in TABLE.items() if footing.role in roles):
        return Denial.NOT_YOUR_ROLE
    in_emergency = any(footing.involvement is Involvement.EMERGENCY for footing in held)
    return Denial.EMERGENCY_READS_ONLY if in_emergency and action not in READING else Denial.NOT_INVOLVED
