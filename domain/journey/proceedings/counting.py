"""Counting by the legal calendar: from a basis to readings, and to the deadline that follows the earliest of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import calendar_of
from domain.deadline import Deadline
from domain.journey.deciding import Surroundings
from domain.journey.proceedings.basis import Counted, TermBasis
from domain.journey.proceedings.ladders import day_deadline, duty_deadline
from domain.journey.proceedings.state import days_read
from domain.law import (
    DAMAGE_BY_CRIME,
    DAMAGES,
    LIMITATION_RULES,
    SUSPENSIONS,
    TERM_RULES,
    Duty,
    Limitation,
    LimitationRule,
    Proceedings,
    Severity,
    Suspension,
    SuspensionGround,
    TermRule,
    Trigger,
    count_term,
    limitation,
    limitation_of_damages,
)
from domain.pathway.proceedings import AlarmLadder, ProceedingsRules
from domain.refusal import RefusalCode, Refused


@dataclass(frozen=True, slots=True)
class Count:
    """An answer with what follows from it. `due_on` is the earliest arguable reading."""

    counted: Counted
    due_on: date
    duty: Duty
    severity: Severity
    ladder: AlarmLadder
    deadline: Deadline
    confirm_by: Deadline

    @property
    def disputed(self) -> bool:
        return len(days_read(self.counted)) > 1


def count(basis: TermBasis, rules: ProceedingsRules, surroundings: Surroundings) -> Count | Refused:
    """Counts a basis by the calendar and the suspensions of now, or says which events it could be counted from."""
    answer = _answer(basis, rules, surroundings)
    if isinstance(answer, Refused):
        return answer
    due_on = days_read(answer)[0]
    duty, severity = duty_of(basis)
    ladder = ladder_of(rules, answer, duty, severity)
    deadline = day_deadline(ladder, due_on, surroundings, article=answer.article)
    confirm_by = duty_deadline(rules.confirmation, surroundings, latest=deadline.due_at, article=answer.article)
    return Count(answer, due_on, duty, severity, ladder, deadline, confirm_by)


def duty_of(basis: TermBasis) -> tuple[Duty, Severity]:
    """Whose the term is, and what missing it costs. A limitation is always ours to watch: the right is the client's."""
    rule = TERM_RULES.get(basis.rule)
    return (Duty.CLIENT, Severity.ENDS_A_RIGHT) if rule is None else (rule.duty, rule.severity)


def ladder_of(rules: ProceedingsRules, counted: Counted, duty: Duty, severity: Severity) -> AlarmLadder:
    """The ladder of a limitation, of a term whose end takes a right away, or of any other."""
    if isinstance(counted, Limitation):
        return rules.limitation
    return rules.rights if duty is Duty.CLIENT and severity is Severity.ENDS_A_RIGHT else rules.terms


def _answer(basis: TermBasis, rules: ProceedingsRules, surroundings: Surroundings) -> Counted | Refused:
    events = {day.trigger: day.on for day in basis.days}
    suspensions = (*SUSPENSIONS, *_of_pathway(rules), *basis.suspensions)
    calendar = calendar_of(surroundings.pathway.calendar)
    try:
        if (term := TERM_RULES.get(basis.rule)) is not None:
            return count_term(term, events, calendar, suspensions=suspensions, frame=basis.frame)
        if basis.rule == DAMAGE_BY_CRIME:
            crime = LIMITATION_RULES[basis.prosecution or ""]
            return limitation_of_damages(
                crime,
                events,
                calendar,
                interruptions=basis.interruptions,
                prosecution=basis.of_prosecution,
                suspensions=suspensions,
            )
        rule = LIMITATION_RULES[basis.rule]
        acts = (*basis.interruptions, *basis.of_prosecution)
        return limitation(rule, events, calendar, interruptions=acts, suspensions=suspensions)
    except KeyError:
        return Refused(code=RefusalCode.UNKNOWN_RULE)
    except ValueError:
        return Refused(code=RefusalCode.TRIGGER_MISSING, allowed=tuple(sorted(t.value for t in triggers_of(basis))))


def triggers_of(basis: TermBasis) -> frozenset[Trigger]:
    """The events that a basis may be counted from."""
    if (term := TERM_RULES.get(basis.rule)) is not None:
        return term.triggers
    codes = (DAMAGES.rule, basis.prosecution or "") if basis.rule == DAMAGE_BY_CRIME else (basis.rule,)
    found = (LIMITATION_RULES[code] for code in codes if code in LIMITATION_RULES)
    return frozenset(t for rule in found for t in _of_limitation(rule))


def _of_limitation(rule: LimitationRule) -> Iterator[Trigger]:
    yield rule.runs_from
    if rule.absolute_from is not None:
        yield rule.absolute_from


def _of_pathway(rules: ProceedingsRules) -> Iterator[Suspension]:
    for act in rules.suspensions:
        yield Suspension(
            starts=act.starts,
            ends=act.ends,
            ground=SuspensionGround.EMERGENCY_DECREE,
            act=act.act,
            proceedings=tuple(Proceedings(code) for code in act.proceedings),
            only=act.only,
        )


def rule_of(code: str, matter: str) -> TermRule | Refused:
    """A rule of the catalogue for such proceedings; else what there is for them."""
    rule = TERM_RULES.get(code)
    if rule is None:
        known = tuple(sorted(r.rule for r in TERM_RULES.values() if r.proceedings.value == matter))
        return Refused(code=RefusalCode.UNKNOWN_RULE, allowed=known)
    if rule.proceedings.value != matter:
        return Refused(code=RefusalCode.NOT_OF_THIS_MATTER, allowed=(rule.proceedings.value,))
    return rule
