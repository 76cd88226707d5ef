"""Part: the answer of the second person, who is never the one who proposed."""

from __future__ import annotations

from domain.journey.approval.commands import GiveApproval, RefuseApproval
from domain.journey.approval.events import ApprovalGiven, ApprovalRefused, approval_key
from domain.journey.approval.needing import refuse_nobody
from domain.journey.approval.state import ApprovalState, ApprovalStatus
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused


@decides(GiveApproval)
def _give(journey: Journey, command: GiveApproval, surroundings: Surroundings) -> Decision:
    known = _question(journey, command, surroundings)
    if isinstance(known, Refused):
        return known
    return (ApprovalGiven(number=known.number, matter=known.matter, of_version=known.of_version, note=command.note),)


@decides(RefuseApproval)
def _refuse(journey: Journey, command: RefuseApproval, surroundings: Surroundings) -> Decision:
    known = _question(journey, command, surroundings)
    if isinstance(known, Refused):
        return known
    return (ApprovalRefused(number=known.number, matter=known.matter, objection=command.objection, note=command.note),)


def _question(
    journey: Journey, command: GiveApproval | RefuseApproval, surroundings: Surroundings
) -> ApprovalState | Refused:
    """The question, where this person may answer it."""
    known = journey.approvals.get(command.number)
    if known is None:
        return Refused(code=RefusalCode.NO_APPROVAL_ASKED, part=approval_key(command.number))
    if command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=known.key, part_version=known.version)
    if known.status is not ApprovalStatus.ASKED:
        return Refused(code=RefusalCode.NO_APPROVAL_ASKED, part=known.key, part_version=known.version)
    if refused := refuse_nobody(surroundings):
        return refused
    if surroundings.actor == known.asked_by:
        return Refused(code=RefusalCode.SECOND_PERSON_REQUIRED, part=known.key, other=known.asked_by)
    return known
