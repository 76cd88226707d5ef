"""What the boards of the demonstration show, whatever the day and hour on which it is started for the first time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from activities.pathway_files import PathwayStore
from domain.calendar import calendar_of, local_date
from domain.codes import (
    ClosingReason,
    ConsentGiver,
    ConsentPurpose,
    Mover,
    ObligationKind,
    Phase,
    Role,
    StallCause,
    StepOutcome,
)
from domain.journey import Journey, obligations, wakes
from domain.journey.hearing.codes import HearingReason, HearingStatus
from domain.journey.hearing.commands import HoldHearing, PostponeHearing
from domain.journey.returning.departing import may_depart
from domain.journey.stalling import StallStep
from domain.journey.standing import ConsentKey
from domain.journey.state import LinkStatus, StepState
from domain.mission.codes import MissionPhase
from domain.mission.state import Mission
from domain.pathway.model import Country
from domain.stream.obligation import Obligation
from tests.demo.conftest import PATHWAYS
from worker.demo.caseload import SPAN, told
from worker.demo.days import ZONE
from worker.demo.plan import Delivered, Fired, Told
from worker.demo.staff import JASNA, LUKA, MILA, NADA, OGNJEN
from worker.demo.tale import Tale
from worker.demo.telling import Teller

NOWS = {
    "a Tuesday morning": datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    "a Thursday evening": datetime(2026, 12, 3, 20, 15, tzinfo=UTC),
    "a Friday noon": datetime(2027, 2, 12, 11, 0, tzinfo=UTC),
    "a Sunday night": datetime(2027, 6, 20, 1, 5, tzinfo=UTC),
    "Easter Monday": datetime(2027, 5, 3, 9, 0, tzinfo=UTC),
    "New Year's Day": datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
    "the night of a clock change": datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 15, 30, tzinfo=UTC),
}
STORE = PathwayStore(PATHWAYS)
WORKING = calendar_of(Country.SERBIA)
DAY = timedelta(days=1)


@cache
def caseload(when: str) -> Teller:
    return told(NOWS[when], STORE)


def journeys(when: str) -> Mapping[str, Journey]:
    """By the name that the cast gives them."""
    return {tale.name: tale.here for tale in caseload(when).tales.values() if isinstance(tale, Tale)}


def missions(when: str) -> Mapping[str, Mission]:
    """The missions by their names."""
    return {tale.name: tale.state for tale in caseload(when).tales.values() if isinstance(tale.state, Mission)}


def stalled(when: str) -> list[StepState]:
    return [s for j in journeys(when).values() if j.phase is Phase.OPEN for s in j.steps.values() if s.stall]


def owed(tale: Journey, *, by: object) -> list[Obligation]:
    return [o for o in obligations(tale) if o.owner.staff == by]


every_day = pytest.mark.parametrize("when", NOWS)


@every_day
def test_the_board_shows_every_cause_over_several_stages(when: str) -> None:
    """Six to nine stalled steps, some found by the clock and some said by a person."""
    found = stalled(when)
    assert {s.stall.cause for s in found if s.stall} == set(StallCause)
    assert 6 <= len(found) <= 9
    assert len({s.stage for s in found}) >= 4
    said = [a for a in caseload(when).actions if isinstance(a.what, Told) and isinstance(a.what.command, StallStep)]
    assert 1 <= len(said) < len(found)


@every_day
def test_mila_has_a_day_worth_looking_at(when: str) -> None:
    """About three steps due today or overdue, a hearing within days, others waiting."""
    now, today = NOWS[when], local_date(NOWS[when], ZONE)
    mine = [(o, j) for j in journeys(when).values() for o in owed(j, by=MILA.id)]
    running = [(o, j) for o, j in mine if not (o.key in j.steps and j.steps[o.key].stall)]
    pressing = [o.key for o, _ in running if o.due_at < now or o.clockwork.deadline.due_on == today]
    assert 3 <= len(pressing) <= 4, pressing
    hearing = [o for o, _ in running if o.kind is ObligationKind.RETURN_DEPARTURE]
    # In two days where a court sits then; over a weekend or a row of holidays, at the next sitting day.
    assert [o.due_at > now for o in hearing] == [True]
    assert WORKING.working_days_between(today, hearing[0].clockwork.deadline.due_on) <= 2
    waiting = [o for o, _ in running if o.waits_on is not Mover.US]
    assert len(waiting) >= 3


@every_day
def test_nothing_else_is_late(when: str) -> None:
    """What is overdue without being stalled was told on purpose."""
    late = {
        f"{name} {o.key}"
        for name, j in journeys(when).items()
        for o in obligations(j)
        if o.due_at < NOWS[when] - DAY and not (o.key in j.steps and j.steps[o.key].stall)
    }
    assert late <= {
        "needs-late step:needs-assessment:1",
        "report-late step:report-to-centre:1",
        "appeal-running term:1:confirmation",
        "judgment-not-served term:1",
    }


@every_day
def test_hearings_lie_ahead_within_two_days_a_week_and_later(when: str) -> None:
    """In criminal and civil proceedings."""
    now = NOWS[when]
    ahead = sorted(
        o.appointment - now
        for j in journeys(when).values()
        for o in obligations(j)
        if o.appointment and o.kind is ObligationKind.HEARING
    )
    assert len([d for d in ahead if timedelta(0) < d <= 6 * DAY]) >= 2
    assert len([d for d in ahead if 2 * DAY < d <= 10 * DAY]) >= 1
    assert len([d for d in ahead if d > 15 * DAY]) >= 2
    found = [h for j in journeys(when).values() for h in j.hearings.values()]
    assert {h.postponements for h in found} >= {0, 1}, "some were postponed at the door"
    assert [h for h in found if h.status is HearingStatus.POSTPONED], "and one has no new date"


@every_day
def test_every_open_journey_has_a_wake_ahead(when: str) -> None:
    """And no timer that had run out was left unfired."""
    for name, journey in journeys(when).items():
        if journey.phase is Phase.OPEN:
            assert wakes(journey)[0].at > NOWS[when], name


@every_day
def test_people_decide_in_office_hours(when: str) -> None:
    """But for what is a matter of hours, which those on duty do on any day."""
    on_duty = {JASNA.id, LUKA.id, NADA.id}
    outside = 0
    for action in caseload(when).actions:
        if not isinstance(action.what, Told):
            continue
        local = action.at.astimezone(ZoneInfo(ZONE))
        if not WORKING.is_working_day(local.date()) or not 8 <= local.hour < 18:
            outside += 1
            assert action.what.actor in on_duty, (action.at, action.what.command)
    assert outside < 30


@every_day
def test_the_history_is_long_and_in_order(when: str) -> None:
    """Spread over eighteen months, hundreds to a few thousand events."""
    actions = caseload(when).actions
    times = [a.at for a in actions]
    assert times == sorted(times)
    assert NOWS[when] - SPAN <= times[0] < NOWS[when] - 520 * DAY
    assert times[-1] <= NOWS[when]
    months = Counter((t.year, t.month) for t in times)
    assert len(months) >= 18
    receipts = sum(isinstance(a.what, Delivered) for a in actions)
    assert 800 < sum(j.version for j in journeys(when).values()) + receipts < 5000


@every_day
def test_every_message_asked_for_was_delivered(when: str) -> None:
    """To people who exist."""
    asked = sum(isinstance(a.what, Fired) for a in caseload(when).actions)
    delivered = [a.what for a in caseload(when).actions if isinstance(a.what, Delivered)]
    assert 0 < asked <= len(delivered)
    assert len({d.message for d in delivered}) == len(delivered)


def test_the_shares_are_those_of_published_figures() -> None:
    """Four to five in ten are children, a fifth come from abroad, three in ten hearings are postponed."""
    when = "a Tuesday morning"
    own = [t for t in caseload(when).tales.values() if isinstance(t, Tale) and t.pinned.pin.name == "astra"]
    children = [t for t in own if t.giver is ConsentGiver.GUARDIAN]
    abroad = [t for t in own if t.here.permits]
    assert 0.38 <= len(children) / len(own) <= 0.52
    assert 0.15 <= len(abroad) / len(own) <= 0.25
    given = [a.what.command for a in caseload(when).actions if isinstance(a.what, Told)]
    sat = [c for c in given if isinstance(c, HoldHearing)]
    not_kept = [c for c in given if isinstance(c, PostponeHearing)]
    assert 0.2 <= len(not_kept) / len([*sat, *not_kept]) <= 0.5
    assert len([c for c in not_kept if c.reason is HearingReason.CLIENT_ILL]) >= 2


@every_day
def test_every_kind_of_situation_is_there(when: str) -> None:
    """What the issue asks for, each by its name."""
    found = journeys(when)
    now = NOWS[when]
    reasons = {j.closing.reason for j in found.values() if j.closing}
    assert {ClosingReason.GOALS_REACHED, ClosingReason.MISSING, ClosingReason.LEFT_COUNTRY} <= reasons
    assert {ClosingReason.IN_DETENTION, ClosingReason.CONSENT_WITHDRAWN} <= reasons
    assert found["found-again"].reopened == found["reopened-for-court"].reopened == 1
    assert found["duplicate"].phase is Phase.MERGED
    assert found["duplicate"].id in found["plan-today"].absorbed
    assert found["day-sixty-three"].phase is Phase.OPEN
    assert not found["day-twenty"].absorbed
    assert found["withdraws-a-consent"].consents[ConsentKey(ConsentPurpose.ACCOMMODATION)].withdrawn_at is not None
    links = [link for j in found.values() for link in j.links.values()]
    assert len(links) == 4
    assert {link.status for link in links} == {LinkStatus.AGREED}
    assert found["child-with-guardian"].occurrences("guardian-involved")
    corrected = found["day-sixty-three"].occurrences("urgent-medical-care")[-1]
    assert corrected.outcome is StepOutcome.DECLINED
    period = found["day-eighty-five"].permits[1]
    assert timedelta(0) < period.clockwork.deadline.due_at - now <= 8 * DAY
    assert found["departs"].is_active("repatriation")
    assert found["papers-with-us"].is_active("reintegration")
    assert sum(j.pin.name == "housing-support" for j in found.values()) == 3
    assert Role.LAWYER not in found["without-a-lawyer"].assigned
    assert all(OGNJEN.id == j.assigned.get(Role.LAWYER, OGNJEN.id) for j in found.values())
    notes = [a.what.note for a in caseload(when).actions if isinstance(a.what, Told) and a.what.note]
    assert len(notes) >= 20
    assert any("а" in note for note in notes)
    assert any("a" in note for note in notes)


@every_day
def test_somebody_goes_home_somebody_is_looked_after_there_and_somebody_stays(when: str) -> None:
    """A return that is ready and one that has only begun, a check that is due soon, a reintegration."""
    found, now = journeys(when), NOWS[when]
    leaving = found["departs"].returns[1]
    assert leaving.route is not None
    assert leaving.route.departs_at > now
    assert may_depart(found["departs"], leaving, STORE.latest("astra").pathway, now) == ()
    assert set(leaving.owed) == {"departure", "document-travel-document"}
    assert "voluntariness" in found["thinks-it-over"].returns[1].owed
    (check,) = found["comes-back-to-testify"].returns[1].owed.values()
    assert check.item == "check-after-12-months"
    assert now < check.clockwork.deadline.due_at < now + 14 * DAY
    staying = found["papers-with-us"].reintegration
    assert staying is not None
    assert staying.is_running


def test_the_same_moment_tells_the_same_story() -> None:
    """To the last microsecond."""
    when = "a Sunday night"
    assert told(NOWS[when], STORE).actions == caseload(when).actions


@pytest.mark.parametrize("when", NOWS)
def test_a_team_is_out_and_a_report_is_overdue(when: str) -> None:
    """One mission is waited for now, one has been back for days without a word, one lies ahead, the others are over."""
    found = missions(when)
    out = found["mission-out-now"]
    assert out.phase is MissionPhase.DEPARTED
    due = out.timers[ObligationKind.MISSION_CHECK_IN].clockwork.deadline.due_at
    assert NOWS[when] < due < NOWS[when] + timedelta(hours=2)
    overdue = found["mission-report-overdue"]
    assert overdue.phase is MissionPhase.RETURNED
    assert overdue.timers[ObligationKind.MISSION_REPORT].clockwork.stalled_at is not None
    assert sum(1 for mission in found.values() if not mission.is_open) == len(found) - 3
    assert journeys(when)["guardian"].missions[out.id].phase is MissionPhase.DEPARTED
