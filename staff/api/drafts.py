"""Drafts of forms over HTTP: what the caller has typed into a form of the pages and not sent. Nobody else's, ever."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from staff.api.caller import Caller, Parted
from staff.api.problems import Problem, problem
from staff.pages.drafting import ADDRESS, keep
from vault.drafts import LIFE

router = APIRouter(prefix="/drafts")
_PROBLEMS: dict[int | str, dict[str, object]] = {
    404: {"model": Problem},
    413: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem},
}
FormAddress = Annotated[
    str,
    Field(pattern=f"^{ADDRESS.pattern}$", max_length=200, description="The path of the form's page"),
]


class DraftBody(BaseModel):
    """`texts` by input, as the form would send them; `command_id` is that of the form."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    form: FormAddress
    command_id: UUID
    texts: Annotated[dict[str, str], Field(max_length=400)]


class DraftAnswer(BaseModel):
    """A draft as it is kept, until `ends_at`."""

    form: str
    command_id: UUID
    saved_at: datetime
    ends_at: datetime
    texts: dict[str, str]


class DraftKept(BaseModel):
    """`kept` is false where the draft of this command has ended: it was sent, or deleted."""

    kept: bool
    ends_at: datetime


@router.get("", summary="The draft of a form", response_model=DraftAnswer, responses=_PROBLEMS)
async def get_draft(
    parts: Parted, person: Caller, form: Annotated[str, Query(max_length=200)]
) -> DraftAnswer | Response:
    """That of the caller, where there is one."""
    found = await run_in_threadpool(lambda: parts.drafts.find(person.id, form, now=parts.clock()))
    if found is None:
        return problem(404, "not-found")
    return DraftAnswer(
        form=form,
        command_id=found.command_id,
        saved_at=found.saved_at,
        ends_at=found.ends_at,
        texts=dict(found.texts),
    )


@router.put("", summary="Keep a draft for 72 hours", response_model=DraftKept, responses=_PROBLEMS)
async def put_draft(body: DraftBody, parts: Parted, person: Caller) -> DraftKept | Response:
    """Instead of what was kept of this form. Doing it again changes nothing but the time."""
    now = await run_in_threadpool(parts.clock)
    kept = await run_in_threadpool(keep, parts.drafts, person.id, body.form, body.texts, body.command_id, now)
    return DraftKept(kept=kept, ends_at=now + LIFE)


@router.delete("", summary="Delete a draft", status_code=204, responses=_PROBLEMS)
async def delete_draft(
    parts: Parted, person: Caller, form: Annotated[str, Query(max_length=200)], command_id: UUID
) -> Response:
    """What is still under way to the draft of this command is not kept any more."""
    if ADDRESS.fullmatch(form) is None:
        return problem(404, "not-found")
    end = parts.drafts.end
    await run_in_threadpool(lambda: end(person.id, form, command_id=command_id, now=parts.clock()))
    return Response(status_code=204)
