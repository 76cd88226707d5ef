"""Deciders: the checks after a return. Who seems at risk is told of at once, as any raised risk is."""

from __future__ import annotations

from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.returning import timing
from domain.journey.returning.codes import CheckOutcome
from domain.journey.returning.commands import HoldReturnCheck
from domain.journey.returning.finding import find_return
from domain.journey.returning.way_events import ReturnChecked
from domain.journey.safety.alerts import alert
from domain.journey.safety.state import AlertReason
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.returning_items import CHECK, check_item
from domain.refusal import RefusalCode, Refused


@decides(HoldReturnCheck)
def _hold(journey: Journey, command: HoldReturnCheck, surroundings: Surroundings) -> Decision:
    found = find_return(journey, command.number, None, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if check_item(command.check) not in state.owed:
        ahead = tuple(key.removeprefix(CHECK) for key in state.owed if key.startswith(CHECK))
        return Refused(code=RefusalCode.NO_SUCH_CHECK, part=state.key, allowed=ahead)
    again = command.outcome is CheckOutcome.NOT_REACHED
    checked = ReturnChecked(
        number=state.number,
        check=command.check,
        outcome=command.outcome,
        timers=(timing.check_again(command.check, rules, surroundings),) if again else (),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    raised: tuple[Event, ...] = ()
    if command.outcome is CheckOutcome.AT_RISK:
        raised = (alert(journey, AlertReason.RISK_RAISED, surroundings),)
    return (checked, *raised)
