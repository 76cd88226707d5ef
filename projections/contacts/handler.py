"""The row of a contact: what it counts as, what is open, and its parts for the page of one contact."""

from __future__ import annotations

from domain.codes import StreamName
from domain.contact.codes import AttachStatus
from domain.contact.naming import caller_code
from domain.contact.state import Attachment, Contact, DangerState, Promise, Report
from projections.folded import Folded, code
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    contact = folded.state
    assert isinstance(contact, Contact)
    return {"": _row(folded, contact)}


def _row(folded: Folded, contact: Contact) -> Row:
    sorting = contact.sorting
    agreed = (a.journey for a in contact.attachments.values() if a.status is AttachStatus.AGREED)
    return {
        "stream_id": folded.id,
        "code": folded.code,
        "known_as": caller_code(contact.caller) if contact.caller else None,
        "contacted_at": contact.contacted_at,
        "contacted_on": contact.contacted_on,
        "channel": sorting.channel.value,
        "caller": sorting.caller,
        "topics": list(sorting.topics),
        "language": sorting.language,
        "urgency": sorting.urgency.value,
        "next_step": sorting.next_step.value,
        "may_call": contact.safe.may_call.value,
        "open": contact.is_open,
        "due_at": folded.obligations[0].due_at if folded.obligations else None,
        "promises": contact.promises,
        "kept": contact.kept,
        "dangers": len(contact.dangers),
        "dangers_open": sum(danger.is_open for danger in contact.dangers.values()),
        "reports": len(contact.reports),
        "journeys": sorted(agreed),
        "details": details(contact),
        "changed_at": contact.changed_at,
        "version": contact.version,
    }


def details(contact: Contact) -> Row:
    """Everything else that a page of one contact shows."""
    safe = contact.safe
    return {
        "pathway": contact.pin.name,
        "pathway_version": contact.pin.version,
        "safe": {
            "may_call": safe.may_call.value,
            "channel": code(safe.channel),
            "window": safe.window,
            "leave_message": safe.leave_message,
            "valid_until": safe.valid_until,
        },
        "may_recognise": contact.may_recognise,
        "shows_repeats": contact.shows_repeats,
        "promise": _promise(contact.promise) if contact.promise else None,
        "dangers": [_danger(contact.dangers[number]) for number in sorted(contact.dangers)],
        "reports": [_report(report) for report in contact.reports],
        "attachments": [_attachment(contact.attachments[journey]) for journey in sorted(contact.attachments)],
    }


def _promise(promise: Promise) -> Row:
    return {
        "part": promise.key,
        "version": promise.version,
        "role": promise.role.value,
        "staff": promise.staff,
        "window": promise.window,
        "opens_at": promise.opens_at,
        "due_at": promise.clockwork.deadline.due_at,
        "attempts": promise.attempts,
    }


def _danger(danger: DangerState) -> Row:
    return {
        "part": danger.key,
        "version": danger.version,
        "number": danger.number,
        "sign": danger.sign,
        "raised_at": danger.raised_at,
        "acknowledged_by": danger.acknowledged_by,
        "acknowledged_at": danger.acknowledged_at,
        "outcome": code(danger.outcome),
    }


def _report(report: Report) -> Row:
    return {"duty": report.duty, "authority": report.authority, "article": report.article, "at": report.at}


def _attachment(attachment: Attachment) -> Row:
    return {
        "journey": attachment.journey,
        "version": attachment.version,
        "status": attachment.status.value,
        "refused": code(attachment.refused),
        "opened": attachment.opened,
    }


MODEL = ReadModel(
    name=ModelName.CONTACTS,
    version=VERSIONS[ModelName.CONTACTS],
    package="projections.contacts",
    tables=(Table("contacts_v1", rows, keyed=False),),
    kinds=frozenset({StreamName.CONTACT}),
)
