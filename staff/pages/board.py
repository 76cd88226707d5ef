"""The stalled board, the first screen: what stands still, for how long against its limit, why, and whose move it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.codes import Mover, NextAction, ObligationKind, StallCause
from domain.rights.actions import Action
from projections.names import ModelName
from projections.stalled_board.queries import Board, StalledFilter, StalledRow, place_of, stalled
from staff.forms.field import capital
from staff.guard.scope import scope_of
from staff.owing import OwedTitles, place_to_do
from staff.pages import flash
from staff.pages.asking import code, ident, link
from staff.pages.notices import notices
from staff.pages.nudging import Nudging, offers
from staff.pages.timers import timers
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that stands still, as shown. `bar` and `mark` are widths of 100 for the drawing of its days."""

    row: StalledRow
    title: str
    owner: str | None
    action: str | None
    bar: int
    mark: int
    over: bool
    nudging: Nudging | None
    hand_over: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What stands still in one place. `total` is of the whole board, not of what is shown."""

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
    chosen = _chosen(query)
    found = find(visit, query, cursor=query.get("after") or None)
    titles = OwedTitles(found.rows, visit.parts, visit.words)
    asked = {
        "place": chosen.place,
        "mover": chosen.mover and chosen.mover.value,
        "cause": chosen.cause and chosen.cause.value,
        "caseworker": chosen.caseworker,
    }
    return page(
        visit,
        "board.html",
        flash=flash.read(visit),
        notices=notices(visit, ModelName.STALLED_BOARD),
        found=found,
        groups=_groups(found, titles, visit),
        timers=timers(visit.parts.reader, visit.words),
        causes=_causes(found, asked, visit),
        movers=_movers(asked, visit),
        places=_places(found, asked, visit),
        asked={name: value for name, value in asked.items() if value},
        people=sorted(visit.people.values(), key=lambda p: p.name),
        next=found.next and link("/", **asked, after=found.next),
    )


def find(visit: Visit, query: Mapping[str, str], *, cursor: str | None = None, limit: int = AT_ONCE) -> Board:
    """The board as an address asks for it: the one query behind the page and every file."""
    only = scope_of(visit.parts, visit.person.id, Action.READ_STALLED).streams
    return stalled(visit.parts.reader, _chosen(query), now=visit.now, only=only, cursor=cursor, limit=limit)


def _chosen(query: Mapping[str, str]) -> StalledFilter:
    return StalledFilter(
        place=query.get("place") or None,
        mover=code(query, "mover", Mover),
        cause=code(query, "cause", StallCause),
        caseworker=ident(query, "caseworker"),
    )


def _groups(found: Board, titles: OwedTitles, visit: Visit) -> list[Group]:
    """Stages in the order of the pathway, then the other kinds; within each the oldest first, as the board comes."""
    order, known = _place_order(visit), _place_titles(visit)

    def place(row: StalledRow) -> tuple[int, str]:
        return order.get(row.place, len(order)), row.place

    nudging = offers(found.rows, visit)
    groups = []
    for (_, key), members in groupby(sorted(found.rows, key=place), key=place):
        listed = list(members)
        title = titles.stage(listed[0]) or known.get(key, visit.words("titles.unknown"))
        cards = [_card(row, titles, visit, nudging.get((row.stream_id, row.part))) for row in listed]
        groups.append(Group(key, title, found.places.get(key, len(listed)), cards))
    return groups


def _card(row: StalledRow, titles: OwedTitles, visit: Visit, nudging: Nudging | None) -> Card:
    whole = max(row.working_days, row.limit_days, 1)
    return Card(
        row=row,
        title=titles.title(row),
        owner=visit.name(row.owner_staff),
        action=action_link(row, visit),
        bar=round(100 * row.working_days / whole),
        mark=round(100 * row.limit_days / whole),
        over=row.working_days > row.limit_days,
        nudging=nudging,
        hand_over=_hand_over_link(row, visit),
    )


def _hand_over_link(row: StalledRow, visit: Visit) -> str | None:
    """Where its role is given to somebody else. Where nobody has it, that is the next action already."""
    if row.journey is None or row.owner_staff is None or row.next_action is NextAction.ASSIGN_SOMEBODY:
        return None
    if row.caseworker != visit.person.id and not visit.offers(Action.ASSIGN):
        return None
    return f"/journeys/{row.journey}/assign/{row.owner_role.value}"


def action_link(row: StalledRow, visit: Visit) -> str | None:
    """Where the next action is done. Reaching a client never starts by itself: the page says first what is safe."""
    if row.next_action is NextAction.ASSIGN_SOMEBODY and row.journey is not None:
        if row.caseworker != visit.person.id and not visit.offers(Action.ASSIGN):
            return None
        return f"/journeys/{row.journey}/assign/{row.owner_role.value}"
    return place_to_do(row)


def _place_titles(visit: Visit) -> dict[str, str]:
    """Every place of the board: the stages of the pathways in their order, then the kinds of everything else."""
    stages = {
        stage.stage: visit.words.title(stage.title)
        for _, pathway in visit.parts.desk.pathways()
        for stage in pathway.stages
    }
    kinds = {place_of(kind, None): capital(visit.words.label(kind)) for kind in ObligationKind}
    return stages | kinds


def _place_order(visit: Visit) -> dict[str, int]:
    return {key: place for place, key in enumerate(_place_titles(visit))}


def _causes(found: Board, asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    shown = [c for c in StallCause if found.causes.get(c) or asked["cause"] == c.value]
    return [_chip(visit.words.label(cause), "cause", cause.value, asked, found.causes.get(cause, 0)) for cause in shown]


def _movers(asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    return [_chip(visit.words.label(mover), "mover", mover.value, asked, None) for mover in Mover]


def _places(found: Board, asked: Mapping[str, object], visit: Visit) -> list[Chip]:
    known, order = _place_titles(visit), _place_order(visit)
    chosen = {str(asked["place"])} & known.keys()
    shown = sorted({*found.places, *chosen}, key=lambda key: order.get(key, len(order)))
    unknown = visit.words("titles.unknown")
    return [_chip(known.get(key, unknown), "place", key, asked, found.places.get(key, 0)) for key in shown]


def _chip(text: str, name: str, value: str, asked: Mapping[str, object], count: int | None) -> Chip:
    chosen = asked[name] == value
    return Chip(text, link("/", **{**asked, name: None if chosen else value}), count, chosen)
