"""Random pathways, also such as no author would write, and random commands for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from domain.calendar import local_date
from domain.codes import (
    ClosingReason,
    ConsentGiver,
    ConsentPurpose,
    Mover,
    Phase,
    Relation,
    ReopeningReason,
    Role,
    StallCause,
    StepOutcome,
    StepReason,
)
from domain.command import Command
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.approval.commands import AskApproval, GiveApproval, RefuseApproval, WithdrawApproval
from domain.journey.approval.state import Objection
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.correcting import CorrectStep
from domain.journey.linking import LinkJourney, MirrorLink, MirrorUnlink, UnlinkJourney
from domain.journey.merging import AbsorbDuplicate, MergeJourney, ReleaseDuplicate, ReverseMerge
from domain.journey.missions import NoteMission
from domain.journey.nudging import NudgeStalled
from domain.journey.review import HoldReview
from domain.journey.service.codes import (
    Concern,
    ConcernAnswer,
    CostKind,
    Move,
    ReferralAnswer,
    SearchChannel,
    SearchResult,
    ServiceEnd,
    ServiceOutcome,
    ServiceReason,
    UseOfService,
)
from domain.journey.service.commands import AdvanceService, AssessServiceNeed, CorrectService, ResumeService
from domain.journey.service.concerning import AnswerConcern, RaiseConcern
from domain.journey.service.costing import CorrectServiceCost, RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.moving import TAKES
from domain.journey.service.record import Answered, Chosen, On, Spoken
from domain.journey.service.referring import AnswerReferral, SendReferral
from domain.journey.service.searching import ReportUnreachable, ReviewSearch, SeekClient
from domain.journey.service.transitions import allowed
from domain.journey.service.uses import NoteCounselling
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep, StallStep
from domain.journey.state import Journey, StepStatus
from domain.mission.codes import MissionPhase, MissionPurpose
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.condition import (
    All,
    AnyOf,
    AssignedLeaf,
    Condition,
    ConsentLeaf,
    FactLeaf,
    FactName,
    MilestoneLeaf,
    Not,
    StageIs,
    StageLeaf,
    StepIs,
    StepLeaf,
)
from domain.pathway.ladder import Ladder
from domain.pathway.model import (
    Anchor,
    Due,
    EscalateRung,
    Milestone,
    Opens,
    Pathway,
    RemindRung,
    Review,
    Span,
    Stage,
    Step,
    StepKind,
    Title,
    Unit,
)
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay
from tests.domain.careful import sections
from tests.domain.given import JOURNEY, MILA, OTHER, THIRD, VERA
from tests.domain.hearing.strategies import hearing_commands
from tests.domain.proceedings.strategies import proceedings_commands
from tests.domain.returning.strategies import returning_commands
from tests.domain.safety_strategies import safety_commands
from tests.domain.standing_strategies import standing_commands
from tests.pathway_standing import form, formal_status, residence

TITLE = Title(sr="Корак", en="Step")
STAGES = ("one", "two", "three")
STEPS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
MILESTONES = ("near", "far")
NOWHERE = "nowhere"
OF_SERVICES = (ConsentPurpose.MEDICAL, ConsentPurpose.PSYCHOLOGICAL, ConsentPurpose.REFERRAL)
SERVICES = ("talk", "exam", "papers", "ride", "testing")

some_stage = st.sampled_from((*STAGES, NOWHERE))
some_step = st.sampled_from((*STEPS, NOWHERE))
spans = st.builds(Span, count=st.integers(0, 40), unit=st.sampled_from(Unit))


def _leaves() -> st.SearchStrategy[Condition]:
    return st.one_of(
        st.builds(lambda s, i: StepLeaf.model_validate({"step": s, "is": i}), some_step, st.sampled_from(StepIs)),
        st.builds(lambda s, i: StageLeaf.model_validate({"stage": s, "is": i}), some_stage, st.sampled_from(StageIs)),
        st.builds(MilestoneLeaf, milestone=st.sampled_from(MILESTONES)),
        st.builds(ConsentLeaf, consent=st.sampled_from(ConsentPurpose)),
        st.builds(AssignedLeaf, assigned=st.sampled_from(Role)),
        st.builds(FactLeaf, fact=st.sampled_from(FactName)),
    )


def _negated(inner: Condition) -> Condition:
    return Not.model_validate({"not": inner})


def conditions() -> st.SearchStrategy[Condition]:
    """Nested `all`, `any` and `not` over leaves that may name what is not there."""
    return st.recursive(
        _leaves(),
        lambda inner: st.one_of(
            st.builds(All, all=st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(AnyOf, any=st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(_negated, inner),
        ),
        max_leaves=5,
    )


@st.composite
def _due(draw: st.DrawFn) -> Due:
    anchor = draw(st.sampled_from(Anchor))
    if anchor is Anchor.APPOINTMENT:
        return Due(within=Span(count=0, unit=draw(st.sampled_from(Unit))), after=anchor)
    of = draw(st.none() | some_step) if anchor is Anchor.STEP_OPENED else None
    return Due(within=draw(spans), after=anchor, of=of, roll=draw(st.booleans()))


def _steps(key: str) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        step=st.just(key),
        title=st.just(TITLE),
        role=st.sampled_from(Role),
        kind=st.sampled_from(StepKind),
        opens=st.sampled_from(Opens),
        repeatable=st.booleans(),
        waits_on=st.sampled_from(Mover),
        open_when=st.none() | conditions(),
        due=_due(),
        remind=st.lists(st.builds(RemindRung, before=spans), max_size=2).map(tuple),
        stalled_after=spans,
        escalate=st.lists(st.builds(EscalateRung, after=spans, to=st.sampled_from(Role)), max_size=2).map(tuple),
        starts=st.lists(some_step, max_size=3).map(tuple),
    )


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Stages, steps, starts and milestones that wait for each other in any circle."""
    keys = draw(st.permutations(STEPS))[: draw(st.integers(1, len(STEPS)))]
    stages = []
    for n, key in enumerate(draw(st.permutations(STAGES))[: draw(st.integers(1, min(len(STAGES), len(keys))))]):
        own = keys[n :: len(STAGES)] or keys[:1]
        stages.append(
            Stage(
                stage=key,
                title=TITLE,
                enter_when=draw(st.none() | st.just(All(all=())) | conditions()),
                leave_when=draw(st.none() | conditions()),
                steps=tuple(draw(_steps(step)) for step in own),
            )
        )
    milestones = tuple(
        Milestone(milestone=key, title=TITLE, reached_when=draw(conditions()))
        for key in MILESTONES[: draw(st.integers(0, 2))]
    )
    review = draw(
        st.builds(
            Review,
            within=spans,
            escalate=st.lists(st.builds(EscalateRung, after=spans, to=st.sampled_from(Role)), max_size=2).map(tuple),
        )
    )
    made = Pathway(
        pathway="random",
        version=1,
        title=TITLE,
        review=review,
        stages=tuple(stages),
        milestones=milestones,
        formal_status=draw(st.none() | st.just(formal_status())),
        screening=draw(st.sampled_from(((), (form(),)))),
        residence=draw(st.none() | st.just(residence())),
    )
    if draw(st.booleans()):
        return made
    ladder = Ladder(within=draw(spans), remind=(RemindRung(before=draw(spans)),))
    return made.model_copy(update=sections(ladder, transport=(draw(some_step),)))


