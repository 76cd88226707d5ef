"""Part: closing with a reason, and reopening, which is normal. Closing ends what is open; nothing is thrown away."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ClosingReason, Phase, ReopeningReason
from domain.command import Command
from domain.copying import replace
from domain.deadline import deadline_of_the_rest
from domain.event import Event, Recorded
from domain.journey.approval.needing import refuse_unapproved
from domain.journey.approval.state import settled
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.emergency.access import refuse_unreviewed
from domain.journey.folding import evolves
from domain.journey.proceedings.running import refuse_running
from domain.journey.reintegration.finding import refuse_incomplete
from domain.journey.returning.finding import refuse_unfinished_return
from domain.journey.service.stopping import ended, resumed
from domain.journey.stages import end_open_steps
from domain.journey.state import Closing, Journey
from domain.journey.steps import StepScheduled, open_step
from domain.journey.timing import Instant, misdated
from domain.journey.withdrawal import refuse_untold
from domain.pathway.approvals import ApprovalMatter
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.facts import asks_who_left


class JourneyClosed(Event, topic="journey.closed"):
    """The help has ended; death, disappearance and detention are reasons like others."""

    reason: ClosingReason
    note: Sealed[Notes] | None = None


class JourneyReopened(Event, topic="journey.reopened"):
    """The help goes on, on the same journey with all its history."""

    reason: ReopeningReason
    note: Sealed[Notes] | None = None


class CloseJourney(Command, kind="close-journey"):
    """Closes an open journey."""

    reason: ClosingReason
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class ReopenJourney(Command, kind="reopen-journey"):
    """Reopens a closed journey."""

    reason: ReopeningReason
    note: Sealed[Notes] | None = None


asks_who_left(ReopenJourney, lambda journey, _: journey.assigned.values())


@decides(CloseJourney)
def _close(journey: Journey, command: CloseJourney, surroundings: Surroundings) -> Decision:
    misplaced = misdated(journey, command.occurred_at, surroundings)
    if refused := misplaced or refuse_untold(journey) or refuse_running(journey) or refuse_unreviewed(journey):
        return refused
    if refused := refuse_unfinished_return(journey) or refuse_incomplete(journey, command.reason):
        return refused
    if refused := refuse_unapproved(journey, ApprovalMatter.CLOSURE, surroundings, reason=command.reason):
        return refused
    return (JourneyClosed(reason=command.reason, note=command.note, occurred_at=command.occurred_at),)


@decides(ReopenJourney, in_every_phase=True)
def _reopen(journey: Journey, command: ReopenJourney, surroundings: Surroundings) -> Decision:
    if journey.phase is Phase.MERGED:
        return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    if journey.phase is not Phase.CLOSED:
        return Refused(code=RefusalCode.JOURNEY_NOT_CLOSED)
    reopened = JourneyReopened(reason=command.reason, note=command.note)
    again = resumed(journey, command.reason, surroundings)
    return (reopened, *_open_again(journey, command.reason, surroundings), *again)


def _open_again(journey: Journey, reason: ReopeningReason, surroundings: Surroundings) -> Iterator[Event]:
    """What the closing ended and still stands in the world: appointments ahead; after a mistake, everything.

    The pathway opens the rest anew, with new dates.
    """
    pathway, now = surroundings.pathway, surroundings.now
    for step in journey.steps.values():
        place = pathway.find_step(step.step)
        if place is None or journey.closing is None or step.version != journey.closing.version:
            continue
        ahead = step.appointment is not None and step.appointment > now
        if not ahead and reason is not ReopeningReason.CLOSED_BY_MISTAKE:
            continue
        clockwork = step.clockwork
        rest = deadline_of_the_rest(clockwork.deadline, place[1], pathway, now=now, fired=clockwork.fired)
        opened = open_step(journey, place[0], place[1], pathway, now).model_copy(update={"deadline": rest})
        yield opened
        if step.appointment is not None:
            yield StepScheduled(
                step=opened.step, occurrence=opened.occurrence, deadline=rest, appointment=step.appointment
            )


@evolves(JourneyClosed)
def _closed(journey: Journey, recorded: Recorded[JourneyClosed]) -> Journey:
    return replace(
        journey,
        phase=Phase.CLOSED,
        closing=Closing(recorded.event.reason, recorded.occurred_at, recorded.version),
        steps=end_open_steps(journey, recorded.version),
        review=None,
        services=ended(journey.services, recorded.version),
        approvals=settled(journey.approvals, recorded.version),
    )


@evolves(JourneyReopened)
def _reopened(journey: Journey, recorded: Recorded[JourneyReopened]) -> Journey:
    return replace(journey, phase=Phase.OPEN, closing=None, reopened=journey.reopened + 1)
