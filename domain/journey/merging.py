"""Part: merging two journeys of one person, reversibly. Nothing is moved: the duplicate points to the survivor."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Phase
from domain.command import Command
from domain.copying import replace
from domain.deadline import review_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.emergency.access import refuse_unreviewed
from domain.journey.folding import evolves
from domain.journey.proceedings.running import refuse_running
from domain.journey.review import ReviewScheduled
from domain.journey.state import Journey
from domain.journey.withdrawal import refuse_untold
from domain.pathway.model import Span
from domain.refusal import RefusalCode, Refused
from domain.stream.dispatching import Dispatch, when_refused, with_dispatch
from domain.stream.facts import asks_who_left


class JourneyMerged(Event, topic="journey.merged"):
    """This journey was found to be of the same person as `survivor`, where the work goes on."""

    survivor: UUID


class MergeReversed(Event, topic="journey.merge-reversed"):
    """They are two persons after all, or the survivor would not have it; this journey goes on as it was."""

    survivor: UUID


class DuplicateAbsorbed(Event, topic="journey.duplicate-absorbed"):
    """`duplicate` is of this person as well: its history is shown here."""

    duplicate: UUID


class DuplicateReleased(Event, topic="journey.duplicate-released"):
    """`duplicate` is of another person after all."""

    duplicate: UUID


class MergeJourney(Command, kind="merge-journey"):
    """Given to the duplicate: go on as `survivor`."""

    survivor: UUID


class ReverseMerge(Command, kind="reverse-merge"):
    """Given to the duplicate: they are two persons."""


class AbsorbDuplicate(Command, kind="absorb-duplicate"):
    """What the duplicate's workflow asks of the survivor."""

    duplicate: UUID


class ReleaseDuplicate(Command, kind="release-duplicate"):
    """What the duplicate's workflow asks of the survivor after a reversal."""

    duplicate: UUID


asks_who_left(ReverseMerge, lambda journey, _: journey.assigned.values())


@decides(MergeJourney)
def _merge(journey: Journey, command: MergeJourney, _: Surroundings) -> Decision:
    if command.survivor == journey.id or command.survivor in journey.absorbed:
        return Refused(code=RefusalCode.LINK_TO_ITSELF, other=command.survivor)
    # The survivor gets a review, not the duplicate's timers: a statutory term would go silent.
    if refused := refuse_untold(journey) or refuse_running(journey) or refuse_unreviewed(journey):
        return refused
    return (JourneyMerged(survivor=command.survivor),)


@decides(ReverseMerge, in_every_phase=True)
def _reverse(journey: Journey, command: ReverseMerge, _: Surroundings) -> Decision:
    if journey.merged_into is None:
        return Refused(code=RefusalCode.NOT_MERGED)
    return (MergeReversed(survivor=journey.merged_into),)


SOON = Span(count=1)
"""Within how long the survivor is reviewed after a merge."""


@decides(AbsorbDuplicate, in_every_phase=True)
def _absorb(journey: Journey, command: AbsorbDuplicate, surroundings: Surroundings) -> Decision:
    if journey.phase is Phase.MERGED:
        return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    if command.duplicate in journey.absorbed:
        return ()
    absorbed = DuplicateAbsorbed(duplicate=command.duplicate)
    if journey.phase is not Phase.OPEN:
        return (absorbed,)
    # What the duplicate owed (a hearing, say) is owed no longer there: somebody has to look what is to go on here.
    deadline = review_deadline(surroundings.pathway, now=surroundings.now, within=SOON)
    return (absorbed, ReviewScheduled(role=surroundings.pathway.review.role, deadline=deadline))


@decides(ReleaseDuplicate, in_every_phase=True)
def _release(journey: Journey, command: ReleaseDuplicate, _: Surroundings) -> Decision:
    return (DuplicateReleased(duplicate=command.duplicate),) if command.duplicate in journey.absorbed else ()


@when_refused(AbsorbDuplicate)
def _not_absorbed(journey: Journey, dispatch: Dispatch) -> tuple[Event, ...]:
    """A duplicate of a journey that will not have it goes on by itself; else nobody would ever look at it again."""
    return (MergeReversed(survivor=dispatch.target),) if journey.merged_into == dispatch.target else ()


@evolves(JourneyMerged)
def _merged(journey: Journey, recorded: Recorded[JourneyMerged]) -> Journey:
    survivor = recorded.event.survivor
    merged = replace(journey, phase=Phase.MERGED, merged_into=survivor)
    return with_dispatch(merged, recorded, survivor, AbsorbDuplicate(duplicate=journey.id))


@evolves(MergeReversed)
def _reversed(journey: Journey, recorded: Recorded[MergeReversed]) -> Journey:
    again = replace(journey, phase=Phase.OPEN, merged_into=None)
    return with_dispatch(again, recorded, recorded.event.survivor, ReleaseDuplicate(duplicate=journey.id))


@evolves(DuplicateAbsorbed)
def _absorbed(journey: Journey, recorded: Recorded[DuplicateAbsorbed]) -> Journey:
    return replace(journey, absorbed=journey.absorbed | {recorded.event.duplicate})


@evolves(DuplicateReleased)
def _released(journey: Journey, recorded: Recorded[DuplicateReleased]) -> Journey:
    return replace(journey, absorbed=journey.absorbed - {recorded.event.duplicate})
