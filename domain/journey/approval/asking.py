"""Part: proposing something to a second person, and taking the question back."""

from __future__ import annotations

from domain.codes import ClosingReason, Mover
from domain.deadline import step_deadline
from domain.event import Event
from domain.journey.approval.commands import AskApproval, WithdrawApproval
from domain.journey.approval.events import ApprovalAsked, ApprovalVoided, ApprovalWithdrawn, approval_key
from domain.journey.approval.needing import refuse_nobody
from domain.journey.approval.state import ApprovalStatus, VoidCause, latest
from domain.journey.approval.things import Thing, thing_of
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.service.timing import Timed
from domain.journey.state import Journey
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.model import Due
from domain.refusal import RefusalCode, Refused


@decides(AskApproval)
def _ask(journey: Journey, command: AskApproval, surroundings: Surroundings) -> Decision:
    matter = command.matter
    rule = surroundings.pathway.approval_rule(matter)
    if rule is None:
        return Refused(code=RefusalCode.NO_APPROVAL_NEEDED)
    if refused := refuse_nobody(surroundings):
        return refused
    if (command.reason is None) is (matter is ApprovalMatter.CLOSURE):
        reasons = tuple(ClosingReason) if matter is ApprovalMatter.CLOSURE else ()
        return Refused(code=RefusalCode.REASON_REQUIRED, allowed=tuple(reason.value for reason in reasons))
    thing = thing_of(journey, matter, command.of)
    if thing is None:
        return Refused(code=RefusalCode.NOTHING_TO_APPROVE)
    known = latest(journey.approvals, matter, command.of)
    if known is not None and known.status is ApprovalStatus.ASKED:
        return Refused(code=RefusalCode.APPROVAL_ALREADY_ASKED, part=known.key, part_version=known.version)
    if known is not None and known.status is ApprovalStatus.GIVEN and known.reason is command.reason:
        return ()
    return (*asked_anew(journey, matter, command.of), _asked(journey, command, rule, thing, surroundings))


def asked_anew(journey: Journey, matter: ApprovalMatter, of: int | None = None) -> tuple[Event, ...]:
    """The end of what was proposed or approved before, where something else is proposed now."""
    known = latest(journey.approvals, matter, of)
    if known is None or not known.is_standing:
        return ()
    return (ApprovalVoided(number=known.number, matter=matter, cause=VoidCause.ASKED_ANEW),)


def _asked(
    journey: Journey, command: AskApproval, rule: ApprovalRule, thing: Thing, surroundings: Surroundings
) -> ApprovalAsked:
    return ApprovalAsked(
        number=len(journey.approvals) + 1,
        matter=command.matter,
        role=rule.by,
        of_version=thing.version,
        deadline=step_deadline(_timed(rule), surroundings.pathway, now=surroundings.now, anchor=surroundings.now),
        of=command.of,
        reason=command.reason,
        note=command.note,
    )


def _timed(rule: ApprovalRule) -> Timed:
    return Timed(Due(within=rule.within), Mover.US, rule.remind, rule.stalled_after, rule.escalate)


def proposed(journey: Journey, matter: ApprovalMatter, thing: Thing, surroundings: Surroundings) -> tuple[Event, ...]:
    """The question that goes with a decision which proposes by itself; none where the pathway asks nobody."""
    rule = surroundings.pathway.approval_rule(matter)
    if rule is None:
        return ()
    return (*asked_anew(journey, matter), _asked(journey, AskApproval(matter=matter), rule, thing, surroundings))


@decides(WithdrawApproval)
def _withdraw(journey: Journey, command: WithdrawApproval, surroundings: Surroundings) -> Decision:
    known = journey.approvals.get(command.number)
    if known is None or not known.is_standing:
        return Refused(code=RefusalCode.NO_APPROVAL_ASKED, part=approval_key(command.number))
    if command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=known.key, part_version=known.version)
    if refused := refuse_nobody(surroundings):
        return refused
    return (ApprovalWithdrawn(number=known.number, matter=known.matter, note=command.note),)
