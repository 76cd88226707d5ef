"""Which contacts somebody's list holds: by their roles, and by whom they cover for."""

from __future__ import annotations

from domain.codes import Role
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial
from projections.contacts.working import READING_ROLES, ContactScope
from staff.guard.permission import RightDenied
from staff.guard.scope import covered
from staff.parts import Parts
from staff.ports import Person
from staff.visit import Visit

_HOTLINE = frozenset({Role.CONSULTANT, Role.ON_CALL})


def scope_of(visit: Visit) -> ContactScope:
    """The scope of the person who visits. Raises `RightDenied` for whom no contact is ever shown."""
    return scope_for(visit.parts, visit.person)


def scope_for(parts: Parts, person: Person) -> ContactScope:
    """The scope of a person now, by the log's clock. Raises `RightDenied`, `Unavailable`."""
    answer = parts.rights.may(person.id, Action.READ_CONTACT)
    if isinstance(answer, Allowed):
        return ContactScope(person.id, everything=True)
    if answer.reason is not Denial.NOT_INVOLVED:
        raise RightDenied(answer.reason, Action.READ_CONTACT)
    roles = frozenset(role for role in READING_ROLES if role.value in person.roles)
    return ContactScope(
        person.id,
        hotline=bool(roles & _HOTLINE),
        hands=(person.id, *covered(parts, person.id)),
        roles=tuple(sorted(roles)),
    )
