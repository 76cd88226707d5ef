"""The rows of a journey's file: one with its parts, and one for each occurrence of a step."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.linking import link_part
from domain.journey.standing import ConsentState, ends_at
from domain.journey.state import ContactLink, LinkState, MissionNote, StageState, StepState
from domain.stream.naming import stream_code
from projections.folded import Folded, code
from projections.journey_file.approvals import approvals
from projections.journey_file.documents import documents
from projections.journey_file.emergencies import emergencies
from projections.journey_file.hearings import hearing_row
from projections.journey_file.proceedings import fees, proceedings, terms
from projections.journey_file.reintegration import reintegration
from projections.journey_file.returning import returns
from projections.journey_file.safety import safety_file
from projections.journey_file.services import services_of
from projections.journey_file.standing import formal_status, permits, screenings
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def document(folded: Folded) -> Row:
    """Everything of a file but its steps, as `model.Document` reads it; each list in a fixed order."""
    journey = folded.journey
    closing = journey.closing
    return {
        "header": folded.summary,
        "pathway_sha256": journey.pin.sha256,
        "stages": [_stage(s) for s in sorted(journey.stages.values(), key=_entered)],
        "consents": [_consent(c, journey) for c in sorted(journey.consents.values(), key=_part)],
        "assigned": [{"role": role.value, "staff": journey.assigned[role]} for role in sorted(journey.assigned)],
        "links": [_link(journey.links[other]) for other in sorted(journey.links)],
        "contacts": [_contact(journey.contacts[contact]) for contact in sorted(journey.contacts)],
        "milestones": [
            {"milestone": key, "reached_at": at} for key, at in sorted(journey.milestones.items(), key=_reached)
        ],
        "missions": [_mission(journey.missions[each]) for each in sorted(journey.missions)],
        "absorbed": sorted(journey.absorbed),
        "reopened": journey.reopened,
        "under_way": len(journey.pending),
        "review": _review(folded),
        "hearings": [hearing_row(folded, state) for _, state in sorted(folded.journey.hearings.items())],
        "closing": {"version": closing.version, "reason": closing.reason.value, "at": closing.at} if closing else None,
        "merged_into": journey.merged_into,
        "services": services_of(folded),
        "safety": safety_file(journey),
        "formal_status": formal_status(journey),
        "screenings": screenings(journey),
        "permits": permits(folded),
        "proceedings": proceedings(folded),
        "terms": terms(folded),
        "fees": fees(folded),
        "approvals": approvals(folded),
        "returns": returns(folded),
        "reintegration": reintegration(folded),
        "emergencies": emergencies(folded),
        "documents": documents(folded),
    }


def _entered(stage: StageState) -> tuple[datetime, str]:
    return stage.entered_at, stage.stage


def _reached(milestone: tuple[str, datetime]) -> tuple[datetime, str]:
    return milestone[1], milestone[0]


def _stage(stage: StageState) -> Row:
    return {
        "stage": stage.stage,
        "version": stage.version,
        "entered_at": stage.entered_at,
        "times": stage.times,
        "left_at": stage.left_at,
        "exit": code(stage.exit),
    }


def _part(consent: ConsentState) -> str:
    return consent.key.part


def _consent(consent: ConsentState, journey: Journey) -> Row:
    return {
        "part": consent.key.part,
        "version": consent.version,
        "purpose": consent.key.purpose.value,
        "giver": consent.giver.value,
        "given_at": consent.given_at,
        "withdrawn_at": consent.withdrawn_at,
        "recipient": consent.key.recipient,
        "guardian": consent.guardian,
        "ends_at": ends_at(consent, journey.minority),
    }


def _link(link: LinkState) -> Row:
    return {
        "part": link_part(link.other),
        "version": link.version,
        "other": link.other,
        "relation": link.relation.value,
        "status": link.status.value,
    }


def _contact(link: ContactLink) -> Row:
    return {"contact": link.contact, "version": link.version, "linked_at": link.linked_at}


def _mission(note: MissionNote) -> Row:
    return {
        "mission": note.mission,
        "code": stream_code(StreamName.MISSION, note.mission),
        "version": note.version,
        "purpose": note.purpose.value,
        "phase": note.phase.value,
        "departure": note.departure,
        "expected_return": note.expected_return,
        "zone": note.zone,
        "aborted": code(note.aborted),
        "outcome": code(note.outcome),
    }


def _review(folded: Folded) -> Row | None:
    review = folded.journey.review
    if review is None:
        return None
    owner, deadline = folded.owner(review.role), review.clockwork.deadline
    return {
        "version": review.version,
        "role": review.role.value,
        "owner_role": owner.role.value,
        "owner_staff": owner.staff,
        "scheduled_at": review.scheduled_at,
        "due_at": deadline.due_at,
        "due_on": deadline.due_on,
    }


def file_rows(folded: Folded) -> Rows:
    """Exactly one."""
    row = {
        "journey": folded.id,
        "version": folded.journey.version,
        "position": folded.position,
        "document": document(folded),
    }
    return {"": row}


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
        "role": step.role.value,
        "owner_role": owner.role.value,
        "owner_staff": owner.staff,
        "status": step.status.value,
        "outcome": code(step.outcome),
        "opened_at": step.opened_at,
        "settled_at": step.settled_at,
        "due_at": deadline.due_at,
        "due_on": deadline.due_on,
        "article": deadline.article,
        "appointment": step.appointment,
        "waits_on": step.waits_on.value,
        "stalled": step.stall.cause.value if step.stall else None,
        "stalled_since": step.stall.since if step.stall else None,
        "advanced_version": step.advanced_version,
        "missed": step.missed,
        "limit_count": step.stalled_after.count,
        "limit_unit": step.stalled_after.unit.value,
    }


MODEL = ReadModel(
    name=ModelName.JOURNEY_FILE,
    version=VERSIONS[ModelName.JOURNEY_FILE],
    package="projections.journey_file",
    tables=(Table("journey_file_v1", file_rows, keyed=False), Table("journey_file_step_v1", step_rows, keyed=True)),
)
