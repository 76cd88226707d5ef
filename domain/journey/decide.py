"""`decide(journey, command, pathway, now)`: the answer to any command, as events or as a refusal.

After the events of the command itself come who has left and so has no role any more (`assignment`), what a consent
that has ended stops (`stops`), what follows for returns and for reintegration (`following`), what follows from the
pathway (`progress`), which approvals are of another thing now (`voids`), and the promise that an open journey always
has a live obligation (`review`). Appointments that do not stand any more are named last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from domain.codes import NOBODY, Phase
from domain.command import Command
from domain.event import Event
from domain.journey.approval.voiding import voids
from domain.journey.assignment import without_leavers
from domain.journey.deciding import DECIDERS, Decision, Surroundings
from domain.journey.foresight import foresee
from domain.journey.obligation import obligations
from domain.journey.proceedings.following import make_urgent
from domain.journey.progress import progress
from domain.journey.reintegration.following import follow as follow_reintegration
from domain.journey.returning.following import follow as follow_returns
from domain.journey.review import keep_alive
from domain.journey.service.returned import follow as follow_handover
from domain.journey.service.stopping import stops
from domain.journey.state import Journey
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.stream.facts import NO_FACTS, Facts, gives_to_leaver
from domain.stream.withdrawing import withdrawn


def decide(
    journey: Journey | None,
    command: Command,
    pathway: Pathway,
    now: datetime,
    *,
    stream: str = "",
    actor: UUID = NOBODY,
    facts: Facts = NO_FACTS,
) -> Decision:
    """The events that `command` causes now, or why it is refused. No events and no refusal: it is true already.

    `stream` is needed only to open a journey. `now` is an aware instant of the log's clock; `actor` is who acts;
    `facts` are those of other streams that the command asks for.
    """
    surroundings = Surroundings(pathway, now, actor, facts, stream)
    decision = _answer(journey, command, surroundings)
    if isinstance(decision, Refused) or not decision:
        return decision
    return complete(journey, decision, surroundings, stream=stream)


def _answer(journey: Journey | None, command: Command, surroundings: Surroundings) -> Decision:
    if refused := gives_to_leaver(command, surroundings.facts):
        return refused
    if opener := DECIDERS.openers.get(type(command)):
        if journey is not None:
            return Refused(code=RefusalCode.ALREADY_OPENED)
        return opener(command, surroundings)
    decider = DECIDERS.of.get(type(command))
    if decider is None:
        return Refused(code=RefusalCode.UNKNOWN_COMMAND)
    if journey is None:
        return Refused(code=RefusalCode.UNKNOWN_JOURNEY)
    if type(command) not in DECIDERS.in_every_phase:
        if journey.phase is Phase.CLOSED:
            return Refused(code=RefusalCode.JOURNEY_CLOSED)
        if journey.phase is Phase.MERGED:
            return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    return decider(journey, command, surroundings)


def complete(
    journey: Journey | None, events: Sequence[Event], surroundings: Surroundings, *, stream: str = ""
) -> tuple[Event, ...]:
    """`events` followed by everything that follows from them."""
    ahead = foresee(journey, events, surroundings.now, stream=stream)
    vacated = without_leavers(ahead, surroundings)
    ahead = foresee(ahead, vacated, surroundings.now)
    stopped = stops(ahead, surroundings)
    ahead = foresee(ahead, stopped, surroundings.now)
    returning = (
        *follow_returns(ahead, (*events, *stopped), surroundings),
        *follow_reintegration(ahead, events, surroundings),
        *follow_handover(ahead, events, surroundings),
    )
    ahead = foresee(ahead, returning, surroundings.now)
    following = progress(ahead, surroundings)
    ahead = foresee(ahead, following, surroundings.now)
    urgent = make_urgent(ahead, surroundings)
    ahead = foresee(ahead, urgent, surroundings.now)
    void = voids(journey, ahead)
    ahead = foresee(ahead, void, surroundings.now)
    alive = keep_alive(ahead, surroundings)
    off = _withdrawn(journey, ahead, surroundings.now)
    return (*events, *vacated, *stopped, *returning, *following, *urgent, *void, *alive, *off)


def _withdrawn(journey: Journey | None, ahead: Journey, now: datetime) -> Iterator[Event]:
    """Neither a review nor what is named here moves an appointment: `ahead` needs no more."""
    return iter(()) if journey is None else withdrawn(journey.id, obligations(journey), obligations(ahead), now)
