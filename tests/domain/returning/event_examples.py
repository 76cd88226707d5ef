"""One example of every event of returns, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.codes import ConsentGiver, Role, RungEffect
from domain.deadline import Deadline, Rung
from domain.event import Event
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.events import (
    ReintegrationEnded,
    ReintegrationReopened,
    ReintegrationReviewed,
    ReintegrationStarted,
)
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    SetBackCause,
    StopReason,
    Transport,
    Trouble,
    Verdict,
    WayHomeAnswer,
)
from domain.journey.returning.events import (
    EscortArranged,
    ReceiverAnswered,
    ReceiverAsked,
    ReturnAssessed,
    ReturnBegun,
    ReturnDocumentSettled,
    ReturnResumed,
    ReturnSetBack,
    ReturnStopped,
    ReturnStopTold,
    RoutePlanned,
    VoluntarinessDeclared,
    VoluntarinessWithdrawn,
)
from domain.journey.returning.values import ItemTimer
from domain.journey.returning.way_events import (
    HandoverConfirmed,
    HandoverTroubled,
    ReturnChecked,
    ReturnChecksDropped,
    ReturnDeparted,
    ReturnTakenBack,
    WayHomeOwed,
    WayHomeSettled,
)
from domain.pathway.assessment import Level
from domain.pathway.common import Span
from domain.pathway.returning import Preparation, ReturnDirection, ReturnPurpose
from domain.sealed import Notes, Sealed

HAPPENED = datetime(2026, 3, 20, 9, 15, tzinfo=UTC)
DUE = datetime(2026, 4, 3, 14, tzinfo=UTC)
STAFF = UUID("00000000-0000-4000-8000-00000000a001")
PARTNER = UUID("00000000-0000-4000-8000-00000000b001")
OTHER = UUID("00000000-0000-4000-8000-00000000b002")
DOCUMENT = UUID("00000000-0000-4000-8000-0000000d0c01")
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
LADDER = Deadline(
    due_at=DUE,
    due_on=date(2026, 4, 3),
    zone="Europe/Belgrade",
    calendar="rs-0.109",
    article="ZS 62",
    rungs=(Rung(rung="due", at=DUE, effect=RungEffect.DUE, to=(Role.SUPERVISOR,)),),
)


def _timers(item: str) -> tuple[ItemTimer, ...]:
    return (ItemTimer(item=item, deadline=LADDER, stalled_after=Span(count=5)),)


def returning_events() -> tuple[Event, ...]:
    """In the order of the modules that define them."""
    at = HAPPENED
    return (
        ReturnBegun(
            occurred_at=at,
            number=2,
            direction=ReturnDirection.INBOUND,
            purpose=ReturnPurpose.EXPERT_EXAMINATION,
            country="MD",
            role=Role.CASEWORKER,
            form="return-risk",
            timers=_timers("voluntariness"),
            hearing=1,
            follows=1,
            note=NOTE,
        ),
        VoluntarinessDeclared(occurred_at=at, number=2, giver=ConsentGiver.GUARDIAN, language="ro", note=NOTE),
        VoluntarinessWithdrawn(occurred_at=at, number=2, note=NOTE),
        ReturnAssessed(
            occurred_at=at,
            number=2,
            assessment="return-risk",
            assessment_version=31,
            overall=Level.HIGH,
            partner=PARTNER,
            ours=Finding.SAFE_WITH_MEASURES,
            theirs=Finding.NOT_SAFE,
            verdict=Verdict.BLOCKED,
            timers=_timers("assessment"),
            note=NOTE,
        ),
        ReturnDocumentSettled(
            occurred_at=at,
            number=2,
            document="travel-document",
            status=DocumentStatus.APPLIED,
            on=date(2026, 3, 19),
            valid_until=date(2026, 9, 19),
            consulate=OTHER,
            stored=DOCUMENT,
            timers=_timers("document-travel-document"),
            note=NOTE,
        ),
        ReceiverAsked(occurred_at=at, number=2, provider=PARTNER, timers=_timers("receiver"), note=NOTE),
        ReceiverAnswered(
            occurred_at=at,
            number=2,
            provider=PARTNER,
            answer=ReceiverAnswer.REFUSED,
            timers=_timers("receiver"),
            note=NOTE,
        ),
        EscortArranged(occurred_at=at, number=2, kind=EscortKind.MEDICAL, staff=STAFF, provider=PARTNER, note=NOTE),
        RoutePlanned(
            occurred_at=at,
            number=2,
            departs_at=DUE,
            arrives_at=datetime(2026, 4, 3, 22, tzinfo=UTC),
            transport=Transport.COACH,
            through=("RO", "HU"),
            hearing_dates=3,
            timers=_timers("departure"),
            note=NOTE,
        ),
        ReturnSetBack(
            occurred_at=at,
            number=2,
            item=Preparation.ROUTE,
            cause=SetBackCause.HEARING_MOVED,
            timers=_timers("route"),
        ),
        ReturnStopped(
            occurred_at=at,
            number=2,
            reason=StopReason.VOLUNTARINESS_WITHDRAWN,
            untold=(PARTNER, OTHER),
            timers=_timers("stop"),
            note=NOTE,
        ),
        ReturnStopTold(occurred_at=at, number=2, told=(PARTNER,), note=NOTE),
        ReturnResumed(occurred_at=at, number=2, timers=_timers("voluntariness"), note=NOTE),
        ReturnDeparted(occurred_at=at, number=2, timers=_timers("handover"), note=NOTE),
        HandoverTroubled(
            occurred_at=at, number=2, trouble=Trouble.RECEIVER_ABSENT, timers=_timers("handover"), note=NOTE
        ),
        HandoverConfirmed(
            occurred_at=at,
            number=2,
            received_by=PARTNER,
            receipt=Receipt.SIGNED,
            document=DOCUMENT,
            timers=_timers("check-after-3-months"),
            note=NOTE,
        ),
        ReturnTakenBack(occurred_at=at, number=2, corrects=44, note=NOTE),
        ReturnChecked(
            occurred_at=at,
            number=2,
            check="after-3-months",
            outcome=CheckOutcome.NOT_REACHED,
            timers=_timers("check-after-3-months"),
            note=NOTE,
        ),
        ReturnChecksDropped(occurred_at=at, number=2, checks=("after-3-months",)),
        WayHomeOwed(occurred_at=at, number=1, timers=_timers("way-home")),
        WayHomeSettled(occurred_at=at, number=1, answer=WayHomeAnswer.STAYS_BY_OWN_WISH, note=NOTE),
    )


def reintegration_events() -> tuple[Event, ...]:
    """In the order of the module that defines them."""
    at, after = HAPPENED, Span(count=10)
    return (
        ReintegrationStarted(
            occurred_at=at,
            role=Role.CASEWORKER,
            goals=("safe-home", "own-income"),
            stalled_after=after,
            deadline=LADDER,
            note=NOTE,
        ),
        ReintegrationReviewed(
            occurred_at=at,
            number=3,
            finding=ReviewFinding.SETBACK,
            stalled_after=after,
            deadline=LADDER,
            note=NOTE,
        ),
        ReintegrationEnded(occurred_at=at, reason=ReintegrationEnd.COMPLETE, note=NOTE),
        ReintegrationReopened(
            occurred_at=at,
            reason=ReintegrationReopening.CLIENT_ASKED,
            stalled_after=after,
            deadline=LADDER,
            note=NOTE,
        ),
    )
