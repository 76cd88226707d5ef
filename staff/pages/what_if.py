"""What if: what another limit or version would have done to what is recorded. Writes nothing.

Supervisors see the journeys behind each figure; an analyst sees figures alone, and none below ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from analysis.what_if.asking import BlockKind
from analysis.what_if.document import ShownJourney, journey_row
from analysis.what_if.limits import LimitInvalid
from analysis.what_if.running import WhatIf
from analysis.what_if.summary import JOURNEY, REVIEW, Count, Figures, Side
from domain.pathway.model import Pathway
from domain.rights.actions import Action
from staff.guard.gate import MOST_BYTES
from staff.pages.asking import link
from staff.pages.what_if_asked import LONGEST, Question, asked, change_of, question_of
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
FEWEST = 10
"""Journeys behind a figure that whoever sees figures alone may see; fewer could be somebody in particular."""
ROUNDED = 5
"""To what such a figure is rounded: two questions that differ a little do not name anybody by their difference."""
ROWS = 100
_AGAIN = "2"  # seconds until the page is asked for again while it runs
_SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a changed pathway, and what is wrong with it."""

    text: str
    problems: tuple[str, ...] = ()


_NO_DRAFT = Draft("")


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one step or stage, as texts; `None` where too few journeys stand behind one."""

    title: str
    stalls: tuple[str | None, ...]
    escalations: tuple[str | None, ...]
    blocks: tuple[str | None, ...]


@router.get("/replay/what-if")
async def what_if(visit: Here) -> Response:
    """The question, and once it is asked how far the answer is, or the answer."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    visit.require(Action.READ_AGGREGATES)
    names = visit.may(Action.READ_SUPERVISION)
    pathways = [pathway for _, pathway in visit.parts.desk.pathways()]
    question = question_of(visit.request.query_params, whole=not names)
    if not question.is_asked:
        return show(visit, question, pathways, names)
    try:
        change = change_of(question, pathways)
    except LimitInvalid:
        return show(visit, question, pathways, names, fault=True)
    if question.at is None or question.at > visit.now + _SOON:
        now = Question(question.limits, question.version, question.days, visit.now)
        return RedirectResponse(link("/replay/what-if", **now.texts()), 303)
    run = asked(visit.parts, question, change)
    if run.failed is not None:
        raise run.failed
    answer = show(visit, question, pathways, names, found=run.found, done=run.done, total=run.total)
    if run.found is None:
        answer.headers["Refresh"] = _AGAIN
    return answer


def show(
    visit: Visit,
    question: Question,
    pathways: list[Pathway],
    names: bool,
    *,
    fault: bool = False,
    draft: Draft = _NO_DRAFT,
    found: WhatIf | None = None,
    done: int = 0,
    total: int = 0,
) -> Response:
    """The page with its question, and with how far the answer is, or the answer."""
    running = question.is_asked and not fault and found is None
    rows = [journey_row(one) for one in found.rows[:ROWS]] if found and names else []
    return page(
        visit,
        "what_if.html",
        status=422 if fault or draft.problems else 200,
        texts=question.texts(),
        versions=[(f"{p.pathway}/{p.version}", f"{visit.words.title(p.title)}, {p.version}") for p in pathways],
        steps=sorted({step.step for pathway in pathways for stage in pathway.stages for step in stage.steps}),
        longest=LONGEST,
        fault=fault,
        draft=draft,
        most=MOST_BYTES // 1024,
        names=names,
        running=running,
        percent=100 * done // total if total else 0,
        done=done,
        total=total,
        found=found,
        at=question.at,
        lines=list(_lines(visit, pathways, found, names)) if found else [],
        different=_text(found.summary.different, len(found.summary.different), names) if found else None,
        looked_at=_text(range(found.summary.journeys), found.summary.journeys, names) if found else None,
        rows=[(row, list(_said(visit, pathways, row))) for row in rows],
        more=len(found.rows) - len(rows) if found and names else 0,
        fewest=FEWEST,
    )


def _lines(visit: Visit, pathways: list[Pathway], found: WhatIf, names: bool) -> Iterator[Line]:
    yield _line(visit.words("whatif.everything"), found.summary.whole, names)
    for part, figures in sorted(found.summary.parts.items()):
        yield _line(_title(visit, pathways, part), figures, names)


def _line(title: str, figures: Figures, names: bool) -> Line:
    return Line(
        title,
        tuple(_figure(figures.stalls[side], names) for side in Side),
        tuple(_figure(figures.escalations[side], names) for side in Side),
        tuple(_figure(figures.blocks[kind], names) for kind in BlockKind),
    )


def _figure(count: Count, names: bool) -> str | None:
    return _text(count.journeys, count.number, names)


def _text(journeys: Sized, number: int, names: bool) -> str | None:
    if names:
        return str(number)
    return str(ROUNDED * round(number / ROUNDED)) if len(journeys) >= FEWEST else None


def _title(visit: Visit, pathways: list[Pathway], part: str) -> str:
    if part in (REVIEW, JOURNEY):
        return visit.words(f"whatif.{part}")
    for pathway in pathways:
        if (place := pathway.find_step(part)) is not None:
            return visit.words.title(place[1].title)
        if (stage := pathway.find_stage(part)) is not None:
            return visit.words.title(stage.title)
    return part


def _said(visit: Visit, pathways: list[Pathway], row: ShownJourney) -> Iterator[str]:
    """What would have been otherwise in one journey, line by line."""
    t = visit.words
    for stall in row.stalls:
        was, would = stall.was_since, stall.since
        moments = {"was": t.moment(was) if was else "", "would": t.moment(would) if would else ""}
        yield t(f"whatif.stall-{stall.change.value}", step=_title(visit, pathways, stall.step), **moments)
    for told in row.escalations:
        step = _title(visit, pathways, told.step or REVIEW)
        to = ", ".join(t.label(role) for role in told.to)
        at = told.at or told.was_at
        yield t(f"whatif.told-{told.change.value}", step=step, to=to, moment=t.moment(at) if at else "")
    for block in row.blocks:
        why = t(f"refusal.{block.code.value}.why")
        about = _title(visit, pathways, block.part or JOURNEY)
        yield t(f"whatif.block-{block.kind.value}", part=about, why=why, moment=t.moment(block.at))
