"""From the state of a journey to the agenda of its workflow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.codes import Phase as JourneyPhase
from domain.event import Event, Recorded
from domain.journey import Journey, wakes
from domain.journey.firing import RungsFired
from workflows.messages import Agenda, Letter, Phase, Wake

ABSENT = Agenda(version=0, phase=Phase.ABSENT)


def agenda_of(journey: Journey | None, *, now: datetime, rate: float, messages: Iterable[Letter] = ()) -> Agenda:
    """What the workflow is to do next. `rate` is the number of log seconds in a real one."""
    if journey is None:
        return ABSENT
    relays = tuple(journey.pending)
    if journey.phase is not JourneyPhase.OPEN:
        return Agenda(version=journey.version, phase=Phase.ENDED, deliveries=tuple(messages), relays=relays)
    first = next(iter(wakes(journey)), None)
    if first is None:
        raise AssertionError(f"{journey.stream}: an open journey without a live timer")
    return Agenda(
        version=journey.version,
        phase=Phase.OPEN,
        wake=Wake(key=first.key, rung=first.rung, at=first.at, date_version=first.date_version),
        sleep=max((first.at - now).total_seconds(), 0.0) / rate,
        deliveries=tuple(messages),
        relays=relays,
    )


def messages_in(history: Iterable[Recorded[Event]], *, since: datetime | None = None) -> list[Letter]:
    """The messages that rungs of this history asked for, in their order."""
    return [
        Letter(
            message=addressee.message,
            version=recorded.version,
            line=str(addressee.staff) if addressee.staff else addressee.role.value,
        )
        for recorded in history
        if isinstance(recorded.event, RungsFired) and (since is None or recorded.recorded_at >= since)
        for addressee in recorded.event.addressees
    ]
