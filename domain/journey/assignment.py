"""Part: who is responsible. One person for each role; a step belongs to the person of its role."""

from __future__ import annotations

from dataclasses import replace

from domain.codes import Role
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused
from domain.values import StaffId


class Assigned(Event, topic="journey.assigned"):
    """A person took over a role; whoever had it before, has it no longer."""

    role: Role
    staff: StaffId


class Unassigned(Event, topic="journey.unassigned"):
    """The role is vacant. Its obligations go to the caseworker, else to the on-call person."""

    role: Role
    staff: StaffId


class Assign(Command, kind="assign"):
    """Gives a role to a person."""

    role: Role
    staff: StaffId


class Unassign(Command, kind="unassign"):
    """Leaves a role vacant."""

    role: Role


@decides(Assign)
def _assign(journey: Journey, command: Assign, _: Surroundings) -> Decision:
    if journey.assigned.get(command.role) == command.staff:
        return Refused(code=RefusalCode.ALREADY_ASSIGNED, allowed=(command.role.value,))
    return (Assigned(role=command.role, staff=command.staff),)


@decides(Unassign)
def _unassign(journey: Journey, command: Unassign, _: Surroundings) -> Decision:
    staff = journey.assigned.get(command.role)
    if staff is None:
        return Refused(code=RefusalCode.NOT_ASSIGNED, allowed=tuple(role.value for role in journey.assigned))
    return (Unassigned(role=command.role, staff=staff),)


@evolves(Assigned)
def _assigned(journey: Journey, recorded: Recorded[Assigned]) -> Journey:
    return replace(journey, assigned={**journey.assigned, recorded.event.role: recorded.event.staff})


@evolves(Unassigned)
def _unassigned(journey: Journey, recorded: Recorded[Unassigned]) -> Journey:
    left = {role: staff for role, staff in journey.assigned.items() if role is not recorded.event.role}
    return replace(journey, assigned=left)
