"""What somebody must be allowed for a form: the action to which its command belongs."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from uuid import UUID

from domain.command import Command
from domain.journey import (
    advancing,
    assignment,
    closing,
    consent,
    correcting,
    linking,
    merging,
    nudging,
    opening,
    review,
    stages,
    stalling,
)
from domain.journey.approval import commands as approvals
from domain.journey.emergency import access as emergency
from domain.journey.hearing import commands as hearings
from domain.journey.proceedings import commands as proceedings
from domain.journey.proceedings import term_commands as terms
from domain.journey.service import commands as services
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.commands import action_of
from domain.rights.deciding import Allowed, Stance
from staff.forms.derived import form as derived
from staff.guard.portion import require_file
from staff.visit import Visit

_WRITTEN: Mapping[str, type[Command]] = {
    "ask-approval": approvals.AskApproval,
    "give-approval": approvals.GiveApproval,
    "refuse-approval": approvals.RefuseApproval,
    "withdraw-approval": approvals.WithdrawApproval,
    "open": opening.OpenJourney,
    "close": closing.CloseJourney,
    "reopen": closing.ReopenJourney,
    "enter-stage": stages.EnterStage,
    "leave-stage": stages.LeaveStage,
    "review": review.HoldReview,
    "assign": assignment.Assign,
    "unassign": assignment.Unassign,
    "give-consent": consent.GiveConsent,
    "withdraw-consent": consent.WithdrawConsent,
    "link": linking.LinkJourney,
    "unlink": linking.UnlinkJourney,
    "merge": merging.MergeJourney,
    "unmerge": merging.ReverseMerge,
    "advance": advancing.AdvanceStep,
    "correct": correcting.CorrectStep,
    "schedule": advancing.ScheduleStep,
    "open-step": advancing.OpenStep,
    "stall": stalling.StallStep,
    "resume": stalling.ResumeStep,
    "nudge": nudging.NudgeStalled,
    "open-emergency-access": emergency.OpenEmergencyAccess,
    "review-emergency-access": emergency.ReviewEmergencyAccess,
    "summon-hearing": hearings.SummonHearing,
    "confirm-hearing": hearings.ConfirmHearing,
    "move-hearing": hearings.MoveHearing,
    "postpone-hearing": hearings.PostponeHearing,
    "hold-hearing": hearings.HoldHearing,
    "miss-hearing": hearings.MissHearing,
    "cancel-hearing": hearings.CancelHearing,
    "acknowledge-hearing": hearings.AcknowledgeHearing,
    "arrange-hearing": hearings.ArrangeHearing,
    "settle-hearing-task": hearings.SettleHearingTask,
    "debrief-hearing": hearings.DebriefHearing,
    "start-term": terms.StartTerm,
    "confirm-term": terms.ConfirmTerm,
    "meet-term": terms.MeetTerm,
    "waive-term": terms.WaiveTerm,
    "miss-term": terms.MissTerm,
    "move-proceedings": proceedings.MoveProceedings,
    "settle-fee": proceedings.SettleFee,
    "assess-service-need": services.AssessServiceNeed,
    "advance-service": services.AdvanceService,
    "resume-service": services.ResumeService,
}
COMMANDS: Mapping[str, type[Command]] = ChainMap(dict(_WRITTEN), derived.COMMANDS)
"""Which command each form becomes, by the word in its address."""


def right_of(word: str) -> Action:
    """The action; of a form that nobody has put here, what nobody may."""
    command = COMMANDS.get(word)
    return Action.RUN_ENGINE if command is None else action_of(command)


def offered(stance: Stance) -> frozenset[str]:
    """The words of the forms that are theirs to fill in."""
    return frozenset(word for word in COMMANDS if isinstance(stance.may(right_of(word)), Allowed))


def require_form(visit: Visit, journey: UUID, word: str) -> None:
    """Raises `RightDenied`. That a word means nothing whoever reads the file is told."""
    stream = journey_stream(journey)
    if word in COMMANDS:
        visit.require(right_of(word), stream)
    else:
        require_file(visit.stance(stream), stream)
