"""Somebody with these roles, who stands like this."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, may
from domain.rights.involvement import Footing, Footings, Involvement
from domain.rights.member import Member, RoleOrPost

SOMEBODY = UUID("00000000-0000-4000-8000-00000000c001")


def somebody(*roles: RoleOrPost | str, **fields: Any) -> Member:
    """A person of the directory."""
    usual: dict[str, Any] = {"id": SOMEBODY, "roles": frozenset(str(role) for role in roles)}
    return Member(**(usual | fields))


def standing(role: RoleOrPost, *involvements: Involvement) -> Footings:
    """As that role, in each of these ways."""
    return frozenset(Footing(role, each) for each in involvements)


def answer(member: Member, footings: Footings, action: Action) -> Denial | None:
    """Why not, or None for yes."""
    answered = may(member, footings, action)
    return None if isinstance(answered, Allowed) else answered.reason


def allowed(member: Member, footings: Footings) -> frozenset[Action]:
    """Everything that they may."""
    return frozenset(action for action in Action if answer(member, footings, action) is None)
