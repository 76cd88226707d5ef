"""How the events of proceedings, powers of attorney and court fees fold."""

from __future__ import annotations

from typing import Any

from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.proceedings.codes import PowerUrgency
from domain.journey.proceedings.events import (
    FeeOwed,
    FeeSettled,
    PowerForgone,
    PowerGiven,
    PowerMadeUrgent,
    PowerRevoked,
    ProceedingsDescribed,
    ProceedingsEnded,
    ProceedingsLinked,
    ProceedingsMoved,
    ProceedingsResumed,
    ProceedingsStarted,
    ProceedingsUnlinked,
    PropertyClaimRecorded,
    ProtectionRecorded,
)
from domain.journey.proceedings.state import FeeState, Power, PowerGap, ProceedingsState, PropertyClaim
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork


def _with(journey: Journey, number: int, version: int, **changes: Any) -> Journey:
    """The journey with these fields of proceedings changed by the event of this version."""
    state = replace(journey.proceedings[number], version=version, **changes)
    return replace(journey, proceedings={**journey.proceedings, number: state})


@evolves(ProceedingsStarted)
def _started(journey: Journey, recorded: Recorded[ProceedingsStarted]) -> Journey:
    event = recorded.event
    state = ProceedingsState(
        number=event.proceedings,
        matter=event.matter,
        standings=event.standings,
        stage=event.stage,
        role=event.role,
        started_at=recorded.occurred_at,
        version=recorded.version,
        court=event.court,
        court_name=event.court_name,
        case_number=event.case_number,
    )
    return replace(journey, proceedings={**journey.proceedings, state.number: state})


@evolves(ProceedingsDescribed)
def _described(journey: Journey, recorded: Recorded[ProceedingsDescribed]) -> Journey:
    event = recorded.event
    said = {
        "standings": event.standings,
        "court": event.court,
        "court_name": event.court_name,
        "case_number": event.case_number,
    }
    changes = {name: value for name, value in said.items() if value is not None}
    return _with(journey, event.proceedings, recorded.version, **changes)


@evolves(ProceedingsMoved)
def _moved(journey: Journey, recorded: Recorded[ProceedingsMoved]) -> Journey:
    return _with(journey, recorded.event.proceedings, recorded.version, stage=recorded.event.stage)


@evolves(ProceedingsEnded)
def _ended(journey: Journey, recorded: Recorded[ProceedingsEnded]) -> Journey:
    outcome, version = recorded.event.outcome, recorded.version
    return _with(journey, recorded.event.proceedings, version, outcome=outcome, over_version=version)


@evolves(ProceedingsResumed)
def _resumed(journey: Journey, recorded: Recorded[ProceedingsResumed]) -> Journey:
    return _with(journey, recorded.event.proceedings, recorded.version, outcome=None, over_version=None)


@evolves(ProceedingsLinked)
def _linked(journey: Journey, recorded: Recorded[ProceedingsLinked]) -> Journey:
    one, other = recorded.event.proceedings, recorded.event.other
    for number, to in ((one, other), (other, one)):
        linked = journey.proceedings[number].linked | {to}
        journey = _with(journey, number, recorded.version, linked=linked)
    return journey


@evolves(ProceedingsUnlinked)
def _unlinked(journey: Journey, recorded: Recorded[ProceedingsUnlinked]) -> Journey:
    one, other = recorded.event.proceedings, recorded.event.other
    for number, to in ((one, other), (other, one)):
        linked = journey.proceedings[number].linked - {to}
        journey = _with(journey, number, recorded.version, linked=linked)
    return journey


@evolves(ProtectionRecorded)
def _protection(journey: Journey, recorded: Recorded[ProtectionRecorded]) -> Journey:
    event = recorded.event
    protections = {**journey.proceedings[event.proceedings].protections, event.protection: event.status}
    return _with(journey, event.proceedings, recorded.version, protections=protections)


@evolves(PropertyClaimRecorded)
def _claimed(journey: Journey, recorded: Recorded[PropertyClaimRecorded]) -> Journey:
    event = recorded.event
    claim = PropertyClaim(event.status, recorded.occurred_at, event.amount)
    return _with(journey, event.proceedings, recorded.version, claim=claim)


@evolves(PowerGiven)
def _given(journey: Journey, recorded: Recorded[PowerGiven]) -> Journey:
    event = recorded.event
    power = Power(event.power, event.holder, event.holder_kind, event.given_on)
    powers = {**journey.proceedings[event.proceedings].powers, power.number: power}
    return _with(journey, event.proceedings, recorded.version, powers=powers, gap=None)


@evolves(PowerRevoked)
def _revoked(journey: Journey, recorded: Recorded[PowerRevoked]) -> Journey:
    event = recorded.event
    powers = journey.proceedings[event.proceedings].powers
    old = powers[event.power]
    ended = Power(old.number, old.holder, old.holder_kind, old.given_on, event.ended_on, event.reason)
    gap = None
    if event.deadline is not None and event.urgency is not None and event.stalled_after is not None:
        # Every gap of a journey has numbers of its own, so that no letter about an earlier one passes for this.
        clockwork = Clockwork(event.deadline, date_version=recorded.version)
        gap = PowerGap(recorded.recorded_at, event.urgency, event.stalled_after, clockwork, recorded.version)
    return _with(journey, event.proceedings, recorded.version, powers={**powers, ended.number: ended}, gap=gap)


@evolves(PowerMadeUrgent)
def _urgent(journey: Journey, recorded: Recorded[PowerMadeUrgent]) -> Journey:
    event = recorded.event
    gap = journey.proceedings[event.proceedings].gap
    if gap is None:
        return journey
    urgent = replace(
        gap,
        urgency=PowerUrgency.HIGHEST,
        stalled_after=event.stalled_after,
        clockwork=gap.clockwork.moved(event.deadline),
        version=recorded.version,
    )
    return _with(journey, event.proceedings, recorded.version, gap=urgent)


@evolves(PowerForgone)
def _forgone(journey: Journey, recorded: Recorded[PowerForgone]) -> Journey:
    return _with(journey, recorded.event.proceedings, recorded.version, gap=None)


@evolves(FeeOwed)
def _fee(journey: Journey, recorded: Recorded[FeeOwed]) -> Journey:
    event = recorded.event
    fee = FeeState(
        number=event.fee,
        proceedings=event.proceedings,
        kind=event.kind,
        amount=event.amount,
        role=event.role,
        opened_at=recorded.recorded_at,
        stalled_after=event.stalled_after,
        clockwork=Clockwork(event.deadline),
        version=recorded.version,
    )
    return replace(journey, fees={**journey.fees, fee.number: fee})


@evolves(FeeSettled)
def _fee_settled(journey: Journey, recorded: Recorded[FeeSettled]) -> Journey:
    event = recorded.event
    fee = replace(journey.fees[event.fee], outcome=event.outcome, version=recorded.version)
    return replace(journey, fees={**journey.fees, fee.number: fee})
