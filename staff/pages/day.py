"""My day: what I owe and what nobody has yet of my roles, in groups; each row ends in one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import local_date
from domain.stream.naming import whole_code
from projections.my_day.queries import Day, DayGroup, my_day
from projections.names import ModelName
from staff.guard.scope import scope_of
from staff.i18n.words import OFFICE_ZONE
from staff.owing import Due, OwedTitles, due
from staff.pages.asking import code, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Group:
    """`total` is of everything in the group, not of what is shown."""

    group: DayGroup
    total: int
    due: Sequence[Due]


@router.get("/day")
async def day(visit: Here) -> Response:
    """The day of the person who looks; with `code` what that stream owes, whoever owes it: reminders lead there."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    only, of = code(query, "group", DayGroup), _of(query)
    found = find(visit, query, cursor=query.get("after") or None)
    titles = OwedTitles(found.rows, visit.parts, visit.words)
    groups = [
        Group(
            group,
            found.counts[group],
            [due(row, titles, visit) for row in found.rows if row.group is group],
        )
        for group in DayGroup
        if found.counts[group] and only in (None, group)
    ]
    return page(
        visit,
        "day.html",
        notices=notices(visit, ModelName.MY_DAY),
        found=found,
        groups=groups,
        only=only,
        of=of,
        hrefs={group: link("/day", code=of, group=None if only is group else group.value) for group in DayGroup},
        next=found.next and link("/day", code=of, group=only and only.value, after=found.next),
    )


def find(visit: Visit, query: Mapping[str, str], *, cursor: str | None = None, limit: int = AT_ONCE) -> Day:
    """The day as an address asks for it: the one query behind the page and every file."""
    return my_day(
        visit.parts.reader,
        staff=visit.person.id,
        roles=visit.roles,
        code=_of(query),
        now=visit.now,
        today=local_date(visit.now, OFFICE_ZONE),
        group=code(query, "group", DayGroup),
        only=scope_of(visit.parts, visit.person.id).streams,
        reads=visit.person.id,
        reads_as=visit.roles,
        cursor=cursor,
        limit=limit,
    )


def _of(query: Mapping[str, str]) -> str | None:
    whole = whole_code(query.get("code", "")[:40])
    return whole[1] if whole else None
