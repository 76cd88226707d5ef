"""Merging two journeys of one person, reversibly; and what is under way between journeys."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.codes import ClosingReason, Phase, Relation
from domain.journey import obligations, wakes
from domain.journey.closing import CloseJourney
from domain.journey.linking import LinkJourney
from domain.journey.merging import (
    AbsorbDuplicate,
    DuplicateAbsorbed,
    DuplicateReleased,
    JourneyMerged,
    MergeJourney,
    MergeReversed,
    ReleaseDuplicate,
    ReverseMerge,
)
from domain.journey.review import ReviewScheduled
from domain.journey.state import LinkStatus
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay, CommandRelayed
from tests.domain.given import JOURNEY, MONDAY, OTHER, THIRD, Given, begun, with_hearing
from tests.domain.test_linking import under_way


def merged() -> Given:
    """A duplicate; the survivor has not answered."""
    return with_hearing().having(MergeJourney(survivor=OTHER))


def test_a_duplicate_points_to_the_survivor_and_owes_nothing() -> None:
    """The survivor is told."""
    after = with_hearing().when(MergeJourney(survivor=OTHER)).then(JourneyMerged(survivor=OTHER))
    assert (after.state.phase, after.state.merged_into) == (Phase.MERGED, OTHER)
    assert (obligations(after.state), wakes(after.state)) == ([], [])
    dispatch = under_way(after, AbsorbDuplicate)
    assert (dispatch.target, dispatch.command) == (OTHER, AbsorbDuplicate(duplicate=JOURNEY))


def test_a_merge_is_reversed_and_the_journey_goes_on_as_it_was() -> None:
    """With every date and timer, and the survivor told."""
    before = with_hearing()
    after = merged().when(ReverseMerge()).then(MergeReversed(survivor=OTHER))
    assert wakes(after.state) == wakes(before.state)
    assert under_way(after, ReleaseDuplicate).command == ReleaseDuplicate(duplicate=JOURNEY)


def test_only_a_merged_journey_is_separated() -> None:
    """Nothing else was merged."""
    begun().when(ReverseMerge()).then_refused(RefusalCode.NOT_MERGED)


def test_a_journey_is_not_merged_into_itself() -> None:
    """Nor into one that it has absorbed."""
    begun().when(MergeJourney(survivor=JOURNEY)).then_refused(RefusalCode.LINK_TO_ITSELF, other=JOURNEY)
    begun().having(AbsorbDuplicate(duplicate=OTHER)).when(MergeJourney(survivor=OTHER)).then_refused(
        RefusalCode.LINK_TO_ITSELF, other=OTHER
    )


def test_a_merged_journey_takes_no_other_command() -> None:
    """The refusal says where the work goes on."""
    merged().when(MergeJourney(survivor=THIRD)).then_refused(RefusalCode.JOURNEY_MERGED, other=OTHER)
    merged().when(CloseJourney(reason=ClosingReason.DEATH)).then_refused(RefusalCode.JOURNEY_MERGED, other=OTHER)
    begun().having(CloseJourney(reason=ClosingReason.DEATH)).when(MergeJourney(survivor=OTHER)).then_refused(
        RefusalCode.JOURNEY_CLOSED
    )


def test_a_survivor_absorbs_and_releases_each_duplicate_once() -> None:
    """Repeating it is harmless; a closed survivor does it too."""
    after = begun().having(AbsorbDuplicate(duplicate=OTHER))
    assert after.state.absorbed == {OTHER}
    after.when(AbsorbDuplicate(duplicate=OTHER)).then_nothing()
    released = after.when(ReleaseDuplicate(duplicate=OTHER)).then(DuplicateReleased(duplicate=OTHER))
    assert not released.state.absorbed
    released.when(ReleaseDuplicate(duplicate=OTHER)).then_nothing()
    closed = begun().having(CloseJourney(reason=ClosingReason.REFERRED))
    closed.when(AbsorbDuplicate(duplicate=OTHER)).then(DuplicateAbsorbed(duplicate=OTHER))


def test_a_survivor_is_reviewed_soon_for_what_the_duplicate_still_owed() -> None:
    """The hearings of the duplicate are nobody's any more: by the end of the next working day somebody looks."""
    absorbed, review = begun().when(AbsorbDuplicate(duplicate=OTHER)).events
    assert absorbed == DuplicateAbsorbed(duplicate=OTHER)
    assert isinstance(review, ReviewScheduled)
    assert review.deadline.due_on == (MONDAY + timedelta(days=1)).date()


def test_a_journey_that_is_itself_merged_absorbs_nothing() -> None:
    """The refusal names its own survivor."""
    merged().when(AbsorbDuplicate(duplicate=THIRD)).then_refused(RefusalCode.JOURNEY_MERGED, other=OTHER)


def test_an_agreed_merge_is_no_longer_under_way() -> None:
    """Nothing follows."""
    dispatch = under_way(merged(), AbsorbDuplicate).id
    after = merged().when(AcknowledgeRelay(dispatch=dispatch)).then(CommandRelayed(dispatch=dispatch, target=OTHER))
    assert (after.state.phase, dict(after.state.pending)) == (Phase.MERGED, {})


def test_a_merge_that_the_survivor_refuses_is_reversed() -> None:
    """A journey that points to nobody would owe nothing, and no one would ever look at it again."""
    before = with_hearing()
    dispatch = under_way(merged(), AbsorbDuplicate).id
    refused = RefusalCode.UNKNOWN_JOURNEY
    after = (
        merged()
        .when(AcknowledgeRelay(dispatch=dispatch, refused=refused))
        .then(CommandRelayed(dispatch=dispatch, target=OTHER, refused=refused), MergeReversed(survivor=OTHER))
    )
    assert after.state.phase is Phase.OPEN
    assert wakes(after.state) == wakes(before.state)


def test_the_refusal_of_a_merge_that_was_reversed_meanwhile_reverses_nothing() -> None:
    """It has no more consequence; nor has that of a release."""
    dispatch = under_way(merged(), AbsorbDuplicate).id
    reversed_ = merged().having(ReverseMerge())
    refused = RefusalCode.JOURNEY_MERGED
    after = reversed_.when(AcknowledgeRelay(dispatch=dispatch, refused=refused)).then(
        CommandRelayed(dispatch=dispatch, target=OTHER, refused=refused)
    )
    release = under_way(after, ReleaseDuplicate).id
    after.when(AcknowledgeRelay(dispatch=release, refused=RefusalCode.UNKNOWN_JOURNEY)).then(
        CommandRelayed(dispatch=release, target=OTHER, refused=RefusalCode.UNKNOWN_JOURNEY)
    )


def test_the_answer_to_a_merge_says_nothing_of_a_link_to_the_same_journey() -> None:
    """Two questions, two answers."""
    before = begun().having(LinkJourney(other=OTHER, relation=Relation.SIBLING), MergeJourney(survivor=OTHER))
    after = before.having(AcknowledgeRelay(dispatch=under_way(before, AbsorbDuplicate).id))
    assert after.state.links[OTHER].status is LinkStatus.UNDER_WAY


def test_an_answer_to_nothing_is_nothing() -> None:
    """The workflow reports again what was reported before."""
    begun().when(AcknowledgeRelay(dispatch=UUID(int=1))).then_nothing()


def test_the_id_of_a_command_under_way_follows_from_the_event_that_caused_it() -> None:
    """So that sending it again is harmless, from any machine."""
    assert list(merged().state.pending) == list(merged().state.pending)
    assert len({d.id for d in merged().having(ReverseMerge()).state.pending.values()}) == 2
