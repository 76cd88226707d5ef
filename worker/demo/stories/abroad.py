"""Foreign nationals: the ninety days, their extension, the way home and the way back to testify."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid5

from domain.codes import ConsentPurpose, Role, StepOutcome
from domain.journey.advancing import OpenStep
from domain.journey.consent import GiveConsent
from domain.journey.correcting import CorrectStep
from domain.journey.merging import MergeJourney, ReverseMerge
from domain.journey.returning.commands import TellOfStop, WithdrawVoluntariness
from domain.journey.stages import EnterStage
from domain.pathway.formal_status import FormalStatus
from worker.demo.days import SITTINGS
from worker.demo.habits import assign, work
from worker.demo.stories.hearing import settle_task, summoned_from_abroad
from worker.demo.stories.returning import (
    agreed_to_leave,
    applied_for_papers,
    checked,
    left,
    received,
    receiver_found,
    return_begun,
    return_prepared,
    return_wished,
)
from worker.demo.stories.standing import (
    applied,
    corrected,
    decided,
    extended_by_a_year,
    first_talk,
    left_the_country,
    permitted,
    wrong_paper,
)
from worker.demo.stories.turns import begin, to_the_present, until, until_done
from worker.demo.tale import NAMESPACE, Story, Tale


def ninety_days(tale: Tale, since: int) -> Story:
    """The recovery period begins on that day; nobody reviews the recovery before."""
    tale.hold.add("recovery-review")
    yield from until(tale, since)
    tale.hold.discard("recovery-review")
    assign(tale, Role.LAWYER)
    first_talk(tale, days_here=60)
    decided(tale, FormalStatus.REPORTED, days_ago=9)
    decided(tale, FormalStatus.PRESUMED, days_ago=2)
    permitted(tale)


def a_year(tale: Tale, months: int | None = None) -> None:
    """The ninety days are over: formally identified, and a year of residence, or so many months of it."""
    decided(tale, FormalStatus.IDENTIFIED, days_ago=6)
    permitted(tale, "protection", "centre-opinion", days=months and 30 * months)


def wants_home(tale: Tale, since: int) -> Story:
    """The client wishes to return."""
    yield from until(tale, since)
    tale.tell(GiveConsent(purpose=ConsentPurpose.REPATRIATION))
    tale.tell(EnterStage(stage="repatriation"), note="Želi kući kod sestre; razgovor vođen uz prevodioca.")


def in_the_period(tale: Tale, opened: int, since: int) -> Story:
    """In the ninety days."""
    yield from begin(tale, opened)
    yield from ninety_days(tale, since)
    yield from to_the_present(tale)


def taken_for_another(tale: Tale) -> Story:
    """Two thirds of the ninety days are over, a year is applied for; merged with another by mistake, and reversed."""
    yield from begin(tale, -130)
    yield from ninety_days(tale, -63)
    yield from until(tale, -58)
    corrected(tale)
    tale.tell(MergeJourney(survivor=uuid5(NAMESPACE, "day-twenty")), Role.SUPERVISOR)
    yield tale.near(-56)
    tale.tell(ReverseMerge(), Role.SUPERVISOR)
    yield from until(tale, -30)
    _correct(tale, "urgent-medical-care")
    yield from until(tale, -5)
    applied(tale)
    yield from to_the_present(tale)


def _correct(tale: Tale, step: str) -> None:
    """It was called done in the wrong journey."""
    state = tale.here.occurrences(step)[-1]
    assert state.advanced_version is not None, f"{tale.name}: {step} was not advanced"
    command = CorrectStep(step=step, corrects=state.advanced_version, outcome=StepOutcome.DECLINED)
    tale.tell(command, note="Uneto u pogrešan predmet; pregled je odbijen, ne obavljen.")


def extended(tale: Tale) -> Story:
    """Residence was extended for a year; a return was considered and declined."""
    yield from begin(tale, -420)
    yield from ninety_days(tale, -350)
    yield from until(tale, -275)
    wrong_paper(tale)
    yield from until(tale, -256)  # the ninety days were over some days ago
    a_year(tale, months=8)
    yield from wants_home(tale, -240)
    yield from until_done(tale, "return-counselling")
    return_begun(tale)
    yield tale.days.office(tale.days.local(tale.now) + timedelta(days=2), tale.random)
    tale.tell(WithdrawVoluntariness(number=1))
    tale.tell(TellOfStop(number=1))
    yield from until(tale, -60)
    applied(tale)
    yield from until(tale, -45)
    extended_by_a_year(tale)
    yield from to_the_present(tale)


def thinks_it_over(tale: Tale) -> Story:
    """The return is prepared; whether it is wished is still to be said."""
    yield from begin(tale, -110)
    yield from ninety_days(tale, -60)
    yield from wants_home(tale, -16)
    yield from until(tale, -6)
    return_begun(tale)
    yield from to_the_present(tale)


def no_travel_document(tale: Tale) -> Story:
    """No birth certificate comes, so no travel document: the clock says that a partner is waited for."""
    yield from begin(tale, -240)
    yield from ninety_days(tale, -185)
    yield from wants_home(tale, -170)
    yield from until(tale, -105)
    a_year(tale)
    tale.hold.add("personal-documents")
    tale.tell(OpenStep(step="personal-documents"))
    yield from until(tale, -31)
    return_begun(tale)
    applied_for_papers(tale)
    yield from until(tale, -26)
    return_wished(tale)
    receiver_found(tale)
    yield from to_the_present(tale)


def departs(tale: Tale) -> Story:
    """The departure is in six days."""
    yield from begin(tale, -290)
    yield from ninety_days(tale, -240)
    yield from wants_home(tale, -215)
    yield from until(tale, -155)
    a_year(tale)
    yield from until(tale, -25)
    at = tale.days.at(tale.days.near(6), SITTINGS[1])
    return_begun(tale)
    return_prepared(tale, at, passport_days=200)
    yield from to_the_present(tale)


def comes_back_to_testify(tale: Tale) -> Story:
    """Returned home last year; the hearing in two days needs her here, and Mila brings her: the plan and a visit."""
    yield from begin(tale, -480)
    yield from ninety_days(tale, -435)
    yield from wants_home(tale, -395)
    yield from until(tale, -364)
    return_begun(tale)
    return_prepared(tale, tale.now + timedelta(days=4), passport_days=300)
    yield tale.near(-360)
    agreed_to_leave(tale)
    left(tale)
    yield tale.days.at(tale.days.local(tale.now) + timedelta(days=1), SITTINGS[0])
    received(tale)
    yield tale.days.office(tale.days.local(tale.now) + timedelta(days=1), tale.random)
    yield from until(tale, -352)
    left_the_country(tale)
    for day, check in ((-346, "after-14-days"), (-271, "after-3-months"), (-180, "after-6-months")):
        yield from until(tale, day)
        checked(tale, check)
    at = tale.days.at(tale.days.near(2), SITTINGS[1])
    yield from summoned_from_abroad(tale, "witness-examination", at, -47)
    return_begun(tale, hearing=1)
    yield from until(tale, -26)
    return_prepared(tale, _leaves(tale, at), passport_days=300, number=2)
    yield from until(tale, -2)
    settle_task(tale, "hearing-still-on")
    yield from work(tale, tale.days.now)


def _leaves(tale: Tale, hearing: datetime) -> datetime:
    """The morning before; where that is today already, the night before the hearing."""
    before = hearing - timedelta(hours=27)
    return before if tale.days.local(before) > tale.days.today else hearing - timedelta(hours=6)
