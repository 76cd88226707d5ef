"""What-if over HTTP: asked, and asked again until it is there. Changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from analysis.what_if.document import ShownWhatIf, document_of
from analysis.what_if.limits import LimitInvalid
from analysis.what_if.rules import ChangedPathway
from domain.errors import PathwayInvalid
from domain.rights.actions import Action
from staff.api.caller import Asking, Parted
from staff.api.problems import Problem, problem
from staff.guard.gate import MOST_BYTES
from staff.pages.what_if_asked import LONGEST, Question, asked, change_of
from staff.pages.what_if_draft import drafted, read_draft, waited_for
from staff.parts import Parts
from staff.what_ifs import Run

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
    moment = _moment(at, parts)
    question = Question(limits, version, (opened_from, opened_before, since, before), moment)
    try:
        change = change_of(question, [pathway for _, pathway in parts.desk.pathways()])
    except LimitInvalid as error:
        return problem(422, "limit-invalid", problems=[str(error) or "give limits or version"])
    return _answer(asked(parts, question, change), moment)


class DraftAsked(BaseModel):
    """A changed pathway as the text of its file, whose journeys count, and what counts. Dates are local days."""

    model_config = ConfigDict(extra="forbid")

    pathway: Annotated[str, Field(max_length=MOST_BYTES, description="The whole YAML of a pathway file")]
    opened_from: date | None = None
    opened_before: date | None = None
    since: date | None = None
    before: date | None = None
    at: AwareDatetime | None = None


@router.post(
    "/replay/what-if",
    summary="What a pathway that is not published would have done to what is recorded",
    response_model=ShownWhatIf,
    responses={202: {"model": WhatIfUnderWay}, 403: {"model": Problem}, 422: {"model": Problem}},
)
def post_what_if(draft: DraftAsked, parts: Parted, asking: Asking) -> Response:
    """Changes nothing, and keeps nothing of the draft. 202 with `at` while it runs: send the same with this `at`.

    422 `draft-invalid` where the text does not hold together; `problems` name line, step and cause.
    """
    asking.require(Action.READ_SUPERVISION)
    try:
        pathway = read_draft(parts.desk, draft.pathway, [pathway for _, pathway in parts.desk.pathways()])
    except PathwayInvalid as error:
        return problem(422, "draft-invalid", problems=error.problems)
    moment = _moment(draft.at, parts)
    days = (draft.opened_from, draft.opened_before, draft.since, draft.before)
    question = drafted(Question(days=days, at=moment), draft.pathway)
    return _answer(waited_for(asked(parts, question, ChangedPathway(pathway))), moment)


def _moment(at: datetime | None, parts: Parts) -> datetime:
    return at if at is not None and at.tzinfo is not None else parts.clock()


def _answer(run: Run, moment: datetime) -> Response:
    if run.failed is not None:
        raise run.failed
    if run.found is None:
        under_way = WhatIfUnderWay(at=moment, done=run.done, total=run.total)
        return JSONResponse(under_way.model_dump(mode="json"), 202, headers={"Retry-After": "2"})
    return JSONResponse(document_of(run.found).model_dump(mode="json"))
