"""The rows of `putokaz journey show` about consents, safety and the individual plan: part, version, state, until."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from projections.journey_file.model import ConsentRow, Document
from projections.journey_file.safety_model import SafetyFile

Cells = tuple[str, int, str, object]
Named = Callable[[UUID], str]
"""How a recipient is called."""


def digits_of(recipient: UUID) -> str:
    """How a recipient is called where the directory of providers does not know it: by five digits of its id."""
    return f"recipient {recipient.int % 100_000:05d}"


def safety_parts(document: Document, named: Named = digits_of) -> list[Cells]:
    """Every such part; empty where the journey has none. Sealed texts are not among them."""
    consents: list[Cells] = [(c.part, c.version, _consent(c, named), c.ends_at) for c in document.consents]
    return [*consents, *_protection(document.safety, named), *_work(document.safety)]


def _consent(row: ConsentRow, named: Named) -> str:
    state = "withdrawn" if row.withdrawn_at else f"given by {row.giver.value}"
    return f"{state}, towards {named(row.recipient)}" if row.recipient else state


def _protection(safety: SafetyFile, named: Named) -> Iterator[Cells]:
    for waiting in safety.untold:
        yield waiting.part, waiting.version, f"{named(waiting.recipient)} to be told", waiting.due_on
    if (minority := safety.minority) is not None:
        yield minority.part, minority.version, "a child", minority.adult_on
    if (contact := safety.safe_contact) is not None:
        suspended = contact.agreement.suspended
        state = f"suspended: {suspended.value}" if suspended else "agreed"
        yield contact.part, contact.version, state, contact.agreement.valid_until
    if (moved := safety.relocation) is not None and moved.settled_at is None:
        yield moved.part, moved.version, "owed", moved.plan_by
    for alert in safety.alerts:
        yield (
            alert.part,
            alert.version,
            "acknowledged" if alert.acknowledged_at else "unanswered",
            alert.acknowledged_at,
        )


def _work(safety: SafetyFile) -> Iterator[Cells]:
    for found in safety.assessments:
        yield found.part, found.version, found.overall.value, found.review_by
    if (protection := safety.safety_plan) is not None and protection.ended_at is None:
        yield protection.part, protection.version, "agreed", protection.review_by
    if (plan := safety.plan) is not None:
        yield plan.part, plan.version, f"approval {plan.approval.value}", plan.review_by
        for goal in plan.goals:
            yield goal.part, goal.version, goal.progress.value, goal.target_on
