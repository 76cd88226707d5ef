"""Returns in words: lines of the timeline, and the box of the file. Plain lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.codes import ObligationKind
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.returning.codes import LIVE, CheckStatus, ReturnStatus
from domain.journey.returning.events import (
    EscortArranged,
    ReceiverAnswered,
    ReceiverAsked,
    ReturnAssessed,
    ReturnBegun,
    ReturnDocumentSettled,
    ReturnResumed,
    ReturnSetBack,
    ReturnStopped,
    ReturnStopTold,
    RoutePlanned,
    VoluntarinessDeclared,
    VoluntarinessWithdrawn,
)
from domain.journey.returning.state import kind_of_item, name_of_item
from domain.journey.returning.values import ItemTimer
from domain.journey.returning.way_events import (
    HandoverConfirmed,
    HandoverTroubled,
    ReturnChecked,
    ReturnChecksDropped,
    ReturnDeparted,
    ReturnTakenBack,
    WayHomeOwed,
    WayHomeSettled,
)
from domain.pathway.returning_items import CHECK, DEPARTURE, document_item
from projections.journey_file.returning import ReturnRow
from staff.i18n.words import Words
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a box, and smaller what belongs to it. `stands`: whether it is still under way."""

    text: str
    details: tuple[str, ...]
    stands: bool = True


def first_timer(event: Event) -> Deadline | None:
    """The earliest of what an event of a return makes owed."""
    timers = [t for t in getattr(event, "timers", ()) if isinstance(t, ItemTimer)]
    return min((t.deadline for t in timers), key=lambda deadline: deadline.due_at, default=None)


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    return _prepared(event, titles) or _stopped(event, titles) or _under_way(event, titles)


def _prepared(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case ReturnBegun():
            text = t("story.return-begun", number=event.number, purpose=t.label(event.purpose))
            return text, (t.label(event.direction), country(event.country, t))
        case VoluntarinessDeclared():
            said = (t.label(event.giver), *((t("returning.language"),) if event.language else ()))
            return t("story.voluntariness-declared", number=event.number), said
        case ReturnAssessed():
            findings = t("story.return-findings", ours=t.label(event.ours), theirs=t.label(event.theirs))
            text = t("story.return-assessed", number=event.number, verdict=t.label(event.verdict))
            return text, (t.label(event.overall), findings)
        case ReturnDocumentSettled():
            title = titles.owed(ObligationKind.RETURN_DOCUMENT, event.document)
            until = (t("returning.valid-until", day=t.day(event.valid_until)),) if event.valid_until else ()
            return (
                t("story.return-document", number=event.number, document=title, status=t.label(event.status)),
                until,
            )
        case ReceiverAsked():
            return t("story.receiver-asked", number=event.number), ()
        case ReceiverAnswered():
            return t("story.receiver-answered", number=event.number, answer=t.label(event.answer)), ()
        case EscortArranged():
            return t("story.escort-arranged", number=event.number, kind=t.label(event.kind)), ()
        case RoutePlanned():
            leaves = t("returning.leaves", when=t.moment(event.departs_at))
            arrives = t("returning.arrives", when=t.moment(event.arrives_at))
            text = t("story.return-route", number=event.number, transport=t.label(event.transport))
            return text, (leaves, arrives, *(country(code, t) for code in event.through))
        case _:
            return None


def _stopped(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case VoluntarinessWithdrawn():
            return t("story.voluntariness-withdrawn", number=event.number), ()
        case ReturnSetBack():
            item, cause = t.label(event.item), t.label(event.cause)
            return t("story.return-set-back", number=event.number, item=item, cause=cause), ()
        case ReturnStopped():
            untold = (t.count("returning.untold", len(event.untold)),) if event.untold else ()
            return t("story.return-stopped", number=event.number, reason=t.label(event.reason)), untold
        case ReturnStopTold():
            return t("story.return-stop-told", number=event.number), ()
        case ReturnResumed():
            return t("story.return-resumed", number=event.number), ()
        case _:
            return None


def _under_way(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case ReturnDeparted():
            return t("story.return-departed", number=event.number), ()
        case HandoverTroubled():
            return t("story.handover-troubled", number=event.number, trouble=t.label(event.trouble)), ()
        case HandoverConfirmed():
            return t("story.handover-confirmed", number=event.number, receipt=t.label(event.receipt)), ()
        case ReturnTakenBack():
            return t("story.return-taken-back", number=event.number), ()
        case ReturnChecked():
            title = titles.owed(ObligationKind.RETURN_CHECK, event.check)
            outcome = t.label(event.outcome)
            return t("story.return-checked", number=event.number, check=title, outcome=outcome), ()
        case ReturnChecksDropped():
            names = tuple(titles.owed(ObligationKind.RETURN_CHECK, check) for check in event.checks)
            return t("story.return-checks-dropped", number=event.number), names
        case WayHomeOwed():
            return t("story.way-home-owed", number=event.number), ()
        case WayHomeSettled():
            return t("story.way-home-settled", number=event.number, answer=t.label(event.answer)), ()
        case _:
            return None


def return_facts(rows: Sequence[ReturnRow], titles: Titles) -> list[tuple[Fact, list[str]]]:
    """One line for each return, and under it what is there, what is missing and the checks."""
    return [(_fact(row, titles.words), list(_lines(row, titles))) for row in rows]


def _fact(row: ReturnRow, t: Words) -> Fact:
    name = t("returning.named", number=row.number)
    details = [t.label(row.purpose), country(row.country, t), t.label(row.stopped or row.status)]
    if row.hearing is not None:
        details.append(t("returning.for-hearing", number=row.hearing))
    waits = any(o.item != DEPARTURE and not _is_there(row, o.item) for o in row.owed)
    if row.status is ReturnStatus.PREPARING and not waits:
        details.append(t("returning.complete"))
    return Fact(name, tuple(details), row.status in LIVE or bool(row.owed))


def _lines(row: ReturnRow, titles: Titles) -> Iterator[str]:
    t = titles.words
    if row.departs_at and row.arrives_at and row.status in LIVE:
        yield t("returning.leaves", when=t.moment(row.departs_at))
        yield t("returning.arrives", when=t.moment(row.arrives_at))
    if row.trouble is not None:
        yield t.label(row.trouble)
    if row.receipt is not None:
        yield t.label(row.receipt)
    for owed in row.owed:
        what = titles.owed(kind_of_item(owed.item), name_of_item(owed.item))
        if owed.item.startswith(CHECK):
            yield t("returning.check-ahead", title=what, day=t.day(owed.due_on))
        elif row.status is ReturnStatus.PREPARING and owed.item != DEPARTURE and not _is_there(row, owed.item):
            yield t("returning.missing", what=what)
        else:
            yield t("returning.check-ahead", title=what, day=t.day(owed.due_on))
    for check in row.checks:
        if check.status is CheckStatus.HELD and check.outcome is not None:
            title = titles.owed(ObligationKind.RETURN_CHECK, check.check)
            yield t("returning.check", title=title, how=t.label(check.outcome))
    if row.untold:
        yield t.count("returning.untold", len(row.untold))


def _is_there(row: ReturnRow, item: str) -> bool:
    """Whether what is owed is only that a document does not run out."""
    return any(d.valid_until is not None and item == document_item(d.document) for d in row.documents)


def country(code: str, t: Words) -> str:
    """The name of a country in the language and script of the page."""
    return str(t.locale.babel.territories.get(code, code))
