"""The small pathway with courts: one kind of hearing with everything, one with a trap, and a plan from abroad."""

from __future__ import annotations

from domain.codes import Role
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.pathway.hearings import (
    Arrangement,
    Companion,
    Debrief,
    EarlyRung,
    HearingKind,
    HearingPlan,
    Hearings,
    Ladder,
    Lasting,
    Matter,
    NamedRung,
    NextDate,
    PlanTask,
    Side,
    Trap,
)
from domain.pathway.model import Pathway
from tests.pathway_examples import USUAL, days, small_pathway

TITLE = Title(sr="Рочиште", en="Hearing")
EARLY = (EarlyRung(before=days(5), to=Role.SUPERVISOR), EarlyRung(before=days(2), to=Role.ON_CALL))


def hours(count: int) -> Span:
    """A span of hours."""
    return Span(count=count, unit=Unit.HOURS)


def hearings() -> Hearings:
    """Witness (criminal, whole checklist), preparatory (civil, with a trap)."""
    return Hearings(
        kinds=(
            HearingKind(
                hearing="witness",
                title=TITLE,
                matter=Matter.CRIMINAL,
                ladder="court",
                arrangements=("power-of-attorney", "interpreter"),
            ),
            HearingKind(
                hearing="preparatory",
                title=TITLE,
                matter=Matter.CIVIL,
                ladder="court",
                arrangements=("power-of-attorney",),
                trap="claim-withdrawn",
            ),
        ),
        ladders=(
            Ladder(
                ladder="court",
                remind=(*(RemindRung(before=days(n)) for n in (30, 14, 7, 3, 1)), RemindRung(before=hours(2))),
                companions=(
                    Companion(
                        companion="support",
                        title=TITLE,
                        role=Role.CONSULTANT,
                        remind=(
                            NamedRung(rung="preparation-meeting", before=days(14)),
                            NamedRung(rung="pickup", before=days(1)),
                        ),
                    ),
                ),
                escalate=USUAL,
                after_postponement=NextDate(
                    within=days(30), article="ZKP 360", remind=(RemindRung(before=days(5)),), escalate=USUAL
                ),
                after_interruption=NextDate(within=days(15), article="ZKP 388", escalate=USUAL),
            ),
        ),
        arrangements=(
            Arrangement(
                arrangement="power-of-attorney",
                title=TITLE,
                role=Role.LAWYER,
                before=days(14),
                lasts=Lasting.HEARING,
                escalate=EARLY,
            ),
            Arrangement(arrangement="interpreter", title=TITLE, role=Role.CASEWORKER, before=days(10), escalate=EARLY),
            Arrangement(arrangement="childcare", title=TITLE, role=Role.CASEWORKER, before=days(7), escalate=EARLY),
        ),
        traps=(
            Trap(
                trap="claim-withdrawn",
                title=TITLE,
                articles=("ZPP 304",),
                within=hours(12),
                escalate=(
                    EscalateRung(after=hours(0), to=Role.SUPERVISOR),
                    EscalateRung(after=hours(12), to=Role.ON_CALL),
                ),
            ),
        ),
        plans=(
            HearingPlan(
                plan="from-abroad",
                title=TITLE,
                escalate=USUAL,
                tasks=(
                    PlanTask(task="consent", title=TITLE, role=Role.CASEWORKER, span=days(90), roll=True),
                    PlanTask(task="papers", title=TITLE, role=Role.LAWYER, span=days(75), roll=True),
                    PlanTask(task="ticket", title=TITLE, role=Role.CASEWORKER, span=days(45), roll=True),
                    PlanTask(task="arrival", title=TITLE, role=Role.CASEWORKER, span=days(1)),
                    PlanTask(
                        task="return",
                        title=TITLE,
                        role=Role.CASEWORKER,
                        side=Side.AFTER,
                        span=days(1),
                        follows="arrival",
                    ),
                    PlanTask(
                        task="check",
                        title=TITLE,
                        role=Role.CASEWORKER,
                        side=Side.AFTER,
                        span=days(14),
                        roll=True,
                        follows="arrival",
                    ),
                ),
            ),
        ),
        debrief=Debrief(escalate=USUAL),
    )


def court_pathway() -> Pathway:
    """The small pathway with that section."""
    return small_pathway().model_copy(update={"hearings": hearings()})
