"""Decider: all open terms counted again, because the calendar or the list of suspensions has changed.

Nothing else moves a date when those change: a deadline stays as it was decided until somebody asks for this, having
seen by a preview what would move. What a lawyer has overridden stays; what was confirmed and reads otherwise now is to
be confirmed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.basis import Counted
from domain.journey.proceedings.codes import TermStatus
from domain.journey.proceedings.counting import count
from domain.journey.proceedings.finding import rules_of
from domain.journey.proceedings.state import days_read
from domain.journey.proceedings.term_commands import RecomputeDeadlines
from domain.journey.proceedings.term_events import DeadlinesRecomputed, RecomputedTerm
from domain.journey.state import Journey
from domain.pathway.proceedings import ProceedingsRules
from domain.refusal import Refused


@decides(RecomputeDeadlines)
def _recompute(journey: Journey, command: RecomputeDeadlines, surroundings: Surroundings) -> Decision:
    rules = rules_of(surroundings)
    if isinstance(rules, Refused):
        return rules
    moved = tuple(_moved(journey, rules, surroundings))
    return (DeadlinesRecomputed(terms=moved, note=command.note),) if moved else ()


def _moved(journey: Journey, rules: ProceedingsRules, surroundings: Surroundings) -> Iterator[RecomputedTerm]:
    for state in journey.terms.values():
        if state.is_over or state.status is TermStatus.OVERRIDDEN:
            continue
        counted = count(state.basis, rules, surroundings)
        # A rule that this release no longer counts leaves its term where it was.
        if isinstance(counted, Refused) or _reads_the_same(counted.counted, state.counted):
            continue
        yield RecomputedTerm(
            term=state.number,
            counted=counted.counted,
            was=state.due_on,
            due_on=counted.due_on,
            disputed=counted.disputed,
            deadline=counted.deadline,
            confirm_by=counted.confirm_by,
        )


def _reads_the_same(one: Counted, other: Counted) -> bool:
    """Whether the readings end on the same days, whatever release of the calendar said so."""
    return type(one) is type(other) and days_read(one) == days_read(other)
