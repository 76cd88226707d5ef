"""How urgent a message about a fired rung is, and by what it goes: the rule, from kind, rung and time.

    how_urgent(event, appointment, now=fired_at, preferences=theirs)   # Urgency.SAME_DAY
    goes_as_text(Urgency.SAME_DAY, event.effects, theirs)              # True, where a telephone is known

At once, at any hour, go

- *danger*: an immediate danger on the hotline, an alert about a client, every rung of them;
- *mission*: check-in, return and alarm of a mission, every rung; its departure from the planned instant on;
- *alarm*: a hearing at which absence counts as giving up, until somebody has seen it; every rung that tells people of
  what happens at this very moment;
- *same-day*: a call that was promised; whatever the next digest would say on the day of its date, or later; after an
  outage whatever would wait until that day for the quiet hours to end, or is about that day.

Everything else is ordinary and waits (`domain/quiet.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.codes import ObligationKind, RungEffect
from domain.message import Channel
from domain.quiet import AT_ONCE, Preferences, Urgency, urgency_of, urgency_of_late
from domain.stream.obligation import Obligation
from domain.values import ObligationKey

_ALWAYS = {
    ObligationKind.DANGER: Urgency.DANGER,
    ObligationKind.ALERT: Urgency.DANGER,
    ObligationKind.MISSION_CHECK_IN: Urgency.MISSION,
    ObligationKind.MISSION_RETURN: Urgency.MISSION,
    ObligationKind.MISSION_ALARM: Urgency.MISSION,
    ObligationKind.HEARING_ACKNOWLEDGEMENT: Urgency.ALARM,
    ObligationKind.CALL_BACK: Urgency.SAME_DAY,
}
_FROM_ITS_HOUR = {ObligationKind.MISSION_DEPARTURE: Urgency.MISSION}
"""Ordinary while it is only a reminder of what lies ahead."""
_THIS_MOMENT = frozenset({"alarm", "alert", "told"})
"""Rungs that lie at the instant of what they tell of."""
_PRESSING = frozenset({RungEffect.DUE, RungEffect.ESCALATE})


class Fired(Protocol):
    """What the rule needs of `RungsFired`."""

    @property
    def kind(self) -> ObligationKind: ...
    @property
    def rungs(self) -> tuple[str, ...]: ...
    @property
    def effects(self) -> tuple[RungEffect, ...]: ...
    @property
    def due_at(self) -> datetime: ...


class Reachable(Preferences, Protocol):
    """What a person has chosen, and where short messages reach them. `channel`: of `domain.message`."""

    @property
    def channel(self) -> str: ...
    @property
    def phone(self) -> str | None: ...


def how_urgent(
    fired: Fired, appointment: datetime | None, *, now: datetime, preferences: Preferences, late: bool = False
) -> Urgency:
    """Of a message about `fired`, at `now`, for one recipient; `late`: it should have gone before.

    `appointment`: the instant before which it must be known, where it is about something that is to be arranged for
    one (`appointment_behind`). Of it and the due instant the next one ahead counts.
    """
    if (always := _ALWAYS.get(fired.kind)) is not None:
        return always
    if (by_then := _FROM_ITS_HOUR.get(fired.kind)) is not None and set(fired.effects) != {RungEffect.REMIND}:
        return by_then
    if _THIS_MOMENT.intersection(fired.rungs):
        return Urgency.ALARM
    ahead = [at for at in (fired.due_at, appointment) if at is not None and at > now]
    by_time = urgency_of_late if late else urgency_of
    return by_time(min(ahead, default=fired.due_at), now=now, preferences=preferences)


def appointment_behind(obligations: Iterable[Obligation], key: ObligationKey) -> datetime | None:
    """The appointment of what is owed, or of what it belongs to: of `hearing:2` for `hearing:2:task:ticket`."""
    found = [o for o in obligations if o.appointment is not None and (key == o.key or key.startswith(f"{o.key}:"))]
    return min((o.appointment for o in found if o.appointment is not None), default=None)


def goes_as_text(urgency: Urgency, effects: Iterable[RungEffect], preferences: Reachable) -> bool:
    """Whether a short message goes as well: of what is urgent always, of what is due to those who chose it."""
    if preferences.phone is None:
        return False
    return urgency in AT_ONCE or (preferences.channel == Channel.SMS and bool(_PRESSING.intersection(effects)))
