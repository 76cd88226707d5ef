"""One example of every event of services and of the directory, with every field filled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.codes import ConsentPurpose, Mover, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.service.codes import (
    Concern,
    ConcernAnswer,
    CostKind,
    FreezeCause,
    Move,
    ReferralAnswer,
    ReferralReason,
    ReferralStatus,
    SearchChannel,
    SearchResult,
    ServiceEnd,
    ServiceOutcome,
    ServiceReason,
    ServiceStatus,
    UseOfService,
    WouldReturn,
)
from domain.journey.service.concerning import ConcernAnswered, ConcernRaised
from domain.journey.service.costing import ServiceCostCorrected, ServiceCostRecorded
from domain.journey.service.detailing import ServiceDetailed, ServiceTermMet, ServiceTermSet
from domain.journey.service.events import (
    ServiceCorrected,
    ServiceFollowUpSet,
    ServiceFrozen,
    ServiceMoved,
    ServiceNeeded,
    ServiceResumed,
    ServiceStopped,
)
from domain.journey.service.feedback import ServiceFeedbackGiven
from domain.journey.service.record import Answered, At, Chosen, Counted, Named, On, Placed, Spoken
from domain.journey.service.referring import ReferralAnswered, ReferralRecalled, ReferralSent
from domain.journey.service.searching import ClientReached, ClientSought, ClientUnreachable, SearchReviewed
from domain.journey.service.uses import CounsellingForgotten, CounsellingNoted
from domain.pathway.model import Pin
from domain.pathway.returning import ReturnDirection, ReturnPurpose, Trip
from domain.provider.codes import InactiveReason, ProviderKind
from domain.provider.listing import ProviderChanged, ProviderDeactivated, ProviderListed, ProviderReactivated
from domain.sealed import Identity, Notes, Sealed

CLINIC = UUID("9a1c0000-0000-4000-8000-000000000001")
APPOINTMENT = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
NAME: Sealed[Identity] = Sealed.from_bytes(bytes(range(64)))


def service_events(at: datetime, ladder: Deadline, note: Sealed[Notes]) -> tuple[Event, ...]:
    """Every one of them, happened `at`."""
    exam, first = "specialist-examination", 1
    return (
        ServiceNeeded(
            occurred_at=at,
            service=exam,
            occurrence=first,
            role=Role.CASEWORKER,
            consent=ConsentPurpose.MEDICAL,
            waits_on=Mover.US,
            deadline=ladder,
            covered_by=Trip(directions=(ReturnDirection.OUTBOUND,), purposes=(ReturnPurpose.HOME,)),
            note=note,
        ),
        ServiceMoved(
            occurred_at=at,
            service=exam,
            occurrence=first,
            move=Move.SCHEDULE,
            status=ServiceStatus.SCHEDULED,
            waits_on=Mover.PARTNER,
            deadline=ladder,
            appointment=APPOINTMENT,
            provider=CLINIC,
            sessions=3,
            reason=ServiceReason.PROVIDER_FULL,
            outcome=ServiceOutcome.PARTLY,
            end=ServiceEnd.MET_ELSEWHERE,
            note=note,
        ),
        ServiceFollowUpSet(
            occurred_at=at,
            service=exam,
            occurrence=first,
            status=ServiceStatus.FOLLOW_UP_DUE,
            waits_on=Mover.US,
            deadline=ladder,
        ),
        ServiceCorrected(occurred_at=at, service=exam, occurrence=first, corrects=17, deadline=ladder, note=note),
        ServiceStopped(occurred_at=at, service=exam, occurrence=first, purpose=ConsentPurpose.MEDICAL),
        ServiceFrozen(
            occurred_at=at,
            service=exam,
            occurrence=first,
            cause=FreezeCause.RELOCATION,
            status=ServiceStatus.PLANNED,
            deadline=ladder,
        ),
        ServiceResumed(
            occurred_at=at,
            service=exam,
            occurrence=first,
            status=ServiceStatus.SCHEDULED,
            waits_on=Mover.US,
            deadline=ladder,
            appointment=APPOINTMENT,
            note=note,
        ),
        ServiceDetailed(
            occurred_at=at,
            service="child-benefit",
            occurrence=first,
            details=(
                Chosen(field="institution", choice="municipality"),
                Spoken(field="language", language="sr-Latn"),
                Placed(field="country", country="RS"),
                On(field="filed-on", on=date(2026, 3, 2)),
                At(field="seen-at", at=at),
                Counted(field="pages", number=4),
                Answered(field="escort", yes=True),
                Named(field="receiving-organisation", id=CLINIC),
            ),
        ),
        ServiceTermSet(
            occurred_at=at,
            service="child-benefit",
            occurrence=first,
            term="reply",
            waits_on=Mover.PARTNER,
            deadline=ladder,
        ),
        ServiceTermMet(occurred_at=at, service="child-benefit", occurrence=first, term="reply"),
        ServiceCostRecorded(
            occurred_at=at,
            service=exam,
            occurrence=first,
            cost=CostKind.EXAMINATION,
            amount=Decimal("4500.50"),
            donor="donor-a",
        ),
        ServiceCostCorrected(
            occurred_at=at,
            service=exam,
            occurrence=first,
            corrects=18,
            cost=CostKind.EXAMINATION,
            amount=Decimal("4000.00"),
            donor="donor-b",
        ),
        ServiceFeedbackGiven(
            occurred_at=at, service=exam, occurrence=first, rating=4, would_return=WouldReturn.YES, note=note
        ),
        ReferralSent(
            occurred_at=at,
            service=exam,
            occurrence=first,
            number=2,
            recipient=CLINIC,
            reason=ReferralReason.ADDITIONAL_SERVICES_REQUIRED,
            language="sq",
            role=Role.CASEWORKER,
            deadline=ladder,
            note=note,
        ),
        ReferralAnswered(
            occurred_at=at,
            service=exam,
            occurrence=first,
            number=2,
            answer=ReferralAnswer.ACCEPTED,
            status=ReferralStatus.ACCEPTED,
            deadline=ladder,
            note=note,
        ),
        ReferralRecalled(occurred_at=at, service=exam, occurrence=first, number=2, deadline=ladder),
        ClientUnreachable(occurred_at=at, role=Role.CASEWORKER, deadline=ladder, note=note),
        ClientSought(
            occurred_at=at,
            attempt=3,
            channel=SearchChannel.TRUSTED_PERSON,
            result=SearchResult.NOT_REACHED,
            role=Role.SUPERVISOR,
            is_for_supervisor=True,
            deadline=ladder,
            note=note,
        ),
        ClientReached(occurred_at=at, channel=SearchChannel.PHONE, note=note),
        SearchReviewed(occurred_at=at, role=Role.CASEWORKER, deadline=ladder, note=note),
        ConcernRaised(
            occurred_at=at,
            number=2,
            concern=Concern.BEING_WATCHED,
            about=exam,
            role=Role.SUPERVISOR,
            deadline=ladder,
            note=note,
        ),
        ConcernAnswered(occurred_at=at, number=2, answer=ConcernAnswer.SERVICES_PAUSED, note=note),
        CounsellingNoted(
            service="anonymous-testing", use=UseOfService.COUNSELLING_OFFERED, consent=ConsentPurpose.MEDICAL
        ),
        CounsellingForgotten(service="anonymous-testing"),
        ProviderListed(
            occurred_at=at,
            pin=Pin(name="astra", version=2, sha256="ab" * 32),
            provider_kind=ProviderKind.POLYCLINIC,
            country="RS",
            languages=("sr", "sq"),
            services=(exam,),
            identity=NAME,
            capacity=note,
        ),
        ProviderChanged(
            occurred_at=at,
            provider_kind=ProviderKind.SPECIALIST,
            country="ME",
            languages=("sr",),
            services=(exam,),
            identity=NAME,
            capacity=note,
        ),
        ProviderDeactivated(occurred_at=at, reason=InactiveReason.NO_CAPACITY),
        ProviderReactivated(occurred_at=at),
    )
