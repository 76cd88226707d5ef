"""Hearings by days: a month to look at, and a week to be printed, with codes and nothing that says where or why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import at_local, local_date
from domain.rights.actions import Action
from projections.my_day.hearings import HearingOwed, hearings
from projections.names import ModelName
from projections.paging import MOST_ROWS
from staff.guard.scope import scope_of
from staff.i18n.words import OFFICE_ZONE
from staff.pages.asking import ident, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
_WEEK = timedelta(days=7)
_YEARS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment on its day, at the time of the office."""

    row: HearingOwed
    time: str
    who: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """`outside`: of the month before or after, for the week to be whole."""

    day: date
    entries: Sequence[Entry]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row. `missing`: how many appointments there are beyond those that fit."""

    days: Sequence[Day]
    total: int
    missing: int


@router.get("/hearings/week")
async def week(visit: Here) -> Response:
    """The week of a day."""
    return await run_in_threadpool(_week, visit)


@router.get("/hearings/month")
async def month(visit: Here) -> Response:
    """The month of a day."""
    return await run_in_threadpool(_month, visit)


def _week(visit: Visit) -> Response:
    owner, monday = ident(visit.request.query_params, "owner"), _monday(_day(visit))
    found = _days(visit, owner, monday, monday + _WEEK)

    def at(start: date) -> str:
        return link("/hearings/week", owner=owner, day=start.isoformat())

    return page(
        visit,
        "hearings_week.html",
        notices=notices(visit, ModelName.MY_DAY),
        found=found,
        monday=monday,
        sunday=found.days[-1].day,
        owner=visit.name(owner),
        before=at(monday - _WEEK),
        after=at(monday + _WEEK),
        back=link("/hearings", owner=owner),
    )


def _month(visit: Visit) -> Response:
    owner, first = ident(visit.request.query_params, "owner"), _day(visit).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    found = _days(visit, owner, _monday(first), _monday(following - timedelta(days=1)) + _WEEK, month=first.month)

    def at(start: date) -> str:
        return link("/hearings/month", owner=owner, day=start.isoformat())

    return page(
        visit,
        "hearings_month.html",
        notices=notices(visit, ModelName.MY_DAY),
        found=found,
        weeks=[found.days[n : n + 7] for n in range(0, len(found.days), 7)],
        first=_midnight(first),
        today=local_date(visit.now, OFFICE_ZONE),
        owner=visit.name(owner),
        before=at((first - timedelta(days=1)).replace(day=1)),
        after=at(following),
        back=link("/hearings", owner=owner),
    )


def _days(visit: Visit, owner: UUID | None, start: date, end: date, *, month: int | None = None) -> Days:
    """The days from `start` until `end`, which is not among them."""
    since, until = _midnight(start), _midnight(end)
    only = scope_of(visit.parts, visit.person.id, Action.READ_HEARINGS).streams
    found = hearings(
        visit.parts.reader, now=visit.now, owner=owner, since=since, until=until, only=only, limit=MOST_ROWS
    )
    entries: dict[date, list[Entry]] = {}
    for row in found.rows:
        if row.appointment is not None:
            entry = Entry(row, visit.words.time(row.appointment), visit.name(row.owner_staff))
            entries.setdefault(local_date(row.appointment, OFFICE_ZONE), []).append(entry)
    shown = [start + timedelta(days=n) for n in range((end - start).days)]
    days = [Day(day, entries.get(day, ()), outside=month not in (None, day.month)) for day in shown]
    return Days(days, found.total, found.total - len(found.rows))


def _day(visit: Visit) -> date:
    """The day in the address; today where it is none, or one that no hearing has."""
    today = local_date(visit.now, OFFICE_ZONE)
    try:
        day = date.fromisoformat(visit.request.query_params.get("day", ""))
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= _YEARS else today


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return at_local(day, time(0), OFFICE_ZONE)
