"""Events by what they are about, as somebody looks for them: hearings, services, consents; not by their topics."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.event import EVENT_TYPES, Event


class EventGroup(StrEnum):
    """What an event is about."""

    STEPS = "steps"
    TEAM = "team"
    CONSENT = "consent"
    SAFETY = "safety"
    HEARINGS = "hearings"
    PROCEEDINGS = "proceedings"
    STANDING = "standing"
    SERVICES = "services"
    RETURNING = "returning"
    DOCUMENTS = "documents"
    APPROVALS = "approvals"
    CASE = "case"
    CLOCK = "clock"
    HOTLINE = "hotline"
    MISSIONS = "missions"


OF_JOURNEYS = tuple(group for group in EventGroup if group not in {EventGroup.HOTLINE, EventGroup.MISSIONS})
"""Those that a journey has."""
_ROOMS: Mapping[EventGroup, tuple[str, ...]] = {
    EventGroup.STEPS: ("steps", "stages", "milestones", "stalling", "review", "nudging"),
    EventGroup.TEAM: ("assignment",),
    EventGroup.CONSENT: ("consent", "disclosure", "withdrawal"),
    EventGroup.SAFETY: ("safety", "majority"),
    EventGroup.HEARINGS: ("hearing",),
    EventGroup.PROCEEDINGS: ("proceedings",),
    EventGroup.STANDING: ("status", "screening", "residence"),
    EventGroup.SERVICES: ("service", "service_plan"),
    EventGroup.RETURNING: ("returning", "reintegration"),
    EventGroup.DOCUMENTS: ("document",),
    EventGroup.APPROVALS: ("approval", "emergency"),
    EventGroup.CASE: ("opening", "closing", "linking", "merging", "contacts", "missions", "migration"),
}
"""By the modules of `domain.journey` that define them, as the parts of a file are (`domain/rights/parts.py`)."""
_BY_ROOM = {room: group for group, rooms in _ROOMS.items() for room in rooms}
_BY_STREAM = {"contact": EventGroup.HOTLINE, "mission": EventGroup.MISSIONS, "stream": EventGroup.CLOCK}


def group_of(event: type[Event]) -> EventGroup | None:
    """The group of an event; None for those of streams that nobody browses: staff, providers, hand-overs, exports."""
    _, kind, *rooms = event.__module__.split(".")
    return _BY_ROOM.get(rooms[0]) if kind == "journey" else _BY_STREAM.get(kind)


def topics_of(group: EventGroup) -> tuple[str, ...]:
    """The topics of a group, without schema versions."""
    return tuple(sorted(topic for topic, event in EVENT_TYPES.items() if group_of(event) is group))
