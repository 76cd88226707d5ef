"""Which messages an event asks for: a rung that tells somebody, and an appointment that fell away."""

from __future__ import annotations

from uuid import UUID

from domain.event import Event
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn


def messages_of(event: Event) -> tuple[UUID, ...]:
    """The ids of the messages, each of which has a stream of its own (`domain.message`)."""
    if isinstance(event, RungsFired):
        return tuple(addressee.message for addressee in event.addressees)
    return (event.message,) if isinstance(event, AppointmentWithdrawn) else ()
