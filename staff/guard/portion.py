"""What of a journey's file somebody reads: the file as it is, without the parts that are not theirs."""

from __future__ import annotations

from dataclasses import replace

from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied, Stance
from domain.rights.parts import FILE, opens_document
from projections.journey_file.model import Document, JourneyFile
from projections.journey_file.safety_model import SafetyFile
from projections.journey_file.services_model import Services
from staff.guard.permission import RightDenied


def require_file(stance: Stance, stream: str) -> None:
    """Raises `RightDenied` unless some part of the file is theirs."""
    answers = [stance.may(part) for part in FILE]
    denied = [answer for answer in answers if isinstance(answer, Denied)]
    if len(denied) == len(answers):
        # Whose role reads some part of other cases is told that this is not theirs, and how to open it in an emergency.
        reasons = [answer.reason for answer in denied]
        reason = Denial.NOT_INVOLVED if Denial.NOT_INVOLVED in reasons else reasons[0]
        raise RightDenied(reason, FILE[0], stream)


def missing_parts(stance: Stance) -> list[Action]:
    """The parts of a file that are left out for them; of their medical part nothing is in it yet."""
    parts = (Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS)
    return [part for part in parts if not _reads(stance, part)]


def portion(found: JourneyFile, stance: Stance) -> JourneyFile:
    """The file as they read it. Who is assigned, and how it was closed, everybody sees who opens it."""
    document, steps = found.document, found.steps
    if not _reads(stance, Action.READ_OVERVIEW):
        document = _without_overview(document)
        steps = tuple(step for step in steps if step.role in stance.member.known_roles)
    if not _reads(stance, Action.READ_LEGAL):
        document = replace(document, proceedings=(), terms=(), fees=())
    if not _reads(stance, Action.READ_HEARINGS):
        document = replace(document, hearings=())
    if not _reads(stance, Action.READ_LEGAL) and not _reads(stance, Action.READ_OVERVIEW):
        document = replace(document, formal_status=None, screenings=(), permits=())
    document = replace(
        document, documents=tuple(d for d in document.documents if opens_document(stance, d.compartment))
    )
    return replace(found, document=document, steps=steps)


def _without_overview(document: Document) -> Document:
    """Steps of their own role stay: who may advance them has to see them."""
    return replace(
        document,
        stages=(),
        consents=(),
        links=(),
        contacts=(),
        milestones=(),
        missions=(),
        absorbed=(),
        under_way=0,
        review=None,
        merged_into=None,
        services=Services(),
        safety=SafetyFile(),
        approvals=(),
        returns=(),
        reintegration=None,
        emergencies=(),
    )


def _reads(stance: Stance, part: Action) -> bool:
    return isinstance(stance.may(part), Allowed)
