"""Trying an action before its form is drawn: nobody fills in a form that cannot be taken whatever it says."""

from __future__ import annotations

from domain.codes import ClosingReason, ReopeningReason
from domain.command import Command
from domain.journey.advancing import OpenStep
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.correcting import CorrectStep
from domain.journey.emergency.access import OpenEmergencyAccess
from domain.journey.emergency.state import EmergencyReason
from domain.journey.merging import ReverseMerge
from domain.journey.nudging import NudgeStalled
from domain.journey.review import HoldReview
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep
from domain.refusal import RefusalCode, Refused
from staff.forms.action import Action
from staff.forms.scene import Scene

IN_THE_WAY = frozenset(
    {
        RefusalCode.UNKNOWN_JOURNEY,
        RefusalCode.JOURNEY_CLOSED,
        RefusalCode.JOURNEY_MERGED,
        RefusalCode.JOURNEY_NOT_CLOSED,
        RefusalCode.CONDITION_NOT_MET,
        RefusalCode.STAGE_NOT_ENTERED,
        RefusalCode.STAGE_ALREADY_ENTERED,
        RefusalCode.STEP_NOT_OPEN,
        RefusalCode.STEP_ALREADY_OPEN,
        RefusalCode.STEP_NOT_REPEATABLE,
        RefusalCode.NOTHING_TO_CORRECT,
        RefusalCode.NOT_MERGED,
        RefusalCode.ALREADY_NUDGED,
    }
)
_ON_OPEN_STEP = frozenset({"advance", "schedule", "stall", "resume"})


def trial(action: Action, scene: Scene) -> Command | None:
    """The plainest command of this action, to be previewed; None where only what is entered can decide."""
    match action.word:
        case word if word in _ON_OPEN_STEP:
            return ResumeStep(step=scene.about)
        case "open-emergency-access":
            return OpenEmergencyAccess(reason=EmergencyReason.OTHER)
        case "nudge":
            return NudgeStalled(obligation=scene.about)
        case "open-step":
            return OpenStep(step=scene.about)
        case "correct":
            step = scene.advanced_step
            return CorrectStep(step=scene.about, corrects=(step and step.advanced_version) or 0)
        case "enter-stage":
            return EnterStage(stage=scene.about)
        case "leave-stage":
            return LeaveStage(stage=scene.about)
        case "review":
            return HoldReview()
        case "close" | "assign" | "unassign" | "give-consent" | "merge":
            return CloseJourney(reason=ClosingReason.GOALS_REACHED)
        case "reopen":
            return ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED)
        case "unmerge":
            return ReverseMerge()
        case _:
            return None


def is_in_the_way(refusal: Refused) -> bool:
    """Whether no entry could help: `not stalled` is no obstacle to a form that says how a step went."""
    return refusal.code in IN_THE_WAY
