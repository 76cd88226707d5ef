"""A ladder that goes on: once its last rung was fired, the next is decided in the same breath, as long as it is owed.

So an open stream always has a live timer, and whoever was told last hears again until somebody answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from domain.codes import ObligationKind, RungEffect
from domain.copying import replace
from domain.deadline import Rung
from domain.event import Event, Recorded
from domain.pathway.model import Pathway
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count, ObligationKey

S = TypeVar("S")
Pause = Callable[[S, Obligation, Pathway], timedelta]
"""After how long whoever was told last is told again."""


class LadderExtended(Event, topic="obligation.ladder-extended"):
    """Every rung of an obligation has been fired and it is still owed: these come next, in place of those."""

    obligation: ObligationKey
    kind: ObligationKind
    date_version: Count
    rungs: tuple[Rung, ...]


def extended(obligation: Obligation, pause: timedelta, now: datetime) -> LadderExtended:
    """The last rung that told somebody, once more: `pause` from now. Raises `ValueError` for no pause at all."""
    if pause <= timedelta(0):
        raise ValueError("a ladder that goes on without a pause would never let anybody sleep")
    told = [rung for rung in obligation.clockwork.deadline.rungs if rung.to]
    again = Rung(
        rung=f"again-{obligation.clockwork.extensions + 1}",
        at=now + pause,
        effect=RungEffect.ESCALATE,
        to=told[-1].to if told else (),
    )
    return LadderExtended(
        obligation=obligation.key,
        kind=obligation.kind,
        date_version=obligation.clockwork.date_version,
        rungs=(again,),
    )


def longer(clockwork: Clockwork, recorded: Recorded[LadderExtended]) -> Clockwork:
    """The clockwork with the new rungs; unchanged where its date has another version.

    The old ones are forgotten: a ladder that nobody answers for a month is no longer than one of an hour.
    """
    event = recorded.event
    if clockwork.date_version != event.date_version:
        return clockwork
    deadline = clockwork.deadline.model_copy(update={"rungs": event.rungs})
    extensions, told = clockwork.extensions + 1, clockwork.may_be_known
    return replace(clockwork, deadline=deadline, fired=frozenset(), extensions=extensions, told=told)
