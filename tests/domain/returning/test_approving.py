"""Nobody is returned on the word of one person: another agrees to exactly this return."""

from __future__ import annotations

from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.approval.events import ApprovalVoided
from domain.journey.approval.needing import approval_of
from domain.journey.returning.codes import EscortKind
from domain.journey.returning.commands import ArrangeEscort, DepartOnReturn
from domain.journey.returning.way_events import ReturnDeparted
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.refusal import RefusalCode
from tests.domain.given import MILA, VERA, Given
from tests.domain.returning.home import LEAVES, ready

RETURN = ApprovalMatter.RETURN
LEAVE = DepartOnReturn(number=1)


def _ready() -> Given:
    """Everything is prepared, on a pathway that asks for a second person."""
    given = ready()
    return given.on(given.pathway.model_copy(update={"approvals": (ApprovalRule(matter=RETURN),)}))


def _agreed() -> Given:
    return _ready().having(AskApproval(matter=RETURN, of=1)).by(VERA).having(GiveApproval(number=1)).by(MILA)


def test_a_departure_waits_for_a_second_person() -> None:
    """Of this very return; who proposed it does not agree to it."""
    _ready().at(LEAVES).when(LEAVE).then_refused(RefusalCode.APPROVAL_REQUIRED, allowed=("supervisor",))
    for nothing in (None, 2):
        _ready().when(AskApproval(matter=RETURN, of=nothing)).then_refused(RefusalCode.NOTHING_TO_APPROVE)
    asked = _ready().having(AskApproval(matter=RETURN, of=1))
    asked.when(GiveApproval(number=1)).then_refused(RefusalCode.SECOND_PERSON_REQUIRED, other=MILA)
    departed = _agreed().at(LEAVES).when(LEAVE)
    assert isinstance(departed.events[0], ReturnDeparted)
    found = approval_of(departed.after.state, RETURN, of=1)
    assert found is not None
    assert (found.asked_by, found.answered_by) == (MILA, VERA)


def test_another_escort_is_another_return() -> None:
    """What was agreed to is void, in the same decision."""
    changed = _agreed().when(ArrangeEscort(number=1, escort=EscortKind.OURS, staff=VERA))
    assert [e.number for e in changed.events if isinstance(e, ApprovalVoided)] == [1]
    changed.after.at(LEAVES).when(LEAVE).then_refused(RefusalCode.APPROVAL_REQUIRED)
