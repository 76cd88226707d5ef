"""What interrupts services: a consent withdrawn, a risk, a move at once, the end of the journey."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import ClosingReason, ConsentPurpose, Mover, ReopeningReason, Role
from domain.event import Event
from domain.journey import obligations
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import ConsentWithdrawn, GiveConsent, WithdrawConsent
from domain.journey.service.codes import (
    OVER,
    Concern,
    ConcernAnswer,
    FreezeCause,
    Move,
    ServiceEnd,
    ServiceReason,
    ServiceStatus,
)
from domain.journey.service.commands import AssessServiceNeed, ResumeService
from domain.journey.service.concerning import AnswerConcern, ConcernAnswered, RaiseConcern
from domain.journey.service.detailing import DetailService
from domain.journey.service.events import ServiceFrozen, ServiceMoved, ServiceStopped
from domain.journey.service.freezing import freeze_for_relocation
from domain.journey.service.record import On
from domain.refusal import RefusalCode
from domain.stream.deciding import Surroundings
from tests.domain.given import MONDAY, Given, begun
from tests.domain.service.told import advance, owed, scheduled, stands, state
from tests.pathway_examples import small_pathway

S = ServiceStatus
LIVE = [s for s in ServiceStatus if s not in OVER]


def several() -> Given:
    """Four services at once: one offered, three agreed to, of which two have an appointment."""
    given = scheduled("exam")
    given = given.having(AssessServiceNeed(service="talk"), advance("talk", Move.OFFER), advance("talk", Move.CONSENT))
    given = given.having(AssessServiceNeed(service="papers"), advance("papers", Move.OFFER))
    ride = (advance("ride", move) for move in (Move.OFFER, Move.CONSENT, Move.PLAN))
    given = given.having(AssessServiceNeed(service="ride"), *ride)
    return given.having(advance("ride", Move.SCHEDULE, appointment=given.now + timedelta(days=1)))


@pytest.mark.parametrize("status", LIVE)
def test_a_service_stops_with_its_consent_in_the_same_decision(status: ServiceStatus) -> None:
    """From every state past the client's yes; a need and an offer stand, since nothing was done under the consent."""
    before = stands("exam", status)
    events = before.when(WithdrawConsent(purpose=ConsentPurpose.MEDICAL)).events
    stopped = [e for e in events if isinstance(e, ServiceStopped)]
    after = before.having(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    if status in (S.NEEDED, S.OFFERED):
        assert not stopped
        assert state(after, "exam").status is status
        return
    assert isinstance(events[0], ConsentWithdrawn)
    assert stopped == [ServiceStopped(service="exam", occurrence=1, purpose=ConsentPurpose.MEDICAL)]
    assert owed(after, "service:exam:1") is None
    after.when(advance("exam", Move.SCHEDULE)).then_refused(RefusalCode.MOVE_NOT_ALLOWED)


def test_only_what_needs_that_purpose_stops() -> None:
    """One event each."""
    events = several().when(WithdrawConsent(purpose=ConsentPurpose.MEDICAL)).events
    assert [e.service for e in events if isinstance(e, ServiceStopped)] == ["exam"]
    nothing = several().when(WithdrawConsent(purpose=ConsentPurpose.STATISTICS)).events
    assert not [e for e in nothing if isinstance(e, ServiceStopped)]


def test_a_stopped_service_does_not_come_back_with_the_consent() -> None:
    """A new need is another occurrence."""
    stopped = stands("talk", S.STOPPED).having(GiveConsent(purpose=ConsentPurpose.PSYCHOLOGICAL))
    assert state(stopped, "talk").status is S.STOPPED
    anew = stopped.having(AssessServiceNeed(service="talk"), advance("talk", Move.OFFER), advance("talk", Move.CONSENT))
    assert state(anew, "talk", 2).status is S.CONSENTED


def frozen(given: Given) -> tuple[Event, ...]:
    """What the decider of a relocation adds."""
    return freeze_for_relocation(given.state, Surroundings(given.pathway, given.now))


def test_a_relocation_freezes_cancels_and_lets_go_on() -> None:
    """Each as its catalogue entry says; an appointment falls away, help by phone goes on."""
    before = several()
    found = frozen(before)
    assert [(type(e), getattr(e, "service", "")) for e in found] == [
        (ServiceFrozen, "exam"),
        (ServiceFrozen, "papers"),
        (ServiceMoved, "ride"),
    ]
    cancelled = found[-1]
    assert isinstance(cancelled, ServiceMoved)
    assert (cancelled.move, cancelled.reason) == (Move.CANCEL_BY_PROVIDER, ServiceReason.RELOCATION)
    after = before.and_then(*found)
    exam = state(after, "exam")
    assert (exam.frozen, exam.status, exam.course.appointment) == (FreezeCause.RELOCATION, S.PLANNED, None)
    assert (state(after, "talk").frozen, state(after, "ride").course.appointment) == (None, None)
    due = owed(after, "service:exam:1")
    assert due is not None
    assert (due.waits_on, due.appointment) == (Mover.US, None)
    assert frozen(after) == ()


def test_without_a_catalogue_nothing_is_frozen() -> None:
    """And a relocation is no error."""
    given = begun().on(small_pathway().model_copy(update={"services": None}))
    assert frozen(given) == ()


def test_a_frozen_service_goes_on_when_somebody_says_so() -> None:
    """Meanwhile it may only end."""
    before = several()
    rests = before.and_then(*frozen(before))
    rests.when(advance("exam", Move.SCHEDULE, appointment=rests.now + timedelta(days=1))).then_refused(
        RefusalCode.SERVICE_FROZEN, part="service:exam:1"
    )
    assert rests.when(advance("exam", Move.DECLINE)).events
    assert rests.when(advance("exam", Move.CLOSE, end=ServiceEnd.NOT_NEEDED)).events
    rests.when(ResumeService(service="exam", seen=1)).then_refused(RefusalCode.PART_CHANGED)
    again = rests.having(ResumeService(service="exam"))
    assert (state(again, "exam").frozen, state(again, "exam").status) == (None, S.PLANNED)
    again.when(ResumeService(service="exam")).then_refused(RefusalCode.SERVICE_NOT_FROZEN)
    assert again.when(advance("exam", Move.SCHEDULE, appointment=again.now + timedelta(days=1))).events


@pytest.mark.parametrize("status", [S.FOLLOW_UP_DUE, S.CARRIED_OUT, S.NEEDED])
def test_what_goes_on_has_time_again(status: ServiceStatus) -> None:
    """Also where its date came from elsewhere: nothing is late in the moment it is resumed."""
    before = stands("exam", status)
    again = before.and_then(*frozen(before)).later(days=5).having(ResumeService(service="exam"))
    due = owed(again, "service:exam:1")
    assert due is not None
    assert due.due_at > again.now


def test_a_risk_is_owed_until_somebody_has_assessed_it() -> None:
    """By the supervisor; in whichever service it showed."""
    raised = several().having(RaiseConcern(concern=Concern.BEING_WATCHED, about="ride"))
    due = owed(raised, "concern:1")
    assert due is not None
    assert (due.clockwork.deadline.zone, due.what) == ("Europe/Belgrade", "being-watched")
    assert raised.state.services.concerns["concern:1"].role is Role.SUPERVISOR
    after = raised.when(AnswerConcern(answer=ConcernAnswer.PLAN_CHANGED)).then(
        ConcernAnswered(number=1, answer=ConcernAnswer.PLAN_CHANGED)
    )
    assert owed(after, "concern:1") is None
    after.when(AnswerConcern(answer=ConcernAnswer.GOES_ON)).then_refused(RefusalCode.NO_SUCH_CONCERN)


def test_after_a_risk_all_services_may_rest() -> None:
    """Even those that go on in a relocation; with one event each."""
    raised = several().having(RaiseConcern(concern=Concern.THREAT))
    events = raised.when(AnswerConcern(answer=ConcernAnswer.SERVICES_PAUSED)).events
    assert [e.service for e in events if isinstance(e, ServiceFrozen)] == ["exam", "talk", "papers", "ride"]
    paused = raised.having(AnswerConcern(answer=ConcernAnswer.SERVICES_PAUSED))
    assert state(paused, "talk").frozen is FreezeCause.SAFETY


def test_concerns_are_counted_and_checked() -> None:
    """A second one is another; one about a service that nobody has is a slip of the pen."""
    two = begun().having(RaiseConcern(concern=Concern.HEALTH), RaiseConcern(concern=Concern.OTHER))
    assert set(two.state.services.concerns) == {"concern:1", "concern:2"}
    one = two.having(AnswerConcern(answer=ConcernAnswer.UNFOUNDED, number=2))
    assert set(one.state.services.concerns) == {"concern:1"}
    assert set(one.having(RaiseConcern(concern=Concern.OTHER)).state.services.concerns) == {"concern:1", "concern:3"}
    begun().when(RaiseConcern(concern=Concern.OTHER, about="ride")).then_refused(RefusalCode.NO_SUCH_SERVICE)
    two.when(AnswerConcern(answer=ConcernAnswer.GOES_ON, seen=1)).then_refused(RefusalCode.PART_CHANGED)
    tomorrow = two.now + timedelta(days=1)
    two.when(RaiseConcern(concern=Concern.OTHER, occurred_at=tomorrow)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    two.when(AnswerConcern(answer=ConcernAnswer.GOES_ON, occurred_at=tomorrow)).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )
    plain = begun().on(small_pathway().model_copy(update={"services": None}))
    plain.when(RaiseConcern(concern=Concern.OTHER)).then_refused(RefusalCode.NO_SERVICES)


def closed(given: Given) -> Given:
    """The journey is closed."""
    return given.having(CloseJourney(reason=ClosingReason.CLIENT_WISH))


def test_closing_ends_services_and_a_consent_withdrawn_later_stays_withdrawn() -> None:
    """Nothing is owed; nothing comes back by the door of a reopening."""
    ended = closed(several())
    assert not obligations(ended.state)
    assert {s.status for s in ended.state.services.each.values()} == {S.ENDED}
    later = ended.having(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    again = later.having(ReopenJourney(reason=ReopeningReason.CLOSED_BY_MISTAKE))
    assert state(again, "exam").status is S.ENDED
    assert state(again, "talk").status is S.CONSENTED


def test_closed_by_mistake_everything_goes_on_where_it_stood() -> None:
    """Appointments ahead are kept, those that have passed are made again."""
    soon = closed(several()).having(ReopenJourney(reason=ReopeningReason.CLOSED_BY_MISTAKE))
    kept = {s.service: s.status for s in soon.state.services.each.values()}
    assert kept == {"exam": S.SCHEDULED, "talk": S.CONSENTED, "papers": S.OFFERED, "ride": S.SCHEDULED}
    late = closed(several()).later(days=30).having(ReopenJourney(reason=ReopeningReason.CLOSED_BY_MISTAKE))
    assert state(late, "exam").status is S.PLANNED
    due = owed(late, "service:exam:1")
    assert due is not None
    assert due.due_at > late.now


def test_another_reopening_brings_back_only_what_still_stands_in_the_world() -> None:
    """An appointment ahead, a term that still runs; everything else begins with a new need."""
    filed = several().having(DetailService(service="papers", details=(On(field="filed-on", on=MONDAY.date()),)))
    again = closed(filed).later(hours=2).having(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    found = {s.service: s.status for s in again.state.services.each.values()}
    assert found == {"exam": S.SCHEDULED, "talk": S.ENDED, "papers": S.OFFERED, "ride": S.SCHEDULED}
    assert owed(again, "term:papers:1:reply") is not None
    years = closed(filed).later(days=800).having(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    assert {s.status for s in years.state.services.each.values()} == {S.ENDED}