@st.composite
def commands(draw: st.DrawFn, journey: Journey, pathway: Pathway, now: datetime) -> Command:
    """Any command but opening and firing; often one that makes sense."""
    known = [s.step for g in pathway.stages for s in g.steps] + [NOWHERE]
    open_now = [s.step for s in journey.steps.values() if s.status is StepStatus.OPEN]
    step = draw(st.sampled_from([*(open_now * 6), *(s.step for s in journey.steps.values()), *known]))
    stage = draw(st.sampled_from([g.stage for g in pathway.stages] + [NOWHERE]))
    ahead = draw(st.integers(-2, 400))
    on = draw(st.none() | st.just(local_date(now, pathway.zone) + timedelta(days=ahead)))
    at = draw(st.none() | st.just(now + timedelta(days=ahead, minutes=7)))
    occurred = draw(st.none() | st.just(now - timedelta(hours=draw(st.integers(-1, 400)))))
    versions = [s.version for s in journey.steps.values()] or [1]
    seen = draw(st.none() | st.none() | st.sampled_from(versions))
    outcome = draw(st.sampled_from(StepOutcome))
    reason = draw(st.sampled_from([*StepReason, None]))
    said = [s.advanced_version for s in journey.steps.values() if s.advanced_version] or [1]
    role, staff = draw(st.sampled_from(Role)), draw(st.sampled_from((MILA, VERA)))
    purpose, other = draw(st.sampled_from(ConsentPurpose)), draw(st.sampled_from((OTHER, THIRD, JOURNEY)))
    relation, cause = draw(st.sampled_from(Relation)), draw(st.sampled_from(StallCause))
    dispatch = draw(st.sampled_from([*journey.pending, OTHER]))
    refused = draw(st.none() | st.sampled_from(RefusalCode))
    advance = AdvanceStep(
        step=step, outcome=outcome, seen=seen, reason=reason, next_on=on, next_at=at, occurred_at=occurred
    )
    correct = CorrectStep(
        step=step,
        corrects=draw(st.sampled_from(said)),
        outcome=draw(st.none() | st.just(outcome)),
        reason=reason,
        next_on=on,
        next_at=at,
        occurred_at=occurred,
    )
    over: st.SearchStrategy[Command] = st.sampled_from(
        (
            CloseJourney(reason=draw(st.sampled_from(ClosingReason)), occurred_at=occurred),
            MergeJourney(survivor=other),
        )
    )
    again: st.SearchStrategy[Command] = st.sampled_from(
        (ReopenJourney(reason=draw(st.sampled_from(ReopeningReason))), ReverseMerge())
    )
    usual: st.SearchStrategy[Command] = st.sampled_from(
        (
            advance,
            advance,
            advance,
            correct,
            correct,
            OpenStep(step=step, appointment=at),
            OpenStep(step=step, appointment=at),
            ScheduleStep(step=step, seen=seen, on=on, appointment=at),
            StallStep(step=step, cause=cause, seen=seen),
            ResumeStep(step=step, seen=seen),
            NudgeStalled(obligation=f"step:{step}:1", seen=seen),
            EnterStage(stage=stage),
            LeaveStage(stage=stage),
            HoldReview(seen=seen),
            Assign(role=role, staff=staff),
            Unassign(role=role),
            GiveConsent(purpose=purpose, giver=draw(st.sampled_from(ConsentGiver)), occurred_at=occurred),
            WithdrawConsent(purpose=purpose, occurred_at=occurred),
            LinkJourney(other=other, relation=relation),
            UnlinkJourney(other=other),
            MirrorLink(other=other, relation=relation),
            NoteMission(
                mission=other,
                mission_version=draw(st.integers(1, 4)),
                purpose=draw(st.sampled_from(MissionPurpose)),
                phase=draw(st.sampled_from(MissionPhase)),
                departure=now,
                expected_return=now + timedelta(hours=3),
                zone=pathway.zone,
            ),
            MirrorUnlink(other=other),
            AbsorbDuplicate(duplicate=other),
            ReleaseDuplicate(duplicate=other),
            AcknowledgeRelay(dispatch=dispatch, refused=refused),
            AskApproval(
                matter=draw(st.sampled_from(ApprovalMatter)), reason=draw(st.sampled_from([*ClosingReason, None]))
            ),
            GiveApproval(number=len(journey.approvals)),
            RefuseApproval(number=len(journey.approvals), objection=draw(st.sampled_from(Objection))),
            WithdrawApproval(number=len(journey.approvals), seen=seen),
        )
    )
    weight = draw(st.integers(0, 27))
    if pathway.proceedings is not None and weight > 23:
        return draw(proceedings_commands(journey, now))
    if pathway.returning is not None and weight > 19:
        return draw(returning_commands(journey, now))
    if weight > 19:
        return draw(standing_commands(journey, pathway, now))
    if weight < 6 and journey.phase is Phase.OPEN:
        return draw(service_commands(journey, now))
    if 11 <= weight <= 15:
        return draw(safety_commands(journey, pathway, now))
    if pathway.hearings is not None and weight in (7, 8, 9):
        return draw(hearing_commands(journey, now))
    return draw(
        over if weight == 19 else again if weight == 18 or (journey.phase is not Phase.OPEN and weight > 9) else usual
    )


