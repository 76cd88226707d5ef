"""How the invented people work: when they take up a step, how it goes, and what else they do about it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from domain.codes import ConsentPurpose, Mover, Role, StepOutcome, StepReason
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.review import HoldReview
from domain.journey.state import ReviewState, StepState
from domain.pathway.model import Unit
from worker.demo.days import CALENDAR, SITTINGS
from worker.demo.notes import note_for
from worker.demo.tale import EVERY_ROLE, Story, Tale

SCRIPTED = frozenset({"return-closure", "year-review"})
"""Steps whose dates others set, or that end a stage: the stories tell them."""

ON_DUTY = frozenset({Role.CONSULTANT, Role.MOBILE_TEAM})
"""Who works at night and on free days where something is a matter of hours."""

LOOKS_AGAIN = timedelta(days=20)
"""How long a journey may lie without anybody's looking at it."""

PUNCTUAL_FOR = 12
"""Working days before today in which nobody is late by habit: what is late today is told on purpose."""

_LONG = 15
"""Working days from which a step is called long: nobody takes it up at once."""

_SHORT, _AT_ONCE = 3, 0.75
"""Up to so many working days people mostly begin the same day."""

_OWN_WAY = 0.6
"""How often nobody needs to be driven."""

_NO_REPORT, _NO_CALLS = 0.3, 0.6
"""How often a client wants no report to the Centre, no monthly calls: help depends on neither."""

_HELPERS = (
    (ConsentPurpose.PSYCHOLOGICAL, Role.PSYCHOLOGIST),
    (ConsentPurpose.ACCOMMODATION, Role.MOBILE_TEAM),
    (ConsentPurpose.LEGAL_REPRESENTATION, Role.SUPERVISOR),
)


def work(tale: Tale, until: datetime, *, hold: Collection[str] = ()) -> Story:
    """Does what is open, each step in its time, until `until`; `hold` besides what the tale holds and the scripted."""
    while True:
        without = SCRIPTED | tale.hold | set(hold)
        found: list[tuple[datetime, StepState | ReviewState]] = [
            (_taken_up(tale, step), step) for step in tale.open_steps(without)
        ]
        if (review := tale.here.review) is not None:
            found.append((_reviewed(tale, review), review))
        at, part = min(found, key=lambda pair: pair[0], default=(until, None))
        if part is None or at > until:
            if tale.now >= until:
                return
            yield min(until, tale.now + LOOKS_AGAIN)  # meanwhile the clock may have asked for a review
            continue
        yield at
        if isinstance(part, ReviewState):
            if tale.here.review is not None and tale.here.review.version == part.version:
                tale.tell(HoldReview(seen=part.version))
            continue
        now = tale.here.steps[part.key]
        if now.status is part.status and now.clockwork.date_version == part.clockwork.date_version:
            take_up(tale, now)


def take_up(tale: Tale, step: StepState) -> None:
    """Does what there is to do about an open step."""
    if step.step == "transport" and step.appointment is None and tale.random.random() < _OWN_WAY:
        finish(tale, step.step, StepOutcome.SKIPPED, StepReason.NOT_NEEDED)
        return
    if tale.is_appointment(step.step) and step.appointment is None:
        tale.tell(ScheduleStep(step=step.step, seen=step.version, appointment=appointment(tale)), step.role)
        return
    outcome = _outcome(tale, step)
    if outcome is StepOutcome.DONE:
        _beforehand(tale, step.step)
        finish(tale, step.step)
        return
    again = appointment(tale) if step.appointment else None
    on = CALENDAR.add_working_days(tale.days.local(tale.now), tale.random.randint(3, 8))
    if step.step == "centre-decision":
        on = CALENDAR.next_working_day(tale.days.local(tale.now) + timedelta(days=tale.random.randint(50, 80)))
    reason = StepReason.OTHER if step.waits_on is Mover.PARTNER else StepReason.CLIENT_ASKED
    command = AdvanceStep(
        step=step.step,
        outcome=outcome,
        seen=step.version,
        reason=reason if outcome is StepOutcome.POSTPONED else None,
        next_at=again,
        next_on=None if again else on,
    )
    tale.tell(command, step.role)


def finish(tale: Tale, key: str, outcome: StepOutcome = StepOutcome.DONE, reason: StepReason | None = None) -> None:
    """Settles an open step, now and then with a note."""
    step = tale.here.open_step(key)
    assert step is not None, f"{tale.name}: {key} is not open at {tale.now}"
    command = AdvanceStep(step=key, outcome=outcome, seen=step.version, reason=reason)
    tale.tell(command, step.role, note_for(key, tale.random))


def appointment(tale: Tale) -> datetime:
    """A date one to four weeks ahead, on a working day."""
    day = CALENDAR.add_working_days(tale.days.local(tale.now), tale.random.randint(5, 18))
    return tale.days.at(day, tale.random.choice(SITTINGS))


