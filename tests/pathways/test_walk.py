"""The published pathways walked by the real deciders, from opening to the end of every stage: nothing gets stuck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from activities.pathway_files import PathwayStore
from activities.pathway_reading import Pinned
from domain.codes import ConsentPurpose, Role, StepOutcome
from domain.command import Command
from domain.journey import decide, obligations
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.foresight import foresee
from domain.journey.opening import OpenJourney
from domain.journey.proceedings.codes import ProceedingsStage
from domain.journey.proceedings.commands import MoveProceedings, StartProceedings
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    Transport,
)
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    AssessReturn,
    BeginReturn,
    ConfirmHandover,
    DeclareVoluntariness,
    DepartOnReturn,
    HoldReturnCheck,
    PlanReturnRoute,
    SettleReturnDocument,
)
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.stages import EnterStage
from domain.journey.state import Journey, StepStatus
from domain.law import Standing
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from domain.pathway.hearings import Matter
from domain.pathway.model import Anchor, Opens
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from domain.refusal import Refused

STORE = PathwayStore(Path(__file__).parents[2] / "pathways")
STREAM = f"journey-{UUID(int=7)}"
CASEWORKER, SUPERVISOR, ABROAD = UUID(int=8), UUID(int=9), UUID(int=10)


class Walk:
    """A journey whose every step is done, one day after another."""

    def __init__(self, pinned: Pinned) -> None:
        self.pathway = pinned.pathway
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.journey: Journey | None = None
        self.tell(OpenJourney(pin=pinned.pin))

    def tell(self, command: Command, actor: UUID = CASEWORKER) -> bool:
        """Whether the command was taken."""
        self.now += timedelta(hours=8)
        decision = decide(self.journey, command, self.pathway, self.now, stream=STREAM, actor=actor)
        if isinstance(decision, Refused):
            return False
        self.journey = foresee(self.journey, decision, self.now, stream=STREAM)
        return True

    @property
    def here(self) -> Journey:
        assert self.journey is not None
        return self.journey

    def do_what_is_open(self) -> bool:
        """Does every open step once, with its appointment the next day; whether there was one."""
        keys = [s.step for s in self.here.steps.values() if s.status is StepStatus.OPEN]
        for key in keys:
            if self.here.open_step(key) is None:
                continue
            place = self.pathway.find_step(key)
            assert place is not None
            if place[1].due.after is Anchor.APPOINTMENT:
                assert self.tell(ScheduleStep(step=key, appointment=self.now + timedelta(days=1))), key
            assert self.tell(AdvanceStep(step=key, outcome=StepOutcome.DONE)), key
            assert obligations(self.here), f"after {key} nothing lives on"
        return bool(keys)

    def go_home(self) -> None:
        """One return from the wish to the last check, as section `returning` wants it."""
        rules = self.pathway.returning
        assert rules is not None
        assert self.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD"))
        form = next(a for a in self.pathway.assessments if a.assessment == rules.assessment)
        levels = tuple(DomainLevel(domain=d.domain, level=Level.LOW) for d in form.domains)
        papers = [d.document for d in rules.documents if d.is_for(ReturnDirection.OUTBOUND, ReturnPurpose.HOME)]
        leaves = self.now + timedelta(days=30)
        for command in (
            DeclareVoluntariness(number=1, language="ro"),
            Assess(assessment=form.assessment, levels=levels),
            AssessReturn(number=1, partner=ABROAD, ours=Finding.SAFE, theirs=Finding.SAFE),
            *(SettleReturnDocument(number=1, document=p, status=DocumentStatus.READY) for p in papers),
            AskReceiver(number=1, provider=ABROAD),
            GiveConsent(purpose=rules.consent, recipient=ABROAD),
            AnswerReceiver(number=1, answer=ReceiverAnswer.AGREED),
            ArrangeEscort(number=1, escort=EscortKind.UNESCORTED),
            PlanReturnRoute(
                number=1, departs_at=leaves, arrives_at=leaves + timedelta(hours=5), transport=Transport.AIR
            ),
            AskApproval(matter=ApprovalMatter.RETURN, of=1),
        ):
            assert self.tell(command), command
        assert self.tell(GiveApproval(number=len(self.here.approvals)), SUPERVISOR)
        self.now = leaves
        assert self.tell(DepartOnReturn(number=1))
        assert self.tell(ConfirmHandover(number=1, receipt=Receipt.SIGNED))
        for check in rules.checks:
            assert self.tell(HoldReturnCheck(number=1, check=check.check, outcome=CheckOutcome.SAFE))

    def go_to_court(self) -> None:
        """One criminal case, as far as the judgment: what comes next no decision of ours brings about."""
        case = StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,))
        assert self.tell(case)
        assert self.tell(MoveProceedings(proceedings=1, stage=ProceedingsStage.JUDGED))


@pytest.mark.parametrize("pinned", STORE.all(), ids=lambda p: p.pin.name)
def test_a_willing_client_can_be_helped_to_the_end_of_every_stage(pinned: Pinned) -> None:
    """With all consents and roles, every stage is entered and left, and every milestone is reached."""
    walk = Walk(pinned)
    for number, role in enumerate(Role):
        assert walk.tell(Assign(role=role, staff=UUID(int=100 + number)))
    for purpose in ConsentPurpose:
        assert walk.tell(GiveConsent(purpose=purpose))
    for stage in pinned.pathway.stages:
        if stage.enter_when is None:
            assert walk.tell(EnterStage(stage=stage.stage))
    if pinned.pathway.returning is not None:
        walk.go_home()
    if pinned.pathway.proceedings is not None:
        walk.go_to_court()
    for _ in range(30):
        for stage in pinned.pathway.stages:
            for step in stage.steps:
                if step.opens is Opens.BY_DECISION and not walk.here.occurrences(step.step):
                    walk.tell(OpenStep(step=step.step))
        walk.do_what_is_open()
    reached = {key for key, state in walk.here.stages.items() if not state.is_active}
    assert reached == {stage.stage for stage in pinned.pathway.stages}
    assert set(walk.here.milestones) == {m.milestone for m in pinned.pathway.milestones}


@pytest.mark.parametrize("pinned", STORE.all(), ids=lambda p: p.pin.name)
def test_the_first_steps_are_open_at_once(pinned: Pinned) -> None:
    """A journey that was just opened shows what to do."""
    walk = Walk(pinned)
    assert [s for s in walk.here.steps.values() if s.status is StepStatus.OPEN]
