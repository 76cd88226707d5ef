"""The rows of a journey's file: one with its parts, and one for each occurrence of a step."""

from __future__ import annotations

from uuid import UUID

from domain.journey.consent import consent_part
from domain.journey.linking import link_part
from domain.journey.state import Journey, StepState
from projections.folded import Folded
from projections.journey_file.model import (
    AssignedRow,
    ClosingRow,
    ConsentRow,
    Document,
    LinkRow,
    MilestoneRow,
    ReviewRow,
    StageRow,
)
from projections.journey_list.handler import summary
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def document(folded: Folded) -> Document:
    """Everything of a file but its steps, each list in a fixed order."""
    journey = folded.journey
    closing = journey.closing
    return Document(
        header=summary(folded),
        pathway_sha256=journey.pin.sha256,
        stages=tuple(
            [
                StageRow(s.stage, s.version, s.entered_at, s.times, s.left_at, s.exit)
                for s in sorted(journey.stages.values(), key=lambda s: (s.entered_at, s.stage))
            ]
        ),
        consents=tuple(
            [
                ConsentRow(consent_part(c.purpose), c.version, c.purpose, c.giver, c.given_at, c.withdrawn_at)
                for c in sorted(journey.consents.values(), key=lambda c: c.purpose)
            ]
        ),
        assigned=tuple([AssignedRow(role, staff) for role, staff in sorted(journey.assigned.items())]),
        links=tuple(
            [
                LinkRow(link_part(k.other), k.version, k.other, k.relation, k.status)
                for k in sorted(journey.links.values(), key=lambda k: k.other)
            ]
        ),
        milestones=tuple(
            [MilestoneRow(key, at) for key, at in sorted(journey.milestones.items(), key=lambda m: (m[1], m[0]))]
        ),
        absorbed=tuple(sorted(journey.absorbed)),
        reopened=journey.reopened,
        under_way=len(journey.pending),
        review=_review(folded),
        closing=ClosingRow(closing.version, closing.reason, closing.at) if closing else None,
        merged_into=journey.merged_into,
    )


def _review(folded: Folded) -> ReviewRow | None:
    review = folded.journey.review
    if review is None:
        return None
    owner, deadline = folded.owner(review.role), review.clockwork.deadline
    return ReviewRow(
        version=review.version,
        role=review.role,
        owner_role=owner.role,
        owner_staff=owner.staff,
        scheduled_at=review.scheduled_at,
        due_at=deadline.due_at,
        due_on=deadline.due_on,
    )


def file_rows(folded: Folded) -> Rows:
    """Exactly one."""
    journey: Journey = folded.journey
    return {
        "": {
            "journey": folded.id,
            "version": journey.version,
            "position": folded.position,
            "document": document(folded),
        }
    }


def step_rows(folded: Folded) -> Rows:
    """One for each occurrence of a step."""
    return {key: _step(folded, folded.id, step) for key, step in folded.journey.steps.items()}


def _step(folded: Folded, journey: UUID, step: StepState) -> Row:
    owner, deadline = folded.owner(step.role), step.clockwork.deadline
    return {
        "journey": journey,
        "part": step.key,
        "version": step.version,
        "step": step.step,
        "occurrence": step.occurrence,
        "stage": step.stage,
        "role": step.role,
        "owner_role": owner.role,
        "owner_staff": owner.staff,
        "status": step.status,
        "outcome": step.outcome,
        "opened_at": step.opened_at,
        "settled_at": step.settled_at,
        "due_at": deadline.due_at,
        "due_on": deadline.due_on,
        "article": deadline.article,
        "appointment": step.appointment,
        "waits_on": step.waits_on,
        "stalled": step.stall.cause if step.stall else None,
        "stalled_since": step.stall.since if step.stall else None,
        "advanced_version": step.advanced_version,
        "missed": step.missed,
        "limit_count": step.stalled_after.count,
        "limit_unit": step.stalled_after.unit,
    }


MODEL = ReadModel(
    name=ModelName.JOURNEY_FILE,
    version=VERSIONS[ModelName.JOURNEY_FILE],
    package="projections.journey_file",
    tables=(Table("journey_file_v1", file_rows, keyed=False), Table("journey_file_step_v1", step_rows, keyed=True)),
)
