"""How the events of a return fold until somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.folding import evolves
from domain.journey.returning.codes import (
    DocumentStatus,
    ReceiverStatus,
    ReturnStatus,
    SetBackCause,
    Verdict,
)
from domain.journey.returning.events import (
    EscortArranged,
    ReceiverAnswered,
    ReceiverAsked,
    ReturnAssessed,
    ReturnBegun,
    ReturnDocumentSettled,
    ReturnResumed,
    ReturnSetBack,
    ReturnStopped,
    ReturnStopTold,
    RoutePlanned,
    VoluntarinessDeclared,
    VoluntarinessWithdrawn,
)
from domain.journey.returning.state import (
    DocumentState,
    Escort,
    JointAssessment,
    OwedItem,
    Receiver,
    ReturnState,
    Route,
    Voluntariness,
)
from domain.journey.returning.values import Timers
from domain.journey.state import Journey
from domain.pathway.returning import Preparation
from domain.pathway.returning_items import DEPARTURE, STOP, WAY_HOME, document_item
from domain.stream.obligation import Clockwork


def with_return(journey: Journey, state: ReturnState) -> Journey:
    """The journey with this return in its place."""
    return replace(journey, returns={**journey.returns, state.number: state})


def changed(
    state: ReturnState, recorded: Recorded[Event], timers: Timers = (), *, without: Iterable[str] = (), **fields: Any
) -> ReturnState:
    """The return with these fields changed, these items owed from now on, and those no longer."""
    gone = set(without)
    owed = {key: item for key, item in state.owed.items() if key not in gone}
    for timer in timers:
        # Every date of a journey has numbers of its own, so that no letter about an earlier one passes for this.
        clockwork = Clockwork(timer.deadline, date_version=recorded.version)
        owed[timer.item] = OwedItem(timer.item, clockwork, recorded.recorded_at, timer.stalled_after)
    return replace(state, version=recorded.version, owed=owed, **fields)


@evolves(ReturnBegun)
def _begun(journey: Journey, recorded: Recorded[ReturnBegun]) -> Journey:
    event = recorded.event
    state = ReturnState(
        number=event.number,
        direction=event.direction,
        purpose=event.purpose,
        country=event.country,
        role=event.role,
        form=event.form,
        begun_at=recorded.occurred_at,
        version=recorded.version,
        status_version=recorded.version,
        risk_version=recorded.version,
        hearing=event.hearing,
        follows=event.follows,
    )
    begun = with_return(journey, changed(state, recorded, event.timers))
    visit = begun.returns.get(event.follows or 0)
    if visit is None:
        return begun
    return with_return(begun, changed(visit, recorded, without=(WAY_HOME,), way_home=event.number))


@evolves(VoluntarinessDeclared)
def _declared(journey: Journey, recorded: Recorded[VoluntarinessDeclared]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    wish = Voluntariness(event.giver, recorded.occurred_at, recorded.version, event.language)
    return with_return(
        journey, changed(state, recorded, without=(Preparation.VOLUNTARINESS.value,), voluntariness=wish)
    )


@evolves(VoluntarinessWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[VoluntarinessWithdrawn]) -> Journey:
    state = journey.returns[recorded.event.number]
    return with_return(journey, changed(state, recorded, voluntariness=None))


@evolves(ReturnAssessed)
def _assessed(journey: Journey, recorded: Recorded[ReturnAssessed]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    found = JointAssessment(
        event.partner,
        event.assessment_version,
        event.overall,
        event.ours,
        event.theirs,
        event.verdict,
        recorded.occurred_at,
    )
    over = (Preparation.ASSESSMENT.value,) if event.verdict is Verdict.CLEAR else ()
    return with_return(journey, changed(state, recorded, event.timers, without=over, assessment=found))


@evolves(ReturnDocumentSettled)
def _document(journey: Journey, recorded: Recorded[ReturnDocumentSettled]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    old = state.documents.get(event.document)
    document = DocumentState(
        event.document,
        event.status,
        recorded.version,
        event.on,
        event.valid_until,
        event.consulate or (old.consulate if old else None),
        event.stored or (old.stored if old else None),
    )
    settled = event.status in (DocumentStatus.READY, DocumentStatus.NOT_NEEDED)
    over = (document_item(event.document),) if settled else ()
    documents = {**state.documents, event.document: document}
    return with_return(journey, changed(state, recorded, event.timers, without=over, documents=documents))


@evolves(ReceiverAsked)
def _asked(journey: Journey, recorded: Recorded[ReceiverAsked]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    receiver = Receiver(event.provider, ReceiverStatus.ASKED)
    return with_return(journey, changed(state, recorded, event.timers, receiver=receiver))


@evolves(ReceiverAnswered)
def _answered(journey: Journey, recorded: Recorded[ReceiverAnswered]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    receiver = Receiver(event.provider, ReceiverStatus(event.answer.value))
    over = (Preparation.RECEIVER.value,) if receiver.status is ReceiverStatus.AGREED else ()
    return with_return(journey, changed(state, recorded, event.timers, without=over, receiver=receiver))


@evolves(EscortArranged)
def _escort(journey: Journey, recorded: Recorded[EscortArranged]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    escort = Escort(event.kind, event.staff, event.provider)
    return with_return(journey, changed(state, recorded, without=(Preparation.ESCORT.value,), escort=escort))


@evolves(RoutePlanned)
def _routed(journey: Journey, recorded: Recorded[RoutePlanned]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    route = Route(event.departs_at, event.arrives_at, event.transport, event.through, event.hearing_dates)
    over = (Preparation.ROUTE.value,)
    return with_return(journey, changed(state, recorded, event.timers, without=over, route=route))


@evolves(ReturnSetBack)
def _set_back(journey: Journey, recorded: Recorded[ReturnSetBack]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    fields: dict[str, Any] = {}
    gone: tuple[str, ...] = ()
    match event.item:
        case Preparation.ASSESSMENT:
            fields["assessment"] = None
            if event.cause is SetBackCause.RISK_RAISED:
                fields["risk_version"] = recorded.version
        case Preparation.RECEIVER if state.receiver is not None:
            fields["receiver"] = Receiver(state.receiver.provider, ReceiverStatus.ASKED)
        case Preparation.ROUTE:
            fields["route"], gone = None, (DEPARTURE,)
        case _:
            pass
    return with_return(journey, changed(state, recorded, event.timers, without=gone, **fields))


@evolves(ReturnStopped)
def _stopped(journey: Journey, recorded: Recorded[ReturnStopped]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    stopped = changed(
        state,
        recorded,
        event.timers,
        without=tuple(state.owed),
        status=ReturnStatus.STOPPED,
        status_version=recorded.version,
        stopped=event.reason,
        untold=frozenset(event.untold),
        before=None,
    )
    after = with_return(journey, stopped)
    visit = after.returns.get(state.follows or 0)
    return after if visit is None else with_return(after, replace(visit, way_home=None))


@evolves(ReturnStopTold)
def _told(journey: Journey, recorded: Recorded[ReturnStopTold]) -> Journey:
    state = journey.returns[recorded.event.number]
    untold = state.untold - set(recorded.event.told)
    over = () if untold else (STOP,)
    return with_return(journey, changed(state, recorded, without=over, untold=untold))


@evolves(ReturnResumed)
def _resumed(journey: Journey, recorded: Recorded[ReturnResumed]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    resumed = changed(
        state,
        recorded,
        event.timers,
        without=tuple(state.owed),
        status=ReturnStatus.PREPARING,
        status_version=recorded.version,
        risk_version=recorded.version,
        stopped=None,
        untold=frozenset(),
        voluntariness=None,
        assessment=None,
        receiver=None,
        escort=None,
        route=None,
        trouble=None,
    )
    after = with_return(journey, resumed)
    visit = after.returns.get(state.follows or 0)
    if visit is None:
        return after
    return with_return(after, changed(visit, recorded, without=(WAY_HOME,), way_home=state.number))
