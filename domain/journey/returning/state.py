"""The state of returns. What is owed of one stands in `owed`, by its item: `assessment`, `document-travel-document`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import ConsentGiver, ObligationKind, Role
from domain.journey.returning.codes import (
    CheckOutcome,
    CheckStatus,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverStatus,
    ReturnStatus,
    StopReason,
    Transport,
    Trouble,
    Verdict,
    WayHomeAnswer,
)
from domain.pathway.assessment import Level
from domain.pathway.common import Span
from domain.pathway.returning import VISITS, Preparation, ReturnDirection, ReturnPurpose
from domain.pathway.returning_items import CHECK, DEPARTURE, DOCUMENT, HANDOVER, STOP, WAY_HOME
from domain.stream.obligation import Clockwork

_KINDS = {
    DEPARTURE: ObligationKind.RETURN_DEPARTURE,
    HANDOVER: ObligationKind.RETURN_HANDOVER,
    STOP: ObligationKind.RETURN_STOP,
    WAY_HOME: ObligationKind.RETURN_WAY_HOME,
}


def return_key(number: int, *more: str) -> str:
    """The part of a return, and its obligations: `return:1`, `return:1:assessment`."""
    return ":".join(("return", str(number), *more))


def kind_of_item(item: str) -> ObligationKind:
    """What sort of obligation an item is."""
    if item.startswith(DOCUMENT):
        return ObligationKind.RETURN_DOCUMENT
    if item.startswith(CHECK):
        return ObligationKind.RETURN_CHECK
    return _KINDS.get(item, ObligationKind.RETURN_PREPARATION)


def name_of_item(item: str) -> str | None:
    """The code by which the pathway names it: a preparation, a document, a check; none for the rest."""
    if item in _KINDS:
        return None
    return item.removeprefix(DOCUMENT).removeprefix(CHECK)


@dataclass(frozen=True)
class OwedItem:
    """One thing that is owed of a return."""

    item: str
    clockwork: Clockwork
    opened_at: datetime
    stalled_after: Span


@dataclass(frozen=True, slots=True)
class Voluntariness:
    """That the client wishes it; `language`: in which they were told what it means."""

    giver: ConsentGiver
    declared_at: datetime
    version: int
    language: str | None = None


@dataclass(frozen=True, slots=True)
class JointAssessment:
    """What both sides found. `assessment_version` is that of the assessment they looked at."""

    partner: UUID
    assessment_version: int
    overall: Level
    ours: Finding
    theirs: Finding
    verdict: Verdict
    assessed_at: datetime


@dataclass(frozen=True)
class DocumentState:
    """`stored`: the id of its copy in the vault. `valid_until`: its last day."""

    document: str
    status: DocumentStatus
    version: int
    on: date | None = None
    valid_until: date | None = None
    consulate: UUID | None = None
    stored: UUID | None = None


@dataclass(frozen=True)
class Receiver:
    """The organisation that receives, by its id in the directory of providers."""

    provider: UUID
    status: ReceiverStatus


@dataclass(frozen=True, slots=True)
class Escort:
    kind: EscortKind
    staff: UUID | None = None
    provider: UUID | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """`through`: countries of transit. `hearing_dates`: how many dates the hearing had had when it was planned."""

    departs_at: datetime
    arrives_at: datetime
    transport: Transport
    through: tuple[str, ...] = ()
    hearing_dates: int | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """`document`: the id of the receipt in the vault."""

    received_by: UUID
    receipt: Receipt
    confirmed_at: datetime
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class CheckState:
    check: str
    status: CheckStatus
    outcome: CheckOutcome | None = None
    held_at: datetime | None = None


@dataclass(frozen=True)
class Before:
    """What stood before somebody said that they left or were received: what stands again where that was a mistake."""

    status: ReturnStatus
    owed: Mapping[str, OwedItem]
    status_version: int
    earlier: Before | None = None


@dataclass(frozen=True)
class ReturnState:
    """One return. `version` is `seen` of its forms; a document has a version of its own.

    `risk_version`: only an assessment that is newer counts. `status_version` is what taking back names.
    """

    number: int
    direction: ReturnDirection
    purpose: ReturnPurpose
    country: str
    role: Role
    form: str
    begun_at: datetime
    version: int
    status_version: int
    risk_version: int
    status: ReturnStatus = ReturnStatus.PREPARING
    hearing: int | None = None
    follows: int | None = None
    voluntariness: Voluntariness | None = None
    assessment: JointAssessment | None = None
    documents: Mapping[str, DocumentState] = field(default_factory=dict)
    receiver: Receiver | None = None
    escort: Escort | None = None
    route: Route | None = None
    handover: Handover | None = None
    trouble: Trouble | None = None
    checks: Mapping[str, CheckState] = field(default_factory=dict)
    way_home: int | None = None
    no_way_home: WayHomeAnswer | None = None
    stopped: StopReason | None = None
    untold: frozenset[UUID] = frozenset()
    owed: Mapping[str, OwedItem] = field(default_factory=dict)
    before: Before | None = None

    @property
    def key(self) -> str:
        return return_key(self.number)

    @property
    def is_visit(self) -> bool:
        return self.purpose in VISITS

    @property
    def agreed_receiver(self) -> UUID | None:
        """Who has agreed to receive the client."""
        agreed = self.receiver is not None and self.receiver.status is ReceiverStatus.AGREED
        return self.receiver.provider if agreed and self.receiver else None

    @property
    def partners(self) -> frozenset[UUID]:
        """Everybody outside who has a part in it, and is to be told when it is off."""
        asked = self.receiver is not None and self.receiver.status is not ReceiverStatus.REFUSED
        found = {
            self.assessment.partner if self.assessment else None,
            self.receiver.provider if asked and self.receiver else None,
            self.escort.provider if self.escort else None,
            *(document.consulate for document in self.documents.values()),
        }
        return frozenset(one for one in found if one is not None)


PREPARATIONS = frozenset(p.value for p in Preparation)
"""The items that every return needs."""
