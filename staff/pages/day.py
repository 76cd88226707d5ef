"""My day: what I owe and what nobody has yet of my roles, in groups; each row ends in one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import local_date
from projections.my_day.queries import DayGroup, ObligationRow, my_day
from projections.names import ModelName
from staff.i18n.words import OFFICE_ZONE
from staff.owing import OwedTitles, place_to_do
from staff.pages.asking import code, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation as the page shows it."""

    row: ObligationRow
    title: str
    stage: str | None
    href: str | None
    nobody: bool


@dataclass(frozen=True, slots=True)
class Group:
    """`total` is of everything in the group, not of what is shown."""

    group: DayGroup
    total: int
    due: Sequence[Due]


@router.get("/day")
async def day(visit: Here) -> Response:
    """The day of the person who looks."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    only = code(query, "group", DayGroup)
    found = my_day(
        visit.parts.reader,
        staff=visit.person.id,
        roles=visit.roles,
        now=visit.now,
        today=local_date(visit.now, OFFICE_ZONE),
        group=only,
        cursor=query.get("after") or None,
        limit=AT_ONCE,
    )
    titles = OwedTitles(found.rows, visit.parts, visit.words)
    groups = [
        Group(
            group,
            found.counts[group],
            [_due(row, titles) for row in found.rows if row.group is group],
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
        next=found.next and link("/day", group=only and only.value, after=found.next),
    )


def _due(row: ObligationRow, titles: OwedTitles) -> Due:
    return Due(
        row=row,
        title=titles.title(row),
        stage=titles.stage(row),
        href=place_to_do(row),
        nobody=row.owner_staff is None,
    )
