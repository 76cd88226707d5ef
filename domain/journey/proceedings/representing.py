"""Deciders: powers of attorney. Where the last one is revoked, getting a new one is owed."""

from __future__ import annotations

from datetime import date

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.ahead import something_lies_ahead
from domain.journey.proceedings.codes import PowerUrgency
from domain.journey.proceedings.commands import ForgoPower, GivePower, RevokePower
from domain.journey.proceedings.events import PowerForgone, PowerGiven, PowerRevoked
from domain.journey.proceedings.finding import find_proceedings, rules_of
from domain.journey.proceedings.ladders import duty_deadline
from domain.journey.proceedings.state import ProceedingsState, proceedings_key
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused


@decides(GivePower)
def _give(journey: Journey, command: GivePower, surroundings: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if refused := _ahead_of_time(command.given_on, state, surroundings):
        return refused
    if any(p.in_force and p.holder == command.holder for p in state.powers.values()):
        return Refused(code=RefusalCode.ALREADY_ASSIGNED, part=state.key, part_version=state.version)
    return (
        PowerGiven(
            proceedings=state.number,
            power=len(state.powers) + 1,
            holder=command.holder,
            holder_kind=command.holder_kind,
            given_on=command.given_on,
            note=command.note,
        ),
    )


@decides(RevokePower)
def _revoke(journey: Journey, command: RevokePower, surroundings: Surroundings) -> Decision:
    state, rules = find_proceedings(journey, command.proceedings, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    power = state.powers.get(command.power)
    if power is None:
        return Refused(
            code=RefusalCode.UNKNOWN_ENTRY, part=proceedings_key(state.number, "power"), part_version=state.version
        )
    if not power.in_force:
        return Refused(code=RefusalCode.ENTRY_SETTLED, part=state.key, part_version=state.version)
    if refused := _ahead_of_time(command.ended_on, state, surroundings):
        return refused
    if command.ended_on < power.given_on:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    last = not any(p.in_force for p in state.powers.values() if p.number != power.number)
    urgent = something_lies_ahead(journey, state, surroundings.now)
    rule = rules.power_at_once if urgent else rules.power
    return (
        PowerRevoked(
            proceedings=state.number,
            power=power.number,
            reason=command.reason,
            ended_on=command.ended_on,
            urgency=(PowerUrgency.HIGHEST if urgent else PowerUrgency.ORDINARY) if last else None,
            stalled_after=rule.stalled_after if last else None,
            deadline=duty_deadline(rule, surroundings) if last else None,
            note=command.note,
        ),
    )


@decides(ForgoPower)
def _forgo(journey: Journey, command: ForgoPower, _: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if state.gap is None:
        return Refused(code=RefusalCode.ENTRY_SETTLED, part=state.key, part_version=state.version)
    return (PowerForgone(proceedings=state.number, reason=command.reason, note=command.note),)


def _ahead_of_time(day: date, state: ProceedingsState, surroundings: Surroundings) -> Refused | None:
    if day <= local_date(surroundings.now, surroundings.pathway.zone):
        return None
    return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=state.key, part_version=state.version)
