"""A journey whose pathway asks a second person before it is closed, and what tests of that share."""

from __future__ import annotations

from uuid import UUID

from domain.codes import ClosingReason, Role
from domain.journey.approval.commands import AskApproval, GiveApproval, RefuseApproval
from domain.journey.approval.state import ApprovalState, Objection
from domain.journey.closing import CloseJourney
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.model import Pathway
from tests.domain.given import VERA, Given, assigned, begun
from tests.pathway_examples import small_pathway

NADA = UUID("00000000-0000-4000-8000-00000000a009")
"""She is on call."""
REACHED, WISH = ClosingReason.GOALS_REACHED, ClosingReason.CLIENT_WISH
CLOSE = CloseJourney(reason=REACHED)
TO_CLOSE = AskApproval(matter=ApprovalMatter.CLOSURE, reason=REACHED)
GIVE, NOT_YET = GiveApproval(number=1), RefuseApproval(number=1, objection=Objection.SOMETHING_OPEN)


def approving(*matters: ApprovalMatter) -> Pathway:
    """The small pathway, where these matters need a second person."""
    return small_pathway().model_copy(update={"approvals": tuple(ApprovalRule(matter=m) for m in matters)})


def supervised() -> Given:
    """Mila is the caseworker and acts, Vera the supervisor; a closure needs a second person."""
    return begun().and_then(assigned(Role.SUPERVISOR, VERA)).on(approving(ApprovalMatter.CLOSURE))


def asked() -> Given:
    """Mila proposes to close, an hour later."""
    return supervised().later(hours=1).having(TO_CLOSE)


def agreed() -> Given:
    """Vera agrees the next day; then it is Mila's move again."""
    return asked().later(days=1).by(VERA).having(GIVE)


def only(given: Given, number: int = 1) -> ApprovalState:
    """The approval with that number."""
    return given.state.approvals[number]
