"""Whatever has a date: over the nights on which the clocks change, on 29 February, at Orthodox Easter.

What `hearing/test_local_times.py` holds for hearings, `law/` for statutory terms, `residence/test_clock.py` for permits
and `test_quiet.py` for letters holds for everything else with a date. Each row was found on a wall calendar.

Clocks in Belgrade go forward on Sunday 29 March 2026 at 02:00 and back on Sunday 25 October 2026 at 03:00. 2028 is a
leap year; its 29 February is a Tuesday. Good Friday 30 April to Easter Monday 3 May 2027; the 4th stands for Sunday the
2nd, Labour Day; the office works again on Wednesday the 5th.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activities.pathway_files import PathwayStore
from domain.attendance.absence import AbsencePlanned, PlanAbsence
from domain.codes import ConsentGiver, ConsentPurpose, StepOutcome
from domain.contact.hours import call_hours
from domain.deadline import Deadline, deadline_at, review_deadline
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.consent import GiveConsent
from domain.journey.deciding import Surroundings
from domain.journey.majority import RecordComingOfAge
from domain.journey.reintegration.deciding import review_deadline as reintegration_deadline
from domain.journey.returning import timing
from domain.journey.safety.contact import AgreeSafeContact
from domain.journey.safety.planning import AgreeSafetyPlan
from domain.journey.safety.rules import (
    Agreement,
    Allowed,
    Bar,
    ContactChannel,
    ContactHours,
    ContactRule,
    NotAllowed,
    Weekday,
    may_contact,
)
from domain.journey.service.codes import Move, SearchChannel, SearchResult, ServiceOutcome
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.detailing import DetailService
from domain.journey.service.record import On
from domain.journey.service.searching import ReportUnreachable, SeekClient
from domain.journey.service_plan.goals import SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.mission.timers import check_in_deadline, departure_deadline, report_deadline, return_deadline
from domain.pathway.common import Span, Unit
from tests.domain.attendance.given import at_work
from tests.domain.given import NOTE
from tests.journeys.by_hand import LAWYER, ByHand
from tests.pathway_examples import small_pin

ASTRA = PathwayStore(Path(__file__).parents[2] / "pathways").latest("astra").pathway
SAME_DAY = Span(count=0, unit=Unit.CALENDAR_DAYS)
ZONE = ZoneInfo("Europe/Belgrade")


def at(text: str, *, again: bool = False) -> datetime:
    """`2026-03-29 09:00` on the wall, as an instant; `again`: the second time that clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=int(again)).astimezone(UTC)


def wall(instant: datetime) -> str:
    """What clocks on the wall show."""
    return instant.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def ladder(deadline: Deadline) -> Mapping[str, str]:
    """Its rungs by what clocks on the wall show."""
    return {rung.rung: wall(rung.at) for rung in deadline.rungs}


def by_hand(opened: str) -> ByHand:
    """A journey with every consent."""
    journey = ByHand(at(opened))
    for purpose in ConsentPurpose:
        journey.tell(GiveConsent(purpose=purpose))
    return journey


def recovering(opened: str) -> ByHand:
    """In recovery, where appointments are made."""
    journey = by_hand(opened)
    for step in ("safe-contact", "information-on-rights", "consent-to-assistance"):
        journey.tell(AdvanceStep(step=step, outcome=StepOutcome.DONE))
    assert journey.here.is_active("recovery")
    return journey


def owed(journey: ByHand, key: str) -> Deadline:
    """The deadline of what is owed."""
    return next(o.clockwork.deadline for o in obligations(journey.here) if o.key == key)


