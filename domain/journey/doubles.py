"""One fact is owed once: which obligations say what another one says, and are silent for it.

A step of the pathway names in `covered_by` what proceedings and hearings see to as well: the rule of a term, a line
of the checklist, `power-of-attorney`. What the law or a court sets goes before the step; of the step and a line of the
checklist, which are both our own, the one that is due first is owed. A service names the returns that it is: their
date is its date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.codes import ObligationKind
from domain.journey.hearing.codes import UNSETTLED, ArrangementStatus
from domain.journey.hearing.state import hearing_key
from domain.journey.proceedings.codes import TermOutcome
from domain.journey.returning.codes import LIVE
from domain.journey.service.returned import is_carried_by
from domain.journey.state import Journey, StepState, StepStatus


def doubles(journey: Journey) -> frozenset[str]:
    """The keys of what is not owed, since the same fact is owed under another key or was seen to there."""
    steps = (s for s in journey.steps.values() if s.covered_by and s.status is StepStatus.OPEN)
    return frozenset((*(key for step in steps for key in _silent(journey, step)), *_under_way(journey)))


def _under_way(journey: Journey) -> Iterator[str]:
    """The services that a return is, while it is prepared or somebody is on the way."""
    trips = [trip for trip in journey.returns.values() if trip.status in LIVE]
    for state in journey.services.each.values() if trips else ():
        if any(is_carried_by(state, trip) for trip in trips):
            yield state.key


def _silent(journey: Journey, step: StepState) -> Iterator[str]:
    if _in_proceedings(journey, step) or _arranged(journey, step):
        yield step.key
        return
    lines = dict(_open_lines(journey, step))
    if any(due_at < step.clockwork.deadline.due_at for due_at in lines.values()):
        yield step.key
    else:
        yield from lines


def _in_proceedings(journey: Journey, step: StepState) -> bool:
    """A term of the rule runs or has run its course; one that was let pass by a person says nothing of the step."""
    if ObligationKind.POWER_OF_ATTORNEY in step.covered_by and any(
        case.gap is not None and not case.is_over for case in journey.proceedings.values()
    ):
        return True
    terms = (term for term in journey.terms.values() if term.basis.rule in step.covered_by)
    return any(term.outcome is not TermOutcome.WAIVED for term in terms)


def _arranged(journey: Journey, step: StepState) -> bool:
    """For one hearing at least, over or ahead, somebody has confirmed that it was seen to."""
    return any(
        line.status is ArrangementStatus.CONFIRMED
        for hearing in journey.hearings.values()
        for name, line in hearing.arrangements.items()
        if name in step.covered_by
    )


def _open_lines(journey: Journey, step: StepState) -> Iterator[tuple[str, datetime]]:
    """The lines that are still to be seen to, by key, with their due instants."""
    for hearing in journey.hearings.values():
        for name in () if hearing.is_over else step.covered_by:
            line = hearing.arrangements.get(name)
            if line is not None and line.clockwork is not None and line.status in UNSETTLED:
                yield hearing_key(hearing.number, "arrangement", name), line.clockwork.deadline.due_at
