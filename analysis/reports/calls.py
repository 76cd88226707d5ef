"""Reports on the hotline: calls, what they were about, who called again, reports to authorities, journeys begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum

from analysis.reports.definition import Counted, Definition, Dimension, Found, History, PeriodBy, Scope
from domain.codes import StreamName
from domain.contact.attaching import JourneyBegun
from domain.contact.codes import AttachStatus
from domain.contact.state import Contact


class Calling(StrEnum):
    """Whether somebody had called before, as far as they let us know it: whoever said no code is anonymous."""

    NEW = "new"
    AGAIN = "again"
    ANONYMOUS = "anonymous"


def _calls(contact: Contact, _: History, scope: Scope) -> Iterator[Counted]:
    if contact.contacted_on in scope.period:
        versions = tuple(sorted({1, contact.sorted_version}))
        yield Counted((f"{contact.contacted_on:%Y-%m}", contact.sorting.caller), versions)


def _topics(contact: Contact, _: History, scope: Scope) -> Iterator[Counted]:
    if contact.contacted_on in scope.period:
        versions = tuple(sorted({1, contact.sorted_version}))
        for topic in contact.sorting.topics:
            yield Counted((topic,), versions)


def _callers(contact: Contact, _: History, scope: Scope) -> Iterator[Counted]:
    """Every contact up to the end of the period, by who it was and when: `_told_apart` makes the cells."""
    if contact.contacted_on <= scope.period.last:
        who = str(contact.caller) if contact.caller else ""
        yield Counted((who, contact.contacted_at.isoformat(), str(contact.contacted_on in scope.period)), (1,))


def _told_apart(found: Sequence[Found], _: Scope) -> Iterator[Found]:
    by_caller: dict[str, list[Found]] = defaultdict(list)
    for stream, counted in found:
        by_caller[counted.key[0] or stream].append((stream, counted))
    for contacts in by_caller.values():
        within = [each for each in contacts if each[1].key[2] == str(True)]
        if not within:
            continue
        before = len(contacts) > len(within)
        named = contacts[0][1].key[0]
        calling = Calling.ANONYMOUS if not named else Calling.AGAIN if before else Calling.NEW
        # One caller is one thing, by the first call of the period; the others are behind it in `calls`.
        stream, counted = min(within, key=lambda each: (each[1].key[1], each[0]))
        yield stream, Counted((calling.value,), counted.versions)


def _reports(contact: Contact, _: History, scope: Scope) -> Iterator[Counted]:
    for report in contact.reports:
        if scope.has(report.at):
            yield Counted((report.duty,), (report.version,))


def _begun(contact: Contact, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        if isinstance(recorded.event, JourneyBegun) and scope.has(recorded.occurred_at):
            attachment = contact.attachments.get(recorded.event.journey)
            if attachment is not None and attachment.status is not AttachStatus.REFUSED:
                yield Counted((contact.sorting.caller,), (recorded.version,))


CALLS = Definition(
    code="calls",
    subject=StreamName.CONTACT,
    dimensions=(Dimension.MONTH, Dimension.CALLER),
    by=PeriodBy.HAPPENED,
    source="ASTRA, SOS hotline statistics 2012",
    count=_calls,
)
REPORTS = (
    CALLS,
    Definition(
        code="call-topics",
        subject=StreamName.CONTACT,
        dimensions=(Dimension.TOPIC,),
        by=PeriodBy.HAPPENED,
        source="ASTRA, SOS hotline statistics 2012",
        count=_topics,
        several=True,
    ),
    Definition(
        code="callers",
        subject=StreamName.CONTACT,
        dimensions=(Dimension.CALLING,),
        by=PeriodBy.HAPPENED,
        source="ASTRA 2012: 546 clients, 380 of them new",
        count=_callers,
        across=_told_apart,
    ),
    Definition(
        code="reports-to-authorities",
        subject=StreamName.CONTACT,
        dimensions=(Dimension.DUTY,),
        by=PeriodBy.HAPPENED,
        source="National rapporteur: reports to authorities",
        count=_reports,
    ),
    Definition(
        code="journeys-begun-by-call",
        subject=StreamName.CONTACT,
        dimensions=(Dimension.CALLER,),
        by=PeriodBy.HAPPENED,
        source="National rapporteur: reports by source",
        count=_begun,
    ),
)