@pytest.mark.parametrize(
    ("step", "appointment", "rungs"),
    [
        (  # the Monday after the clocks went forward: three days before is still winter time
            "medical-appointment",
            at("2026-03-30 09:00"),
            {
                "before-3-calendar-days": "2026-03-27 08:00",
                "before-1-calendar-days": "2026-03-29 08:00",
                "escalate-supervisor-1-working-days": "2026-03-31 16:00",
            },
        ),
        (  # a ride half an hour after the gap: two hours before, clocks show half past midnight
            "transport",
            at("2026-03-29 03:30"),
            {"before-1-calendar-days": "2026-03-28 08:00", "before-2-hours": "2026-03-29 00:30"},
        ),
        (  # a ride at the second half past two: two hours before is the only half past one
            "transport",
            at("2026-10-25 02:30", again=True),
            {"before-1-calendar-days": "2026-10-24 08:00", "before-2-hours": "2026-10-25 01:30"},
        ),
        (
            "medical-appointment",
            at("2028-02-29 10:00"),
            {
                "before-3-calendar-days": "2028-02-26 08:00",
                "before-1-calendar-days": "2028-02-28 08:00",
                "escalate-supervisor-1-working-days": "2028-03-01 16:00",
            },
        ),
        (  # the day after Easter: the day before it is free, and the reminder comes on it all the same
            "home-visit",
            at("2027-05-05 11:00"),
            {
                "before-3-calendar-days": "2027-05-02 08:00",
                "before-1-calendar-days": "2027-05-04 08:00",
                "escalate-supervisor-1-working-days": "2027-05-06 16:00",
            },
        ),
        (  # the last day before Easter: nobody is late while the office is closed
            "home-visit",
            at("2027-04-29 10:00"),
            {
                "before-1-calendar-days": "2027-04-28 08:00",
                "escalate-supervisor-1-working-days": "2027-05-05 16:00",
                "escalate-on-call-3-working-days": "2027-05-07 16:00",
                "stall": "2027-05-11 16:00",
            },
        ),
    ],
)
def test_a_step_with_an_appointment(step: str, appointment: datetime, rungs: Mapping[str, str]) -> None:
    """By decision, with its date."""
    journey = recovering(wall(appointment - timedelta(days=20)))
    journey.tell(OpenStep(step=step, appointment=appointment))
    found = owed(journey, f"step:{step}:1")
    assert found.due_at == appointment
    assert {name: ladder(found)[name] for name in rungs} == rungs


@pytest.mark.parametrize(
    ("service", "said", "outcome", "due"),
    [
        ("informal-counselling", "2026-03-16 10:00", ServiceOutcome.PARTLY, "2026-03-30 16:00"),  # every fortnight
        ("informal-counselling", "2026-03-28 12:00", ServiceOutcome.CRISIS, "2026-03-29 13:00"),  # 24 hours are hours
        ("informal-counselling", "2026-10-24 12:00", ServiceOutcome.CRISIS, "2026-10-25 11:00"),
        ("counselling", "2028-01-31 10:00", ServiceOutcome.PARTLY, "2028-02-29 16:00"),  # a month
        ("counselling", "2027-01-29 10:00", ServiceOutcome.PARTLY, "2027-02-28 16:00"),
        ("accompaniment-court", "2027-04-29 10:00", ServiceOutcome.ACHIEVED, "2027-05-11 16:00"),  # five working days
    ],
)
def test_the_next_follow_up_of_a_service(service: str, said: str, outcome: ServiceOutcome, due: str) -> None:
    """Its rhythm counts local days from the outcome; the hours after a crisis are counted on instants."""
    journey = by_hand(wall(at(said) - timedelta(hours=1)))
    journey.tell(AssessServiceNeed(service=service))
    for move in (Move.OFFER, Move.CONSENT, Move.PLAN, Move.CARRY_OUT):
        journey.tell(AdvanceService(service=service, move=move))
    journey.now = at(said)
    journey.tell(AdvanceService(service=service, move=Move.RECORD_OUTCOME, outcome=outcome))
    assert wall(owed(journey, f"service:{service}:1").due_at) == due


@pytest.mark.parametrize(
    ("appointment", "reminded"),
    [
        ("2026-03-30 10:00", ("2026-03-27 08:00", "2026-03-29 08:00")),
        ("2026-10-25 09:00", ("2026-10-22 08:00", "2026-10-24 08:00")),
        ("2028-03-01 09:00", ("2028-02-27 08:00", "2028-02-29 08:00")),
        ("2027-03-01 09:00", ("2027-02-26 08:00", "2027-02-28 08:00")),
        ("2027-05-05 09:00", ("2027-05-02 08:00", "2027-05-04 08:00")),
    ],
)
def test_a_service_with_an_appointment(appointment: str, reminded: tuple[str, str]) -> None:
    """Reminded three days and one day before, in the office's morning of a day of the calendar."""
    journey = by_hand(wall(at(appointment) - timedelta(days=14)))
    journey.tell(AssessServiceNeed(service="counselling"))
    for move in (Move.OFFER, Move.CONSENT, Move.PLAN):
        journey.tell(AdvanceService(service="counselling", move=move))
    journey.tell(AdvanceService(service="counselling", move=Move.SCHEDULE, appointment=at(appointment)))
    found = owed(journey, "service:counselling:1")
    assert wall(found.due_at) == appointment
    assert tuple(ladder(found)[f"before-{n}-calendar-days"] for n in (3, 1)) == reminded


