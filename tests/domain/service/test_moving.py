"""What a move needs, what is due after it, and whose move it then is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import ConsentPurpose, Mover, Role, StallCause
from domain.journey.consent import WithdrawConsent
from domain.journey.service.codes import Move, ServiceEnd, ServiceOutcome, ServiceReason, ServiceStatus
from domain.journey.service.commands import AssessServiceNeed
from domain.journey.service.detailing import DetailService
from domain.journey.service.events import ServiceFollowUpSet, ServiceMoved, ServiceNeeded
from domain.journey.service.record import On
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.domain.given import MONDAY, NOTE, begun
from tests.domain.service.told import (
    CLINIC,
    advance,
    consented,
    needed,
    owed,
    passed,
    scheduled,
    stands,
    state,
    willing,
)
from tests.pathway_examples import small_pathway

S = ServiceStatus


def test_a_need_begins_a_service() -> None:
    """It is to be offered within the length of the pathway, by the role that gives it."""
    when = begun().when(AssessServiceNeed(service="talk", note=NOTE))
    event = when.events[0]
    assert isinstance(event, ServiceNeeded)
    assert (event.role, event.consent, event.deadline.due_on) == (
        Role.PSYCHOLOGIST,
        ConsentPurpose.PSYCHOLOGICAL,
        date(2026, 3, 9),
    )
    due = owed(when.after, "service:talk:1")
    assert due is not None
    assert (due.what, due.waits_on, due.owner.role) == ("talk", Mover.US, Role.CASEWORKER)


def test_needs_of_one_kind_are_counted() -> None:
    """Two at once are two; a command without a number means the latest."""
    both = willing().having(AssessServiceNeed(service="exam"), AssessServiceNeed(service="exam"))
    after = both.having(advance("exam", Move.OFFER), advance("exam", Move.OFFER, occurrence=1))
    assert [state(after, "exam", n).status for n in (1, 2)] == [S.OFFERED, S.OFFERED]
    after.when(advance("exam", Move.OFFER, occurrence=3)).then_refused(RefusalCode.NO_SUCH_SERVICE)


def test_only_services_of_the_catalogue_are_given() -> None:
    """The answer lists them, without those that keep no record."""
    begun().when(AssessServiceNeed(service="massage")).then_refused(
        RefusalCode.UNKNOWN_SERVICE, allowed=("talk", "exam", "papers", "ride")
    )
    plain = small_pathway().model_copy(update={"services": None})
    begun().on(plain).when(AssessServiceNeed(service="talk")).then_refused(RefusalCode.NO_SERVICES)


def test_a_service_is_not_agreed_to_without_the_consent_that_it_needs() -> None:
    """The refusal names the purpose."""
    offered = begun().having(AssessServiceNeed(service="exam"), advance("exam", Move.OFFER))
    offered.when(advance("exam", Move.CONSENT)).then_refused(
        RefusalCode.CONSENT_REQUIRED, part="service:exam:1", allowed=("medical",)
    )
    free = begun().having(AssessServiceNeed(service="papers"), advance("papers", Move.OFFER))
    assert state(free.having(advance("papers", Move.CONSENT)), "papers").is_agreed


def test_a_partners_service_is_planned_with_a_provider() -> None:
    """Once named, it stays until another is."""
    consented("exam").when(advance("exam", Move.PLAN)).then_refused(RefusalCode.PROVIDER_REQUIRED)
    planned = consented("exam").having(advance("exam", Move.PLAN, provider=CLINIC), advance("exam", Move.PLAN))
    assert state(planned, "exam").course.provider == CLINIC
    consented("talk").having(advance("talk", Move.PLAN, sessions=10))


def test_an_appointment_lies_ahead() -> None:
    """It is due when it is, reminded before, and moved as often as needed."""
    planned = consented("talk").having(advance("talk", Move.PLAN))
    planned.when(advance("talk", Move.SCHEDULE)).then_refused(RefusalCode.DATE_REQUIRED)
    planned.when(advance("talk", Move.SCHEDULE, appointment=planned.now)).then_refused(RefusalCode.DATE_IN_THE_PAST)
    at = planned.now + timedelta(days=3)
    once = planned.having(advance("talk", Move.SCHEDULE, appointment=at))
    due = owed(once, "service:talk:1")
    assert due is not None
    assert (due.due_at, due.appointment, [r.rung for r in due.ahead][:2]) == (at, at, ["before-1-calendar-days", "due"])
    later = at + timedelta(days=7)
    moved = owed(once.having(advance("talk", Move.SCHEDULE, appointment=later)), "service:talk:1")
    assert moved is not None
    assert (moved.due_at, moved.clockwork.date_version) == (later, due.clockwork.date_version + 1)


def test_nobody_misses_what_is_still_ahead() -> None:
    """Only once it has passed."""
    scheduled("talk").when(advance("talk", Move.NO_SHOW)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    missed = passed("talk").having(advance("talk", Move.NO_SHOW))
    assert state(missed, "talk").course.missed == 1


@pytest.mark.parametrize(
    ("status", "mover"),
    [
        (S.NEEDED, Mover.US),
        (S.OFFERED, Mover.CLIENT),
        (S.CONSENTED, Mover.US),
        (S.PLANNED, Mover.PARTNER),
        (S.SCHEDULED, Mover.US),
        (S.CARRIED_OUT, Mover.PARTNER),
        (S.NO_SHOW, Mover.CLIENT),
        (S.CANCELLED_BY_CLIENT, Mover.CLIENT),
        (S.CANCELLED_BY_PROVIDER, Mover.PARTNER),
        (S.ABORTED, Mover.US),
        (S.OUTCOME_RECORDED, Mover.US),
        (S.FOLLOW_UP_DUE, Mover.US),
    ],
)
def test_whose_move_it_is(status: ServiceStatus, mover: Mover) -> None:
    """A stall is theirs where it waits on others; ours is overdue."""
    given = stands("exam", status)
    due = owed(given, "service:exam:1")
    assert due is not None
    assert due.waits_on is mover
    given = given.at(max(r.at for r in due.clockwork.deadline.rungs))
    fired = given.having(FireRung(obligation=due.key, rung="stall", date_version=due.clockwork.date_version))
    stalled = owed(fired, "service:exam:1")
    assert stalled is not None
    assert stalled.stall is not None
    causes = {Mover.CLIENT: StallCause.WAITING_ON_CLIENT, Mover.PARTNER: StallCause.WAITING_ON_PARTNER}
    assert stalled.stall.cause is causes.get(mover, StallCause.OVERDUE)


def test_sessions_are_counted() -> None:
    """One after another, with appointments or without; a service of one session is held once."""
    talks = passed("talk").having(advance("talk", Move.CARRY_OUT), advance("talk", Move.CARRY_OUT))
    assert state(talks, "talk").course.held == 2
    again = talks.having(advance("talk", Move.SCHEDULE, appointment=talks.now + timedelta(days=7)))
    assert state(again, "talk").status is S.SCHEDULED
    held = passed("exam").having(advance("exam", Move.CARRY_OUT))
    held.when(advance("exam", Move.CARRY_OUT)).then_refused(RefusalCode.SERVICE_NOT_REPEATED)
    later = held.now + timedelta(days=7)
    held.when(advance("exam", Move.SCHEDULE, appointment=later)).then_refused(RefusalCode.SERVICE_NOT_REPEATED)


def test_a_pace_of_the_service_goes_before_the_common_one() -> None:
    """Papers are recorded within two days, everything else within five."""
    due = owed(stands("papers", S.CARRIED_OUT), "service:papers:1")
    usual = owed(stands("ride", S.CARRIED_OUT), "service:ride:1")
    assert due is not None
    assert usual is not None
    assert (usual.due_at - due.due_at).days > 2


def test_an_outcome_sets_the_next_follow_up() -> None:
    """By the rhythm of the service; the last one sets none, and it can be closed."""
    held = stands("exam", S.CARRIED_OUT)
    recorded = held.when(advance("exam", Move.RECORD_OUTCOME, outcome=ServiceOutcome.PARTLY))
    assert [type(e) for e in recorded.events] == [ServiceMoved, ServiceFollowUpSet]
    assert state(recorded.after, "exam").status is S.FOLLOW_UP_DUE
    last = recorded.after.when(advance("exam", Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED))
    assert [type(e) for e in last.events] == [ServiceMoved]
    after = state(last.after, "exam")
    assert (after.status, after.course.follow_ups) == (S.OUTCOME_RECORDED, 1)
    endless = stands("talk", S.FOLLOW_UP_DUE).having(
        advance("talk", Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.PARTLY)
    )
    assert state(endless, "talk").status is S.FOLLOW_UP_DUE


def test_after_a_crisis_somebody_looks_within_a_day() -> None:
    """Sooner than the rhythm says."""
    held = stands("talk", S.CARRIED_OUT)
    calm = owed(held.having(advance("talk", Move.RECORD_OUTCOME, outcome=ServiceOutcome.PARTLY)), "service:talk:1")
    bad = owed(held.having(advance("talk", Move.RECORD_OUTCOME, outcome=ServiceOutcome.CRISIS)), "service:talk:1")
    assert calm is not None
    assert bad is not None
    assert bad.due_at == held.now + timedelta(hours=24)
    assert calm.due_at > held.now + timedelta(days=13)


def test_a_follow_up_may_be_agreed_for_a_day() -> None:
    """The agreed rhythm goes before that of the catalogue; not in the past."""
    recorded = stands("exam", S.OUTCOME_RECORDED)
    day = (recorded.now + timedelta(days=40)).date()
    due = owed(recorded.having(advance("exam", Move.SET_FOLLOW_UP, on=day)), "service:exam:1")
    assert due is not None
    assert due.clockwork.deadline.due_on == day
    recorded.when(advance("exam", Move.SET_FOLLOW_UP)).then_refused(RefusalCode.DATE_REQUIRED)
    recorded.when(advance("exam", Move.SET_FOLLOW_UP, on=MONDAY.date())).then_refused(RefusalCode.DATE_IN_THE_PAST)


def test_what_did_not_come_about_needs_a_reason_where_it_was_for_safety() -> None:
    """An outcome needs its code, a close its end."""
    passed("ride").when(advance("ride", Move.ABORT)).then_refused(RefusalCode.REASON_REQUIRED)
    held = stands("ride", S.CARRIED_OUT)
    held.when(advance("ride", Move.RECORD_OUTCOME)).then_refused(RefusalCode.OUTCOME_REQUIRED)
    stands("talk", S.FOLLOW_UP_DUE).when(advance("talk", Move.HOLD_FOLLOW_UP)).then_refused(
        RefusalCode.OUTCOME_REQUIRED
    )
    needed("ride").when(advance("ride", Move.CLOSE)).then_refused(RefusalCode.REASON_REQUIRED)
    needed("ride").when(advance("ride", Move.CLOSE, end=ServiceEnd.COMPLETED)).then_refused(
        RefusalCode.OUTCOME_REQUIRED
    )


def test_what_a_move_does_not_take_is_refused() -> None:
    """Not ignored: somebody meant it."""
    needed("talk").when(advance("talk", Move.OFFER, outcome=ServiceOutcome.ACHIEVED)).then_refused(
        RefusalCode.FIELD_NOT_HELD, allowed=()
    )
    passed("talk").when(advance("talk", Move.NO_SHOW, sessions=3)).then_refused(
        RefusalCode.FIELD_NOT_HELD, allowed=("reason",)
    )


def test_a_service_is_not_closed_over_a_term_that_runs() -> None:
    """It can be declined: the client's wish goes before."""
    filed = stands("papers", S.OUTCOME_RECORDED).having(
        DetailService(service="papers", details=(On(field="filed-on", on=date(2026, 3, 2)),))
    )
    filed.when(advance("papers", Move.CLOSE, end=ServiceEnd.COMPLETED)).then_refused(
        RefusalCode.STILL_RUNNING, part="term:papers:1:reply"
    )
    declined = filed.having(advance("papers", Move.DECLINE, reason=ServiceReason.CLIENT_WISH))
    assert owed(declined, "term:papers:1:reply") is None


