"""The small pathway with ladders of legal proceedings: short, each different, so that a test sees which was used."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.codes import Role
from domain.journey.assignment import Assign
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import ProceedingsStage
from domain.journey.proceedings.commands import StartProceedings
from domain.journey.proceedings.term_commands import StartTerm
from domain.law import Standing, Trigger
from domain.pathway.common import EscalateRung, RemindRung, Span, Unit
from domain.pathway.hearings import Matter
from domain.pathway.model import Pathway
from domain.pathway.proceedings import AlarmLadder, DatedSuspension, DutyRule, ProceedingsRules
from tests.domain.given import VERA, Given, begun
from tests.pathway_examples import days, small_pathway

OGNJEN = VERA
"""The lawyer."""
ATTORNEY = UUID("00000000-0000-4000-8000-00000000b001")
"""An attorney outside, by the id of a provider."""
COURT = UUID("00000000-0000-4000-8000-00000000c001")

AT_ONCE = (
    EscalateRung(after=Span(count=0, unit=Unit.HOURS), to=Role.SUPERVISOR),
    EscalateRung(after=Span(count=1, unit=Unit.HOURS), to=Role.ON_CALL),
)
CALM = (EscalateRung(after=Span(count=5), to=Role.SUPERVISOR), EscalateRung(after=Span(count=9), to=Role.ON_CALL))


def months(count: int) -> Span:
    return Span(count=count, unit=Unit.MONTHS)


def before(*spans: Span) -> tuple[RemindRung, ...]:
    return tuple(RemindRung(before=span) for span in spans)


RULES = ProceedingsRules(
    terms=AlarmLadder(remind=before(days(2)), stalled_after=Span(count=10), escalate=CALM),
    rights=AlarmLadder(
        remind=(RemindRung(before=days(3)), RemindRung(before=days(1), also=(Role.SUPERVISOR,))),
        stalled_after=Span(count=0),
        escalate=AT_ONCE,
    ),
    limitation=AlarmLadder(remind=before(months(24), months(12), months(6), months(3), months(1)), escalate=AT_ONCE),
    confirmation=DutyRule(within=Span(count=2), escalate=CALM),
    power=DutyRule(within=Span(count=10), escalate=CALM),
    power_at_once=DutyRule(
        within=Span(count=24, unit=Unit.HOURS), tell=(Role.SUPERVISOR, Role.ON_CALL), escalate=AT_ONCE
    ),
    fee=AlarmLadder(remind=before(days(5)), escalate=CALM),
)


def court_pathway(*suspensions: DatedSuspension) -> Pathway:
    """The small pathway with the section on proceedings."""
    return small_pathway().model_copy(update={"proceedings": RULES.model_copy(update={"suspensions": suspensions})})


def noon(year: int, month: int, day: int) -> datetime:
    """Noon in Greenwich, an hour or two later in Belgrade."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def in_court(now: datetime, matter: Matter = Matter.CRIMINAL) -> Given:
    """A journey with a lawyer, and proceedings number 1."""
    standing = Standing.INJURED_PARTY if matter is Matter.CRIMINAL else Standing.PLAINTIFF
    started = StartProceedings(matter=matter, standings=(standing,), stage=ProceedingsStage.MAIN_HEARING)
    return begun().on(court_pathway()).at(now).having(Assign(role=Role.LAWYER, staff=OGNJEN), started)


def term(rule: str, on: date, trigger: Trigger | None = None, **fields: Any) -> StartTerm:
    """A term of the first proceedings."""
    return StartTerm(proceedings=1, rule=rule, on=on, trigger=trigger, **fields)


def day_of(trigger: Trigger, year: int, month: int, day: int) -> TriggerDay:
    return TriggerDay(trigger=trigger, on=date(year, month, day))
