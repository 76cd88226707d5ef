"""What of a journey's file somebody reads: the file as it is, without the parts that are not theirs."""

from __future__ import annotations

from dataclasses import fields, replace

from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied, Stance
from domain.rights.parts import FILE, opens_document
from projections.journey_file.model import Document, JourneyFile
from staff.guard.fields import Parts, emptied, parts_of_field
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
    """The file as they read it, by the table of fields: documents of their parts; steps of their own role always."""
    hidden = {each.name for each in fields(Document) if not _any(stance, parts_of_field(each.name))}
    steps = found.steps
    if not _reads(stance, Action.READ_OVERVIEW):
        steps = tuple(step for step in steps if step.role in stance.member.known_roles)
    document = replace(found.document, **emptied(hidden))
    theirs = tuple(each for each in document.documents if opens_document(stance, each.compartment))
    return replace(found, document=replace(document, documents=theirs), steps=steps)


def _any(stance: Stance, parts: Parts) -> bool:
    return any(_reads(stance, part) for part in parts)


def _reads(stance: Stance, part: Action) -> bool:
    return isinstance(stance.may(part), Allowed)
