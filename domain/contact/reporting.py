"""Part: the duty to report. When, to which authority, by which article; the words of it are in no record of ours."""

from __future__ import annotations

from domain.command import Command
from domain.contact.contacts import CONTACTS, Decision, Surroundings, hotline_of, not_listed
from domain.contact.state import Contact, Report
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.timing import CLOCK_TOLERANCE, Instant
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Article, Code


class AuthorityReported(Event, topic="contact.authority-reported"):
    """An authority was told, because it must be."""

    duty: Code
    authority: Code
    article: Article | None = None
    note: Sealed[Notes] | None = None


class ReportToAuthority(Command, kind="report-to-authority"):
    """Records a report; authority and article are those of the pathway's duty."""

    duty: Code
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@CONTACTS.decides(ReportToAuthority, in_every_phase=True)
def _report(_: Contact, command: ReportToAuthority, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    duty = hotline.duty(command.duty)
    if duty is None:
        return not_listed("duty", tuple(d.duty for d in hotline.duties))
    if command.occurred_at and command.occurred_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    return (
        AuthorityReported(
            duty=duty.duty,
            authority=duty.authority,
            article=duty.article,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@CONTACTS.evolves(AuthorityReported)
def _reported(contact: Contact, recorded: Recorded[AuthorityReported]) -> Contact:
    event = recorded.event
    report = Report(event.duty, event.authority, event.article, recorded.occurred_at, recorded.version)
    return replace(contact, reports=(*contact.reports, report))
