"""A year of help: talks and an examination, a move at night, a consent withdrawn, silence, and contact again.

The clock is moved by hand and every timer is fired as it comes, as the workflow would.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from activities.pathway_files import PathwayStore
from domain.codes import ConsentPurpose, Mover, Phase, Role, StallCause
from domain.event import Event, Recorded
from domain.journey import Journey, decide, evolve, obligations, wakes
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.opening import OpenJourney
from domain.journey.service.codes import (
    Concern,
    ConcernAnswer,
    CostKind,
    Move,
    ReferralAnswer,
    ReferralStatus,
    SearchChannel,
    SearchResult,
    ServiceEnd,
    ServiceOutcome,
    ServiceStatus,
    UseOfService,
    WouldReturn,
)
from domain.journey.service.commands import AdvanceService, AssessServiceNeed, ResumeService
from domain.journey.service.concerning import AnswerConcern, RaiseConcern
from domain.journey.service.costing import RecordServiceCost, sums
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.freezing import freeze_for_relocation
from domain.journey.service.narrow import for_provider
from domain.journey.service.record import Chosen, On, Spoken
from domain.journey.service.referring import AnswerReferral, SendReferral
from domain.journey.service.searching import ReportUnreachable, ReviewSearch, SeekClient
from domain.journey.service.state import ServiceState
from domain.journey.service.uses import NoteCounselling
from domain.journey.state import journey_stream
from domain.refusal import Refused
from domain.stream.deciding import Surroundings
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Obligation
from tests.domain.given import Act
from tests.journeys.tale import Tale

ASTRA = PathwayStore(Path(__file__).parents[2] / "pathways").latest("astra")
JOURNEY = UUID("7f3e0000-0000-4000-8000-00000000000a")
MILA, VERA, IVA = (UUID(f"00000000-0000-4000-8000-00000000a00{n}") for n in (1, 2, 3))
POLYCLINIC, SPECIALIST = (UUID(f"9a1c0000-0000-4000-8000-00000000000{n}") for n in (1, 2))


class Told:
    """The journey while it is being told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.journey: Journey | None = None
        self.told: list[Event] = []
        self.history: list[Recorded[Event]] = []
        self.acts: list[Act] = []

    @property
    def here(self) -> Journey:
        """The journey as it is."""
        assert self.journey is not None
        return self.journey

    def say(self, *commands: Any) -> tuple[Event, ...]:
        """Commands that are taken, one after another; the events of the last."""
        events: tuple[Event, ...] = ()
        for command in commands:
            stream = journey_stream(JOURNEY)
            decision = decide(self.journey, command, ASTRA.pathway, self.now, stream=stream, actor=MILA)
            assert not isinstance(decision, Refused), (command, decision)
            events = decision
            self.acts.append(Act(self.now, command))
            self._record(*decision)
        return events

    def record(self, *events: Event) -> None:
        """Events as they are."""
        self.acts.append(Act(self.now, events))
        self._record(*events)

    @property
    def tale(self) -> Tale:
        """What was told so far."""
        return Tale(ASTRA.pathway, tuple(self.history), tuple(self.acts), self.now)

    def _record(self, *events: Event) -> None:
        for event in events:
            self.told.append(event)
            n = len(self.told)
            envelope = Recorded(journey_stream(JOURNEY), n, n, event, self.now, MILA, UUID(int=n))
            self.history.append(envelope)
            self.journey = evolve(self.journey, envelope)

    def wait(self, **span: float) -> list[RungsFired]:
        """Time passes; every timer that runs out meanwhile is fired on time."""
        until, fired = self.now + timedelta(**span), []
        while (due := wakes(self.here)) and due[0].at <= until:
            self.now = max(self.now, due[0].at)
            told = self.say(FireRung(obligation=due[0].key, rung=due[0].rung, date_version=due[0].date_version))
            fired += [e for e in told if isinstance(e, RungsFired)]
        self.now = until
        return fired

    def move(self, service: str, *moves: Move, **fields: Any) -> ServiceState:
        """Where the latest occurrence of a service stands after these moves."""
        for move in moves:
            self.say(AdvanceService(service=service, move=move, **fields))
        return self.here.services.occurrences(service)[-1]

    def owed(self, key: str) -> Obligation:
        """What is owed."""
        return next(o for o in obligations(self.here) if o.key == key)


