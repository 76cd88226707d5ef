"""The pathway that all domain tests share: small enough to keep in mind, with one of each thing that the engine does.

intake (entered at opening)                   support (entered when the plan is done)
  contact ──► plan ───────────────────────►     visit      discretionary, by decision, repeatable, with consent
  hearing   by decision, repeatable, court      follow-up  required; settles the stage
    └starts► debrief   within 48 hours

Its services: tests/service_examples.py.
"""

from __future__ import annotations

from domain.codes import ConsentPurpose, Mover, Role, StepOutcome
from domain.pathway.condition import All, ConsentLeaf, StepIs, StepLeaf
from domain.pathway.model import (
    Anchor,
    Due,
    EscalateRung,
    Milestone,
    Opens,
    Pathway,
    Pin,
    RemindRung,
    Span,
    Stage,
    Step,
    StepKind,
    Title,
    Unit,
)
from tests.pathway_standing import form, formal_status, residence
from tests.service_examples import small_services

USUAL = (
    EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),
    EscalateRung(after=Span(count=3), to=Role.ON_CALL),
)
"""One working day late: the supervisor is told; three: the on-call person."""


def days(count: int) -> Span:
    """A span of calendar days."""
    return Span(count=count, unit=Unit.CALENDAR_DAYS)


def small_pin(version: int = 1) -> Pin:
    """The pin of `small_pathway(version)`; its sha256 stands for a file that does not exist."""
    return Pin(name="small", version=version, sha256=f"{version:064x}")


def small_pathway(version: int = 1) -> Pathway:
    """The pathway of the drawing above."""
    return Pathway(
        pathway="small",
        version=version,
        title=Title(sr="Мали пут", en="Small pathway"),
        stages=(_intake(), _support()),
        services=small_services(),
        milestones=(
            Milestone(
                milestone="plan-agreed",
                title=Title(sr="План договорен", en="Plan agreed"),
                reached_when=StepLeaf.model_validate({"step": "plan", "is": StepIs.DONE}),
            ),
        ),
        formal_status=formal_status(),
        screening=(form(),),
        residence=residence(),
    )


def _intake() -> Stage:
    contact = Step(
        step="contact",
        title=Title(sr="Договорен безбедан контакт", en="Safe contact agreed"),
        role=Role.CONSULTANT,
        due=Due(within=Span(count=1)),
        remind=(RemindRung(before=Span(count=4, unit=Unit.HOURS)),),
        stalled_after=Span(count=2),
        escalate=USUAL,
    )
    plan = Step(
        step="plan",
        title=Title(sr="Индивидуални план", en="Individual plan"),
        role=Role.CASEWORKER,
        open_when=StepLeaf.model_validate({"step": "contact", "is": StepIs.DONE}),
        due=Due(within=Span(count=10)),
        remind=(RemindRung(before=Span(count=3)), RemindRung(before=Span(count=1), also=(Role.SUPERVISOR,))),
        escalate=USUAL,
        outcomes=(StepOutcome.DONE, StepOutcome.DECLINED, StepOutcome.POSTPONED),
    )
    hearing = Step(
        step="hearing",
        title=Title(sr="Рочиште", en="Hearing"),
        role=Role.LAWYER,
        kind=StepKind.DISCRETIONARY,
        opens=Opens.BY_DECISION,
        repeatable=True,
        waits_on=Mover.COURT,
        due=Due(within=Span(count=0), after=Anchor.APPOINTMENT),
        remind=tuple(RemindRung(before=days(count)) for count in (7, 3, 1)),
        escalate=USUAL,
        starts=("debrief",),
    )
    debrief = Step(
        step="debrief",
        title=Title(sr="Разговор после рочишта", en="Talk after the hearing"),
        role=Role.CASEWORKER,
        kind=StepKind.DISCRETIONARY,
        opens=Opens.BY_DECISION,
        repeatable=True,
        due=Due(within=Span(count=48, unit=Unit.HOURS)),
        escalate=USUAL,
    )
    return Stage(
        stage="intake",
        title=Title(sr="Пријем", en="Intake"),
        enter_when=All(all=()),
        steps=(contact, plan, hearing, debrief),
    )


def _support() -> Stage:
    visit = Step(
        step="visit",
        title=Title(sr="Посета", en="Visit"),
        role=Role.MOBILE_TEAM,
        kind=StepKind.DISCRETIONARY,
        opens=Opens.BY_DECISION,
        repeatable=True,
        waits_on=Mover.CLIENT,
        open_when=ConsentLeaf(consent=ConsentPurpose.ASSISTANCE),
        due=Due(within=Span(count=5)),
        escalate=USUAL,
    )
    follow_up = Step(
        step="follow-up",
        title=Title(sr="Праћење", en="Follow-up"),
        role=Role.CASEWORKER,
        due=Due(within=Span(count=1, unit=Unit.MONTHS)),
        remind=(RemindRung(before=days(7)),),
        escalate=USUAL,
    )
    return Stage(
        stage="support",
        title=Title(sr="Подршка", en="Support"),
        enter_when=StepLeaf.model_validate({"step": "plan", "is": StepIs.DONE}),
        leave_when=StepLeaf.model_validate({"step": "follow-up", "is": StepIs.SETTLED}),
        steps=(visit, follow_up),
    )
