"""A foreign national whose status the state never confirms: reported twice, rejected, stopped, helped all along."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.codes import ClosingReason, ConsentPurpose, Role, StepOutcome
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent
from domain.journey.residence.codes import ApplicationOutcome, EndReason, PermitStatus
from domain.journey.residence.commands import (
    ApplyForExtension,
    EndResidence,
    ExtendResidence,
    GrantResidence,
    SettleApplication,
)
from domain.journey.screening.saving import SaveScreening
from domain.journey.status.events import RecordFormalStatus
from domain.pathway.answers import Answer
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.formal_status import FormalStatus
from domain.pathway.screening import next_questions
from domain.refusal import RefusalCode, Refused
from tests.journeys.by_hand import CASEWORKER, LAWYER, SUPERVISOR, ByHand
from tests.journeys.tale import Tale


def _does(journey: ByHand, *steps: str) -> None:
    for step in steps:
        journey.tell(AdvanceStep(step=step, outcome=StepOutcome.DONE))


def permits(journey: ByHand) -> list[PermitStatus]:
    """Where the permits stand, oldest first."""
    return [permit.status for permit in journey.here.permits.values()]


def _decided(status: FormalStatus, on: date, learned: date | None = None) -> RecordFormalStatus:
    return RecordFormalStatus(status=status, decider="centre", decided_on=on, learned_on=learned)


def a_foreign_national_whose_status_is_never_confirmed() -> Tale:
    """The help goes from the first call to an own flat; what the state says is noted beside it and changes nothing."""
    journey = ByHand(opened=datetime(2026, 3, 2, 9, tzinfo=UTC))
    journey.tell(Assign(role=Role.LAWYER, staff=LAWYER))
    journey.tell(Assign(role=Role.SUPERVISOR, staff=SUPERVISOR))

    # Monday 2 March: the call, and what can be asked in it. The form asks on only as far as the answers lead.
    _does(journey, "immediate-safety", "safe-contact")
    answers = [
        Answer(question="speaks-freely", answer="yes"),
        Answer(question="under-18", answer="no"),
        Answer(question="from-abroad", answer="yes"),
        Answer(question="days-here", days=120),
        Answer(question="may-stay", answer="no"),
        Answer(question="documents-kept", answer="yes"),
    ]
    early = journey.ask(SaveScreening(form="first-talk", answers=(Answer(question="may-stay", answer="no"),)))
    assert isinstance(early, Refused)
    assert early.code is RefusalCode.QUESTION_NOT_ASKED
    form = journey.pinned.pathway.find_form("first-talk")
    assert form is not None
    left = [q.question for q in next_questions(form, answers)]
    assert left[:4] == ["wishes-to-return", "works", "may-leave", "owes"]
    journey.tell(SaveScreening(form="first-talk", answers=tuple(answers)))
    assert journey.here.screenings[0].unanswered == len(left)

    # The help begins; nobody has decided anything yet.
    journey.on(date(2026, 3, 5))
    _does(journey, "information-on-rights", "risk-assessment", "needs-assessment")
    for purpose in (ConsentPurpose.ASSISTANCE, ConsentPurpose.REFERRAL, ConsentPurpose.ACCOMMODATION):
        journey.tell(GiveConsent(purpose=purpose))
    _does(journey, "consent-to-assistance", "report-to-centre")
    assert journey.here.formal_status.current is None
    assert journey.here.is_active("recovery")

    # Reported on the 5th; presumed on the 12th, which we learn four days later. Ninety days from the 16th.
    journey.tell(_decided(FormalStatus.REPORTED, date(2026, 3, 5)))
    journey.on(date(2026, 3, 16))
    journey.tell(_decided(FormalStatus.PRESUMED, date(2026, 3, 12)))
    assert journey.here.formal_status.decisions[-1].learned_on == date(2026, 3, 16)
    journey.tell(GrantResidence(permit_kind="recovery", ground="recovery", valid_from=date(2026, 3, 16)))
    assert journey.here.permits[1].valid_until == date(2026, 6, 13)

    # A year is applied for in time. The clock does not stop for that: 30, 14, 7 and 3 days before.
    journey.on(date(2026, 5, 20))
    journey.tell(ApplyForExtension(applied_on=date(2026, 5, 20)), LAWYER)
    journey.on(date(2026, 6, 12))
    lawyer, both = frozenset({LAWYER}), frozenset({LAWYER, SUPERVISOR})
    assert journey.told("residence:1") == [
        (date(2026, 5, 14), lawyer),
        (date(2026, 5, 30), lawyer),
        (date(2026, 6, 6), lawyer),
        (date(2026, 6, 10), both),
    ]

    # The state rejects the report. We hear of it on the day on which the ninety days end, a Saturday.
    journey.on(date(2026, 6, 13))
    before = [(o.key, o.due_at) for o in obligations(journey.here)]
    journey.tell(_decided(FormalStatus.REJECTED, date(2026, 6, 9)))
    assert [(o.key, o.due_at) for o in obligations(journey.here)] == before
    _does(journey, "safety-plan", "safe-accommodation")

    # Nothing extends them: in the last minute the alarm rings with the lawyer, the supervisor and whoever is on call,
    # and again on Monday and Tuesday.
    journey.on(date(2026, 6, 16))
    everybody = frozenset({LAWYER, SUPERVISOR, "on-call"})
    assert journey.told("residence:1")[4:] == [
        (date(2026, 6, 13), everybody),
        (date(2026, 6, 15), everybody),
        (date(2026, 6, 16), everybody),
    ]
    assert permits(journey) == [PermitStatus.EXPIRED]

    # The application is refused as well; a humanitarian stay is granted instead, and the alarm is silent.
    journey.tell(SettleApplication(outcome=ApplicationOutcome.REFUSED), LAWYER)
    journey.tell(
        GrantResidence(permit_kind="humanitarian", ground="other-humanitarian", valid_from=date(2026, 6, 16)), LAWYER
    )
    assert permits(journey) == [PermitStatus.FOLLOWED, PermitStatus.VALID]
    journey.on(date(2026, 7, 1))
    assert len(journey.told("residence:1")) == 7

    # A second report is ordinary. It is stopped in the autumn; the help goes on, the stay is extended.
    journey.tell(_decided(FormalStatus.REPORTED, date(2026, 7, 1)))
    journey.on(date(2026, 10, 12))
    journey.tell(_decided(FormalStatus.STOPPED, date(2026, 10, 5)))
    assert journey.here.formal_status.reports == 2
    _does(journey, "individual-plan")
    journey.on(date(2026, 12, 1))
    journey.tell(ExtendResidence(), LAWYER)
    assert (journey.here.permits[2].ends, journey.here.permits[2].valid_until) == (
        (date(2026, 12, 15),),
        date(2027, 6, 15),
    )
    journey.on(date(2026, 12, 20))
    assert journey.told("residence:2") == [(date(2026, 11, 15), lawyer), (date(2026, 12, 1), lawyer)]

    # Closed in spring with its goals reached: another right to stay, and nothing was ever confirmed.
    journey.on(date(2027, 3, 1))
    journey.tell(EndResidence(reason=EndReason.OTHER_RIGHT_TO_STAY), LAWYER)
    close = CloseJourney(reason=ClosingReason.GOALS_REACHED)
    refused = journey.ask(close)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.APPROVAL_REQUIRED
    journey.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=ClosingReason.GOALS_REACHED))
    own = journey.ask(GiveApproval(number=1))
    assert isinstance(own, Refused)
    assert own.code is RefusalCode.SECOND_PERSON_REQUIRED
    journey.on(date(2027, 3, 3))
    journey.tell(GiveApproval(number=1), SUPERVISOR)
    journey.tell(close)
    assert obligations(journey.here) == []
    statuses = [d.status for d in journey.here.formal_status.decisions]
    assert FormalStatus.IDENTIFIED not in statuses

    # In June we hear that a court has had it looked at again: it is noted, and nothing else changes.
    journey.now = datetime(2027, 6, 7, 8, tzinfo=UTC)
    journey.tell(
        RecordFormalStatus(status=FormalStatus.REOPENED, decider="administrative-court", decided_on=date(2027, 4, 12))
    )
    assert not journey.here.is_open
    assert CASEWORKER in journey.here.assigned.values()
    return journey.tale


def test_a_foreign_national_whose_status_is_never_confirmed() -> None:
    """As above."""
    a_foreign_national_whose_status_is_never_confirmed()
