"""The appointment that a message is about, as the calendar's part of a letter needs it."""

from __future__ import annotations

from datetime import datetime

from activities.ical import Appointment
from domain.stream.naming import stream_code
from domain.streams import StreamState, id_of, kind_of


def appointment_of(
    state: StreamState | None, obligation: str, date_version: int, *, now: datetime, link: str
) -> Appointment | None:
    """None for what is no appointment, for one that has begun, and where the date has another version by now.

    SEQUENCE is the version of the date, as in the private calendar: it grows with each date that it was given.
    """
    if state is None:
        return None
    kind = kind_of(state.stream)
    owed = next((o for o in kind.obligations(state) if o.key == obligation), None)
    if owed is None or owed.appointment is None or owed.appointment <= now:
        return None
    if owed.clockwork.date_version != date_version:
        return None
    return Appointment(
        stream=state.stream,
        obligation=owed.key,
        sequence=date_version,
        code=stream_code(kind.name, id_of(state.stream)),
        starts_at=owed.appointment,
        zone=owed.clockwork.deadline.zone,
        link=link,
    )
