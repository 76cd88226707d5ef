"""The pathway as data: stages that may run in parallel, steps, ladders, milestones (CMMN 1.1 where its words fit).

Free text stands only in titles and helps, which the organisation writes and which are no client data.
"""

from __future__ import annotations

from datetime import time
from enum import StrEnum

from pydantic import Field, model_validator

from domain.codes import Mover, Role, StepOutcome
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.assessment import Assessment
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.pathway.condition import Condition
from domain.pathway.consent import ConsentRules
from domain.pathway.emergency import EmergencyRules
from domain.pathway.formal_status import FormalStatusRules
from domain.pathway.hearings import Hearings
from domain.pathway.hotline import Hotline
from domain.pathway.missions import Missions
from domain.pathway.plan import PlanRules
from domain.pathway.proceedings import ProceedingsRules
from domain.pathway.reintegration import ReintegrationRules
from domain.pathway.residence import ResidenceRules
from domain.pathway.returning import ReturningRules
from domain.pathway.safety import SafetyRules
from domain.pathway.screening import ScreeningForm
from domain.pathway.services import Services
from domain.values import MOST_COUNTED, Article, Code, Sha256, Value, Zone

__all__ = [
    "Anchor",
    "Country",
    "Day",
    "Due",
    "EscalateRung",
    "Milestone",
    "Opens",
    "Pathway",
    "Pin",
    "RemindRung",
    "Review",
    "Span",
    "Stage",
    "Step",
    "StepKind",
    "Title",
    "Unit",
]


class Anchor(StrEnum):
    """What a due span is counted from."""

    STEP_OPENED = "step-opened"
    STAGE_ENTERED = "stage-entered"
    JOURNEY_OPENED = "journey-opened"
    APPOINTMENT = "appointment"
    """The date that a person enters for this step (a hearing, an examination, a departure)."""


class Due(Value):
    """When a step is due. With `article` the rule of law that says so."""

    within: Span
    after: Anchor = Anchor.STEP_OPENED
    of: Code | None = None
    """Counted from the day on which this other step was settled (when it happened, not when it was recorded)."""
    article: Article | None = None
    roll: bool = False
    """Whether a last day that is no working day moves to the next one (ZKP 224, ZPP 103)."""

    @model_validator(mode="after")
    def _an_appointment_is_its_own_date(self) -> Due:
        if self.after is Anchor.APPOINTMENT and self.within.count:
            raise ValueError("a step due at its appointment has `within: {count: 0}`")
        if self.of is not None and self.after is not Anchor.STEP_OPENED:
            raise ValueError("`of` is counted from another step: leave out `after`")
        return self


class StepKind(StrEnum):
    """CMMN: a required item must be settled before its stage completes; a discretionary one is planned by a person."""

    REQUIRED = "required"
    DISCRETIONARY = "discretionary"


class Opens(StrEnum):
    """CMMN manual activation: whether a step opens by itself when its condition holds, or by a person's decision."""

    AUTOMATICALLY = "automatically"
    BY_DECISION = "by-decision"


class Step(Value):
    """One thing to do. Opens when its stage is active and `open_when` holds."""

    step: Code
    title: Title
    help: Title | None = None
    role: Role
    kind: StepKind = StepKind.REQUIRED
    opens: Opens = Opens.AUTOMATICALLY
    repeatable: bool = False
    waits_on: Mover = Mover.US
    open_when: Condition | None = None
    due: Due
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=5)
    """After the due day (a step that waits on others: after it opened) the board calls it stalled."""
    escalate: tuple[EscalateRung, ...] = ()
    outcomes: tuple[StepOutcome, ...] = tuple(StepOutcome)
    starts: tuple[Code, ...] = ()
    """Steps that this one opens when it is done, besides those whose own condition then holds."""
    covered_by: tuple[Code, ...] = ()
    """What proceedings and hearings see to as well: rules of the legal calendar, lines of the checklist,
    `power-of-attorney`. While one of these is owed, the step is not: nobody is told twice."""


class Stage(Value):
    """A span of the journey. `enter_when` absent: entered by a decision; an empty `all`: at opening."""

    stage: Code
    title: Title
    enter_when: Condition | None = None
    leave_when: Condition | None = None
    steps: tuple[Step, ...] = Field(min_length=1)


class Milestone(Value):
    """A state worth naming, reached when the condition first holds; it does no work itself (CMMN 1.1 §5.4.3)."""

    milestone: Code
    title: Title
    reached_when: Condition


class Review(Value):
    """What the engine adds when an open journey would otherwise have no live timer (design §2)."""

    role: Role = Role.CASEWORKER
    within: Span = Span(count=30, unit=Unit.CALENDAR_DAYS)
    escalate: tuple[EscalateRung, ...] = (
        EscalateRung(after=Span(count=2), to=Role.SUPERVISOR),
        EscalateRung(after=Span(count=5), to=Role.ON_CALL),
    )


class Day(Value):
    """The office day in local time: reminders go out at `starts`, days end for a deadline at `ends`."""

    starts: time = time(8, 0)
    ends: time = time(16, 0)


class Country(StrEnum):
    """Whose working days count."""

    SERBIA = "rs"


class Pathway(Value):
    """A published version. References between its parts are checked by `domain.pathway.check`."""

    pathway: Code
    version: int = Field(ge=1)
    title: Title
    zone: Zone = "Europe/Belgrade"
    calendar: Country = Country.SERBIA
    day: Day = Day()
    review: Review = Review()
    stages: tuple[Stage, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = ()
    hearings: Hearings | None = None
    services: Services | None = None
    consent: ConsentRules = ConsentRules()
    safety: SafetyRules = SafetyRules()
    assessments: tuple[Assessment, ...] = ()
    plan: PlanRules | None = None
    formal_status: FormalStatusRules | None = None
    screening: tuple[ScreeningForm, ...] = ()
    residence: ResidenceRules | None = None
    hotline: Hotline | None = None
    missions: Missions | None = None
    proceedings: ProceedingsRules | None = None
    approvals: tuple[ApprovalRule, ...] = ()
    returning: ReturningRules | None = None
    reintegration: ReintegrationRules | None = None
    emergency_access: EmergencyRules = EmergencyRules()

    def find_stage(self, key: str) -> Stage | None:
        return next((s for s in self.stages if s.stage == key), None)

    def find_form(self, key: str) -> ScreeningForm | None:
        return next((f for f in self.screening if f.form == key), None)

    def approval_rule(self, matter: ApprovalMatter) -> ApprovalRule | None:
        return next((rule for rule in self.approvals if rule.matter is matter), None)

    def find_step(self, key: str) -> tuple[Stage, Step] | None:
        return next(((g, s) for g in self.stages for s in g.steps if s.step == key), None)


class Pin(Value):
    """What a journey pins: exactly this text of this version."""

    name: Code
    version: int = Field(ge=1, le=MOST_COUNTED)
    sha256: Sha256