@pytest.mark.parametrize(
    ("field", "on", "term", "due"),
    [
        ("filed-on", date(2027, 12, 31), "reply", "2028-02-29"),  # sixty days
        ("filed-on", date(2026, 12, 31), "reply", "2027-03-01"),
        ("decision-served-on", date(2027, 4, 16), "appeal", "2027-05-05"),  # fifteen: Saturday 1 May, and so on
        ("decision-served-on", date(2026, 3, 26), "appeal", "2026-04-14"),  # fifteen: Good Friday, and so on
    ],
)
def test_a_term_of_a_request(field: str, on: date, term: str, due: str) -> None:
    """The day itself does not count; only where the rule says so does the last day roll."""
    journey = by_hand(f"{on} 09:00")
    journey.tell(AssessServiceNeed(service="child-benefit"))
    for move in (Move.OFFER, Move.CONSENT, Move.PLAN):
        journey.tell(AdvanceService(service="child-benefit", move=move))
    journey.tell(DetailService(service="child-benefit", details=(On(field=field, on=on),)))
    assert str(owed(journey, f"term:child-benefit:1:{term}").due_on) == due


def test_a_search_over_the_clock_change_and_over_29_february() -> None:
    """Attempts a week and a fortnight after contact was lost, at the end of the office's day."""
    spring, leap = by_hand("2026-03-23 09:00"), by_hand("2028-02-15 09:00")
    for journey in (spring, leap):
        journey.tell(ReportUnreachable())
    assert wall(owed(spring, "search").due_at) == "2026-03-30 16:00"
    assert wall(owed(leap, "search").due_at) == "2028-02-22 16:00"
    leap.now = at("2028-02-21 09:00")
    leap.tell(SeekClient(channel=SearchChannel.PHONE, result=SearchResult.NOT_REACHED))
    assert wall(owed(leap, "search").due_at) == "2028-02-29 16:00"


@pytest.mark.parametrize(
    ("now", "window", "span", "opens", "due"),
    [
        (
            "2026-03-28 23:00",
            "evenings",
            SAME_DAY,
            "2026-03-29 17:00",
            "2026-03-29 22:00",
        ),
        (
            "2026-10-24 23:00",
            "mornings",
            SAME_DAY,
            "2026-10-25 08:00",
            "2026-10-25 12:00",
        ),
        ("2026-10-24 21:00", "evenings", Span(count=3, unit=Unit.HOURS), "2026-10-24 21:00", "2026-10-24 22:00"),
        ("2028-02-28 10:00", "evenings", Span(count=1), "2028-02-29 17:00", "2028-02-29 22:00"),
        ("2027-04-29 10:00", "evenings", Span(count=1), "2027-05-05 17:00", "2027-05-05 22:00"),
    ],
)
def test_a_promised_call(now: str, window: str, span: Span, opens: str, due: str) -> None:
    """In the hours that the caller called safe, by the clock on the wall."""
    assert ASTRA.hotline is not None
    found = ASTRA.hotline.window(window)
    assert found is not None
    hours = call_hours(span, found, ASTRA, now=at(now))
    assert (wall(hours.opens_at), wall(hours.due_at)) == (opens, due)


def test_a_mission_in_the_nights_of_a_change() -> None:
    """A team is silent after two hours, not after two on the clock; 48 hours for the report are hours."""
    spring, autumn = (Surroundings(ASTRA, at(now)) for now in ("2026-03-20 10:00", "2026-10-20 10:00"))
    zone = "Europe/Belgrade"
    assert wall(check_in_deadline(spring, at("2026-03-29 00:30"), zone).due_at) == "2026-03-29 03:30"
    assert check_in_deadline(autumn, at("2026-10-25 01:30"), zone).due_at == at("2026-10-25 02:30", again=True)
    assert wall(return_deadline(spring, at("2026-03-29 05:00"), zone).due_at) == "2026-03-29 05:00"
    assert wall(report_deadline(spring, at("2026-03-28 12:00"), zone).due_at) == "2026-03-30 13:00"
    assert wall(report_deadline(autumn, at("2026-10-24 12:00"), zone).due_at) == "2026-10-26 11:00"
    leaves = departure_deadline(spring, at("2026-03-30 06:00"), zone)
    assert ladder(leaves)["before-1-calendar-days"] == "2026-03-29 08:00"


