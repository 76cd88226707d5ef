"""Section `returning`: what a safe return needs before anybody leaves, and who looks after it afterwards.

Which partners there are stands in the directory of providers; what must be there, by when, and who is told when it is
not, is the organisation's. Sources: IOM, assisted voluntary return (counselling, joint risk assessment, documents,
reception); the rhythm of the checks afterwards is nobody's rule, so it is data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.codes import ConsentPurpose, Role
from domain.pathway.assessment import Level
from domain.pathway.common import Span, Title, Unit
from domain.pathway.proceedings import AlarmLadder, DutyRule
from domain.values import Code, Value


class ReturnDirection(StrEnum):
    """Seen from the country of the organisation."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class ReturnPurpose(StrEnum):
    """What the journey home, or back for a while, is for."""

    HOME = "home"
    TESTIMONY = "testimony"
    EXPERT_EXAMINATION = "expert-examination"


VISITS = frozenset({ReturnPurpose.TESTIMONY, ReturnPurpose.EXPERT_EXAMINATION})
"""Coming back for a court and going home again: inbound, tied to a hearing, with a way home."""


class Trip(Value):
    """Which returns something is about: which ways they go, and what for."""

    directions: tuple[ReturnDirection, ...] = tuple(ReturnDirection)
    purposes: tuple[ReturnPurpose, ...] = tuple(ReturnPurpose)

    def is_for(self, direction: ReturnDirection, purpose: ReturnPurpose) -> bool:
        return direction in self.directions and purpose in self.purposes


class Preparation(StrEnum):
    """What every return needs besides its documents."""

    VOLUNTARINESS = "voluntariness"
    ASSESSMENT = "assessment"
    RECEIVER = "receiver"
    ESCORT = "escort"
    ROUTE = "route"


class PreparationRule(DutyRule):
    """By when one of them is to be there, and what it is called."""

    preparation: Preparation
    title: Title


class DocumentRule(Trip, DutyRule):
    """A document that such returns need. `outlasts`: how long it must still be valid on the day of arrival."""

    document: Code
    title: Title
    outlasts: Span = Span(count=0, unit=Unit.CALENDAR_DAYS)


class CheckRule(Value):
    """A look after somebody, so long after they were received."""

    check: Code
    title: Title
    after: Span


class ReturningRules(Value):
    """`assessment`: the form of section `assessments` by which both sides assess; at `blocks_at` nobody leaves.

    `ready_before`: once there is a day of departure, what is still missing is due so long before it.
    `at_once`: a risk was raised, a hearing moved, a consent withdrawn, the handover went wrong: told to people now.
    """

    role: Role = Role.CASEWORKER
    consent: ConsentPurpose = ConsentPurpose.REPATRIATION
    assessment: Code
    blocks_at: Level = Level.HIGH
    preparations: Annotated[tuple[PreparationRule, ...], Field(min_length=1)]
    documents: tuple[DocumentRule, ...] = ()
    expiry: AlarmLadder
    ready_before: Span
    departure: AlarmLadder
    handover: DutyRule
    at_once: DutyRule
    stop: DutyRule
    checks: Annotated[tuple[CheckRule, ...], Field(min_length=1)]
    check: AlarmLadder
    check_again: Span
    way_home: DutyRule

    def find_preparation(self, preparation: Preparation) -> PreparationRule | None:
        return next((p for p in self.preparations if p.preparation is preparation), None)

    def find_document(self, key: str) -> DocumentRule | None:
        return next((d for d in self.documents if d.document == key), None)

    def find_check(self, key: str) -> CheckRule | None:
        return next((c for c in self.checks if c.check == key), None)
