"""The second person: never the one who proposed, and only about what was proposed."""

from __future__ import annotations

import pytest

from domain.codes import NOBODY, SYSTEM_ACTOR, ObligationKind
from domain.journey import obligations
from domain.journey.approval.commands import GiveApproval, RefuseApproval
from domain.journey.approval.events import ApprovalGiven, ApprovalRefused
from domain.journey.approval.needing import approval_of, needs_approval, refuse_unapproved
from domain.journey.approval.state import ApprovalStatus, Objection
from domain.journey.closing import CloseJourney, JourneyClosed
from domain.journey.deciding import Surroundings
from domain.pathway.approvals import ApprovalMatter
from domain.refusal import RefusalCode
from tests.domain.approval.asked import CLOSE, GIVE, NOT_YET, REACHED, TO_CLOSE, WISH, agreed, asked, only, supervised
from tests.domain.given import MILA, NOTE, VERA, begun

CLOSURE = ApprovalMatter.CLOSURE


def test_a_closure_waits_for_a_second_person() -> None:
    """The refusal names the question, once there is one, and whose answer it is."""
    supervised().when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED, part=None, allowed=("supervisor",))
    asked().when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED, part="approval:1")
    asked().by(VERA).when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED)


def test_with_the_approval_anybody_closes_the_journey() -> None:
    """The proposer or the second person: two people have agreed."""
    for who in (MILA, VERA):
        after = agreed().by(who).when(CLOSE).then(JourneyClosed(reason=REACHED))
        assert only(after).status is ApprovalStatus.USED
        assert not obligations(after.state)


def test_the_approval_says_who_when_and_of_which_version() -> None:
    """From the actor of the event, not from a field."""
    before = asked().later(days=1).by(VERA)
    version = only(before).of_version
    after = before.when(GiveApproval(number=1, note=NOTE)).then(
        ApprovalGiven(number=1, matter=CLOSURE, of_version=version, note=NOTE)
    )
    found = approval_of(after.state, CLOSURE)
    assert found is not None
    assert (found.asked_by, found.answered_by, found.answered_at) == (MILA, VERA, before.now)
    assert (found.of_version, found.reason) == (version, REACHED)
    assert approval_of(before.state, CLOSURE) is None
    assert ObligationKind.APPROVAL not in {o.kind for o in obligations(after.state)}


@pytest.mark.parametrize("command", [GIVE, NOT_YET])
def test_nobody_answers_their_own_question(command: GiveApproval | RefuseApproval) -> None:
    """Nor does the clock, nor anybody unnamed."""
    asked().when(command).then_refused(RefusalCode.SECOND_PERSON_REQUIRED, part="approval:1", other=MILA)
    for who in (NOBODY, SYSTEM_ACTOR):
        asked().by(who).when(command).then_refused(RefusalCode.PERSON_REQUIRED)


def test_it_does_not_help_to_let_somebody_else_ask_again() -> None:
    """The question that is answered is the one that stands."""
    twice = asked().by(VERA)
    twice.when(TO_CLOSE).then_refused(RefusalCode.APPROVAL_ALREADY_ASKED)
    other = agreed().by(VERA).having(TO_CLOSE.model_copy(update={"reason": WISH}))
    other.by(VERA).when(GiveApproval(number=2)).then_refused(RefusalCode.SECOND_PERSON_REQUIRED, other=VERA)
    other.by(MILA).when(GIVE).then_refused(RefusalCode.NO_APPROVAL_ASKED, part="approval:1")


def test_an_approval_is_for_its_reason() -> None:
    """Approved because the goals are reached, it is not closed at the client's wish."""
    agreed().by(MILA).when(CloseJourney(reason=WISH)).then_refused(
        RefusalCode.APPROVED_OTHERWISE, part="approval:1", allowed=("goals-reached",)
    )


def test_a_refusal_says_why_and_ends_the_question() -> None:
    """It may be asked again; the old answer stays in the history."""
    after = (
        asked()
        .by(VERA)
        .when(NOT_YET.model_copy(update={"note": NOTE}))
        .then(ApprovalRefused(number=1, matter=CLOSURE, objection=Objection.SOMETHING_OPEN, note=NOTE))
    )
    assert (only(after).status, only(after).objection) == (ApprovalStatus.REFUSED, Objection.SOMETHING_OPEN)
    after.by(MILA).when(CLOSE).then_refused(RefusalCode.APPROVAL_REQUIRED, part=None)
    after.when(GIVE).then_refused(RefusalCode.NO_APPROVAL_ASKED)
    again = after.by(MILA).having(TO_CLOSE).by(VERA).having(GiveApproval(number=2))
    assert not again.having(CLOSE).state.is_open


def test_an_answer_belongs_to_the_form_that_was_seen() -> None:
    """And to a question that there is."""
    asked().by(VERA).when(GiveApproval(number=1, seen=1)).then_refused(RefusalCode.PART_CHANGED, part="approval:1")
    asked().by(VERA).when(GiveApproval(number=2)).then_refused(RefusalCode.NO_APPROVAL_ASKED, part="approval:2")
    agreed().when(NOT_YET).then_refused(RefusalCode.NO_APPROVAL_ASKED)


def test_a_pathway_that_asks_nobody_goes_on_as_before() -> None:
    """As the first version of a pathway does, and the other organisation's."""
    here = begun()
    assert not needs_approval(here.pathway, CLOSURE)
    assert refuse_unapproved(here.state, CLOSURE, Surroundings(here.pathway, here.now)) is None
    here.when(CLOSE).then(JourneyClosed(reason=REACHED))