def agreed(tale: Told, service: str, provider: UUID | None = None) -> None:
    """Assessed, offered, agreed, planned."""
    tale.say(AssessServiceNeed(service=service))
    tale.move(service, Move.OFFER, Move.CONSENT)
    tale.move(service, Move.PLAN, provider=provider)


def help_through_a_year() -> Tale:
    """From the first talk to the last follow-up."""
    tale = Told()
    tale.say(
        OpenJourney(pin=ASTRA.pin, caseworker=MILA),
        Assign(role=Role.PSYCHOLOGIST, staff=VERA),
        Assign(role=Role.SUPERVISOR, staff=IVA),
        *(GiveConsent(purpose=purpose) for purpose in ConsentPurpose),
    )

    # March. Talks by phone every fortnight, and psychotherapy with Vera.
    agreed(tale, "informal-counselling")
    tale.move("informal-counselling", Move.CARRY_OUT)
    tale.say(
        DetailService(
            service="informal-counselling",
            details=(Spoken(field="language", language="sr-Latn"), Chosen(field="channel", choice="phone")),
        )
    )
    talks = tale.move("informal-counselling", Move.RECORD_OUTCOME, outcome=ServiceOutcome.PARTLY)
    assert talks.status is ServiceStatus.FOLLOW_UP_DUE
    assert tale.owed(talks.key).due_at.date().isoformat() == "2026-03-16"
    agreed(tale, "psychotherapy")
    session = tale.now + timedelta(days=7)
    tale.move("psychotherapy", Move.SCHEDULE, appointment=session)
    assert tale.owed("service:psychotherapy:1").owner.staff == VERA

    # She does not come. It is nobody's fault, and it waits on her.
    tale.wait(days=7, hours=1)
    missed = tale.move("psychotherapy", Move.NO_SHOW)
    assert (missed.course.missed, missed.course.waits_on) == (1, Mover.CLIENT)
    fired = tale.wait(days=25)
    owed = tale.owed("service:psychotherapy:1")
    assert owed.stall is not None
    assert owed.stall.cause is StallCause.WAITING_ON_CLIENT
    assert IVA in {a.staff for e in fired for a in e.addressees}
    tale.move("psychotherapy", Move.SCHEDULE, appointment=tale.now + timedelta(days=2))
    tale.wait(days=2, hours=1)
    assert tale.move("psychotherapy", Move.CARRY_OUT, Move.CARRY_OUT).course.held == 2

    # April. A specialist, asked by a referral; the first one never answers.
    agreed(tale, "specialist-examination", POLYCLINIC)
    tale.say(SendReferral(service="specialist-examination", recipient=POLYCLINIC, language="sr"))
    assert for_provider(tale.here, "referral:specialist-examination:1:1", POLYCLINIC) is not None
    silent = [e for e in tale.wait(days=15) if e.obligation == "referral:specialist-examination:1:1"]
    assert IVA in {a.staff for e in silent for a in e.addressees}
    tale.say(AnswerReferral(service="specialist-examination", answer=ReferralAnswer.NO_ANSWER))
    tale.move("specialist-examination", Move.PLAN, provider=SPECIALIST)
    tale.say(SendReferral(service="specialist-examination", recipient=SPECIALIST, language="sr"))
    tale.say(AnswerReferral(service="specialist-examination", answer=ReferralAnswer.ACCEPTED))
    appointment = tale.now + timedelta(days=5)
    tale.move("specialist-examination", Move.SCHEDULE, appointment=appointment)
    seen = for_provider(tale.here, "referral:specialist-examination:1:2", SPECIALIST)
    assert seen is not None
    assert (seen.appointment, seen.language) == (appointment, "sr")
    agreed(tale, "transport-to-service")
    tale.move("transport-to-service", Move.SCHEDULE, appointment=appointment - timedelta(hours=1))
    tale.say(NoteCounselling(service="anonymous-testing", use=UseOfService.COUNSELLING_OFFERED))

    # Two nights before, somebody watches the house. She is moved at once.
    tale.wait(days=3)
    tale.say(RaiseConcern(concern=Concern.BEING_WATCHED, about="transport-to-service"))
    concern = tale.owed("concern:1")
    assert (concern.owner.staff, concern.due_at) == (IVA, tale.now + timedelta(hours=4))
    tale.say(AnswerConcern(answer=ConcernAnswer.PLAN_CHANGED))
    tale.record(*freeze_for_relocation(tale.here, Surroundings(ASTRA.pathway, tale.now)))
    stands = {s.service: (s.status, s.frozen is not None) for s in tale.here.services.each.values()}
    assert stands["transport-to-service"] == (ServiceStatus.CANCELLED_BY_PROVIDER, False)
    assert stands["specialist-examination"] == (ServiceStatus.PLANNED, True)
    assert stands["informal-counselling"] == (ServiceStatus.FOLLOW_UP_DUE, False)
    assert not [o for o in obligations(tale.here) if o.appointment is not None and o.key.startswith("service:")]

    # In safety the examination is arranged anew.
    tale.wait(days=4)
    tale.say(ResumeService(service="specialist-examination"), ResumeService(service="psychotherapy"))
    tale.move("specialist-examination", Move.SCHEDULE, appointment=tale.now + timedelta(days=3))
    tale.wait(days=3, hours=2)
    tale.move("specialist-examination", Move.CARRY_OUT)
    tale.say(
        AnswerReferral(service="specialist-examination", answer=ReferralAnswer.DONE),
        RecordServiceCost(
            service="specialist-examination", cost=CostKind.EXAMINATION, amount=Decimal("6500.00"), donor="donor-a"
        ),
        GiveServiceFeedback(service="specialist-examination", rating=5, would_return=WouldReturn.YES),
    )
    tale.move("specialist-examination", Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    tale.move("specialist-examination", Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED)
    tale.move("specialist-examination", Move.CLOSE, end=ServiceEnd.COMPLETED)
    assert sums(tale.here.services) == {"specialist-examination": Decimal("6500.00")}

    # May. Child benefit: the office is silent, and the term says so.
    agreed(tale, "child-benefit")
    filed = tale.now.date()
    tale.say(DetailService(service="child-benefit", details=(On(field="filed-on", on=filed),)))
    reply = tale.owed("term:child-benefit:1:reply")
    assert (reply.clockwork.deadline.due_on, reply.clockwork.deadline.article) == (
        filed + timedelta(days=60),
        "ZUP 145",
    )
    tale.wait(days=75)
    assert tale.owed("term:child-benefit:1:reply").stall is not None

    # She wants no more psychotherapy and no more to do with doctors. It stops with her word.
    stopped = tale.say(WithdrawConsent(purpose=ConsentPurpose.PSYCHOLOGICAL))
    assert [e.topic for e in stopped][:2] == ["journey.consent-withdrawn", "journey.service-stopped"]
    tale.say(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    assert tale.here.services.uses == {}
    assert tale.here.services.occurrences("specialist-examination")[0].status is ServiceStatus.CLOSED

    # Autumn. Nobody reaches her. Three attempts, the supervisor, another round; nothing closes by itself.
    tale.say(ReportUnreachable())
    lost = tale.now
    for days in (7, 14, 30):
        assert (tale.owed("search").clockwork.deadline.due_on - lost.date()).days == days
        tale.wait(days=3)
        tale.say(SeekClient(channel=SearchChannel.PHONE, result=SearchResult.NOT_REACHED))
    assert tale.owed("search").owner.staff == IVA
    tale.wait(days=60)
    assert (tale.here.phase, tale.owed("search").owner.staff) == (Phase.OPEN, IVA)
    tale.say(ReviewSearch(), SeekClient(channel=SearchChannel.TRUSTED_PERSON, result=SearchResult.REACHED))
    assert tale.here.services.search is None

    # She is well. The talks go on by phone.
    talks = tale.move("informal-counselling", Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED)
    assert talks.status is ServiceStatus.FOLLOW_UP_DUE
    assert {r.status for r in tale.here.services.referrals.values()} == {
        ReferralStatus.UNANSWERED,
        ReferralStatus.DONE,
    }
    return tale.tale


def test_help_through_a_year() -> None:
    """As above."""
    help_through_a_year()
