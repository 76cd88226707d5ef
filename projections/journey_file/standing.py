"""Where a person stands, as a journey's file shows it: formal status, screenings, residence permits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.state import PermitState
from domain.journey.screening.state import ScreeningState
from domain.journey.state import Journey
from domain.journey.status.state import StatusDecision
from domain.pathway.formal_status import FormalStatus
from projections.folded import Folded
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision of the state. `version` is what a correction names."""

    version: int
    status: FormalStatus
    decider: str
    decided_on: date
    learned_on: date
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class FormalStatusRow:
    """What is known of the state's decisions, in their order. `version` is what a form sends back as `seen`."""

    version: int
    current: FormalStatus | None
    reports: int
    decisions: tuple[DecisionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One coded answer; the words are in the pathway."""

    question: str
    answer: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class ScreeningRow:
    """A form as it was saved under this version of the pathway."""

    version: int
    form: str
    pathway_version: int
    held_at: datetime
    unanswered: int
    answers: tuple[AnswerRow, ...]
    corrected_by: int | None = None


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A residence permit. `owner_staff` and `due_at` concern the one that is watched over."""

    part: str
    number: int
    version: int
    kind: str
    ground: str
    status: PermitStatus
    valid_from: date
    valid_until: date
    ends: tuple[date, ...]
    due_at: datetime
    owner_role: str
    article: str | None = None
    applied_on: date | None = None
    revoked_for: str | None = None
    document: UUID | None = None
    owner_staff: UUID | None = None


def formal_status(journey: Journey) -> Row:
    """The fields of `FormalStatusRow`."""
    known = journey.formal_status
    return {
        "version": known.version,
        "current": known.current.value if known.current else None,
        "reports": known.reports,
        "decisions": [_decision(d) for d in known.decisions],
    }


def screenings(journey: Journey) -> list[Row]:
    """Every screening, newest first."""
    return [_screening(s) for s in reversed(journey.screenings)]


def permits(folded: Folded) -> list[Row]:
    """Every permit, newest first."""
    return [_permit(folded, p) for p in reversed(tuple(folded.journey.permits.values()))]


def _decision(decision: StatusDecision) -> Row:
    return {
        "version": decision.version,
        "status": decision.status.value,
        "decider": decision.decider,
        "decided_on": decision.decided_on,
        "learned_on": decision.learned_on,
        "document": decision.document,
    }


def _screening(screening: ScreeningState) -> Row:
    return {
        "version": screening.version,
        "form": screening.form,
        "pathway_version": screening.pin.version,
        "held_at": screening.held_at,
        "unanswered": screening.unanswered,
        "answers": [{"question": a.question, "answer": a.answer, "days": a.days} for a in screening.answers],
        "corrected_by": screening.corrected_by,
    }


def _permit(folded: Folded, permit: PermitState) -> Row:
    owner, deadline = folded.owner(permit.role), permit.clockwork.deadline
    return {
        "part": permit.key,
        "number": permit.number,
        "version": permit.version,
        "kind": permit.kind,
        "ground": permit.ground,
        "status": permit.status.value,
        "valid_from": permit.valid_from,
        "valid_until": permit.valid_until,
        "ends": list(permit.ends),
        "due_at": deadline.due_at,
        "owner_role": owner.role.value,
        "article": deadline.article,
        "applied_on": permit.application.applied_on if permit.application else None,
        "revoked_for": permit.revoked_for,
        "document": permit.document,
        "owner_staff": owner.staff,
    }
