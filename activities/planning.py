"""When a letter goes to one recipient, and whether in a digest: the rules of the domain, asked for one letter.

Nothing of it is stored: it follows from when the letter was asked for and what the recipient prefers now, so another
choice holds for what waits already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.quiet import Pace, Urgency, when_to_send, when_to_try
from domain.stream.firing import LATE_AFTER, RungsFired
from domain.stream.obligation import Obligation
from domain.urgency import Reachable, appointment_behind, goes_as_text, how_urgent

TEXT_GIVEN_UP_AFTER = timedelta(days=1)


class Recipient(Protocol):
    """A member of staff as far as a letter needs one."""

    @property
    def id(self) -> UUID: ...
    @property
    def email(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def locale(self) -> str: ...
    @property
    def preferences(self) -> Reachable: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """By the log's clock: `planned` is when it should go, `send_at` when it goes after an outage that lasted till now.

    `urgency`: as things stand now; what was ordinary becomes same-day where an outage lasted until its day is near.
    `collected`: with the others that wait for the same digest. `as_text`: a short message goes as well.
    """

    urgency: Urgency
    planned: datetime
    send_at: datetime
    collected: bool
    as_text: bool

    def is_late(self, now: datetime) -> bool:
        """Whether it goes later than it should."""
        return now - self.planned > LATE_AFTER

    def is_over(self, now: datetime) -> bool:
        """Whether a short message is not worth sending any more."""
        return now - self.planned > TEXT_GIVEN_UP_AFTER


def plan_of(
    event: RungsFired, obligations: list[Obligation], recipient: Recipient, *, asked_at: datetime, now: datetime
) -> Plan:
    """Of a letter that the rung asked for at `asked_at`, as things stand `now`."""
    wishes = recipient.preferences
    appointment = appointment_behind(obligations, event.obligation)
    urgency = how_urgent(event, appointment, now=asked_at, preferences=wishes)
    planned = when_to_send(asked_at, wishes, urgency)
    if urgency is Urgency.ORDINARY and now - planned > LATE_AFTER:
        urgency = how_urgent(event, appointment, now=now, preferences=wishes, late=True)
    return Plan(
        urgency=urgency,
        planned=planned,
        send_at=when_to_try(asked_at, now, wishes, urgency),
        collected=urgency is Urgency.ORDINARY and wishes.pace == Pace.DIGEST,
        as_text=goes_as_text(urgency, event.effects, wishes),
    )