@st.composite
def service_commands(draw: st.DrawFn, journey: Journey, now: datetime) -> Command:
    """Commands about services, most of them such as are allowed where a service stands."""
    live = [s for s in journey.services.each.values() if s.is_live]
    known = bool(live) and draw(st.integers(0, 9)) > 0
    state = draw(st.sampled_from(live)) if known else None
    service = state.service if state else draw(st.sampled_from((*SERVICES, NOWHERE)))
    moves = allowed(state.status) if state and draw(st.integers(0, 4)) else tuple(Move)
    move = draw(st.sampled_from(moves))
    given = {
        "appointment": now + timedelta(hours=draw(st.integers(-2, 2000))),
        "on": local_date(now, "Europe/Belgrade") + timedelta(days=draw(st.integers(-1, 60))),
        "provider": draw(st.sampled_from((OTHER, THIRD))),
        "sessions": 5,
        "reason": draw(st.sampled_from(ServiceReason)),
        "outcome": draw(st.sampled_from(ServiceOutcome)),
        "end": draw(st.sampled_from(ServiceEnd)),
    }
    advance = AdvanceService(
        service=service,
        move=move,
        occurrence=state.occurrence if state else None,
        **{name: value for name, value in given.items() if name in TAKES[move]},
    )
    details = (
        On(field=draw(st.sampled_from(("filed-on", "answered-on"))), on=given["on"]),
        Spoken(field="language", language="sr"),
        Chosen(field="channel", choice="phone"),
        Answered(field="escort", yes=True),
    )
    corrects = (state.moved_version if state else None) or 1
    every: tuple[Command, ...] = (
        advance,
        advance,
        advance,
        advance,
        AssessServiceNeed(service=draw(st.sampled_from((*SERVICES, NOWHERE)))),
        CorrectService(service=service, corrects=corrects),
        ResumeService(service=service),
        DetailService(service=service, details=(draw(st.sampled_from(details)),)),
        RecordServiceCost(service=service, cost=CostKind.OTHER, amount=Decimal("12.50")),
        CorrectServiceCost(service=service, corrects=draw(st.integers(1, 40)), amount=Decimal(9)),
        SendReferral(service=service, recipient=draw(st.sampled_from((OTHER, THIRD)))),
        AnswerReferral(service=service, answer=draw(st.sampled_from(ReferralAnswer))),
        GiveServiceFeedback(service=service, rating=draw(st.integers(1, 5))),
        ReportUnreachable(),
        SeekClient(channel=SearchChannel.PHONE, result=draw(st.sampled_from(SearchResult))),
        ReviewSearch(),
        RaiseConcern(concern=draw(st.sampled_from(Concern))),
        AnswerConcern(answer=draw(st.sampled_from(ConcernAnswer))),
        NoteCounselling(service=draw(st.sampled_from(SERVICES)), use=draw(st.sampled_from(UseOfService))),
        *(
            GiveConsent(purpose=p)
            for p in (ConsentPurpose.MEDICAL, ConsentPurpose.PSYCHOLOGICAL, ConsentPurpose.REFERRAL)
        ),
        WithdrawConsent(purpose=draw(st.sampled_from((ConsentPurpose.MEDICAL, ConsentPurpose.REFERRAL)))),
    )
    return draw(st.sampled_from(every))
