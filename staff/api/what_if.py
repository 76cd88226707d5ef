"""What-if over HTTP: asked, and asked again until it is there. Changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from analysis.what_if.document import ShownWhatIf, document_of
from analysis.what_if.limits import LimitInvalid
from domain.rights.actions import Action
from staff.api.caller import Asking, Parted
from staff.api.problems import Problem, problem
from staff.pages.what_if_asked import LONGEST, Question, asked, change_of

router = APIRouter()


class WhatIfUnderWay(BaseModel):
    """Ask again with this `at`: the same question has the same answer."""

    at: datetime
    done: int
    total: int


@router.get(
    "/replay/what-if",
    summary="What a changed limit or version would have done to what is recorded",
    response_model=ShownWhatIf,
    responses={202: {"model": WhatIfUnderWay}, 403: {"model": Problem}, 422: {"model": Problem}},
)
def get_what_if(
    parts: Parted,
    asking: Asking,
    limits: Annotated[str, Query(max_length=LONGEST, description="`safe-contact=3, every=10-calendar-days`")] = "",
    version: Annotated[str, Query(max_length=80, description="A published version: `astra/2`")] = "",
    opened_from: date | None = None,
    opened_before: date | None = None,
    since: date | None = None,
    before: date | None = None,
    at: Annotated[datetime | None, Query(description="As known then; now, where it is left out")] = None,
) -> Response:
    """202 with `at` while it runs."""
    asking.require(Action.READ_SUPERVISION)
    moment = at if at is not None and at.tzinfo is not None else parts.clock()
    question = Question(limits, version, (opened_from, opened_before, since, before), moment)
    try:
        change = change_of(question, [pathway for _, pathway in parts.desk.pathways()])
    except LimitInvalid as error:
        return problem(422, "limit-invalid", problems=[str(error) or "give limits or version"])
    run = asked(parts, question, change)
    if run.failed is not None:
        raise run.failed
    if run.found is None:
        under_way = WhatIfUnderWay(at=moment, done=run.done, total=run.total)
        return JSONResponse(under_way.model_dump(mode="json"), 202, headers={"Retry-After": "2"})
    return JSONResponse(document_of(run.found).model_dump(mode="json"))
