"""Hearings in the invented caseload: the summons, who has seen it, the checklist, and a date that was not kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.codes import Role
from domain.journey.hearing.codes import UNSETTLED, ArrangementStatus, HearingOutcome, HearingReason, TaskStatus
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    DebriefHearing,
    HoldHearing,
    PlanHearing,
    PostponeHearing,
    SettleHearingTask,
    SummonHearing,
)
from worker.demo.days import SITTINGS
from worker.demo.habits import work
from worker.demo.notes import note_for
from worker.demo.tale import Story, Tale


def postponed_once(tale: Tale, kind: str, first: int, second: int) -> Story:
    """Summoned seven weeks before, prepared, postponed at the door to a day ahead, and to be prepared again."""
    yield from work(tale, tale.near(first - 49))
    at = tale.days.at(tale.days.near(first), SITTINGS[1])
    number = len(tale.here.hearings) + 1
    tale.tell(SummonHearing(hearing_kind=kind, starts_at=at), Role.LAWYER)
    tale.tell(AcknowledgeHearing(hearing=number), Role.LAWYER)
    yield from work(tale, tale.near(first - 40))
    prepare(tale, number)
    yield from work(tale, at + timedelta(minutes=35))
    following = tale.days.at(tale.days.near(second), SITTINGS[0])
    postpone = PostponeHearing(hearing=number, reason=HearingReason.NOT_PROPERLY_SUMMONED, starts_at=following)
    tale.tell(postpone, Role.LAWYER, "Sud ponovo dostavlja poziv.")
    tale.tell(AcknowledgeHearing(hearing=number), Role.LAWYER)


def summoned_from_abroad(tale: Tale, kind: str, at: datetime, day: int) -> Story:
    """Who lives abroad is summoned on `day`; the plan counts back from the hearing, and the checklist stands."""
    yield from work(tale, tale.near(day))
    number = len(tale.here.hearings) + 1
    tale.tell(SummonHearing(hearing_kind=kind, starts_at=at), Role.LAWYER)
    tale.tell(PlanHearing(hearing=number, plan="witness-from-abroad"), Role.LAWYER)
    prepare(tale, number)
    settle_task(tale, "stay", number)


def summoned(tale: Tale, kind: str, at: datetime) -> int:
    """Entered today, seen where nobody may stay away, and prepared; the number of the hearing."""
    number = len(tale.here.hearings) + 1
    tale.tell(SummonHearing(hearing_kind=kind, starts_at=at), Role.LAWYER)
    prepared(tale, number)
    return number


def prepared(tale: Tale, number: int) -> None:
    """The lawyer has seen the date, and the checklist stands."""
    if tale.here.hearings[number].seen is not None:
        tale.tell(AcknowledgeHearing(hearing=number), Role.LAWYER)
    prepare(tale, number)


def held(tale: Tale, number: int, outcome: HearingOutcome) -> Story:
    """The lawyer says what it came to, now and then with a note; the caseworker talks with the client on the way."""
    tale.tell(HoldHearing(hearing=number, outcome=outcome), Role.LAWYER, note_for("hearing", tale.random))
    yield tale.now + timedelta(minutes=tale.random.randint(20, 50))
    tale.tell(DebriefHearing(hearing=number), note=note_for("debrief", tale.random))


def settle_task(tale: Tale, task: str, number: int = 1) -> None:
    """A task of the plan is done."""
    plan = tale.here.hearings[number].plan
    assert plan is not None
    tale.tell(SettleHearingTask(hearing=number, task=task, status=TaskStatus.DONE), plan.tasks[task].role)


def prepare(tale: Tale, number: int) -> None:
    """Half of the checklist stands, the rest is not needed; what is settled already stays so."""
    for count, line in enumerate(tuple(tale.here.hearings[number].arrangements.values())):
        if line.status in UNSETTLED:
            status = ArrangementStatus.NOT_NEEDED if count % 2 else ArrangementStatus.CONFIRMED
            tale.tell(ArrangeHearing(hearing=number, arrangement=line.arrangement, status=status), line.role)
