"""What deciders ask before they take what needs a second person: whether it is approved, by whom, in which version."""

from __future__ import annotations

from domain.codes import NOBODY, SYSTEM_ACTOR, ClosingReason
from domain.journey.approval.state import ApprovalState, ApprovalStatus, latest
from domain.journey.deciding import Surroundings
from domain.journey.state import Journey
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.model import Pathway
from domain.pathway.plan import Approval
from domain.refusal import RefusalCode, Refused

NO_PERSONS = frozenset({NOBODY, SYSTEM_ACTOR})
"""Who never counts as one of two people."""

_OF_PLAN = {
    ApprovalStatus.ASKED: Approval.PENDING,
    ApprovalStatus.GIVEN: Approval.GIVEN,
    ApprovalStatus.REFUSED: Approval.REFUSED,
}


def needs_approval(pathway: Pathway, matter: ApprovalMatter) -> bool:
    """Whether the pathway asks for a second person."""
    return pathway.approval_rule(matter) is not None


def approval_of(journey: Journey, matter: ApprovalMatter, *, of: int | None = None) -> ApprovalState | None:
    """The approval in force: who gave it, when, and of which version of the thing. None without one."""
    found = latest(journey.approvals, matter, of)
    return found if found is not None and found.status is ApprovalStatus.GIVEN else None


def refuse_unapproved(
    journey: Journey,
    matter: ApprovalMatter,
    surroundings: Surroundings,
    *,
    of: int | None = None,
    reason: ClosingReason | None = None,
) -> Refused | None:
    """Why it may not be done yet; None where the pathway asks nobody, or the approval is in force.

    `part` names the question that nobody has answered, where there is one, `allowed` the role that answers.
    """
    rule = surroundings.pathway.approval_rule(matter)
    if rule is None:
        return None
    found = latest(journey.approvals, matter, of)
    if found is None or found.status is not ApprovalStatus.GIVEN:
        part = found if found is not None and found.is_standing else None
        return Refused(
            code=RefusalCode.APPROVAL_REQUIRED,
            part=part.key if part else None,
            part_version=part.version if part else None,
            allowed=(rule.by.value,),
        )
    if found.reason is not reason:
        return Refused(
            code=RefusalCode.APPROVED_OTHERWISE,
            part=found.key,
            part_version=found.version,
            allowed=(found.reason.value,) if found.reason else (),
        )
    return None


def refuse_nobody(surroundings: Surroundings) -> Refused | None:
    """Two people are known by name, or they are not two."""
    return Refused(code=RefusalCode.PERSON_REQUIRED) if surroundings.actor in NO_PERSONS else None


def plan_approval(journey: Journey) -> Approval:
    """How it stands with the individual plan; what was withdrawn or has become void waits for a new question."""
    if journey.plan.approval is Approval.NONE:
        return Approval.NONE
    found = latest(journey.approvals, ApprovalMatter.PLAN)
    return _OF_PLAN.get(found.status, Approval.VOID) if found else Approval.PENDING
