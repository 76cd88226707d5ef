"""Reads the flow of a cohort.

    flow = read_flow(reader, Cohort(pathway="astra"), at=instant)

One statement over the past of the flow (`projections/past/flow.py`); nothing is folded.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from analysis.flow.cohort import Cohort
from analysis.flow.figures import Edge, Flow, Node, Wait
from analysis.flow.survival import Observed, kaplan_meier
from domain.codes import SETTLING, StageExit
from domain.journey.proceedings.codes import ProceedingsOutcome
from projections.past.reader import position_at
from projections.reader import Reader

JUDGMENTS = frozenset(
    {
        ProceedingsOutcome.CONVICTED,
        ProceedingsOutcome.ACQUITTED,
        ProceedingsOutcome.DISMISSED,
        ProceedingsOutcome.CLAIM_ALLOWED,
        ProceedingsOutcome.CLAIM_PARTLY_ALLOWED,
        ProceedingsOutcome.CLAIM_REJECTED,
    }
)
"""Outcomes in which the court decided. A case that ended otherwise counts until then as one without a judgment."""


def read_flow(reader: Reader, cohort: Cohort, *, at: datetime) -> Flow:
    """The flow as known at an instant. Raises `Unavailable`."""
    rows = reader.rows_of_all("analysis.flow", "flow", _parameters(cohort, at, position_at(reader, at)))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for of, figures in rows:
        found[of].append(figures)
    (of_all,) = found["cohort"]
    observed: dict[str, list[Observed]] = defaultdict(list)
    for time in found["time"]:
        observed[time["curve"]].append(Observed(float(time["days"]), time["event"], time["count"]))
    return Flow(
        known_at=at,
        journeys=of_all["journeys"],
        open=of_all["open"],
        closed=of_all["closed"],
        nodes=tuple(sorted([_node(row) for row in found["node"]], key=lambda node: (-(node.visits or 0), node.key))),
        edges=tuple(sorted([_edge(row) for row in found["edge"]], key=lambda e: (-(e.times or 0), e.source, e.target))),
        waits=tuple(sorted([_wait(row) for row in found["wait"]], key=lambda wait: (-(wait.total or 0), wait.cause))),
        closings={row["reason"]: row["journeys"] for row in sorted(found["closing"], key=lambda r: r["reason"])},
        curves={name: kaplan_meier(times) for name, times in sorted(observed.items())},
    )


def _parameters(cohort: Cohort, at: datetime, position: int) -> dict[str, object]:
    return {
        "position": position,
        "moment": at,
        "opened_from": cohort.opened_from,
        "opened_until": cohort.opened_until,
        "pathway": cohort.pathway,
        "version": cohort.version,
        "stage": cohort.stage,
        "reason": cohort.reason.value if cohort.reason else None,
        "finished": [*(outcome.value for outcome in SETTLING), StageExit.COMPLETED.value],
        "judged": [outcome.value for outcome in JUDGMENTS],
        "over": [outcome.value for outcome in ProceedingsOutcome],
    }


def _node(row: dict[str, Any]) -> Node:
    median, p90 = row.pop("days") or (None, None)
    return Node(**row, median=median, p90=p90)


def _edge(row: dict[str, Any]) -> Edge:
    return Edge(median=row.pop("days"), **row)


def _wait(row: dict[str, Any]) -> Wait:
    median, p90 = row.pop("days")
    return Wait(**row, median=median, p90=p90)
