"""Deciders: on the way, received with a receipt, or not; what was said by mistake; the way home after a visit."""

from __future__ import annotations

from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.returning import timing
from domain.journey.returning.beginning import hearing_at
from domain.journey.returning.codes import CheckStatus, ReturnMove, ReturnStatus, SetBackCause
from domain.journey.returning.commands import ConfirmHandover, ReportHandoverTrouble, SettleWayHome, TakeBackReturn
from domain.journey.returning.events import ReturnSetBack
from domain.journey.returning.finding import Found, find_for, find_return
from domain.journey.returning.preparing import uncovered
from domain.journey.returning.state import ReturnState
from domain.journey.returning.values import Timers
from domain.journey.returning.way_events import (
    HandoverConfirmed,
    HandoverTroubled,
    ReturnChecksDropped,
    ReturnTakenBack,
    WayHomeSettled,
)
from domain.journey.safety.state import AlertReason
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.returning import Preparation
from domain.pathway.returning_items import HANDOVER, WAY_HOME
from domain.refusal import RefusalCode, Refused


@decides(ConfirmHandover)
def _confirm(journey: Journey, command: ConfirmHandover, surroundings: Surroundings) -> Decision:
    found = find_for(journey, command.number, command.seen, ReturnMove.HAND_OVER, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    receiver = command.received_by or state.agreed_receiver
    if receiver is None:
        return Refused(code=RefusalCode.NO_RECEIVER_ASKED, part=state.key, part_version=state.version)
    at = command.occurred_at or surroundings.now
    if receiver != state.agreed_receiver and (refused := uncovered(journey, receiver, rules, at)):
        return refused
    confirmed = HandoverConfirmed(
        number=state.number,
        received_by=receiver,
        receipt=command.receipt,
        document=command.document,
        timers=_afterwards(journey, found, command, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (confirmed, *_superseded(journey, state))


def _superseded(journey: Journey, state: ReturnState) -> tuple[Event, ...]:
    """The checks of earlier returns: who is received at home again is looked after from that day on."""
    if state.is_visit:
        return ()
    dropped = {
        earlier.number: tuple(sorted(c.check for c in earlier.checks.values() if c.status is CheckStatus.AHEAD))
        for earlier in journey.returns.values()
        if earlier.number != state.number
    }
    return tuple(ReturnChecksDropped(number=number, checks=checks) for number, checks in dropped.items() if checks)


def _afterwards(journey: Journey, found: Found, command: ConfirmHandover, surroundings: Surroundings) -> Timers:
    """Who stays is looked after for a year; who came for a court needs a way home."""
    state, rules = found
    if not state.is_visit:
        return tuple(timing.checks(command.occurred_at or surroundings.now, rules, surroundings))
    if state.way_home is not None:
        return ()
    return (timing.way_home(hearing_at(journey, state), rules, surroundings),)


@decides(ReportHandoverTrouble)
def _trouble(journey: Journey, command: ReportHandoverTrouble, surroundings: Surroundings) -> Decision:
    found = find_for(journey, command.number, None, ReturnMove.HAND_OVER, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    troubled = HandoverTroubled(
        number=command.number,
        trouble=command.trouble,
        timers=(timing.duty(HANDOVER, found.rules.at_once, surroundings),),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (troubled,)


@decides(TakeBackReturn)
def _take_back(journey: Journey, command: TakeBackReturn, surroundings: Surroundings) -> Decision:
    found = find_return(journey, command.number, None, surroundings)
    if isinstance(found, Refused):
        return found
    state = found.state
    held = any(check.status is not CheckStatus.AHEAD for check in state.checks.values())
    if state.before is None or state.status_version != command.corrects or held:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    back = ReturnTakenBack(number=state.number, corrects=command.corrects, note=command.note)
    return (back, *_risk_meanwhile(journey, found, surroundings))


def _risk_meanwhile(journey: Journey, found: Found, surroundings: Surroundings) -> tuple[Event, ...]:
    """A risk that was raised while they seemed to be on the way blocks the departure after all."""
    state = found.state
    if state.status is not ReturnStatus.DEPARTED or not _is_riskier(journey, state):
        return ()
    timers = timing.at_once(Preparation.ASSESSMENT, found.rules, surroundings)
    cause = SetBackCause.RISK_RAISED
    return (ReturnSetBack(number=state.number, item=Preparation.ASSESSMENT, cause=cause, timers=timers),)


def _is_riskier(journey: Journey, state: ReturnState) -> bool:
    alerts = (a.version for a in journey.alerts.values() if a.reason is AlertReason.RISK_RAISED)
    concerns = (c.version for c in journey.services.concerns.values())
    return any(version > state.status_version for version in (*alerts, *concerns))


@decides(SettleWayHome)
def _settle(journey: Journey, command: SettleWayHome, surroundings: Surroundings) -> Decision:
    found = find_return(journey, command.number, None, surroundings)
    if isinstance(found, Refused):
        return found
    state = found.state
    if WAY_HOME not in state.owed:
        return Refused(code=RefusalCode.NO_WAY_HOME_OWED, part=state.key, part_version=state.version)
    return (WayHomeSettled(number=state.number, answer=command.answer, note=command.note),)
