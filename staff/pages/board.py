"""The stalled board, the first screen: what stands still, for how long against its limit, why, and whose move it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.codes import Mover, NextAction, StallCause
from projections.names import ModelName
from projections.stalled_board.queries import Board, StalledFilter, StalledRow, stalled
from staff.pages.asking import code, ident, link
from staff.pages.notices import notices
from staff.pages.timers import timers
from staff.rendering import page
from staff.titles import Titles, titles_for
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Card:
    """One stalled step as the page shows it. `bar` and `mark` are widths of 100 for the drawing of its days."""

    row: StalledRow
    step: str
    owner: str | None
    action: str
    bar: int
    mark: int
    over: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The stalled steps of one stage. `total` is of the whole board, not of what is shown."""

    key: str
    title: str
    total: int
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of a filter with its count; `href` chooses it, or takes it back where it is chosen."""

    text: str
    href: str
    count: int | None
    chosen: bool


@router.get("/")
async def board(visit: Here) -> Response:
    """The board, filtered as the address says."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    chosen = StalledFilter(
        stage=query.get("stage") or None,
        mover=code(query, "mover", Mover),
        cause=code(query, "cause", StallCause),
        caseworker=ident(query, "caseworker"),
    )
    found = stalled(visit.parts.reader, chosen, now=visit.now, cursor=query.get("after") or None, limit=AT_ONCE)
    titles = titles_for((row.journey for row in found.rows), visit.parts, visit.words)
    asked = {
        "stage": chosen.stage,
        "mover": chosen.mover and chosen.mover.value,
        "cause": chosen.cause and chosen.cause.value,
        "caseworker": chosen.caseworker,
    }
    return page(
        visit,
        "board.html",
        notices=notices(visit, ModelName.STALLED_BOARD),
        found=found,
        groups=_groups(found, titles, visit),
        timers=timers(visit.parts.reader, visit.words),
        causes=_causes(found, asked, visit),
        movers=_movers(asked, visit),
        stages=_stages(found, asked, visit),
        asked={name: value for name, value in asked.items() if value},
        people=sorted(visit.people.values(), key=lambda p: p.name),
        next=found.next and link("/", **asked, after=found.next),
    )


def _groups(found: Board, titles: Mapping[UUID, Titles], visit: Visit) -> list[Group]:
    """By stage, in the order of the pathway; within a stage the oldest first, as the board comes."""
    order = _stage_order(visit)

    def place(row: StalledRow) -> tuple[int, str]:
        return order.get(row.stage, len(order)), row.stage

    rows = sorted(found.rows, key=place)
    groups = []
    for (_, stage), members in groupby(rows, key=place):
        listed = list(members)
        title = titles[listed[0].journey].stage(stage)
        cards = [_card(row, titles[row.journey], visit) for row in listed]
        groups.append(Group(stage, title, found.stages.get(stage, len(listed)), cards))
    return groups


def _card(row: StalledRow, titles: Titles, visit: Visit) -> Card:
    whole = max(row.working_days, row.limit_days, 1)
    return Card(
        row=row,
        step=titles.step(row.step),
        owner=visit.name(row.owner_staff),
        action=action_link(row),
        bar=round(100 * row.working_days / whole),
        mark=round(100 * row.limit_days / whole),
        over=row.working_days > row.limit_days,
    )


def action_link(row: StalledRow) -> str:
    """Where the next action is done. Reaching a client never starts by itself: the page says first what is safe."""
    if row.next_action is NextAction.ASSIGN_SOMEBODY:
        return f"/journeys/{row.journey}/assign/{row.owner_role.value}"
    return f"/journeys/{row.journey}/advance/{row.step}"


def _stage_order(visit: Visit) -> dict[str, int]:
    stages = [stage.stage for _, pathway in visit.parts.desk.pathways() for stage in pathway.stages]
    return {stage: place for place, stage in enumerate(dict.fromkeys(stages))}


def _causes(found: Board, asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    shown = [c for c in StallCause if found.causes.get(c) or asked["cause"] == c.value]
    return [_chip(visit.words.label(cause), "cause", cause.value, asked, found.causes.get(cause, 0)) for cause in shown]


def _movers(asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    return [_chip(visit.words.label(mover), "mover", mover.value, asked, None) for mover in Mover]


def _stages(found: Board, asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    order = _stage_order(visit)
    known = {
        stage.stage: visit.words.title(stage.title)
        for _, pathway in visit.parts.desk.pathways()
        for stage in pathway.stages
    }
    chosen = {str(asked["stage"])} & known.keys()
    shown = sorted({*found.stages, *chosen}, key=lambda stage: order.get(stage, len(order)))
    unknown = visit.words("titles.unknown")
    return [_chip(known.get(stage, unknown), "stage", stage, asked, found.stages.get(stage, 0)) for stage in shown]


def _chip(text: str, name: str, value: str, asked: Mapping[str, object], count: int | None) -> Chip:
    chosen = asked[name] == value
    return Chip(text, link("/", **{**asked, name: None if chosen else value}), count, chosen)
