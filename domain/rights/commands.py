"""To which action each command belongs: exactly one. A command that is not here is refused to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.attendance import absence, leaving
from domain.command import Command
from domain.contact import attaching, calling, danger, logged, reporting, safe
from domain.errors import DefinitionError
from domain.export import making as exports
from domain.handover import begun, looking
from domain.journey import (
    advancing,
    assignment,
    closing,
    consent,
    contacts,
    correcting,
    disclosure,
    linking,
    majority,
    merging,
    missions,
    nudging,
    opening,
    review,
    stages,
    stalling,
    withdrawal,
)
from domain.journey.approval import commands as approvals
from domain.journey.document import general, health, legal
from domain.journey.emergency import access as emergency
from domain.journey.hearing import commands as hearings
from domain.journey.migration import events as migration
from domain.journey.proceedings import commands as proceedings
from domain.journey.proceedings import term_commands as terms
from domain.journey.reintegration import commands as reintegration
from domain.journey.residence import commands as residence
from domain.journey.returning import commands as returns
from domain.journey.safety import alerts, assessing, contact, planning, relocating
from domain.journey.screening import saving
from domain.journey.service import commands as services
from domain.journey.service import concerning, costing, detailing, feedback, referring, searching, uses
from domain.journey.service_plan import goals, reviews
from domain.journey.status import events as status
from domain.mission import alarm, moving, risk, underway
from domain.mission import planning as mission_plans
from domain.mission import reporting as mission_reports
from domain.provider import listing
from domain.release import releasing
from domain.rights.actions import Action
from domain.stream import dispatching, firing, holding

COMMANDS: Mapping[Action, tuple[type[Command], ...]] = {
    Action.LOG_CONTACT: (logged.LogContact,),
    Action.FOLLOW_UP_CONTACT: (
        logged.CorrectContact,
        logged.NoteContact,
        calling.PromiseCallBack,
        calling.RecordCallBack,
        calling.ReleaseCallBack,
        safe.ReviseSafeContact,
        reporting.ReportToAuthority,
    ),
    Action.ATTACH_CONTACT: (attaching.AttachContact, attaching.DetachContact, attaching.BeginJourney),
    Action.RAISE_ALARM: (
        danger.RaiseDanger,
        concerning.RaiseConcern,
        contact.SuspendSafeContact,
        relocating.RelocateInEmergency,
    ),
    Action.ANSWER_ALARM: (
        danger.AcknowledgeDanger,
        danger.SettleDanger,
        alerts.AcknowledgeAlert,
        concerning.AnswerConcern,
        alarm.AcknowledgeAlarm,
    ),
    Action.OPEN_JOURNEY: (opening.OpenJourney,),
    Action.ADVANCE_STEPS: (
        advancing.AdvanceStep,
        advancing.OpenStep,
        advancing.ScheduleStep,
        correcting.CorrectStep,
        stalling.StallStep,
        stalling.ResumeStep,
        nudging.NudgeStalled,
    ),
    Action.GUIDE_JOURNEY: (stages.EnterStage, stages.LeaveStage, review.HoldReview),
    Action.CLOSE_JOURNEY: (closing.CloseJourney, closing.ReopenJourney),
    Action.LINK_JOURNEYS: (linking.LinkJourney, linking.UnlinkJourney),
    Action.MERGE_JOURNEYS: (merging.MergeJourney, merging.ReverseMerge),
    Action.ASSIGN: (assignment.Assign, assignment.Unassign),
    Action.ASK_APPROVAL: (approvals.AskApproval, approvals.WithdrawApproval),
    Action.ANSWER_APPROVAL: (approvals.GiveApproval, approvals.RefuseApproval),
    Action.RECORD_CONSENT: (
        consent.GiveConsent,
        consent.WithdrawConsent,
        withdrawal.NotifyWithdrawal,
        majority.RecordComingOfAge,
    ),
    Action.DISCLOSE: (disclosure.Disclose,),
    Action.KEEP_SAFE: (
        contact.AgreeSafeContact,
        contact.VerifySafeContact,
        assessing.Assess,
        planning.AgreeSafetyPlan,
        planning.ReviewSafetyPlan,
        planning.EndSafetyPlan,
    ),
    Action.RECORD_STATUS: (status.RecordFormalStatus, status.CorrectFormalStatus, saving.SaveScreening),
    Action.RECORD_RESIDENCE: (
        residence.GrantResidence,
        residence.ApplyForExtension,
        residence.SettleApplication,
        residence.ExtendResidence,
        residence.RevokeResidence,
        residence.EndResidence,
        residence.CorrectResidence,
    ),
    Action.WORK_ON_PLAN: (
        reviews.AgreePlan,
        reviews.ReviewPlan,
        goals.SetGoal,
        goals.ProgressGoal,
        reintegration.StartReintegration,
        reintegration.ReviewReintegration,
        reintegration.EndReintegration,
        reintegration.ReopenReintegration,
    ),
    Action.PROVIDE_SERVICES: (
        services.AssessServiceNeed,
        services.AdvanceService,
        services.CorrectService,
        services.ResumeService,
        detailing.DetailService,
        feedback.GiveServiceFeedback,
        uses.NoteCounselling,
        costing.RecordServiceCost,
        costing.CorrectServiceCost,
    ),
    Action.SEEK_CLIENT: (searching.ReportUnreachable, searching.SeekClient, searching.ReviewSearch),
    Action.SEND_REFERRAL: (referring.SendReferral,),
    Action.ANSWER_REFERRAL: (referring.AnswerReferral,),
    Action.CONDUCT_PROCEEDINGS: (
        proceedings.StartProceedings,
        proceedings.DescribeProceedings,
        proceedings.MoveProceedings,
        proceedings.EndProceedings,
        proceedings.ResumeProceedings,
        proceedings.LinkProceedings,
        proceedings.UnlinkProceedings,
        proceedings.RecordProtection,
        proceedings.RecordPropertyClaim,
        proceedings.GivePower,
        proceedings.RevokePower,
        proceedings.ForgoPower,
        proceedings.OweFee,
        proceedings.SettleFee,
        terms.StartTerm,
        terms.CorrectTerm,
        terms.ConfirmTerm,
        terms.OverrideTerm,
        terms.MeetTerm,
        terms.WaiveTerm,
        terms.MissTerm,
        terms.RestoreTerm,
        terms.ReopenTerm,
        terms.StartLimitation,
        terms.CorrectLimitation,
        terms.InterruptLimitation,
        terms.SuspendLimitation,
        terms.RecomputeDeadlines,
    ),
    Action.KEEP_HEARINGS: (
        hearings.SummonHearing,
        hearings.ConfirmHearing,
        hearings.MoveHearing,
        hearings.PostponeHearing,
        hearings.InterruptHearing,
        hearings.HoldHearing,
        hearings.MissHearing,
        hearings.CancelHearing,
        hearings.CorrectHearing,
    ),
    Action.PREPARE_HEARINGS: (
        hearings.ArrangeHearing,
        hearings.AcknowledgeHearing,
        hearings.PlanHearing,
        hearings.SettleHearingTask,
        hearings.DebriefHearing,
    ),
    Action.ORGANISE_RETURN: (
        returns.BeginReturn,
        returns.DeclareVoluntariness,
        returns.WithdrawVoluntariness,
        returns.AssessReturn,
        returns.SettleReturnDocument,
        returns.AskReceiver,
        returns.AnswerReceiver,
        returns.ArrangeEscort,
        returns.PlanReturnRoute,
        returns.StopReturn,
        returns.TellOfStop,
        returns.ResumeReturn,
        returns.DepartOnReturn,
        returns.ReportHandoverTrouble,
        returns.ConfirmHandover,
        returns.TakeBackReturn,
        returns.HoldReturnCheck,
        returns.SettleWayHome,
    ),
    Action.PLAN_MISSION: (
        mission_plans.PlanMission,
        mission_plans.ChangeCrew,
        mission_plans.CancelMission,
        moving.MoveMission,
    ),
    Action.GO_ON_MISSION: (
        risk.CheckRisk,
        underway.DepartMission,
        underway.CheckIn,
        underway.ReturnMission,
        alarm.AbortMission,
    ),
    Action.REPORT_MISSION: (mission_reports.ReportMission, mission_reports.CorrectMissionReport),
    Action.OVERRIDE_RISK: (risk.OverrideRisk,),
    Action.LIST_PROVIDERS: (
        listing.ListProvider,
        listing.ChangeProvider,
        listing.DeactivateProvider,
        listing.ReactivateProvider,
    ),
    Action.PLAN_ABSENCE: (absence.PlanAbsence, absence.ComeBack, absence.CancelAbsence),
    Action.RECORD_LEAVING: (leaving.Leave, leaving.Rejoin),
    Action.HAND_OVER: (begun.BeginHandover, begun.StopHandover),
    Action.EXPORT_CASES: (exports.BeginExport, exports.CompleteExport),
    Action.RELEASE_TABLES: (releasing.ReleaseTable,),
    Action.OPEN_IN_EMERGENCY: (emergency.OpenEmergencyAccess,),
    Action.REVIEW_EMERGENCY: (emergency.ReviewEmergencyAccess,),
    Action.FILE_DOCUMENT: (general.FileDocument, general.WithdrawDocument),
    Action.FILE_LEGAL_DOCUMENT: (legal.FileLegalDocument, legal.WithdrawLegalDocument),
    Action.FILE_HEALTH_DOCUMENT: (health.FileHealthDocument, health.WithdrawHealthDocument),
    Action.MIGRATE_JOURNEYS: (migration.MigrateJourney,),
    Action.RUN_ENGINE: (
        firing.FireRung,
        dispatching.AcknowledgeRelay,
        holding.TakeOver,
        looking.FindWork,
        linking.MirrorLink,
        linking.MirrorUnlink,
        merging.AbsorbDuplicate,
        merging.ReleaseDuplicate,
        contacts.LinkContact,
        contacts.UnlinkContact,
        missions.NoteMission,
    ),
}


def by_command(commands: Mapping[Action, Iterable[type[Command]]]) -> Mapping[type[Command], Action]:
    """The same the other way round. Raises `DefinitionError` for a command that belongs to two actions."""
    found: dict[type[Command], Action] = {}
    for action, types in commands.items():
        for command in types:
            if command in found:
                raise DefinitionError(f"{command.kind} is {found[command].value} and {action.value}")
            found[command] = action
    return found


_ACTIONS = by_command(COMMANDS)


def action_of(command: type[Command]) -> Action:
    """What somebody does who gives this command; of one that nobody has classified, what nobody may."""
    return _ACTIONS.get(command, Action.RUN_ENGINE)
