"""Deciders: a limitation is followed, corrected, interrupted, and stands still."""

from __future__ import annotations

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.basis import TermBasis, TriggerDay
from domain.journey.proceedings.codes import Interrupted, Limits, RecountReason
from domain.journey.proceedings.counting import count, triggers_of
from domain.journey.proceedings.finding import find_limitation, find_proceedings, rules_of
from domain.journey.proceedings.state import PROCEEDINGS, TermState
from domain.journey.proceedings.term_commands import (
    CorrectLimitation,
    InterruptLimitation,
    StartLimitation,
    SuspendLimitation,
)
from domain.journey.proceedings.terms import not_yet, recounted, started_term
from domain.journey.state import Journey
from domain.law import (
    ADJUDICATED,
    DAMAGE_BY_CRIME,
    DAMAGES,
    LIMITATION_RULES,
    LIMITATION_STOPS,
    PROSECUTION,
    PROSECUTION_RULES,
    Crime,
    Interruption,
    Suspension,
)
from domain.refusal import RefusalCode, Refused
from domain.values import Code

DECIDED_IN_THE_CASE: Code = "in-this-case"
"""The act that a suspension names where no gazette does."""


@decides(StartLimitation)
def _start(journey: Journey, command: StartLimitation, surroundings: Surroundings) -> Decision:
    rules = rules_of(surroundings)
    if isinstance(rules, Refused):
        return rules
    if command.proceedings is not None:
        state = find_proceedings(journey, command.proceedings)
        if isinstance(state, Refused):
            return state
    basis = _basis(command.limits, command.crime, command.rule, command.days)
    if isinstance(basis, Refused):
        return basis
    if refused := not_yet(basis.days, surroundings):
        return refused
    counted = count(basis, rules, surroundings)
    if isinstance(counted, Refused):
        return counted
    number = len(journey.terms) + 1
    return (started_term(number, command.proceedings, basis, counted, rules, note=command.note),)


@decides(CorrectLimitation)
def _correct(journey: Journey, command: CorrectLimitation, surroundings: Surroundings) -> Decision:
    state, rules = find_limitation(journey, command.term), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if command.corrects != state.counted_version:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    basis = _anew(state, command)
    if isinstance(basis, Refused):
        return basis
    if refused := not_yet(basis.days, surroundings):
        return refused
    return recounted(state, basis, RecountReason.CORRECTED, rules, surroundings, note=command.note)


@decides(InterruptLimitation)
def _interrupt(journey: Journey, command: InterruptLimitation, surroundings: Surroundings) -> Decision:
    state, rules = find_limitation(journey, command.term, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if max(command.on, command.ended_on or command.on) > local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=state.key, part_version=state.version)
    try:
        act = Interruption(on=command.on, ground=command.ground, ended_on=command.ended_on)
    except ValueError:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    field = "interruptions" if command.interrupts is Interrupted.CLAIM else "of_prosecution"
    acts = _with(getattr(state.basis, field), act)
    basis = state.basis.model_copy(update={field: acts})
    if basis == state.basis:
        return ()
    return recounted(state, basis, RecountReason.INTERRUPTED, rules, surroundings, note=command.note)


@decides(SuspendLimitation)
def _suspend(journey: Journey, command: SuspendLimitation, surroundings: Surroundings) -> Decision:
    state, rules = find_limitation(journey, command.term, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if command.ends < command.starts:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    if command.ground not in LIMITATION_STOPS:
        allowed = tuple(sorted(LIMITATION_STOPS))
        return Refused(code=RefusalCode.UNKNOWN_RULE, part=state.key, part_version=state.version, allowed=allowed)
    still = Suspension(starts=command.starts, ends=command.ends, ground=command.ground, act=DECIDED_IN_THE_CASE)
    if still in state.basis.suspensions:
        return ()
    basis = state.basis.model_copy(update={"suspensions": (*state.basis.suspensions, still)})
    return recounted(state, basis, RecountReason.SUSPENDED, rules, surroundings, note=command.note)


def _with(acts: tuple[Interruption, ...], act: Interruption) -> tuple[Interruption, ...]:
    """With this act; one of the same day and ground is the same, of which more is known now."""
    others = (a for a in acts if (a.on, a.ground) != (act.on, act.ground))
    return tuple(sorted((*others, act), key=lambda a: (a.on, a.ground)))


def _anew(state: TermState, command: CorrectLimitation) -> TermBasis | Refused:
    """Of the same sort, from other days; by the crime that it had unless another is given."""
    limits = next((which for which, rule in _RULES.items() if rule == state.basis.rule), Limits.PROSECUTION)
    rule = command.rule
    if rule is None and command.crime is None:
        rule = state.basis.prosecution or (state.basis.rule if limits is Limits.PROSECUTION else None)
    return _basis(limits, command.crime, rule, command.days)


_RULES: dict[Limits, Code] = {
    Limits.DAMAGES: DAMAGES.rule,
    Limits.ADJUDICATED: ADJUDICATED.rule,
    Limits.DAMAGE_BY_CRIME: DAMAGE_BY_CRIME,
}


def _basis(limits: Limits, crime: Crime | None, rule: Code | None, days: tuple[TriggerDay, ...]) -> TermBasis | Refused:
    prosecution = PROSECUTION[crime][0].rule if crime is not None else rule
    by_crime = limits in (Limits.PROSECUTION, Limits.DAMAGE_BY_CRIME)
    known = tuple(sorted(r.rule for r in PROSECUTION_RULES))
    if by_crime and (prosecution is None or prosecution not in known):
        return Refused(code=RefusalCode.UNKNOWN_RULE, part=PROCEEDINGS, allowed=known)
    if limits is Limits.PROSECUTION and prosecution is not None:
        basis = TermBasis(rule=LIMITATION_RULES[prosecution].rule, days=days)
    else:
        basis = TermBasis(rule=_RULES[limits], days=days, prosecution=prosecution if by_crime else None)
    given, possible = [day.trigger for day in days], triggers_of(basis)
    if not given or len(set(given)) < len(given) or not set(given) <= possible:
        return Refused(code=RefusalCode.TRIGGER_MISSING, allowed=tuple(sorted(t.value for t in possible)))
    return basis