def test_only_a_change_of_that_service_is_a_conflict() -> None:
    """Another one may change meanwhile."""
    both = willing().having(AssessServiceNeed(service="talk"), AssessServiceNeed(service="exam"))
    seen = state(both, "talk").version
    other = both.having(advance("exam", Move.OFFER))
    assert other.when(advance("talk", Move.OFFER, seen=seen)).events
    changed = other.having(advance("talk", Move.OFFER))
    changed.when(advance("talk", Move.CONSENT, seen=seen)).then_refused(
        RefusalCode.PART_CHANGED, part="service:talk:1", part_version=state(changed, "talk").version
    )


def test_facts_are_not_dated_into_the_future() -> None:
    """Nor before the journey."""
    tomorrow = MONDAY + timedelta(days=1)
    begun().when(AssessServiceNeed(service="talk", occurred_at=tomorrow)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    needed("talk").when(advance("talk", Move.OFFER, occurred_at=MONDAY - timedelta(days=2))).then_refused(
        RefusalCode.DATE_BEFORE_OPENING
    )


def test_a_withdrawn_consent_is_asked_for_again() -> None:
    """Between the offer and the yes it may end."""
    offered = stands("exam", S.OFFERED).having(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    assert state(offered, "exam").status is S.OFFERED
    offered.when(advance("exam", Move.CONSENT)).then_refused(RefusalCode.CONSENT_REQUIRED)
