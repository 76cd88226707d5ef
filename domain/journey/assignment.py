"""Part: who is responsible. One person for each role; a step belongs to the person of its role."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Phase, Role, StallCause
from domain.command import Command
from domain.copying import replace
from domain.deadline import stall_again
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.stalling import StepResumed
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused
from domain.stream.facts import gives_work
from domain.stream.holding import Held, TakeOver
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


gives_work(Assign, lambda command: (command.staff,))


def held(journey: Journey) -> Iterator[Held]:
    """The roles that people have; each is one thing to be handed over."""
    for role, staff in journey.assigned.items():
        yield Held(role.value, role, staff)


def without_leavers(journey: Journey, surroundings: Surroundings) -> tuple[Unassigned, ...]:
    """Whoever has left while the journey was closed, or merged, has no role in it once it goes on."""
    if journey.phase is not Phase.OPEN:
        return ()
    left = surroundings.facts.left
    return tuple(Unassigned(role=role, staff=staff) for role, staff in journey.assigned.items() if staff in left)


@decides(Assign)
def _assign(journey: Journey, command: Assign, surroundings: Surroundings) -> Decision:
    if journey.assigned.get(command.role) == command.staff:
        return Refused(code=RefusalCode.ALREADY_ASSIGNED, allowed=(command.role.value,))
    return (Assigned(role=command.role, staff=command.staff), *_moving_again(journey, command.role, surroundings))


def _moving_again(journey: Journey, role: Role, surroundings: Surroundings) -> Iterator[StepResumed]:
    """What stood still only because nobody had the role: its cause is gone, and the new person gets their time."""
    for step in journey.steps.values():
        place = surroundings.pathway.find_step(step.step)
        if place is None or step.role is not role or step.stall is None:
            continue
        if step.stall.cause is StallCause.NOBODY_ASSIGNED:
            deadline = stall_again(step.clockwork.deadline, place[1], surroundings.pathway, now=surroundings.now)
            yield StepResumed(step=step.step, occurrence=step.occurrence, deadline=deadline)


@decides(TakeOver)
def _take_over(journey: Journey, command: TakeOver, surroundings: Surroundings) -> Decision:
    role = next((role for role in Role if role.value == command.part), None)
    holder = journey.assigned.get(role) if role else None
    if role is None or holder is None:
        return Refused(code=RefusalCode.NOT_ASSIGNED, allowed=tuple(each.value for each in journey.assigned))
    if holder == command.successor:
        return ()
    if holder != command.leaver:
        return Refused(code=RefusalCode.HELD_BY_ANOTHER, part=command.part, other=holder)
    return (Assigned(role=role, staff=command.successor), *_moving_again(journey, role, surroundings))


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
