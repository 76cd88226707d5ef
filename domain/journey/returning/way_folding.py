"""How the events of a return fold from the departure on."""

from __future__ import annotations

from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.returning.codes import CheckOutcome, CheckStatus, ReturnStatus
from domain.journey.returning.folding import changed, with_return
from domain.journey.returning.state import Before, CheckState, Handover, ReturnState
from domain.journey.returning.way_events import (
    HandoverConfirmed,
    HandoverTroubled,
    ReturnChecked,
    ReturnChecksDropped,
    ReturnDeparted,
    ReturnTakenBack,
    WayHomeOwed,
    WayHomeSettled,
)
from domain.journey.state import Journey
from domain.pathway.returning_items import CHECK, HANDOVER, WAY_HOME, check_item


def _before(state: ReturnState) -> Before:
    return Before(state.status, state.owed, state.status_version, state.before)


@evolves(ReturnDeparted)
def _departed(journey: Journey, recorded: Recorded[ReturnDeparted]) -> Journey:
    state = journey.returns[recorded.event.number]
    departed = changed(
        state,
        recorded,
        recorded.event.timers,
        without=tuple(state.owed),
        status=ReturnStatus.DEPARTED,
        status_version=recorded.version,
        before=_before(state),
        trouble=None,
    )
    return with_return(journey, departed)


@evolves(HandoverTroubled)
def _troubled(journey: Journey, recorded: Recorded[HandoverTroubled]) -> Journey:
    state = journey.returns[recorded.event.number]
    return with_return(journey, changed(state, recorded, recorded.event.timers, trouble=recorded.event.trouble))


@evolves(HandoverConfirmed)
def _confirmed(journey: Journey, recorded: Recorded[HandoverConfirmed]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    ahead = [t.item.removeprefix(CHECK) for t in event.timers if t.item.startswith(CHECK)]
    received = changed(
        state,
        recorded,
        event.timers,
        without=(HANDOVER,),
        status=ReturnStatus.RECEIVED,
        status_version=recorded.version,
        before=_before(state),
        handover=Handover(event.received_by, event.receipt, recorded.occurred_at, event.document),
        checks={check: CheckState(check, CheckStatus.AHEAD) for check in ahead},
    )
    return with_return(journey, received)


@evolves(ReturnTakenBack)
def _taken_back(journey: Journey, recorded: Recorded[ReturnTakenBack]) -> Journey:
    state = journey.returns[recorded.event.number]
    if state.before is None:
        return journey
    back = replace(
        state,
        status=state.before.status,
        owed=state.before.owed,
        status_version=state.before.status_version,
        version=recorded.version,
        before=state.before.earlier,
        handover=None,
        checks={},
    )
    return with_return(journey, back)


@evolves(ReturnChecked)
def _checked(journey: Journey, recorded: Recorded[ReturnChecked]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    if event.outcome is CheckOutcome.NOT_REACHED:
        return with_return(journey, changed(state, recorded, event.timers))
    held = CheckState(event.check, CheckStatus.HELD, event.outcome, recorded.occurred_at)
    after = _dropped(state) if event.outcome is CheckOutcome.NO_MORE else state
    over = (check_item(event.check), *(key for key in state.owed if event.outcome is CheckOutcome.NO_MORE))
    checks = {**after.checks, event.check: held}
    return with_return(journey, changed(after, recorded, event.timers, without=over, checks=checks))


def _dropped(state: ReturnState) -> ReturnState:
    """Without any check that is still ahead."""
    ended = {key: _unheld(check) if check.status is CheckStatus.AHEAD else check for key, check in state.checks.items()}
    return replace(state, checks=ended)


def _unheld(check: CheckState) -> CheckState:
    """The check, which nobody will hold."""
    return CheckState(check.check, CheckStatus.DROPPED)


@evolves(ReturnChecksDropped)
def _checks_dropped(journey: Journey, recorded: Recorded[ReturnChecksDropped]) -> Journey:
    event, state = recorded.event, journey.returns[recorded.event.number]
    gone = {check: _unheld(state.checks[check]) for check in event.checks}
    over = tuple(check_item(check) for check in event.checks)
    return with_return(journey, changed(state, recorded, without=over, checks={**state.checks, **gone}))


@evolves(WayHomeOwed)
def _way_home(journey: Journey, recorded: Recorded[WayHomeOwed]) -> Journey:
    state = journey.returns[recorded.event.number]
    return with_return(journey, changed(state, recorded, recorded.event.timers))


@evolves(WayHomeSettled)
def _no_way_home(journey: Journey, recorded: Recorded[WayHomeSettled]) -> Journey:
    state = journey.returns[recorded.event.number]
    return with_return(journey, changed(state, recorded, without=(WAY_HOME,), no_way_home=recorded.event.answer))
