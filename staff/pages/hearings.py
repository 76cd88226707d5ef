"""Hearings: the agenda, with what is still to be seen to for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import local_date
from domain.codes import ObligationKind
from domain.rights.actions import Action
from projections.my_day.hearings import Agenda, HearingGroup, HearingOwed, ToSeeTo, hearings
from projections.names import ModelName
from staff.guard.scope import scope_of
from staff.i18n.words import OFFICE_ZONE
from staff.owing import OwedTitles
from staff.pages.asking import code, ident, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 60
_LISTED = frozenset({ObligationKind.HEARING_ARRANGEMENT, ObligationKind.HEARING_TASK})
"""What is named line by line; that a date must be seen has a mark of its own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A hearing as the agenda shows it. `elsewhere`: its time on the clock of another place, where that is not ours."""

    row: HearingOwed
    title: str
    owner: str | None
    elsewhere: str | None
    open: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """The hearings of one day, or those that have none. `key` is for the address of its heading."""

    key: str
    title: str
    cards: Sequence[Card]


@router.get("/hearings")
async def agenda(visit: Here) -> Response:
    """The agenda, filtered as the address says."""
    return await run_in_threadpool(_agenda, visit)


def _agenda(visit: Visit) -> Response:
    query = visit.request.query_params
    owner, only = ident(query, "owner"), code(query, "group", HearingGroup)
    found = find(visit, query, cursor=query.get("after") or None)
    titles = OwedTitles(found.rows, visit.parts, visit.words)
    return page(
        visit,
        "hearings.html",
        notices=notices(visit, ModelName.MY_DAY),
        found=found,
        parts=list(_parts([_card(row, titles, visit) for row in found.rows], visit)),
        only=only,
        owner=owner,
        people=sorted(visit.people.values(), key=lambda p: p.name),
        hrefs={g: link("/hearings", owner=owner, group=None if only is g else g.value) for g in HearingGroup},
        week=link("/hearings/week", owner=owner),
        month=link("/hearings/month", owner=owner),
        next=found.next and link("/hearings", owner=owner, group=only and only.value, after=found.next),
    )


def find(visit: Visit, query: Mapping[str, str], *, cursor: str | None = None, limit: int = AT_ONCE) -> Agenda:
    """The agenda as an address asks for it: the one query behind the page and every file."""
    return hearings(
        visit.parts.reader,
        now=visit.now,
        owner=ident(query, "owner"),
        group=code(query, "group", HearingGroup),
        only=scope_of(visit.parts, visit.person.id, Action.READ_HEARINGS).streams,
        cursor=cursor,
        limit=limit,
    )


def _parts(cards: Sequence[Card], visit: Visit) -> Iterator[Part]:
    """In the order of the agenda: whatever is still to be said of the past, then day by day, then what has no date."""
    for (group, day), members in groupby(cards, key=lambda card: (card.row.group, _day(card.row))):
        if group is HearingGroup.AHEAD and day is not None:
            yield Part(day.isoformat(), visit.words.long_day(day), list(members))
        else:
            yield Part(group.value, visit.words(f"agenda.{group.value}"), list(members))


def _day(row: HearingOwed) -> date | None:
    """The day of the office; that of the past is one heap."""
    return local_date(row.appointment, OFFICE_ZONE) if row.appointment and row.group is HearingGroup.AHEAD else None


def _card(row: HearingOwed, titles: OwedTitles, visit: Visit) -> Card:
    abroad = row.appointment is not None and row.zone != OFFICE_ZONE
    return Card(
        row=row,
        title=titles.title(row),
        owner=visit.name(row.owner_staff),
        elsewhere=visit.words.moment_there(row.appointment, row.zone) if row.appointment and abroad else None,
        open=[_open(each, row, titles, visit) for each in row.open if each.kind in _LISTED],
    )


def _open(each: ToSeeTo, row: HearingOwed, titles: OwedTitles, visit: Visit) -> str:
    """`Interpreter: Mila Demo, until 23 Nov`."""
    return visit.words(
        "agenda.open",
        what=titles.also(row, each.kind, each.what),
        who=visit.name(each.owner_staff) or visit.words.label(each.owner_role),
        day=visit.words.near_day(each.due_on, visit.now),
    )
