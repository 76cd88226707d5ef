"""Deciders: a term of procedure begins, and is counted again where it was counted from the wrong days."""

from __future__ import annotations

from datetime import date

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.basis import TermBasis, TriggerDay
from domain.journey.proceedings.codes import RecountReason
from domain.journey.proceedings.counting import Count, count, rule_of
from domain.journey.proceedings.finding import find_proceedings, find_running, rules_of
from domain.journey.proceedings.state import TermState, term_key
from domain.journey.proceedings.term_commands import CorrectTerm, StartTerm
from domain.journey.proceedings.term_events import TermRecounted, TermStarted
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.law import TERM_RULES, TermRule, Trigger
from domain.pathway.proceedings import ProceedingsRules
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed

AHEAD = frozenset({Trigger.HEARING_DAY, Trigger.TRIAL_START_SET, Trigger.RESIDENCE_EXPIRES})
"""What is known before it happens; any other event that a term runs from has happened."""


@decides(StartTerm)
def _start(journey: Journey, command: StartTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_proceedings(journey, command.proceedings), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    rule = rule_of(command.rule, state.matter.value)
    if isinstance(rule, Refused):
        return rule.model_copy(update={"part": state.key})
    days = days_of(rule, command.on, command.trigger, command.also)
    if isinstance(days, Refused):
        return days
    if refused := not_yet(days, surroundings) or misdated(journey, command.occurred_at, surroundings):
        return refused
    basis = TermBasis(rule=rule.rule, days=days, frame=command.frame)
    counted = count(basis, rules, surroundings)
    if isinstance(counted, Refused):
        return counted
    number = len(journey.terms) + 1
    started = started_term(number, state.number, basis, counted, rules, note=command.note)
    return (started.model_copy(update={"occurred_at": command.occurred_at}),)


@decides(CorrectTerm)
def _correct(journey: Journey, command: CorrectTerm, surroundings: Surroundings) -> Decision:
    state, rules = find_running(journey, command.term), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    rule = TERM_RULES.get(state.basis.rule)
    if rule is None or command.corrects != state.counted_version:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    days = days_of(rule, command.on, command.trigger, command.also)
    if isinstance(days, Refused):
        return days
    if refused := not_yet(days, surroundings):
        return refused
    frame = state.basis.frame if command.frame is None else command.frame
    basis = TermBasis(rule=rule.rule, days=days, frame=frame)
    return recounted(state, basis, RecountReason.CORRECTED, rules, surroundings, note=command.note)


def started_term(
    number: int,
    proceedings: int | None,
    basis: TermBasis,
    counted: Count,
    rules: ProceedingsRules,
    *,
    restores: int | None = None,
    note: Sealed[Notes] | None = None,
) -> TermStarted:
    """The event that a term, or a limitation, begins with."""
    return TermStarted(
        term=number,
        proceedings=proceedings,
        basis=basis,
        counted=counted.counted,
        due_on=counted.due_on,
        disputed=counted.disputed,
        duty=counted.duty,
        severity=counted.severity,
        role=rules.role,
        stalled_after=counted.ladder.stalled_after,
        deadline=counted.deadline,
        confirm_by=counted.confirm_by,
        restores=restores,
        note=note,
    )


def recounted(
    state: TermState,
    basis: TermBasis,
    why: RecountReason,
    rules: ProceedingsRules,
    surroundings: Surroundings,
    *,
    note: Sealed[Notes] | None = None,
) -> Decision:
    """The event that counts a term again from another basis: the old day and the new one in one."""
    counted = count(basis, rules, surroundings)
    if isinstance(counted, Refused):
        return counted.model_copy(update={"part": state.key, "part_version": state.version})
    return (
        TermRecounted(
            term=state.number,
            why=why,
            corrects=state.counted_version if why is RecountReason.CORRECTED else None,
            basis=basis,
            counted=counted.counted,
            was=state.due_on,
            due_on=counted.due_on,
            disputed=counted.disputed,
            deadline=counted.deadline,
            confirm_by=counted.confirm_by,
            note=note,
        ),
    )


def days_of(
    rule: TermRule, on: date, trigger: Trigger | None, also: tuple[TriggerDay, ...]
) -> tuple[TriggerDay, ...] | Refused:
    """The events with their days. Where the rule runs from one event only, that is meant."""
    possible = tuple(sorted(rule.triggers))
    if trigger is None and len(possible) > 1:
        return Refused(code=RefusalCode.TRIGGER_MISSING, allowed=tuple(t.value for t in possible))
    days = (TriggerDay(trigger=trigger or possible[0], on=on), *also)
    given = [day.trigger for day in days]
    if len(set(given)) < len(given) or not set(given) <= rule.triggers:
        return Refused(code=RefusalCode.TRIGGER_MISSING, allowed=tuple(t.value for t in possible))
    return days


def not_yet(days: tuple[TriggerDay, ...], surroundings: Surroundings) -> Refused | None:
    """A refusal where an event that is no date ahead is said to lie in the future."""
    today = local_date(surroundings.now, surroundings.pathway.zone)
    if all(day.on <= today or day.trigger in AHEAD for day in days):
        return None
    return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=term_key(0, "days"))
