"""How the events of terms and limitations fold."""

from __future__ import annotations

from typing import Any

from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.proceedings.basis import Counted
from domain.journey.proceedings.codes import TermStatus
from domain.journey.proceedings.state import TermState
from domain.journey.proceedings.term_events import (
    DeadlinesRecomputed,
    TermConfirmed,
    TermOverridden,
    TermRecounted,
    TermReopened,
    TermSettled,
    TermStarted,
)
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork


def _with(journey: Journey, number: int, version: int, **changes: Any) -> Journey:
    state = replace(journey.terms[number], version=version, **changes)
    return replace(journey, terms={**journey.terms, number: state})


@evolves(TermStarted)
def _started(journey: Journey, recorded: Recorded[TermStarted]) -> Journey:
    event = recorded.event
    state = TermState(
        number=event.term,
        proceedings=event.proceedings,
        basis=event.basis,
        counted=event.counted,
        due_on=event.due_on,
        duty=event.duty,
        severity=event.severity,
        role=event.role,
        opened_at=recorded.recorded_at,
        stalled_after=event.stalled_after,
        clockwork=Clockwork(event.deadline),
        confirmation=Clockwork(event.confirm_by),
        version=recorded.version,
        counted_version=recorded.version,
        restores=event.restores,
    )
    return replace(journey, terms={**journey.terms, state.number: state})


def _counted_again(state: TermState, counted: Counted, deadline: Deadline, confirm_by: Deadline) -> dict[str, Any]:
    """What counting again changes: nobody has confirmed the new answer."""
    return {
        "counted": counted,
        "due_on": deadline.due_on,
        "clockwork": state.clockwork.moved(deadline),
        "confirmation": state.confirmation.moved(confirm_by),
        "status": TermStatus.UNCONFIRMED,
        "moved": (*state.moved, state.due_on),
    }


@evolves(TermRecounted)
def _recounted(journey: Journey, recorded: Recorded[TermRecounted]) -> Journey:
    event, version = recorded.event, recorded.version
    changes = _counted_again(journey.terms[event.term], event.counted, event.deadline, event.confirm_by)
    return _with(journey, event.term, version, basis=event.basis, counted_version=version, **changes)


@evolves(DeadlinesRecomputed)
def _recomputed(journey: Journey, recorded: Recorded[DeadlinesRecomputed]) -> Journey:
    for term in recorded.event.terms:
        changes = _counted_again(journey.terms[term.term], term.counted, term.deadline, term.confirm_by)
        journey = _with(journey, term.term, recorded.version, counted_version=recorded.version, **changes)
    return journey


@evolves(TermConfirmed)
def _confirmed(journey: Journey, recorded: Recorded[TermConfirmed]) -> Journey:
    event = recorded.event
    state = journey.terms[event.term]
    changes: dict[str, Any] = {"status": TermStatus.CONFIRMED}
    if event.deadline is not None:
        changes |= {
            "due_on": event.due_on,
            "clockwork": state.clockwork.moved(event.deadline),
            "moved": (*state.moved, state.due_on),
        }
    return _with(journey, event.term, recorded.version, **changes)


@evolves(TermOverridden)
def _overridden(journey: Journey, recorded: Recorded[TermOverridden]) -> Journey:
    event = recorded.event
    state = journey.terms[event.term]
    return _with(
        journey,
        event.term,
        recorded.version,
        status=TermStatus.OVERRIDDEN,
        due_on=event.due_on,
        clockwork=state.clockwork.moved(event.deadline),
        moved=(*state.moved, state.due_on),
    )


@evolves(TermSettled)
def _settled(journey: Journey, recorded: Recorded[TermSettled]) -> Journey:
    event, version = recorded.event, recorded.version
    return _with(journey, event.term, version, outcome=event.outcome, settled_version=version)


@evolves(TermReopened)
def _reopened(journey: Journey, recorded: Recorded[TermReopened]) -> Journey:
    event = recorded.event
    state = journey.terms[event.term]
    return _with(
        journey,
        event.term,
        recorded.version,
        outcome=None,
        settled_version=None,
        clockwork=state.clockwork.moved(event.deadline),
        confirmation=state.confirmation.moved(event.confirm_by),
    )
