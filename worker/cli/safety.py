"""The rows of `putokaz journey show` about consents, safety and the individual plan: part, version, state, until."""

from __future__ import annotations

from collections.abc import Iterator

from projections.journey_file.model import Document
from projections.journey_file.safety_model import SafetyFile

Cells = tuple[str, int, str, object]


def safety_parts(document: Document) -> list[Cells]:
    """Every such part; empty where the journey has none. Sealed texts are not among them."""
    consents: list[Cells] = [
        (c.part, c.version, "withdrawn" if c.withdrawn_at else f"given by {c.giver.value}", c.ends_at)
        for c in document.consents
    ]
    return [*consents, *_protection(document.safety), *_work(document.safety)]


def _protection(safety: SafetyFile) -> Iterator[Cells]:
    for waiting in safety.untold:
        yield waiting.part, waiting.version, "recipient to be told", waiting.due_on
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
