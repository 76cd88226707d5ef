"""The careful pathway with hearings, returns and reintegration: short ladders, each different where a test looks."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Role
from domain.pathway.assessment import Assessment, AssessmentDomain
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.pathway.ladder import Ladder, days_before
from domain.pathway.model import Pathway
from domain.pathway.proceedings import AlarmLadder, DutyRule
from domain.pathway.reintegration import ReintegrationRules
from domain.pathway.returning import (
    CheckRule,
    DocumentRule,
    Preparation,
    PreparationRule,
    ReturnDirection,
    ReturningRules,
)
from tests.domain.careful import careful_pathway
from tests.hearing_examples import hearings
from tests.pathway_examples import days

RECEIVER = UUID("9a1c0000-0000-4000-8000-0000000005e1")
"""The organisation that receives, by its id in the directory."""
PARTNER = UUID("9a1c0000-0000-4000-8000-0000000005e2")
"""The partner with whom the risk is assessed."""
CONSULATE = UUID("9a1c0000-0000-4000-8000-0000000005e3")
NAMED = Title(sr="Повратак", en="Return")
CALM = (EscalateRung(after=Span(count=5), to=Role.SUPERVISOR), EscalateRung(after=Span(count=9), to=Role.ON_CALL))


def hours(count: int) -> Span:
    return Span(count=count, unit=Unit.HOURS)


def months(count: int) -> Span:
    return Span(count=count, unit=Unit.MONTHS)


AT_ONCE = (EscalateRung(after=hours(0), to=Role.SUPERVISOR), EscalateRung(after=hours(1), to=Role.ON_CALL))
DAY_BEFORE = (RemindRung(before=days(1)),)


def _document(key: str, *directions: ReturnDirection) -> DocumentRule:
    return DocumentRule(
        document=key,
        title=NAMED,
        directions=directions or tuple(ReturnDirection),
        outlasts=days(7) if key == "visa" else days(0),
        within=Span(count=30),
        remind=DAY_BEFORE,
        escalate=AT_ONCE,
    )


RETURNING = ReturningRules(
    assessment="return-risk",
    preparations=tuple(
        PreparationRule(preparation=each, title=NAMED, within=Span(count=10 + n), remind=DAY_BEFORE, escalate=CALM)
        for n, each in enumerate(Preparation)
    ),
    documents=(_document("passport"), _document("visa", ReturnDirection.INBOUND)),
    expiry=AlarmLadder(remind=(RemindRung(before=days(30)),), escalate=AT_ONCE),
    ready_before=Span(count=3),
    departure=AlarmLadder(remind=(RemindRung(before=days(7)), RemindRung(before=days(1))), escalate=AT_ONCE),
    handover=DutyRule(within=hours(6), stalled_after=Span(count=0), escalate=AT_ONCE),
    at_once=DutyRule(within=hours(4), tell=(Role.SUPERVISOR, Role.MOBILE_TEAM), escalate=AT_ONCE),
    stop=DutyRule(within=hours(24), tell=(Role.SUPERVISOR, Role.MOBILE_TEAM, Role.LAWYER), escalate=AT_ONCE),
    checks=tuple(
        CheckRule(check=f"after-{span.count}-{span.unit.value}", title=NAMED, after=span)
        for span in (days(14), months(3), months(6), months(12))
    ),
    check=AlarmLadder(remind=(RemindRung(before=days(7)),), escalate=CALM),
    check_again=days(7),
    way_home=DutyRule(within=days(1), escalate=AT_ONCE),
)

REINTEGRATION = ReintegrationRules(
    goals=("safe-home", "schooling"),
    rhythm=(months(1), months(3), months(6)),
    review=AlarmLadder(remind=(RemindRung(before=days(7)),), escalate=CALM),
    safety="risk",
    assessed_within=months(2),
)


def return_pathway() -> Pathway:
    """Everything that returns and reintegration touch."""
    careful = careful_pathway()
    form = Assessment(
        assessment="return-risk",
        title=NAMED,
        domains=(AssessmentDomain(domain="way", title=NAMED), AssessmentDomain(domain="people-there", title=NAMED)),
        review=Ladder(within=months(1), remind=days_before(7)),
        alerts=True,
    )
    return careful.model_copy(
        update={
            "assessments": (*careful.assessments, form),
            "hearings": hearings(),
            "returning": RETURNING,
            "reintegration": REINTEGRATION,
        }
    )
