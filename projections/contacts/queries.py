"""The contacts of the hotline: newest first, one of them, and the counts of a month.

    page = list_contacts(reader, ContactFilter(open=True))
    stats(reader, date(2026, 11, 1))

Counts are shown to staff as they are: a month may have one danger. Nothing here is meant to leave the house.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.codes import StreamName
from domain.contact.codes import CallUrgency, HotlineChannel, MayCall, NextStep
from domain.contact.naming import CALLER_MARK
from domain.stream.naming import code_prefix_of, prefix_under
from projections.paging import Page, bounded, cursor_after, cut, instant, key_of, only_of
from projections.reader import Reader

_HERE = "projections.contacts"


@dataclass(frozen=True, slots=True)
class ContactRow:
    """`due_at` is that of what is owed first; `journeys` are those that have recorded the contact too."""

    contact: UUID
    code: str
    known_as: str | None
    contacted_at: datetime
    contacted_on: date
    channel: HotlineChannel
    caller: str
    topics: tuple[str, ...]
    language: str
    urgency: CallUrgency
    next_step: NextStep
    may_call: MayCall
    open: bool
    due_at: datetime | None
    promises: int
    kept: int
    dangers: int
    dangers_open: int
    reports: int
    journeys: tuple[UUID, ...]
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A contact with its parts: `details` as `projections.contacts.handler.details` makes them, in JSON."""

    row: ContactRow
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Every field left None lets everything through. Codes are codes or their beginnings as a person types them."""

    open: bool | None = None
    caller: str | None = None
    known_as: str | None = None
    code: str | None = None
    journey: UUID | None = None


@dataclass(frozen=True, slots=True)
class ContactStats:
    """Counts of the contacts of a month, by the local day on which they came.

    `by_topic` counts a contact under each of its topics, and under `""` where it has none. `kept`: promised calls that
    were made.
    """

    first: date
    end: date
    total: int
    by_caller: Mapping[str, int]
    by_topic: Mapping[str, int]
    by_language: Mapping[str, int]
    by_urgency: Mapping[str, int]
    by_channel: Mapping[str, int]
    by_next_step: Mapping[str, int]
    promised: int
    kept: int
    dangers: int
    reports: int
    attached: int


def list_contacts(
    reader: Reader,
    wanted: ContactFilter | None = None,
    *,
    only: Sequence[UUID] | None = None,
    hotline: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ContactRow]:
    """A page, at most `limit` (1 to 500) rows; with `only` these contacts and those of these journeys, with `hotline`
    also what no journey has yet, or where a danger is open. Raises `Unavailable`, `CursorInvalid`."""
    wanted = wanted or ContactFilter()
    code = code_prefix_of(StreamName.CONTACT, wanted.code) if wanted.code else None
    known_as = prefix_under(CALLER_MARK, wanted.known_as) if wanted.known_as else None
    if (wanted.code and code is None) or (wanted.known_as and known_as is None):
        return Page((), 0, None)
    after, after_contact = key_of(cursor, instant, UUID)
    found = reader.rows(
        _HERE,
        "list",
        {
            "open": wanted.open,
            "caller": wanted.caller,
            "known_as": known_as,
            "code": code,
            "journey": wanted.journey,
            "only": only_of(only),
            "hotline": hotline,
            "after": after,
            "after_contact": after_contact,
            "limit": bounded(limit),
        },
    )
    rows = [row_of(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(row.contacted_at, row.contact))
    return Page(shown, found[0][0], following)


def one_contact(reader: Reader, contact: UUID) -> ContactPage | None:
    """A contact with its parts; None where there is none. Raises `Unavailable`."""
    found = reader.rows(_HERE, "one", {"contact": contact})
    return ContactPage(row_of(found[0][:-1]), found[0][-1]) if found else None


def stats(reader: Reader, month: date) -> ContactStats:
    """The counts of the month in which that day lies. Raises `Unavailable`."""
    first = month.replace(day=1)
    end = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    counts: dict[str, dict[str, int]] = {}
    for what, code, count in reader.rows(_HERE, "stats", {"first": first, "end": end}):
        counts.setdefault(what, {})[code] = int(count)

    def by(what: str) -> dict[str, int]:
        return dict(sorted(counts.get(what, {}).items(), key=lambda each: (-each[1], each[0])))

    def all_of(what: str) -> int:
        return counts[what][""]

    return ContactStats(
        first=first,
        end=end,
        total=all_of("total"),
        by_caller=by("caller"),
        by_topic=by("topic"),
        by_language=by("language"),
        by_urgency=by("urgency"),
        by_channel=by("channel"),
        by_next_step=by("next-step"),
        promised=all_of("promised"),
        kept=all_of("kept"),
        dangers=all_of("dangers"),
        reports=all_of("reports"),
        attached=all_of("attached"),
    )


def row_of(columns: tuple[Any, ...]) -> ContactRow:
    """The row of the columns of `list.sql`, without the total."""
    contact, code, known_as, at, on, channel, caller, topics, language, urgency, step, may_call, *rest = columns
    is_open, due_at, promises, kept, dangers, dangers_open, reports, journeys, changed_at, version = rest
    return ContactRow(
        contact=contact,
        code=code,
        known_as=known_as,
        contacted_at=at,
        contacted_on=on,
        channel=HotlineChannel(channel),
        caller=caller,
        topics=tuple(topics),
        language=language,
        urgency=CallUrgency(urgency),
        next_step=NextStep(step),
        may_call=MayCall(may_call),
        open=is_open,
        due_at=due_at,
        promises=promises,
        kept=kept,
        dangers=dangers,
        dangers_open=dangers_open,
        reports=reports,
        journeys=tuple(journeys),
        changed_at=changed_at,
        version=version,
    )
