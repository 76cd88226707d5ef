"""The ladder of a permit, and the alarm that falls silent only when somebody settles the matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import ClosingReason, Mover, ObligationKind, ReopeningReason, Role, RungEffect, StallCause
from domain.journey import obligations, wakes
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.obligation import is_wanted
from domain.journey.residence.clock import alarm_again
from domain.journey.residence.codes import EndReason, PermitStatus
from domain.journey.residence.commands import ApplyForExtension, EndResidence, RevokeResidence
from domain.journey.residence.events import ResidenceAlarmRepeated, ResidenceExpired
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import MILA, VERA, Given
from tests.domain.residence.scenes import fire_next, grant, granted, last_fired, next_wake, permit
from tests.domain.residence.test_clock import PATHWAY, RULES

LAST_MINUTE = datetime(2026, 5, 30, 21, 59, tzinfo=UTC)


def ran_out() -> Given:
    """Ninety days went by and nobody did anything."""
    scene = granted()
    while permit(scene).status is PermitStatus.VALID:
        scene = fire_next(scene)
    return scene


def told(event: RungsFired) -> set[Role]:
    """Who is told, by role."""
    return {a.role for a in event.addressees}


def test_the_owner_is_reminded_four_times_and_at_three_days_the_supervisor_too() -> None:
    """In the morning, on the wall; each once."""
    scene, found = granted(), []
    for _ in range(4):
        scene = fire_next(scene)
        event = last_fired(scene)
        found.append(((date(2026, 5, 30) - scene.now.date()).days, event.effects, told(event)))
    owner, both = {Role.CASEWORKER}, {Role.CASEWORKER, Role.SUPERVISOR}
    assert [(n, who) for n, _, who in found] == [(30, owner), (14, owner), (7, owner), (3, both)]
    assert {e for _, effects, _ in found for e in effects} == {RungEffect.REMIND}


def test_the_end_passes_by_itself_and_rings_at_the_highest_level() -> None:
    """Owner, supervisor and whoever is on call, at once; and it counts as standing still from then on."""
    scene = granted()
    while next_wake(scene).at < LAST_MINUTE:
        scene = fire_next(scene)
    wake, before = next_wake(scene), permit(scene)
    on_time = scene.at(wake.at)
    command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
    rungs, expired = on_time.when(command).events
    assert isinstance(rungs, RungsFired)
    assert rungs.effects == (RungEffect.DUE, RungEffect.ESCALATE)
    assert told(rungs) == {Role.CASEWORKER, Role.SUPERVISOR, Role.ON_CALL}
    assert rungs.due_at == LAST_MINUTE
    following = alarm_again(before.clockwork.deadline, RULES, PATHWAY, now=LAST_MINUTE)
    assert expired == ResidenceExpired(number=1, deadline=following)
    after = on_time.and_then(rungs, expired)
    assert permit(after).status is PermitStatus.EXPIRED
    (owed,) = (o for o in obligations(after.state) if o.kind is ObligationKind.RESIDENCE)
    assert owed.due_at == LAST_MINUTE
    assert owed.stall is not None
    assert (owed.stall.cause, owed.stall.since) == (StallCause.OVERDUE, LAST_MINUTE)


def test_the_letter_about_the_end_is_still_wanted_after_the_clock_wound_itself_on() -> None:
    """The alarm above all: what the clock adds supersedes no letter; what a person enters does."""
    scene = ran_out()
    fired_at = last_fired(scene).date_version
    assert permit(scene).clockwork.date_version == fired_at + 1
    assert is_wanted(scene.state, "residence:1", fired_at)
    again = fire_next(scene)
    assert is_wanted(again.state, "residence:1", fired_at)
    settled = again.having(EndResidence(reason=EndReason.OTHER_RIGHT_TO_STAY))
    assert not is_wanted(settled.state, "residence:1", fired_at)
    followed = again.having(grant("long", "opinion", date(2026, 6, 1)))
    assert not is_wanted(followed.state, "residence:1", fired_at)


def test_the_alarm_goes_on_every_working_morning_until_somebody_settles_it() -> None:
    """Also with an application pending; it says that others are waited for."""
    scene = ran_out()
    for day in (1, 2, 3, 4, 5, 8):
        scene = fire_next(scene)
        assert scene.now == datetime(2026, 6, day, 6, tzinfo=UTC)
        assert told(last_fired(scene)) == {Role.CASEWORKER, Role.SUPERVISOR, Role.ON_CALL}
        assert isinstance(scene.history[-1].event, ResidenceAlarmRepeated)
    pending = scene.having(ApplyForExtension(applied_on=date(2026, 6, 8)))
    (owed,) = (o for o in obligations(pending.state) if o.kind is ObligationKind.RESIDENCE)
    assert owed.waits_on is Mover.PARTNER
    assert owed.stall is not None
    assert owed.stall.cause is StallCause.WAITING_ON_PARTNER
    assert fire_next(pending).now == datetime(2026, 6, 9, 6, tzinfo=UTC)
    silent = pending.having(EndResidence(reason=EndReason.LEFT_COUNTRY))
    assert not [w for w in wakes(silent.state) if w.key.startswith("residence")]


def test_a_revoked_permit_rings_at_once_and_goes_on() -> None:
    """As one that ran out."""
    scene = granted("long", "opinion").later(days=30).having(RevokeResidence(ground="security"))
    first = fire_next(scene)
    assert first.now == scene.now
    assert told(last_fired(first)) == {Role.CASEWORKER, Role.SUPERVISOR, Role.ON_CALL}
    assert next_wake(first).at > first.now


def test_after_an_outage_one_message_says_that_it_is_late() -> None:
    """The clock was dead for half a year: everything missed comes in one, and the next is ahead of now."""
    scene = granted().at(datetime(2026, 11, 3, 10, tzinfo=UTC))
    wake = next_wake(scene)
    after = scene.having(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))
    event = last_fired(after)
    assert event.late
    assert len(event.rungs) == 6
    assert permit(after).status is PermitStatus.EXPIRED
    assert next_wake(after).at == datetime(2026, 11, 4, 7, tzinfo=UTC)


def test_each_moment_is_fired_once() -> None:
    """A timer that runs twice, or one of a day that has moved, changes nothing."""
    scene = granted()
    wake = next_wake(scene)
    once = fire_next(scene)
    again = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
    once.when(again).then_nothing()
    ended = ran_out()
    due = FireRung(obligation="residence:1", rung="due", date_version=1)
    ended.when(due).then_nothing()


def test_a_closed_journey_is_silent_and_a_reopened_one_rings() -> None:
    """Two years later the first thing that is said is that residence has run out."""
    closed = granted().having(CloseJourney(reason=ClosingReason.UNREACHABLE))
    assert wakes(closed.state) == []
    back = closed.later(days=730).having(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    assert next_wake(back).at < back.now
    assert permit(fire_next(back)).status is PermitStatus.EXPIRED


def test_whoever_has_the_role_when_it_rings_is_told() -> None:
    """The lawyer who took over yesterday."""
    scene = granted().later(days=50).having(Assign(role=Role.LAWYER, staff=VERA))
    assert {a.staff for a in last_fired(fire_next(scene)).addressees} == {VERA}
    assert MILA != VERA


def test_without_the_section_the_ladder_ends_and_the_review_takes_over() -> None:
    """Another release of the pathway may lack it: the journey lives on."""
    scene = ran_out().on(PATHWAY.model_copy(update={"residence": None}))
    after = fire_next(scene)
    assert isinstance(after.history[-1].event, RungsFired)
    assert wakes(after.state)
    assert after.now + timedelta(days=40) > wakes(after.state)[0].at
