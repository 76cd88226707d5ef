"""How the date in an event was found, so that it can be found again by other rules.

An event holds its deadline and not the command that asked for it. Of the few ways in which deciders find one, that way
counts which gives exactly the recorded ladder by the rules that the journey pins. Where none does (a release that
counted otherwise, an imported history), the date stands as it was recorded, whatever the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.what_if.decisions import Decided, Fact
from domain.deadline import (
    Deadline,
    deadline_at,
    deadline_of_the_rest,
    deadline_on,
    stall_again,
    undated_deadline,
)
from domain.event import Event
from domain.journey import Journey
from domain.journey.closing import JourneyReopened
from domain.journey.stalling import StepResumed
from domain.journey.state import Dated, StepState
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled, first_deadline, step_key
from domain.pathway.model import Pathway, Step

Way = Callable[[Journey, Pathway], Deadline]
"""The date by the rules of a pathway, for a journey as it stands under them. Raises `LookupError` without the step."""
_By = Callable[[Journey, Pathway, datetime], Deadline]

NEAR = timedelta(minutes=1)
"""A decider reads the log's clock a little before its events are recorded."""

Dating = StepOpened | StepAdvanced | StepScheduled | StepCorrected | StepResumed


def dated(event: Event) -> Deadline | None:
    """The date that an event gives to a step, where it gives one."""
    return event.deadline if isinstance(event, Dating) else None


def way_of(fact: Fact, decided: Decided, pathway: Pathway) -> Way | None:
    """How the date of an event was found by `pathway`; None where it gives none, or no way explains it."""
    event, before, wanted = fact.event, fact.before, dated(fact.event)
    if wanted is None or before is None or not isinstance(event, Dating):
        return None
    now = fact.recorded.recorded_at
    for by in _ways(event, before, decided):
        try:
            way = _exactly(by, before, pathway, now, wanted)
        except LookupError:
            continue
        if way is not None:
            return way
    return None


def _exactly(by: _By, before: Journey, pathway: Pathway, now: datetime, wanted: Deadline) -> Way | None:
    found = by(before, pathway, now)
    if not same_ladder(found, wanted):
        if (off := _off(found, wanted)) is None:
            return None
        now += off
        if not same_ladder(by(before, pathway, now), wanted):
            return None
    return _At(by, now)


@dataclass(frozen=True, slots=True)
class _At:
    """A way with the instant at which the decider looked at the clock."""

    by: _By
    now: datetime

    def __call__(self, journey: Journey, pathway: Pathway) -> Deadline:
        return self.by(journey, pathway, self.now)


def same_ladder(one: Deadline, other: Deadline) -> bool:
    """Whether two dates are due and heard of at the same instants, whatever release of the calendar said so."""
    return one.due_at == other.due_at and one.rungs == other.rungs


def _off(found: Deadline, wanted: Deadline) -> timedelta | None:
    """By how much the clock was another one, judged by the first instant that differs."""
    pairs = [(found.due_at, wanted.due_at), *((f.at, w.at) for f, w in zip(found.rungs, wanted.rungs, strict=False))]
    off = next((w - f for f, w in pairs if f != w), None)
    return off if off is not None and abs(off) <= NEAR else None


def _ways(event: Dating, before: Journey, decided: Decided) -> Iterator[_By]:
    key = step_key(event.step, event.occurrence)
    match event:
        case StepOpened():
            yield _opened(event.step)
            if isinstance(decided.first, JourneyReopened):
                yield _reopened(event.step, step_key(event.step, event.occurrence - 1))
        case StepResumed():
            yield lambda journey, pathway, now: stall_again(
                journey.steps[key].clockwork.deadline, _step(pathway, event.step), pathway, now=now
            )
        case StepScheduled():
            yield from _entered(event.step, event.deadline, event.appointment)
            yield lambda journey, _pathway, _now: journey.steps[key].clockwork.deadline  # an appointment that still is
        case StepAdvanced() | StepCorrected():
            assert event.deadline is not None
            if isinstance(event, StepCorrected) and event.outcome is None:
                yield _as_before(event.step, key)
            yield from _entered(event.step, event.deadline, event.appointment)


def _entered(key: str, deadline: Deadline, appointment: datetime | None) -> Iterator[_By]:
    """The date that a person entered: an instant, a day, or none yet."""
    if appointment is not None:
        yield lambda _journey, pathway, now: deadline_at(_step(pathway, key), pathway, now=now, due_at=appointment)
        return
    yield lambda _journey, pathway, now: undated_deadline(_step(pathway, key), pathway, now=now)
    yield lambda _journey, pathway, now: deadline_on(_step(pathway, key), pathway, now=now, due_on=deadline.due_on)


def _opened(key: str) -> _By:
    def found(journey: Journey, pathway: Pathway, now: datetime) -> Deadline:
        place = pathway.find_step(key)
        if place is None:
            raise LookupError(key)
        return first_deadline(journey, *place, pathway, now)

    return found


def _reopened(step: str, ended: str) -> _By:
    """What the closing ended goes on with the rest of its ladder."""

    def found(journey: Journey, pathway: Pathway, now: datetime) -> Deadline:
        return _rest(journey.steps[ended], step, pathway, now, None)

    return found


def _as_before(step: str, key: str) -> _By:
    """What stood before an outcome that was a mistake stands again."""

    def found(journey: Journey, pathway: Pathway, now: datetime) -> Deadline:
        state = journey.steps[key]
        return _rest(state, step, pathway, now, state.before)

    return found


def _rest(state: StepState, step: str, pathway: Pathway, now: datetime, before: Dated | None) -> Deadline:
    clockwork = before.clockwork if before is not None else state.clockwork
    return deadline_of_the_rest(clockwork.deadline, _step(pathway, step), pathway, now=now, fired=clockwork.fired)


def _step(pathway: Pathway, key: str) -> Step:
    place = pathway.find_step(key)
    if place is None:
        raise LookupError(key)
    return place[1]
