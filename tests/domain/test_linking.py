"""Links to the journeys of family and guardians: both sides record the tie."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.codes import ClosingReason, Relation
from domain.command import Command
from domain.journey.closing import CloseJourney
from domain.journey.linking import (
    JourneyLinked,
    JourneyUnlinked,
    LinkJourney,
    LinkMirrored,
    MirrorLink,
    MirrorUnlink,
    UnlinkJourney,
    UnlinkMirrored,
)
from domain.journey.merging import MergeJourney
from domain.journey.state import LinkStatus
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay, CommandRelayed, Dispatch
from tests.domain.given import JOURNEY, OTHER, Given, begun

GUARDIAN, WARD = Relation.GUARDIAN, Relation.WARD


def linked() -> Given:
    """Asked for, not yet agreed."""
    return begun().having(LinkJourney(other=OTHER, relation=GUARDIAN))


def under_way(after: Given, kind: type[Command]) -> Dispatch:
    """The only command of its kind that is under way."""
    (dispatch,) = (d for d in after.state.pending.values() if isinstance(d.command, kind))
    return dispatch


@pytest.mark.parametrize("relation", Relation)
def test_a_link_is_asked_for_and_the_other_side_told(relation: Relation) -> None:
    """With the same tie seen from there."""
    after = (
        begun().when(LinkJourney(other=OTHER, relation=relation)).then(JourneyLinked(other=OTHER, relation=relation))
    )
    assert after.state.links[OTHER].status is LinkStatus.UNDER_WAY
    dispatch = under_way(after, MirrorLink)
    assert dispatch.target == OTHER
    assert dispatch.command == MirrorLink(other=JOURNEY, relation=relation.mirror)


def test_a_link_is_agreed_once_the_other_side_has_recorded_it() -> None:
    """Then nothing is under way any more."""
    dispatch = under_way(linked(), MirrorLink).id
    after = linked().when(AcknowledgeRelay(dispatch=dispatch)).then(CommandRelayed(dispatch=dispatch, target=OTHER))
    assert after.state.links[OTHER].status is LinkStatus.AGREED
    assert not after.state.pending


def test_a_link_that_the_other_side_refuses_is_shown_and_may_be_asked_for_again() -> None:
    """For instance where there is no such journey."""
    dispatch = under_way(linked(), MirrorLink).id
    refusal = RefusalCode.UNKNOWN_JOURNEY
    after = (
        linked()
        .when(AcknowledgeRelay(dispatch=dispatch, refused=refusal))
        .then(CommandRelayed(dispatch=dispatch, target=OTHER, refused=refusal))
    )
    assert after.state.links[OTHER].status is LinkStatus.REFUSED
    after.when(LinkJourney(other=OTHER, relation=GUARDIAN)).then(JourneyLinked(other=OTHER, relation=GUARDIAN))


def test_what_the_other_side_asks_for_is_mirrored_once() -> None:
    """Repeating it is harmless."""
    after = begun().when(MirrorLink(other=OTHER, relation=WARD)).then(LinkMirrored(other=OTHER, relation=WARD))
    assert after.state.links[OTHER].status is LinkStatus.AGREED
    after.when(MirrorLink(other=OTHER, relation=WARD)).then_nothing()
    after.when(MirrorLink(other=OTHER, relation=Relation.SIBLING)).then(
        LinkMirrored(other=OTHER, relation=Relation.SIBLING)
    )


def test_both_sides_may_ask_at_once() -> None:
    """Each mirrors the other, and the answers change nothing more."""
    crossed = linked().having(MirrorLink(other=OTHER, relation=GUARDIAN))
    dispatch = under_way(crossed, MirrorLink).id
    after = crossed.having(AcknowledgeRelay(dispatch=dispatch, refused=RefusalCode.ALREADY_LINKED))
    assert after.state.links[OTHER].status is LinkStatus.AGREED


def test_a_link_is_not_asked_for_twice() -> None:
    """While it is under way or agreed."""
    linked().when(LinkJourney(other=OTHER, relation=GUARDIAN)).then_refused(
        RefusalCode.ALREADY_LINKED, part=f"link:{OTHER}", part_version=linked().state.links[OTHER].version
    )


def test_nobody_is_their_own_relative() -> None:
    """The same journey on both ends is a slip."""
    begun().when(LinkJourney(other=JOURNEY, relation=GUARDIAN)).then_refused(RefusalCode.LINK_TO_ITSELF)


def test_a_tie_is_ended_on_both_sides() -> None:
    """From here, and as the other side asks."""
    after = linked().when(UnlinkJourney(other=OTHER)).then(JourneyUnlinked(other=OTHER))
    assert under_way(after, MirrorUnlink).command == MirrorUnlink(other=JOURNEY)
    assert OTHER not in after.state.links
    mirrored = linked().when(MirrorUnlink(other=OTHER)).then(UnlinkMirrored(other=OTHER))
    assert OTHER not in mirrored.state.links
    mirrored.when(MirrorUnlink(other=OTHER)).then_nothing()
    begun().when(UnlinkJourney(other=OTHER)).then_refused(RefusalCode.NOT_LINKED)


def test_a_late_answer_to_an_ended_tie_does_not_agree_a_new_one() -> None:
    """Each link waits for the answer to its own question."""
    first = under_way(linked(), MirrorLink).id
    again = linked().having(UnlinkJourney(other=OTHER), LinkJourney(other=OTHER, relation=WARD))
    unlinking = under_way(again, MirrorUnlink).id
    for late in (first, unlinking):
        again = again.having(AcknowledgeRelay(dispatch=late))
        assert again.state.links[OTHER].status is LinkStatus.UNDER_WAY
    (last,) = again.state.pending
    assert again.having(AcknowledgeRelay(dispatch=last)).state.links[OTHER].status is LinkStatus.AGREED


@pytest.mark.parametrize("command", [CloseJourney(reason=ClosingReason.DEATH), MergeJourney(survivor=UUID(int=9))])
def test_ties_may_change_when_the_journey_is_over(command: Command) -> None:
    """A mother's journey is closed; her child's goes on and still points to it."""
    over = begun().having(command)
    assert over.when(LinkJourney(other=OTHER, relation=Relation.CHILD)).events
    assert over.when(MirrorLink(other=OTHER, relation=Relation.CHILD)).events
    assert over.having(MirrorLink(other=OTHER, relation=Relation.CHILD)).when(UnlinkJourney(other=OTHER)).events
    assert over.having(MirrorLink(other=OTHER, relation=Relation.CHILD)).when(MirrorUnlink(other=OTHER)).events
