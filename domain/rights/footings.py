"""How somebody stands to a journey, a contact, a mission: derived from their folded state, never entered.

    covered = covered_by(member.id, attendances, now)
    of_journey(member, journey, covered) | on_the_way(member, missions, journey.id)

A footing counts for a role only where the directory gives the person that role: a lawyer who is assigned as
caseworker does not read as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from domain.codes import Role
from domain.contact.codes import AttachStatus
from domain.contact.state import Contact
from domain.journey.proceedings.codes import HolderKind
from domain.journey.state import Journey
from domain.mission.rides import rides
from domain.mission.state import Mission
from domain.rights.involvement import Footing, Footings, Involvement
from domain.rights.member import Member, Post


def of_journey(member: Member, journey: Journey, covered: Collection[UUID] = ()) -> Footings:
    """Who is assigned, who covers for them, who holds a power of attorney, to whose provider it was referred.

    `covered`: in whose place the person acts now (`attendance.covering.covered_by`).
    """
    return _of_theirs(member, _of_journey(member, journey, covered))


def _of_journey(member: Member, journey: Journey, covered: Collection[UUID]) -> Iterator[Footing]:
    for role, staff in journey.assigned.items():
        if staff == member.id:
            yield Footing(role, Involvement.ASSIGNED)
        elif staff in covered:
            yield Footing(role, Involvement.COVER)
    powers = (power for state in journey.proceedings.values() for power in state.powers.values())
    if any(p.in_force and p.holder_kind is HolderKind.STAFF and p.holder == member.id for p in powers):
        yield Footing(Role.LAWYER, Involvement.COUNSEL)
    if any(r.is_open and r.recipient == member.provider for r in journey.services.referrals.values()):
        yield Footing(Post.PROVIDER, Involvement.REFERRED)


def in_emergency(member: Member, journey: Journey, now: datetime) -> Footings:
    """With each of their roles, while an access of theirs to this journey is open."""
    if not any(access.staff == member.id and access.is_open(now) for access in journey.emergencies.values()):
        return frozenset()
    return _with_every_role(member, Involvement.EMERGENCY)


def of_mission(member: Member, mission: Mission, now: datetime) -> Footings:
    """To the mission itself: its crew and reporter while it is open, its drivers; who is on call, while it is out."""
    return _of_theirs(member, _of_mission(member, mission, now))


def _of_mission(member: Member, mission: Mission, now: datetime) -> Iterator[Footing]:
    if _goes(member, mission):
        yield from _with_every_role(member, Involvement.CREW)
    if rides(mission, driver=member.id, now=now):
        yield from _with_every_role(member, Involvement.DRIVER)
    if mission.is_out:
        yield Footing(Role.ON_CALL, Involvement.ALARM)


def on_the_way(member: Member, missions: Iterable[Mission], journey: UUID) -> Footings:
    """To a journey: the crew of a mission that serves it, while that is open."""
    served = any(journey in mission.plan.journeys and _goes(member, mission) for mission in missions)
    return _with_every_role(member, Involvement.CREW) if served else frozenset()


def _goes(member: Member, mission: Mission) -> bool:
    return mission.is_open and member.id in {mission.plan.crew.lead, *mission.plan.crew.team, mission.reporter}


def of_contact(member: Member, contact: Contact, *, logged_by: UUID | None = None) -> Footings:
    """The whole hotline's until a journey has it, and while a danger is open; then theirs who took it on by name.

    `logged_by`: the actor of its first event, which its state does not keep. Who stands to the journey that has it
    stands to it with the footings of that journey.
    """
    return _of_theirs(member, _of_contact(member, contact, logged_by))


def _of_contact(member: Member, contact: Contact, logged_by: UUID | None) -> Iterator[Footing]:
    dangers = [danger for danger in contact.dangers.values() if danger.is_open]
    named = {logged_by, *(danger.acknowledged_by for danger in dangers)}
    if contact.promise is not None:
        named.add(contact.promise.staff)
    attached = any(each.status is AttachStatus.AGREED for each in contact.attachments.values())
    for role in (Role.CONSULTANT, Role.ON_CALL):
        if member.id in named or not attached:
            yield Footing(role, Involvement.CONTACT)
        if dangers:
            yield Footing(role, Involvement.ALARM)


def of_staff(member: Member, staff: UUID | None) -> Footings:
    """To what is recorded of a member of staff; None, to something else."""
    return _with_every_role(member, Involvement.SELF) if staff == member.id else frozenset()


def _with_every_role(member: Member, involvement: Involvement) -> Footings:
    return frozenset(Footing(role, involvement) for role in member.known_roles)


def _of_theirs(member: Member, footings: Iterable[Footing]) -> Footings:
    return frozenset(footing for footing in footings if footing.role in member.known_roles)