@pytest.mark.parametrize(
    ("now", "due", "rungs"),
    [
        ("2028-01-29 10:00", "2028-02-28 16:00", {"day": "2028-02-28 08:00"}),
        ("2028-01-30 10:00", "2028-02-29 16:00", {"escalate-supervisor-2-working-days": "2028-03-02 16:00"}),
        ("2026-02-27 10:00", "2026-03-29 16:00", {"day": "2026-03-29 08:00"}),  # the Sunday of the change
        (  # Good Friday: nobody climbs to the supervisor before the office has worked for two days
            "2027-03-31 10:00",
            "2027-04-30 16:00",
            {
                "escalate-supervisor-2-working-days": "2027-05-06 16:00",
                "escalate-on-call-5-working-days": "2027-05-11 16:00",
            },
        ),
    ],
)
def test_the_review_of_a_journey(now: str, due: str, rungs: Mapping[str, str]) -> None:
    """Thirty days of the calendar."""
    found = review_deadline(ASTRA, now=at(now))
    assert (wall(found.due_at), {name: ladder(found)[name] for name in rungs}) == (due, rungs)


@pytest.mark.parametrize(
    ("agreed", "plan", "safety"),
    [
        # three months and one month: from the 30th and 31st to the last of February
        ("2027-11-30 10:00", "2028-02-29 16:00", "2027-12-30 16:00"),
        ("2028-01-31 10:00", "2028-04-30 16:00", "2028-02-29 16:00"),
        ("2026-11-30 10:00", "2027-02-28 16:00", "2026-12-30 16:00"),
        # over the change of the clocks, still at four on the wall
        ("2026-02-27 10:00", "2026-05-27 16:00", "2026-03-27 16:00"),
    ],
)
def test_the_reviews_of_plans(agreed: str, plan: str, safety: str) -> None:
    """Of the individual plan and of the safety plan."""
    journey = by_hand(agreed)
    journey.tell(SetGoal(goal="safe-home", target_on=at(agreed).date() + timedelta(days=200)))
    journey.tell(AgreePlan())
    journey.tell(AgreeSafetyPlan(plan=NOTE))
    assert wall(owed(journey, "plan").due_at) == plan
    assert wall(owed(journey, "safety-plan").due_at) == safety


def test_the_ladder_of_a_plan_that_is_to_be_reviewed_on_29_february() -> None:
    """A fortnight before, and three working days: 24, 25 and 28 February."""
    journey = by_hand("2027-11-30 10:00")
    journey.tell(SetGoal(goal="safe-home", target_on=date(2028, 6, 1)))
    journey.tell(AgreePlan())
    found = ladder(owed(journey, "plan"))
    assert found["before-14-calendar-days"] == "2028-02-15 08:00"
    assert found["before-3-working-days"] == "2028-02-24 08:00"


def test_reintegration_is_looked_at_on_the_last_of_february() -> None:
    """A month from 31 January."""
    rules = ASTRA.reintegration
    assert rules is not None
    for now, due in (("2027-01-31 10:00", "2027-02-28 16:00"), ("2028-01-31 10:00", "2028-02-29 16:00")):
        assert wall(reintegration_deadline(1, rules, Surroundings(ASTRA, at(now))).due_at) == due


def test_the_checks_after_a_return() -> None:
    """Months from 31 August end on the last day where there is no 31st; the next one is again on the 31st."""
    surroundings = Surroundings(ASTRA, at("2027-08-31 18:00"))
    assert ASTRA.returning is not None
    found = {t.item: wall(t.deadline.due_at) for t in timing.checks(surroundings.now, ASTRA.returning, surroundings)}
    assert found == {
        "check-after-14-days": "2027-09-14 16:00",
        "check-after-3-months": "2027-11-30 16:00",
        "check-after-6-months": "2028-02-29 16:00",
        "check-after-12-months": "2028-08-31 16:00",
    }


