"""A return that is ready to leave, and what tests of returns share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.codes import ConsentPurpose, Role
from domain.command import Command
from domain.journey import obligations
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.returning.codes import DocumentStatus, EscortKind, Finding, Receipt, ReceiverAnswer, Transport
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    AssessReturn,
    BeginReturn,
    ConfirmHandover,
    DeclareVoluntariness,
    DepartOnReturn,
    PlanReturnRoute,
    SettleReturnDocument,
)
from domain.journey.returning.departing import may_depart
from domain.journey.returning.state import ReturnState
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.pathway.assessment import Level
from domain.pathway.returning import ReturnDirection
from domain.stream.obligation import Obligation
from tests.domain.careful import careful
from tests.domain.given import VERA, Given
from tests.returning_examples import PARTNER, RECEIVER, return_pathway

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEAVES = datetime(2026, 4, 20, 9, tzinfo=UTC)
ARRIVES = LEAVES + timedelta(hours=5)
CONSENT = GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=RECEIVER)
OUT = BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD")


def begun() -> Given:
    """The client wishes to go home; a lawyer is there as well."""
    return careful().on(return_pathway()).at(NOON).having(Assign(role=Role.LAWYER, staff=VERA), OUT)


def looked_at(way: Level = Level.LOW, people: Level = Level.LOW) -> Assess:
    """The form of returns, filled in."""
    levels = (DomainLevel(domain="way", level=way), DomainLevel(domain="people-there", level=people))
    return Assess(assessment="return-risk", levels=levels)


def joint(ours: Finding = Finding.SAFE, theirs: Finding = Finding.SAFE, number: int = 1) -> AssessReturn:
    """What both sides hold."""
    return AssessReturn(number=number, partner=PARTNER, ours=ours, theirs=theirs)


def passport(status: DocumentStatus = DocumentStatus.READY, **fields: Any) -> SettleReturnDocument:
    """The document that every return needs."""
    return SettleReturnDocument(number=1, document="passport", status=status, **fields)


ROUTE = PlanReturnRoute(number=1, departs_at=LEAVES, arrives_at=ARRIVES, transport=Transport.AIR, through=("HU",))
STEPS: dict[str, tuple[Command, ...]] = {
    "voluntariness": (DeclareVoluntariness(number=1, language="ro"),),
    "assessment": (looked_at(), joint()),
    "document-passport": (passport(),),
    "receiver": (
        AskReceiver(number=1, provider=RECEIVER),
        CONSENT,
        AnswerReceiver(number=1, answer=ReceiverAnswer.AGREED),
    ),
    "escort": (ArrangeEscort(number=1, escort=EscortKind.UNESCORTED),),
    "route": (ROUTE,),
}
"""How each thing that a return needs gets there."""


def ready(*, without: str | None = None) -> Given:
    """Everything is there, or everything but one."""
    commands = (command for name, steps in STEPS.items() if name != without for command in steps)
    return begun().having(*commands)


def departed() -> Given:
    """They left in time."""
    return ready().at(LEAVES).having(DepartOnReturn(number=1))


def received(receipt: Receipt = Receipt.SIGNED) -> Given:
    """And were received an hour after they arrived."""
    return departed().at(ARRIVES + timedelta(hours=1)).having(ConfirmHandover(number=1, receipt=receipt))


def returned(given: Given, number: int = 1) -> ReturnState:
    """A return as it stands."""
    return given.state.returns[number]


def missing(given: Given, number: int = 1) -> set[tuple[str, str]]:
    """What stands in the way of leaving now."""
    unmet = may_depart(given.state, returned(given, number), given.pathway, given.now)
    return {(one.kind, one.name) for one in unmet}


def owed(given: Given, number: int = 1) -> dict[str, Obligation]:
    """What is owed of a return, by item."""
    prefix = f"return:{number}:"
    return {o.key.removeprefix(prefix): o for o in obligations(given.state) if o.key.startswith(prefix)}


def rungs(given: Given, item: str, number: int = 1) -> list[tuple[str, tuple[Role, ...]]]:
    """The ladder of one item: who is told, in order."""
    return [(r.rung, r.to) for r in owed(given, number)[item].clockwork.deadline.rungs]


def at(given: Given, moment: datetime) -> Given:
    """The clock set."""
    return replace(given, now=moment)
