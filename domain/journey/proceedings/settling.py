"""Deciders: a lawyer answers for a day or holds another right; a term is met, let pass, missed, restored, reopened."""

from __future__ import annotations

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.basis import TermBasis, TriggerDay
from domain.journey.proceedings.codes import TermOutcome, TermStatus
from domain.journey.proceedings.counting import count, ladder_of
from domain.journey.proceedings.finding import find_running, find_term, rules_of
from domain.journey.proceedings.ladders import day_deadline, duty_deadline
from domain.journey.proceedings.state import TermState
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    MeetTerm,
    MissTerm,
    OverrideTerm,
    ReopenTerm,
    RestoreTerm,
    WaiveTerm,
)
from domain.journey.proceedings.term_events import (
    TermConfirmed,
    TermOverridden,
    TermReopened,
    TermSettled,
    TermStarted,
)
from domain.journey.proceedings.terms import not_yet, started_term
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.law import RESTORATION, TERM_RULES, Duty, Trigger
from domain.pathway.proceedings import ProceedingsRules
from domain.refusal import RefusalCode, Refused


@decides(ConfirmTerm)
def _confirm(journey: Journey, command: ConfirmTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_running(journey, command.term, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if command.on not in state.days_read:
        return Refused(code=RefusalCode.DATE_NOT_READ, part=state.key, part_version=state.version)
    same = command.on == state.due_on
    if same and state.status is TermStatus.CONFIRMED:
        return ()
    ladder = ladder_of(rules, state.counted, state.duty, state.severity)
    moved = None if same else day_deadline(ladder, command.on, surroundings, article=state.counted.article)
    return (TermConfirmed(term=state.number, due_on=command.on, deadline=moved, note=command.note),)


@decides(OverrideTerm)
def _override(journey: Journey, command: OverrideTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_running(journey, command.term, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    ladder = ladder_of(rules, state.counted, state.duty, state.severity)
    return (
        TermOverridden(
            term=state.number,
            was=state.due_on,
            due_on=command.on,
            reason=command.reason,
            deadline=day_deadline(ladder, command.on, surroundings, article=state.counted.article),
            note=command.note,
        ),
    )


@decides(MeetTerm)
def _meet(journey: Journey, command: MeetTerm, surroundings: Surroundings) -> Decision:
    state = find_running(journey, command.term, command.seen)
    if isinstance(state, Refused):
        return state
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    met = TermSettled(term=state.number, outcome=TermOutcome.MET, note=command.note, occurred_at=command.occurred_at)
    return (met,)


@decides(WaiveTerm)
def _waive(journey: Journey, command: WaiveTerm, _: Surroundings) -> Decision:
    state = find_running(journey, command.term, command.seen)
    if isinstance(state, Refused):
        return state
    return (TermSettled(term=state.number, outcome=TermOutcome.WAIVED, reason=command.reason, note=command.note),)


@decides(MissTerm)
def _miss(journey: Journey, command: MissTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_running(journey, command.term, command.seen), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if state.due_on >= local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=state.key, part_version=state.version)
    missed = TermSettled(term=state.number, outcome=TermOutcome.MISSED, note=command.note)
    restoration = _restoration(journey, state, command, rules, surroundings)
    if isinstance(restoration, Refused):
        return restoration
    return (missed, *restoration)


def _restoration(
    journey: Journey, state: TermState, command: MissTerm, rules: ProceedingsRules, surroundings: Surroundings
) -> tuple[TermStarted, ...] | Refused:
    """The term within which restoration may be asked for: of a term of our client's, and not of a restoration.

    Whether the law gives one here is for the lawyer who is to confirm it.
    """
    missed = TERM_RULES.get(state.basis.rule)
    rule = RESTORATION.get(missed.proceedings) if missed else None
    if rule is None or state.duty is not Duty.CLIENT or state.basis.rule in RESTORATION.values():
        return ()
    days = [TriggerDay(trigger=Trigger.MISSED, on=state.due_on)]
    if command.obstacle_ended_on is not None:
        days.append(TriggerDay(trigger=Trigger.OBSTACLE_ENDED, on=command.obstacle_ended_on))
    if refused := not_yet(tuple(days), surroundings):
        return refused
    basis = TermBasis(rule=rule, days=tuple(days))
    counted = count(basis, rules, surroundings)
    if isinstance(counted, Refused):
        return counted
    number = len(journey.terms) + 1
    return (started_term(number, state.proceedings, basis, counted, rules, restores=state.number),)


@decides(RestoreTerm)
def _restore(journey: Journey, command: RestoreTerm, _: Surroundings) -> Decision:
    state = find_term(journey, command.term, command.seen)
    if isinstance(state, Refused):
        return state
    if state.outcome is not TermOutcome.MISSED:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    return (TermSettled(term=state.number, outcome=TermOutcome.RESTORED, note=command.note),)


@decides(ReopenTerm)
def _reopen(journey: Journey, command: ReopenTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_term(journey, command.term), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    if not state.is_over or state.settled_version != command.corrects:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    article = state.counted.article
    ladder = ladder_of(rules, state.counted, state.duty, state.severity)
    deadline = day_deadline(ladder, state.due_on, surroundings, article=article)
    confirm_by = duty_deadline(rules.confirmation, surroundings, latest=deadline.due_at, article=article)
    return (
        TermReopened(
            term=state.number, corrects=command.corrects, deadline=deadline, confirm_by=confirm_by, note=command.note
        ),
    )
