"""The flow of a cohort over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from analysis.flow.cohort import Cohort
from analysis.flow.figures import Flow, guarded, simplified
from analysis.flow.reading import read_flow
from domain.codes import ClosingReason
from domain.rights.actions import Action
from domain.rights.deciding import Allowed
from staff.api.caller import Asking, Parted

router = APIRouter(prefix="/flow")
Percent = Annotated[int, Query(ge=0, le=100)]


@router.get("", summary="What a cohort of journeys went through, and how long")
def get_flow(
    parts: Parted,
    asking: Asking,
    opened_from: Annotated[AwareDatetime | None, Query(description="Opened then or later")] = None,
    opened_until: Annotated[AwareDatetime | None, Query(description="Opened before")] = None,
    known_at: Annotated[AwareDatetime | None, Query(description="By what had been recorded by then; else now")] = None,
    pathway: Annotated[str | None, Query(max_length=64)] = None,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    stage: Annotated[str | None, Query(max_length=64, description="Have entered it")] = None,
    reason: Annotated[ClosingReason | None, Query(description="Are closed for it")] = None,
    nodes: Percent = 0,
    edges: Percent = 0,
) -> Flow:
    """For those who read aggregates. Who may not read supervision has null for numbers under ten."""
    asking.require(Action.READ_AGGREGATES)
    cohort = Cohort(opened_from, opened_until, pathway, version, stage, reason)
    whole = read_flow(parts.reader, cohort, at=min(known_at or parts.clock(), parts.clock()))
    exact = isinstance(asking.stance().may(Action.READ_SUPERVISION), Allowed)
    return simplified(whole if exact else guarded(whole), nodes=nodes, edges=edges)
