"""What lies ahead in proceedings at which somebody must act for the client: a term, a hearing.

Another part of the journey registers what it knows with `lies_ahead`; hearings do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.journey.proceedings.running import is_running
from domain.journey.proceedings.state import ProceedingsState
from domain.journey.state import Journey, StepStatus

Ahead = Callable[[Journey, ProceedingsState, datetime], bool]

_KNOWN: list[Ahead] = []


def lies_ahead(asked: Ahead) -> Ahead:
    """Registers a function that says whether something of its kind lies ahead in these proceedings."""
    _KNOWN.append(asked)
    return asked


def something_lies_ahead(journey: Journey, proceedings: ProceedingsState, now: datetime) -> bool:
    """Whether anything does. What is overdue and not settled does as well."""
    return any(asked(journey, proceedings, now) for asked in _KNOWN)


@lies_ahead
def _term(journey: Journey, proceedings: ProceedingsState, _: datetime) -> bool:
    """A limitation is years away, and its ladder speaks for itself."""
    return any(term.proceedings == proceedings.number and is_running(term) for term in journey.terms.values())


@lies_ahead
def _appointment(journey: Journey, proceedings: ProceedingsState, now: datetime) -> bool:
    """A step of the lawyer's with a date: a step does not say of which proceedings it is, so of all of them."""
    return any(
        step.status is StepStatus.OPEN
        and step.role is proceedings.role
        and step.appointment is not None
        and step.appointment > now
        for step in journey.steps.values()
    )
