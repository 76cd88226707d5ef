"""The flow map: what a cohort of journeys went through, how often and how long; drawn, and in tables.

Whoever reads aggregates may see it; exact small counts are for those who may read supervision (docs/flow.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.flow.cohort import Cohort
from analysis.flow.figures import CLOSED, guarded, simplified
from analysis.flow.reading import read_flow
from analysis.flow.survival import Curve
from domain.calendar import at_local
from domain.codes import ClosingReason, StallCause
from domain.pathway.model import Pathway
from domain.rights.actions import Action
from staff.i18n.words import OFFICE_ZONE, Words
from staff.pages.asking import code
from staff.pages.flow_map import flow_map, in_order
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
PATH = "/replay/flow"
_NODES, _EDGES = 0, 20  # per cent of the journeys, where the address says nothing
_FIRST, _LAST = date(1990, 1, 1), date(2199, 12, 30)
_MILESTONE = "milestone:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says. Days are of the office, both included; `nodes` and `edges` are per cent."""

    pathway: str
    opened_from: date | None
    opened_to: date | None
    known: date | None
    stage: str | None
    reason: ClosingReason | None
    nodes: int
    edges: int

    def cohort(self) -> Cohort:
        return Cohort(
            opened_from=midnight(self.opened_from) if self.opened_from else None,
            opened_until=midnight(self.opened_to + timedelta(days=1)) if self.opened_to else None,
            pathway=self.pathway,
            stage=self.stage,
            reason=self.reason,
        )

    def moment(self, now: datetime) -> datetime:
        return min(now, midnight(self.known + timedelta(days=1))) if self.known else now


@dataclass(frozen=True, slots=True)
class Names:
    """The words of what a flow speaks of by key."""

    titles: Titles

    def __call__(self, key: str) -> str:
        kind, _, what = key.partition(":")
        t: Words = self.titles.words
        match kind:
            case "stage":
                return self.titles.stage(what)
            case "step":
                return self.titles.step(what)
            case "milestone":
                return self.titles.milestone(what)
            case _ if kind == CLOSED:
                return t.label(ClosingReason(what))
            case _:
                return t(f"flow.{kind}")

    def cause(self, cause: str) -> str:
        return self.titles.words.label(StallCause(cause))


@dataclass(frozen=True, slots=True)
class CurveLine:
    """A curve as shown: shares of 100 in which it had happened after half a year and after one; `d` draws it."""

    name: str
    observed: int
    events: int
    median: float | None
    half_year: int
    year: int
    days: int
    d: str
    band: str


@router.get(PATH)
async def flow(visit: Here) -> Response:
    """The map and its tables, filtered as the address says."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    visit.require(Action.READ_AGGREGATES)
    known = {pathway.pathway: pathway for _, pathway in visit.parts.desk.pathways()}
    asked = _asked(visit.request.query_params, known)
    pathway = known[asked.pathway]
    whole = read_flow(visit.parts.reader, asked.cohort(), at=asked.moment(visit.now))
    exact = visit.may(Action.READ_SUPERVISION)
    found = simplified(whole if exact else guarded(whole), nodes=asked.nodes, edges=asked.edges)
    names = Names(Titles(pathway, visit.words))
    return page(
        visit,
        "flow.html",
        asked=asked,
        pathways={key: visit.words.title(each.title) for key, each in known.items()},
        stages={each.stage: visit.words.title(each.title) for each in pathway.stages},
        reasons=tuple(ClosingReason),
        found=found,
        is_empty=whole.journeys == 0,
        exact=exact,
        nodes=in_order(found, pathway),
        drawing=flow_map(found, pathway, names),
        names=names,
        curves=[_line(name, curve, names) for name, curve in found.curves.items()],
    )


def _asked(query: Mapping[str, str], known: Mapping[str, Pathway]) -> Asked:
    """A wrong value is no filter."""
    pathway = query.get("pathway", "")
    pathway = pathway if pathway in known else next(iter(known))
    stage = query.get("stage", "")
    return Asked(
        pathway=pathway,
        opened_from=_day(query, "from"),
        opened_to=_day(query, "to"),
        known=_day(query, "known"),
        stage=stage if known[pathway].find_stage(stage) else None,
        reason=code(query, "reason", ClosingReason),
        nodes=_percent(query, "nodes", _NODES),
        edges=_percent(query, "edges", _EDGES),
    )


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        found = date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None


def _percent(query: Mapping[str, str], name: str, usual: int) -> int:
    value = query.get(name, "")
    return min(100, int(value)) if value.isascii() and value.isdigit() and len(value) <= 3 else usual


def midnight(day: date) -> datetime:
    """The instant at which a day of the office begins."""
    return at_local(day, time.min, OFFICE_ZONE)


def _line(name: str, curve: Curve, names: Names) -> CurveLine:
    title = names(name) if name.startswith(_MILESTONE) else names(f"curve-{name}")
    days = max(1, round(curve.points[-1].days)) if curve.points else 1
    path, upper, lower = "M0 100", [(0.0, 100.0)], [(0.0, 100.0)]
    for point in curve.points:
        x = round(300 * point.days / days, 1)
        path += f"H{x}V{round(100 * point.survival, 1)}"
        for edge, share in ((upper, point.high), (lower, point.low)):
            edge += [(x, edge[-1][1]), (x, round(100 * share, 1))]
    band = " ".join(f"{x},{y}" for x, y in [*upper, *reversed(lower)])
    half_year, year = (round(100 * (1 - curve.survival_at(days))) for days in (182, 365))
    return CurveLine(title, curve.observed, curve.events, curve.median, half_year, year, days, path, band)
