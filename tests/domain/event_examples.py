"""One example of every event of a journey and of a message, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.codes import (
    ClosingReason,
    Mover,
    ObligationKind,
    Relation,
    ReopeningReason,
    Role,
    RungEffect,
    StageExit,
    StallCause,
    StepOutcome,
    StepReason,
    StreamName,
)
from domain.deadline import Deadline, Rung
from domain.event import Event
from domain.journey.assignment import Assigned, Unassigned
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.contacts import ContactLinked, ContactUnlinked
from domain.journey.linking import JourneyLinked, JourneyUnlinked, LinkMirrored, UnlinkMirrored
from domain.journey.merging import DuplicateAbsorbed, DuplicateReleased, JourneyMerged, MergeReversed
from domain.journey.milestones import MilestoneReached
from domain.journey.nudging import Nudged
from domain.journey.opening import JourneyOpened
from domain.journey.residence.codes import ApplicationOutcome, EndReason
from domain.journey.residence.events import (
    ApplicationSettled,
    ExtensionApplied,
    ResidenceAlarmRepeated,
    ResidenceCorrected,
    ResidenceEnded,
    ResidenceExpired,
    ResidenceExtended,
    ResidenceGranted,
    ResidenceReinstated,
    ResidenceRevoked,
)
from domain.journey.review import ReviewHeld, ReviewScheduled
from domain.journey.screening.saving import ScreeningSaved
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.stalling import StepResumed, StepStalled
from domain.journey.status.events import FormalStatusCorrected, FormalStatusDecided
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled
from domain.message import Channel, Doubt, DropReason, MessageDropped, MessageSent
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pin, Span, Unit
from domain.refusal import RefusalCode
from domain.sealed import Notes, Sealed
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.firing import Addressee, RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from tests.domain.approval.examples import approval_events
from tests.domain.contact.event_examples import contact_events
from tests.domain.document.examples import document_events
from tests.domain.emergency.examples import emergency_events
from tests.domain.export.examples import export_events
from tests.domain.hearing.event_examples import hearing_events
from tests.domain.migration.examples import migration_events
from tests.domain.mission.examples import examples as missions
from tests.domain.proceedings.event_examples import proceedings_events
from tests.domain.release.examples import release_events
from tests.domain.returning.event_examples import reintegration_events, returning_events
from tests.domain.safety_examples import safety_examples
from tests.domain.service.examples import service_events
from tests.domain.supervision_examples import supervision_events

MILA = UUID("00000000-0000-4000-8000-00000000a001")
VERA = UUID("00000000-0000-4000-8000-00000000a002")
JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
OTHER = UUID("7f3e0000-0000-4000-8000-000000000002")
DOCUMENT = UUID("00000000-0000-4000-8000-0000000d0c01")
DISPATCH = UUID("5b1d0000-0000-5000-8000-000000000003")
MESSAGE = UUID("5b1d0000-0000-5000-8000-000000000004")
HAPPENED = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
HEARING = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
LADDER = Deadline(
    due_at=HEARING,
    due_on=date(2026, 5, 4),
    zone="Europe/Belgrade",
    calendar="rs-0.109",
    article="ZKP 224",
    rungs=(
        Rung(
            rung="before-7-calendar-days", at=HEARING - timedelta(days=7), effect=RungEffect.REMIND, to=(Role.LAWYER,)
        ),
        Rung(rung="due", at=HEARING, effect=RungEffect.DUE),
        Rung(
            rung="escalate-on-call-1-working-days",
            at=HEARING + timedelta(days=1),
            effect=RungEffect.ESCALATE,
            to=(Role.ON_CALL,),
        ),
        Rung(rung="stall", at=HEARING + timedelta(days=7), effect=RungEffect.STALL),
    ),
)


def _filled() -> tuple[Event, ...]:
    at = HAPPENED
    return (
        JourneyOpened(occurred_at=at, pin=Pin(name="astra", version=1, sha256="ab" * 32), note=NOTE),
        Assigned(occurred_at=at, role=Role.CASEWORKER, staff=MILA),
        Unassigned(occurred_at=at, role=Role.LAWYER, staff=VERA),
        *safety_examples(at, NOTE, LADDER, OTHER),
        StageEntered(occurred_at=at, stage="recovery", note=NOTE),
        StageLeft(occurred_at=at, stage="recovery", exit=StageExit.STOPPED, note=NOTE),
        MilestoneReached(occurred_at=at, milestone="plan-agreed"),
        StepOpened(
            occurred_at=at,
            stage="legal-proceedings",
            step="main-hearing",
            occurrence=2,
            role=Role.LAWYER,
            waits_on=Mover.COURT,
            stalled_after=Span(count=20, unit=Unit.WORKING_DAYS),
            deadline=LADDER,
        ),
        StepAdvanced(
            occurred_at=at,
            step="main-hearing",
            occurrence=2,
            outcome=StepOutcome.POSTPONED,
            reason=StepReason.COURT_POSTPONED,
            deadline=LADDER,
            appointment=HEARING,
            note=NOTE,
        ),
        StepScheduled(
            occurred_at=at, step="main-hearing", occurrence=2, deadline=LADDER, appointment=HEARING, note=NOTE
        ),
        StepCorrected(
            occurred_at=at,
            step="main-hearing",
            occurrence=2,
            corrects=17,
            outcome=StepOutcome.NO_SHOW,
            reason=StepReason.CLIENT_ILL,
            deadline=LADDER,
            appointment=HEARING,
            note=NOTE,
        ),
        StepStalled(occurred_at=at, step="main-hearing", occurrence=2, cause=StallCause.WAITING_ON_COURT, note=NOTE),
        StepResumed(occurred_at=at, step="main-hearing", occurrence=2, deadline=LADDER, note=NOTE),
        Nudged(
            occurred_at=at,
            obligation="step:main-hearing:2",
            kind=ObligationKind.STEP,
            mover=Mover.COURT,
            role=Role.LAWYER,
            staff=VERA,
            again_at=HEARING,
        ),
        LadderExtended(
            occurred_at=at,
            obligation="step:main-hearing:2",
            kind=ObligationKind.STEP,
            date_version=3,
            rungs=(Rung(rung="again-1", at=HEARING, effect=RungEffect.ESCALATE, to=(Role.SUPERVISOR,)),),
        ),
        RungsFired(
            occurred_at=at,
            obligation="step:main-hearing:2",
            kind=ObligationKind.STEP,
            date_version=3,
            rungs=("before-7-calendar-days",),
            effects=(RungEffect.REMIND,),
            due_at=HEARING,
            zone="Europe/Belgrade",
            late=True,
            addressees=(Addressee(message=MESSAGE, role=Role.LAWYER, staff=VERA),),
        ),
        AppointmentWithdrawn(
            occurred_at=at,
            obligation="step:main-hearing:2",
            kind=ObligationKind.STEP,
            date_version=3,
            starts_at=HEARING,
            zone="Europe/Belgrade",
            message=MESSAGE,
        ),
        ContactLinked(occurred_at=at, contact=OTHER),
        ContactUnlinked(occurred_at=at, contact=OTHER),
        ReviewScheduled(occurred_at=at, role=Role.CASEWORKER, deadline=LADDER),
        ReviewHeld(occurred_at=at, note=NOTE),
        JourneyClosed(occurred_at=at, reason=ClosingReason.IN_DETENTION, note=NOTE),
        JourneyReopened(occurred_at=at, reason=ReopeningReason.RELEASED, note=NOTE),
        JourneyLinked(occurred_at=at, other=OTHER, relation=Relation.GUARDIAN),
        LinkMirrored(occurred_at=at, other=OTHER, relation=Relation.WARD),
        JourneyUnlinked(occurred_at=at, other=OTHER),
        UnlinkMirrored(occurred_at=at, other=OTHER),
        JourneyMerged(occurred_at=at, survivor=OTHER),
        MergeReversed(occurred_at=at, survivor=OTHER),
        DuplicateAbsorbed(occurred_at=at, duplicate=OTHER),
        DuplicateReleased(occurred_at=at, duplicate=OTHER),
        *_standing(at),
        *approval_events(at, NOTE, LADDER),
        *emergency_events(at, NOTE, LADDER),
        *document_events(at),
        *migration_events(at, NOTE, LADDER),
        *export_events(at, NOTE),
        *release_events(at),
        CommandRelayed(occurred_at=at, dispatch=DISPATCH, target=OTHER, refused=RefusalCode.UNKNOWN_JOURNEY),
        MessageSent(
            occurred_at=at,
            stream_kind=StreamName.JOURNEY,
            stream_id=JOURNEY,
            obligation="step:main-hearing:2",
            date_version=3,
            channel=Channel.EMAIL,
            recipients=(VERA,),
            doubt=Doubt.WORKER_DIED,
            digest=DISPATCH,
        ),
        MessageDropped(
            occurred_at=at,
            stream_kind=StreamName.JOURNEY,
            stream_id=JOURNEY,
            obligation="review",
            date_version=1,
            reason=DropReason.SUPERSEDED,
            doubt=Doubt.REPLY_LATE,
        ),
    )


def _standing(at: datetime) -> tuple[Event, ...]:
    """Formal status, screening and residence."""
    monday, sunday = date(2026, 3, 2), date(2026, 5, 31)
    answers = (Answer(question="somebody-present", answer="family"), Answer(question="days-here", days=90))
    return (
        FormalStatusDecided(
            occurred_at=at,
            status=FormalStatus.PRESUMED,
            decider="centre",
            decided_on=monday,
            learned_on=sunday,
            document=DOCUMENT,
            note=NOTE,
        ),
        FormalStatusCorrected(
            occurred_at=at,
            corrects=17,
            status=FormalStatus.REJECTED,
            decider="centre",
            decided_on=monday,
            learned_on=sunday,
            document=DOCUMENT,
            note=NOTE,
        ),
        ScreeningSaved(
            occurred_at=at,
            form="first-talk",
            pin=Pin(name="astra", version=2, sha256="ab" * 32),
            answers=answers,
            unanswered=3,
            corrects=17,
            note=NOTE,
        ),
        ResidenceGranted(
            occurred_at=at,
            number=2,
            kind="protection",
            ground="centre-opinion",
            valid_from=monday,
            valid_until=sunday,
            role=Role.LAWYER,
            deadline=LADDER,
            document=DOCUMENT,
            note=NOTE,
        ),
        ExtensionApplied(occurred_at=at, number=2, applied_on=monday, document=DOCUMENT, note=NOTE),
        ApplicationSettled(occurred_at=at, number=2, outcome=ApplicationOutcome.REFUSED, note=NOTE),
        ResidenceExtended(occurred_at=at, number=2, valid_until=sunday, deadline=LADDER, document=DOCUMENT, note=NOTE),
        ResidenceExpired(occurred_at=at, number=2, deadline=LADDER),
        ResidenceAlarmRepeated(occurred_at=at, number=2, deadline=LADDER),
        ResidenceRevoked(
            occurred_at=at, number=2, ground="cooperation-stopped", deadline=LADDER, document=DOCUMENT, note=NOTE
        ),
        ResidenceEnded(occurred_at=at, number=2, reason=EndReason.LEFT_COUNTRY, note=NOTE),
        ResidenceReinstated(occurred_at=at, number=1, deadline=LADDER),
        ResidenceCorrected(
            occurred_at=at,
            number=2,
            corrects=17,
            kind="recovery",
            ground="recovery",
            valid_from=monday,
            valid_until=sunday,
            deadline=LADDER,
            note=NOTE,
        ),
    )


def _all() -> tuple[Event, ...]:
    return (
        *_filled(),
        *service_events(HAPPENED, LADDER, NOTE),
        *hearing_events(),
        *contact_events(LADDER),
        *missions(),
        *proceedings_events(),
        *returning_events(),
        *reintegration_events(),
        *supervision_events(LADDER),
    )


EXAMPLES: dict[str, Event] = {event.topic: event for event in _all()}
