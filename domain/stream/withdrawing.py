"""An appointment that people may have in their calendars no longer stands at its instant: moved, or called off.

Recorded with whatever moved it, so that those who had a reminder of it are told, once (`activities/withdrawing.py`).
Who they are stands in the receipts, which a decision does not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from domain.codes import ObligationKind
from domain.event import Event
from domain.stream.obligation import Obligation
from domain.values import Count, ObligationKey, Zone


class AppointmentWithdrawn(Event, topic="obligation.appointment-withdrawn"):
    """It was ahead, a reminder of it may have gone out, and it does not stand any more at `starts_at`.

    `date_version` is that of the instant which is void; `message` is the stream of what tells people of it.
    """

    obligation: ObligationKey
    kind: ObligationKind
    date_version: Count
    starts_at: AwareDatetime
    zone: Zone
    message: UUID


def withdrawn(
    stream: UUID, before: Iterable[Obligation], after: Iterable[Obligation], now: datetime
) -> Iterator[AppointmentWithdrawn]:
    """Of the appointments that stood `before`, those ahead that do not stand `after`.

    Not where nobody can have been told: no rung of this date has been fired, and of none before.
    """
    stands = {o.key: o.appointment for o in after}
    for owed in before:
        starts_at, clockwork = owed.appointment, owed.clockwork
        if starts_at is None or starts_at <= now or stands.get(owed.key) == starts_at:
            continue
        if clockwork.may_be_known:
            yield AppointmentWithdrawn(
                obligation=owed.key,
                kind=owed.kind,
                date_version=clockwork.date_version,
                starts_at=starts_at,
                zone=clockwork.deadline.zone,
                message=uuid5(stream, f"{owed.key}|{clockwork.date_version}|withdrawn"),
            )
