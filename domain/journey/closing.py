"""Part: closing with a reason, and reopening, which is normal. Closing ends what is open; nothing is thrown away."""

from __future__ import annotations

from dataclasses import replace

from pydantic import AwareDatetime

from domain.codes import ClosingReason, Phase, ReopeningReason
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.stages import end_open_steps
from domain.journey.state import Closing, Journey
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed


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
    occurred_at: AwareDatetime | None = None


class ReopenJourney(Command, kind="reopen-journey"):
    """Reopens a closed journey."""

    reason: ReopeningReason
    note: Sealed[Notes] | None = None


@decides(CloseJourney)
def _close(journey: Journey, command: CloseJourney, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings.now):
        return refused
    return (JourneyClosed(reason=command.reason, note=command.note, occurred_at=command.occurred_at),)


@decides(ReopenJourney, in_every_phase=True)
def _reopen(journey: Journey, command: ReopenJourney, _: Surroundings) -> Decision:
    if journey.phase is Phase.MERGED:
        return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    if journey.phase is not Phase.CLOSED:
        return Refused(code=RefusalCode.JOURNEY_NOT_CLOSED)
    return (JourneyReopened(reason=command.reason, note=command.note),)


@evolves(JourneyClosed)
def _closed(journey: Journey, recorded: Recorded[JourneyClosed]) -> Journey:
    return replace(
        journey,
        phase=Phase.CLOSED,
        closing=Closing(recorded.event.reason, recorded.occurred_at, recorded.version),
        steps=end_open_steps(journey, recorded.version),
        review=None,
    )


@evolves(JourneyReopened)
def _reopened(journey: Journey, recorded: Recorded[JourneyReopened]) -> Journey:
    return replace(journey, phase=Phase.OPEN, closing=None, reopened=journey.reopened + 1)