def _beforehand(tale: Tale, key: str) -> None:
    """What has to be entered before a step can be called done."""
    if key == "consent-to-assistance":
        for purpose in (ConsentPurpose.ASSISTANCE, ConsentPurpose.DATA_PROCESSING, *tale.consents):
            if tale.here.consent(purpose, at=tale.now) is None:
                tale.tell(GiveConsent(purpose=purpose, giver=tale.giver))
        for purpose, role in _HELPERS:
            if purpose in tale.consents:
                assign(tale, role)
    if key == "attorney-assigned":
        assign(tale, Role.LAWYER)
    if key == "reintegration-plan":
        assign(tale, Role.SUPERVISOR)


def assign(tale: Tale, role: Role) -> None:
    """Gives the role to the one who has it in this house, unless somebody has it."""
    if role not in tale.here.assigned:
        tale.tell(Assign(role=role, staff=EVERY_ROLE[role]), Role.SUPERVISOR)


def _outcome(tale: Tale, step: StepState) -> StepOutcome:
    allowed = tale.step(step.step).outcomes
    luck = tale.random.random()
    dated_before = step.clockwork.date_version > 1 + (step.appointment is not None)
    near = CALENDAR.working_days_between(tale.days.local(tale.now), tale.days.today) < PUNCTUAL_FOR
    if step.step == "centre-decision" and luck < 0.4:
        return StepOutcome.POSTPONED
    declined = {"report-to-centre": _NO_REPORT, "monthly-follow-up": _NO_CALLS}
    if luck < declined.get(step.step, 0.0) and step.occurrence == 1:
        return StepOutcome.DECLINED
    if dated_before or near:
        return StepOutcome.DONE
    if step.waits_on is Mover.CLIENT and luck < 0.12 and StepOutcome.NO_SHOW in allowed:
        return StepOutcome.NO_SHOW
    if luck > 0.94 and StepOutcome.POSTPONED in allowed:
        return StepOutcome.POSTPONED
    return StepOutcome.DONE


def _taken_up(tale: Tale, step: StepState) -> datetime:
    """When somebody takes the step up; thought of once for each date of the step."""
    key = (step.key, step.clockwork.date_version)
    if key not in tale.times:
        tale.times[key] = _thought_of(tale, step)
    return max(tale.times[key], tale.now)


def _thought_of(tale: Tale, step: StepState) -> datetime:
    random, days, due = tale.random, tale.days, step.clockwork.deadline
    if tale.is_appointment(step.step):
        if step.appointment is not None:
            return max(step.appointment, tale.now) + timedelta(minutes=random.randint(25, 55))
        return _soon(tale)
    if tale.step(step.step).due.within.unit is Unit.HOURS and step.clockwork.date_version == 1:
        # A matter of hours: somebody on duty does it, whatever day it is.
        soon = tale.now + (due.due_at - tale.now) * random.uniform(0.04, 0.2)
        early = days.in_office(soon, random)
        return soon if step.role in ON_DUTY and early > due.due_at else early
    left = CALENDAR.working_days_between(days.local(tale.now), due.due_on)
    if left <= _SHORT and random.random() < _AT_ONCE * tale.diligence:
        return _soon(tale)
    wait = 1 + int(random.triangular(0.3 if left > _LONG else 0.0, 0.72) * max(left - 1, 0))
    if random.random() > tale.diligence:
        wait = left + random.randint(1, 3)
    chosen = CALENDAR.add_working_days(days.local(tale.now), min(wait, left) if _is_near(tale, due.due_on) else wait)
    return _on(tale, _before_today(tale, chosen) if due.due_at <= days.now + timedelta(days=1) else chosen)


def _soon(tale: Tale) -> datetime:
    return tale.days.in_office(tale.now + timedelta(minutes=tale.random.randint(20, 240)), tale.random)


def _is_near(tale: Tale, day: date) -> bool:
    return day > tale.days.working(-PUNCTUAL_FOR - 5)


def _before_today(tale: Tale, day: date) -> date:
    return min(day, tale.days.working(-1))


def _on(tale: Tale, day: date) -> datetime:
    """Office hours of the day; at once where that is over, but never before what just happened."""
    at = tale.days.office(day, tale.random)
    if at > tale.now:
        return at
    return tale.days.in_office(tale.now + timedelta(minutes=tale.random.randint(4, 25)), tale.random)


def _reviewed(tale: Tale, review: ReviewState) -> datetime:
    key = (f"review:{review.version}", 0)
    if key not in tale.times:
        day = CALENDAR.add_working_days(review.clockwork.deadline.due_on, -tale.random.randint(1, 6))
        tale.times[key] = _on(tale, day)
    return max(tale.times[key], tale.now)
