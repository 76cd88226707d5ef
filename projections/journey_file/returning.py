"""Returns as a journey's file shows them: where each stands, what it has, what is owed of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import ConsentGiver
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
from domain.journey.returning.state import CheckState, DocumentState, ReturnState, return_key
from domain.pathway.assessment import Level
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from domain.pathway.returning_items import document_item
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One thing that is owed of it, by its item: a preparation, `document-…`, `check-…`."""

    item: str
    due_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True)
class ReturnDocumentRow:
    """`version` is `seen` of its form; `consulate` and `stored` are ids of the directory and of the vault."""

    part: str
    version: int
    document: str
    status: DocumentStatus
    on: date | None = None
    valid_until: date | None = None
    consulate: UUID | None = None
    stored: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReturnCheckRow:
    check: str
    status: CheckStatus
    outcome: CheckOutcome | None = None
    held_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return. `version` is `seen`, `status_version` what taking back names; `untold` have not heard yet."""

    part: str
    version: int
    status_version: int
    number: int
    direction: ReturnDirection
    purpose: ReturnPurpose
    country: str
    status: ReturnStatus
    begun_at: datetime
    owed: tuple[OwedRow, ...]
    documents: tuple[ReturnDocumentRow, ...]
    checks: tuple[ReturnCheckRow, ...]
    untold: tuple[UUID, ...]
    through: tuple[str, ...]
    hearing: int | None = None
    follows: int | None = None
    way_home: int | None = None
    no_way_home: WayHomeAnswer | None = None
    voluntary: ConsentGiver | None = None
    declared_at: datetime | None = None
    partner: UUID | None = None
    overall: Level | None = None
    ours: Finding | None = None
    theirs: Finding | None = None
    verdict: Verdict | None = None
    receiver: UUID | None = None
    receiver_status: ReceiverStatus | None = None
    escort: EscortKind | None = None
    departs_at: datetime | None = None
    arrives_at: datetime | None = None
    transport: Transport | None = None
    received_by: UUID | None = None
    receipt: Receipt | None = None
    trouble: Trouble | None = None
    stopped: StopReason | None = None


def returns(folded: Folded) -> list[Row]:
    """By number."""
    return [_return(state) for _, state in sorted(folded.journey.returns.items())]


def _return(state: ReturnState) -> Row:
    wish, found, route, handover = state.voluntariness, state.assessment, state.route, state.handover
    return {
        "part": state.key,
        "version": state.version,
        "status_version": state.status_version,
        "number": state.number,
        "direction": state.direction.value,
        "purpose": state.purpose.value,
        "country": state.country,
        "status": state.status.value,
        "begun_at": state.begun_at,
        "owed": _owed(state),
        "documents": [_document(state, one) for _, one in sorted(state.documents.items())],
        "checks": [_check(one) for _, one in sorted(state.checks.items())],
        "untold": sorted(state.untold),
        "through": list(route.through) if route else [],
        "hearing": state.hearing,
        "follows": state.follows,
        "way_home": state.way_home,
        "no_way_home": code(state.no_way_home),
        "voluntary": wish.giver.value if wish else None,
        "declared_at": wish.declared_at if wish else None,
        "partner": found.partner if found else None,
        "overall": found.overall.value if found else None,
        "ours": found.ours.value if found else None,
        "theirs": found.theirs.value if found else None,
        "verdict": found.verdict.value if found else None,
        "receiver": state.receiver.provider if state.receiver else None,
        "receiver_status": state.receiver.status.value if state.receiver else None,
        "escort": state.escort.kind.value if state.escort else None,
        "departs_at": route.departs_at if route else None,
        "arrives_at": route.arrives_at if route else None,
        "transport": route.transport.value if route else None,
        "received_by": handover.received_by if handover else None,
        "receipt": handover.receipt.value if handover else None,
        "trouble": code(state.trouble),
        "stopped": code(state.stopped),
    }


def _owed(state: ReturnState) -> list[Row]:
    """By due instant."""
    dated = sorted((item.clockwork.deadline.due_at, key, item.clockwork.deadline) for key, item in state.owed.items())
    return [{"item": key, "due_at": due_at, "due_on": deadline.due_on} for due_at, key, deadline in dated]


def _document(state: ReturnState, document: DocumentState) -> Row:
    return {
        "part": return_key(state.number, document_item(document.document)),
        "version": document.version,
        "document": document.document,
        "status": document.status.value,
        "on": document.on,
        "valid_until": document.valid_until,
        "consulate": document.consulate,
        "stored": document.stored,
    }


def _check(check: CheckState) -> Row:
    return {
        "check": check.check,
        "status": check.status.value,
        "outcome": code(check.outcome),
        "held_at": check.held_at,
    }
