"""The turns that stories are made of: opening, waiting for a step, setting a date, a stall, an end."""

from __future__ import annotations

from datetime import date, timedelta

from domain.codes import ClosingReason, ReopeningReason, Role, StallCause
from domain.journey.advancing import OpenStep, ScheduleStep
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.approval.needing import needs_approval
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.migration.events import MigrateJourney
from domain.journey.nudging import NudgeStalled
from domain.journey.opening import OpenJourney
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.stalling import StallStep
from domain.journey.state import StepStatus
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from worker.demo.habits import appointment, assign, work
from worker.demo.tale import Story, Tale

_A_DAY = timedelta(days=1)
_SOON = timedelta(minutes=40)


def begin(tale: Tale, offset: int) -> Story:
    """Opened by the consultant who took the call, that many calendar days ago."""
    yield tale.near(offset)
    tale.tell(OpenJourney(pin=tale.pinned.pin, caseworker=tale.caseworker), Role.CONSULTANT)
    assign(tale, Role.CONSULTANT)


def begun_by_call(tale: Tale, offset: int) -> Story:
    """Opened from the call of that day; the consultant who took it goes on."""
    yield tale.near(offset)
    assign(tale, Role.CONSULTANT)


def move_over(tale: Tale) -> None:
    """From now on the newest version of the pathway counts."""
    tale.pinned = tale.newest
    tale.tell(MigrateJourney(pin=tale.newest.pin), Role.SUPERVISOR)


def to_the_present(tale: Tale) -> Story:
    """Ordinary work up to now."""
    yield from work(tale, tale.days.now)


def until(tale: Tale, offset: int) -> Story:
    """Ordinary work up to some instant of that day."""
    yield from work(tale, tale.near(offset))


def until_open(tale: Tale, step: str) -> Story:
    """Ordinary work until the step is open; it is left for the story."""
    tale.hold.add(step)
    while tale.here.open_step(step) is None and tale.now < tale.days.now:
        yield from work(tale, tale.days.in_office(tale.now + _A_DAY, tale.random))


def until_done(tale: Tale, step: str) -> Story:
    """Ordinary work until the step is settled, and half an hour more."""
    while not any(s.status is StepStatus.SETTLED for s in tale.here.occurrences(step)) and tale.now < tale.days.now:
        yield from work(tale, tale.days.in_office(tale.now + _A_DAY, tale.random))
    yield tale.days.in_office(tale.now + _A_DAY / 48, tale.random)


def dated(tale: Tale, step: str, on: date) -> Story:
    """Works until the step is open and sets its day; nobody takes it up by habit."""
    yield from until_open(tale, step)
    set_day(tale, step, on)


def set_day(tale: Tale, step: str, on: date) -> None:
    """Sets the day of an open step."""
    state = tale.here.open_step(step)
    assert state is not None, f"{tale.name}: {step} is not open at {tale.now}"
    tale.tell(ScheduleStep(step=step, seen=state.version, on=on), state.role)


def arrange(tale: Tale, step: str, offset: int, role: Role = Role.CASEWORKER) -> Story:
    """Works until that day and opens a step by decision, with a date where it needs one."""
    yield from until(tale, offset)
    tale.tell(OpenStep(step=step, appointment=appointment(tale) if tale.is_appointment(step) else None), role)


def said_to_stall(tale: Tale, step: str, cause: StallCause, note: str, *, dated: int, said: int, due: int) -> Story:
    """On day `dated` a new day is agreed, `due`; on day `said` somebody says that the step stands still."""
    yield from until(tale, dated)
    set_day(tale, step, tale.days.near(due))
    yield from until(tale, said)
    state = tale.here.open_step(step)
    assert state is not None, f"{tale.name}: {step} is not open at {tale.now}"
    tale.tell(StallStep(step=step, cause=cause, seen=state.version), state.role, note)


def nudged(tale: Tale, step: str, offset: int) -> Story:
    """Ordinary work until that day; then the supervisor reminds whoever can move the step on."""
    yield from until(tale, offset)
    state = tale.here.open_step(step)
    assert state is not None, f"{tale.name}: {step} is not open at {tale.now}"
    tale.tell(NudgeStalled(obligation=state.key), Role.SUPERVISOR)


def close(tale: Tale, offset: int, reason: ClosingReason, note: str | None = None) -> Story:
    """Ordinary work until that day, then the end."""
    yield from until(tale, offset)
    yield from approved(tale, reason)
    tale.tell(CloseJourney(reason=reason), note=note)


def approved(tale: Tale, reason: ClosingReason) -> Story:
    """The supervisor agrees within the hour, where the pathway asks for it."""
    if needs_approval(tale.pinned.pathway, ApprovalMatter.CLOSURE):
        tale.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=reason))
        yield tale.now + _SOON
        agrees(tale)


def agrees(tale: Tale) -> None:
    """The supervisor agrees to what was asked last."""
    tale.tell(GiveApproval(number=len(tale.here.approvals)), Role.SUPERVISOR)


def reopen(tale: Tale, offset: int, reason: ReopeningReason, note: str | None = None) -> Story:
    """Rests until that day and goes on."""
    yield tale.near(offset)
    tale.tell(ReopenJourney(reason=reason), Role.CONSULTANT, note)


def assessed(tale: Tale, form: str, highest: Level = Level.LOW) -> Assess:
    """By that form: low in every domain but the second."""
    found = next(a for a in tale.pinned.pathway.assessments if a.assessment == form)
    levels = (highest if place == 1 else Level.LOW for place in range(len(found.domains)))
    each = zip(found.domains, levels, strict=True)
    return Assess(assessment=form, levels=tuple(DomainLevel(domain=d.domain, level=level) for d, level in each))
