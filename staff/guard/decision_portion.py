"""What of a decision of a journey somebody sees: its events, effects and cause, without what is not theirs to read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from analysis.browsing.cause import Cause, CauseKind
from analysis.browsing.decided import Decided
from analysis.browsing.effect import Effect, Owed
from domain.event import Event, Recorded
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Stance
from domain.rights.parts import shows, shows_event
from domain.stream.dispatching import Dispatch
from domain.stream.letters import messages_of
from domain.streams import StreamState, kind_of


@dataclass(frozen=True, slots=True)
class DecisionPortion:
    """`decided` is whole, for what is derived from it; what is shown is the rest."""

    decided: Decided
    events: tuple[Recorded[Event], ...]
    owed: tuple[Owed, ...]
    messages: tuple[UUID, ...]
    asked: tuple[Dispatch, ...]
    answered: tuple[Dispatch, ...]


def decision_portion(decided: Decided, effect: Effect, stance: Stance) -> DecisionPortion | None:
    """What of it is theirs; None where none of its events is. What other streams were asked is of the overview."""
    events = tuple([each for each in decided.events if shows_event(stance, type(each.event))])
    if not events:
        return None
    overview = _overview(stance)
    return DecisionPortion(
        decided=decided,
        events=events,
        owed=tuple([each for each in effect.owed if shows(stance, each.obligation.kind)]),
        messages=tuple([message for each in events for message in messages_of(each.event)]),
        asked=effect.asked if overview else (),
        answered=effect.answered if overview else (),
    )


def cause_portion(cause: Cause, decided: Decided, stance: Stance) -> Cause:
    """The cause, without naming what is not theirs: that it was a timer, or another stream, and no more."""
    if cause.obligation is not None:
        seen = _is_shown(decided.before, cause.obligation, stance)
        return cause if seen else Cause(CauseKind.TIMER)
    return cause if cause.stream is None or _overview(stance) else Cause(cause.kind)


def _is_shown(state: StreamState | None, key: str, stance: Stance) -> bool:
    owed = kind_of(state.stream).obligations(state) if state is not None else ()
    return any(one.key == key and shows(stance, one.kind) for one in owed)


def _overview(stance: Stance) -> bool:
    return isinstance(stance.may(Action.READ_OVERVIEW), Allowed)
