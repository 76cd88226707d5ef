"""What follows for returns from any decision: a risk that is raised, a consent that is withdrawn, a hearing that moves.

So whatever part of the journey says it, nobody leaves on what no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.codes import Phase, ReopeningReason
from domain.event import Event
from domain.journey.closing import JourneyReopened
from domain.journey.consent import ConsentWithdrawn
from domain.journey.deciding import Surroundings
from domain.journey.returning import timing
from domain.journey.returning.beginning import stopping
from domain.journey.returning.codes import ReturnStatus, SetBackCause, StopReason
from domain.journey.returning.events import ReturnSetBack
from domain.journey.returning.finding import Found
from domain.journey.returning.state import ReturnState
from domain.journey.returning.way_events import ReturnChecksDropped
from domain.journey.safety.alerts import AlertRaised
from domain.journey.safety.assessing import Assessed
from domain.journey.safety.state import AlertReason
from domain.journey.service.concerning import ConcernRaised
from domain.journey.state import Journey
from domain.pathway.returning import Preparation
from domain.pathway.returning_items import CHECK


def follow(journey: Journey, events: Sequence[Event], surroundings: Surroundings) -> tuple[Event, ...]:
    """The events of returns that follow from `events`; `journey` is as it is with them recorded."""
    rules = surroundings.pathway.returning
    if rules is None or journey.phase is not Phase.OPEN:
        return ()
    found = [Found(state, rules) for _, state in sorted(journey.returns.items())]
    return tuple(event for one in found for event in _of(journey, one, events, surroundings))


def _of(journey: Journey, found: Found, events: Sequence[Event], surroundings: Surroundings) -> Iterator[Event]:
    state = found.state
    yield from _missed(state, events, surroundings)
    if state.status is not ReturnStatus.PREPARING:
        return
    if _consent_ended(found, events):
        yield from stopping(journey, found, StopReason.CONSENT_WITHDRAWN, surroundings)
        return
    causes = (
        (Preparation.ASSESSMENT, _risk(found, events)),
        (Preparation.RECEIVER, _uncovered(journey, found, events, surroundings)),
        (Preparation.ROUTE, _off_course(journey, state)),
    )
    for item, cause in causes:
        if cause is not None:
            timers = timing.at_once(item, found.rules, surroundings)
            yield ReturnSetBack(number=state.number, item=item, cause=cause, timers=timers)


def _risk(found: Found, events: Sequence[Event]) -> SetBackCause | None:
    """A new look by the form itself asks both sides again; a risk from elsewhere asks for a new look first."""
    raised = any(
        isinstance(e, ConcernRaised) or (isinstance(e, AlertRaised) and e.reason is AlertReason.RISK_RAISED)
        for e in events
    )
    if not raised:
        return None
    looked = any(isinstance(e, Assessed) and e.assessment == found.state.form for e in events)
    if not looked:
        return SetBackCause.RISK_RAISED
    return SetBackCause.REASSESSED if found.state.assessment is not None else None


def _consent_ended(found: Found, events: Sequence[Event]) -> bool:
    """Whether the client's consent to be returned at all was withdrawn."""
    return any(
        isinstance(e, ConsentWithdrawn) and e.purpose is found.rules.consent and e.recipient is None for e in events
    )


def _uncovered(
    journey: Journey, found: Found, events: Sequence[Event], surroundings: Surroundings
) -> SetBackCause | None:
    receiver = found.state.agreed_receiver
    if receiver is None or not any(isinstance(e, ConsentWithdrawn) for e in events):
        return None
    stands = journey.consent(found.rules.consent, receiver, at=surroundings.now) is not None
    return None if stands else SetBackCause.CONSENT_WITHDRAWN


def _off_course(journey: Journey, state: ReturnState) -> SetBackCause | None:
    """A route that was planned for another date of the hearing, or for one that is over."""
    if state.hearing is None or state.route is None:
        return None
    hearing = journey.hearings[state.hearing]
    if hearing.is_over:
        return SetBackCause.HEARING_OVER
    return SetBackCause.HEARING_MOVED if hearing.date_version != state.route.hearing_dates else None


def _missed(state: ReturnState, events: Sequence[Event], surroundings: Surroundings) -> Iterator[Event]:
    """Checks whose days passed while the journey was closed; after a closing by mistake all of them stand."""
    reopened = next((e for e in events if isinstance(e, JourneyReopened)), None)
    if reopened is None or reopened.reason is ReopeningReason.CLOSED_BY_MISTAKE:
        return
    past = tuple(
        key.removeprefix(CHECK)
        for key, item in sorted(state.owed.items())
        if key.startswith(CHECK) and item.clockwork.deadline.due_at < surroundings.now
    )
    if past:
        yield ReturnChecksDropped(number=state.number, checks=past)