def test_who_arrives_in_the_night_of_a_change() -> None:
    """Six hours to confirm it are hours: from ten in the evening to five by summer time, to three by winter time."""
    assert ASTRA.returning is not None
    for arrives, due in (("2026-03-28 22:00", "2026-03-29 05:00"), ("2026-10-24 22:00", "2026-10-25 03:00")):
        surroundings = Surroundings(ASTRA, at(arrives) - timedelta(hours=5))
        assert wall(timing.handover(at(arrives), ASTRA.returning, surroundings).deadline.due_at) == due


def test_a_client_who_comes_of_age_after_a_leap_day() -> None:
    """On 1 March 2028: sixty days before is New Year's Day, a fortnight before the 16th of February."""
    journey = by_hand("2027-06-01 10:00")
    for purpose in ConsentPurpose:
        journey.tell(GiveConsent(purpose=purpose, giver=ConsentGiver.GUARDIAN, recipient=LAWYER))
    journey.tell(RecordComingOfAge(adult_on=date(2028, 3, 1)))
    minority = journey.here.minority
    assert minority is not None
    assert wall(minority.adult_at) == "2028-03-01 00:00"
    found = ladder(owed(journey, "own-consent"))
    assert (found["before-60-calendar-days"], found["before-14-calendar-days"]) == (
        "2028-01-01 08:00",
        "2028-02-16 08:00",
    )


def test_an_absence_over_the_clock_change() -> None:
    """Its days begin at midnight on the wall: 71 hours for three of them in March, 73 in October."""
    for first, hours in ((date(2026, 3, 28), 71), (date(2026, 10, 24), 73)):
        away = PlanAbsence(pin=small_pin(), first_day=first, last_day=first + timedelta(days=2))
        (_, planned) = at_work().when(away).events
        assert isinstance(planned, AbsencePlanned)
        assert planned.ends_at - planned.begins_at == timedelta(hours=hours)
        assert wall(planned.begins_at) == f"{first} 00:00"


def test_a_step_of_hours_is_counted_on_instants() -> None:
    """Four hours from one in the morning: six by summer time, four by winter time."""
    step = ASTRA.find_step("emergency-relocation")
    assert step is not None
    for now, due in (("2026-03-29 01:00", "2026-03-29 06:00"), ("2026-10-25 01:00", "2026-10-25 04:00")):
        found = deadline_at(step[1], ASTRA, now=at(now), due_at=at(now) + timedelta(hours=4))
        assert wall(found.due_at) == due


NIGHTLY = Agreement(
    "Europe/Belgrade",
    (
        ContactRule(
            channel=ContactChannel.CALL,
            hours=(ContactHours(days=tuple(Weekday), starts=time(1, 30), ends=time(2, 30)),),
        ),
    ),
    valid_until=at("2028-03-01 00:00"),
)
"""Somebody who can speak in the middle of the night only, believed up to 29 February 2028."""


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at("2026-03-29 01:45"), at("2026-03-29 03:00")),  # half past two is over when the clocks jump over it
        (at("2026-03-29 03:10"), None),  # and nobody calls in the hour after it, which was never agreed
        (at("2026-03-29 03:29"), None),
        (at("2026-10-25 01:29"), None),
        (at("2026-10-25 02:10"), at("2026-10-25 02:30")),
        (at("2026-10-25 02:10", again=True), None),  # the second time: they called already, or it waits for tomorrow
        (at("2028-02-29 02:00"), at("2028-02-29 02:30")),
    ],
)
def test_a_call_in_the_hours_that_a_client_agreed_to(now: datetime, until: datetime | None) -> None:
    """Where it is doubtful whether the hour is one of them, nobody calls."""
    found = may_contact(NIGHTLY, ContactChannel.CALL, now)
    assert (found.until if isinstance(found, Allowed) else None) == until


def test_how_long_a_safe_contact_is_believed() -> None:
    """Thirty days: 29 February is the last of them, to its end; over the change of the clocks too."""
    for said, until in (("2028-01-30 10:00", "2028-03-01 00:00"), ("2026-02-27 10:00", "2026-03-30 00:00")):
        journey = by_hand(said)
        journey.tell(AgreeSafeContact(rules=NIGHTLY.rules))
        contact = journey.here.safe_contact
        assert contact is not None
        assert wall(contact.agreement.valid_until) == until
    assert may_contact(NIGHTLY, ContactChannel.CALL, at("2028-03-01 02:00")) == NotAllowed(Bar.STALE)
