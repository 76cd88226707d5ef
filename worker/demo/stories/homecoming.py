"""A way home with everything that goes wrong on it, and a visit for a court that needs a way home of its own."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.codes import ClosingReason, ConsentPurpose, Role
from domain.journey.consent import GiveConsent
from domain.journey.hearing.codes import Attendance, HearingOutcome
from domain.journey.hearing.commands import AcknowledgeHearing, DebriefHearing, HoldHearing, SummonHearing
from domain.journey.returning.codes import Finding, StopReason, Trouble, WayHomeAnswer
from domain.journey.returning.commands import (
    AssessReturn,
    BeginReturn,
    ReportHandoverTrouble,
    ResumeReturn,
    SettleWayHome,
    StopReturn,
    TakeBackReturn,
    TellOfStop,
)
from domain.journey.service.codes import Concern, ConcernAnswer
from domain.journey.service.concerning import AnswerConcern, RaiseConcern
from domain.pathway.returning import ReturnDirection
from worker.demo.days import CALENDAR, SITTINGS
from worker.demo.providers import PARTNER
from worker.demo.stories.hearing import prepare
from worker.demo.stories.returning import agreed_to_leave, checked, left, received, return_begun, return_prepared
from worker.demo.stories.turns import assessed, begin, close, until
from worker.demo.tale import Story, Tale

_HOUR = timedelta(hours=1)


def went_home(tale: Tale, opened: int, closed: int) -> Story:
    """Home at the second attempt, back for a day in court, home again; closed, since she lives there."""
    yield from begin(tale, opened)
    yield from until(tale, opened + 22)
    tale.tell(GiveConsent(purpose=ConsentPurpose.REPATRIATION))
    return_begun(tale)
    tale.tell(StopReturn(number=1, reason=StopReason.RECEIVER_LOST))
    tale.tell(TellOfStop(number=1))
    yield from until(tale, opened + 24)
    tale.tell(ResumeReturn(number=1))
    yield from _on_the_way(tale, opened + 26)
    yield from _visits(tale, opened + 50)
    yield from close(tale, closed, ClosingReason.LEFT_COUNTRY)


def _on_the_way(tale: Tale, day: int) -> Story:
    """Somebody asks for her, and both sides look again; a train that did not leave, a connection that was missed."""
    leaves = tale.days.at(tale.days.near(day + 4), SITTINGS[0])
    return_prepared(tale, leaves, passport_days=400)
    yield from until(tale, day)
    tale.tell(RaiseConcern(concern=Concern.THREAT), note="Nepoznat broj je zvao majku.")
    tale.tell(AnswerConcern(answer=ConcernAnswer.UNFOUNDED), Role.SUPERVISOR)
    tale.tell(assessed(tale, "return-risk"))
    tale.tell(AssessReturn(number=1, partner=PARTNER, ours=Finding.SAFE, theirs=Finding.SAFE))
    agreed_to_leave(tale)
    yield leaves
    left(tale)
    wrong = tale.here.returns[1].status_version
    tale.tell(TakeBackReturn(number=1, corrects=wrong), Role.MOBILE_TEAM, "Воз је отказан, чекају следећи.")
    yield leaves + 2 * _HOUR
    left(tale)
    yield leaves + 4 * _HOUR
    tale.tell(ReportHandoverTrouble(number=1, trouble=Trouble.MISSED_CONNECTION), Role.MOBILE_TEAM)
    yield leaves + 6 * _HOUR
    received(tale)
    yield from until(tale, day + 18)
    checked(tale, "after-14-days")


def _visits(tale: Tale, day: int) -> Story:
    """Here for a day in court; the way home was to be a partner's, and then was ours."""
    yield from until(tale, day)
    hearing = tale.days.at(tale.days.near(day + 12), SITTINGS[1])
    tale.tell(SummonHearing(hearing_kind="judgment", starts_at=hearing), Role.LAWYER)
    if tale.here.hearings[1].seen is not None:
        tale.tell(AcknowledgeHearing(hearing=1), Role.LAWYER)
    prepare(tale, 1)
    return_begun(tale, hearing=1)
    leaves = tale.days.at(CALENDAR.add_working_days(tale.days.local(hearing), -1), time(7, 30))
    return_prepared(tale, leaves, passport_days=400, number=2)
    agreed_to_leave(tale, 2)
    yield leaves
    left(tale, 2)
    yield leaves + 5 * _HOUR
    received(tale, 2)
    tale.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD", follows=2))
    tale.tell(StopReturn(number=3, reason=StopReason.OTHER))
    tale.tell(TellOfStop(number=3))
    tale.tell(SettleWayHome(number=2, answer=WayHomeAnswer.SEEN_TO_BY_PARTNER))
    yield hearing + 2 * _HOUR
    _heard(tale)
    tale.tell(ResumeReturn(number=3))
    yield from _home_again(tale, hearing)


def _heard(tale: Tale) -> None:
    held = HoldHearing(hearing=1, outcome=HearingOutcome.DECISION_ANNOUNCED, attendance=Attendance.PRESENT)
    tale.tell(held, Role.LAWYER)
    tale.tell(DebriefHearing(hearing=1))


def _home_again(tale: Tale, hearing: datetime) -> Story:
    """On the next working morning."""
    leaves = tale.days.at(CALENDAR.add_working_days(tale.days.local(hearing), 1), SITTINGS[0])
    return_prepared(tale, leaves, passport_days=400, number=3)
    agreed_to_leave(tale, 3)
    yield leaves
    left(tale, 3)
    yield leaves + 6 * _HOUR
    received(tale, 3)
