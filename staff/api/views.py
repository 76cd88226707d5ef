"""Saved views of the journey list over HTTP: one's own, and those of everybody, which supervisors keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from staff.api.caller import Key
from staff.api.models import MOST_VERSIONS
from staff.api.problems import Problem, problem
from staff.api.visiting import Visiting
from staff.pages.views import SHARING, kept
from staff.visit import Visit
from vault.errors import ViewConflict, ViewUnknown
from vault.saved_views import LONGEST_NAME, SavedView

router = APIRouter()
_PROBLEMS: dict[int | str, dict[str, object]] = {status: {"model": Problem} for status in (403, 404, 409, 422)}
Filters = Annotated[
    dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=80)]],
    Field(max_length=20, examples=[{"caseworker": "me", "due": "overdue"}]),
]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, examples=["My overdue cases"])]


class ViewAnswer(BaseModel):
    """A view. `filters` as in the address of the page; `default`: the caller's list begins with it."""

    id: UUID
    name: str
    filters: Mapping[str, str]
    shared: bool
    default: bool
    version: int

    @classmethod
    def of(cls, view: SavedView) -> ViewAnswer:
        return cls(
            id=view.id,
            name=view.name,
            filters=view.filters,
            shared=view.owner is None,
            default=view.is_default,
            version=view.version,
        )


class NewView(BaseModel):
    """A view to be kept. Filters that the list does not know, and codes of clients, are left out."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: Name
    filters: Filters = {}
    shared: bool = False


class ChangedView(BaseModel):
    """What is to change. `version` is what was seen: another one by now, and nothing is overwritten."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    version: Annotated[int, Field(ge=1, le=MOST_VERSIONS)]
    name: Name | None = None
    filters: Filters | None = None
    shared: Annotated[bool, Field(description="True shares it with everybody; it is never taken back")] = False


class DefaultView(BaseModel):
    """Which view the caller's list begins with; none: with open cases, the newest first."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    view: UUID | None


@router.get("/views", summary="The caller's views and those of everybody")
def get_views(visit: Visiting) -> list[ViewAnswer]:
    return [ViewAnswer.of(view) for view in visit.parts.views.seen_by(visit.person.id)]


@router.post("/views", status_code=201, summary="Keep a view", response_model=ViewAnswer, responses=_PROBLEMS)
def post_view(body: NewView, visit: Visiting, key: Key) -> Response:
    """The same key keeps the same view: its id is the key."""
    if body.shared:
        visit.require(SHARING)
    owner = None if body.shared else visit.person.id
    try:
        visit.parts.views.add(owner, body.name, kept(body.filters), view=key)
    except ValueError:
        return problem(422, "view-invalid")
    made = visit.parts.views.get(key, staff=visit.person.id)
    return _answer(made, 201) if made else problem(409, "view-conflict")


@router.patch("/views/{view}", summary="Rename, filter anew, share", response_model=ViewAnswer, responses=_PROBLEMS)
def patch_view(view: UUID, body: ChangedView, visit: Visiting) -> Response:
    found = _to_change(view, visit)
    if found is None:
        return problem(404, "not-found")
    if body.shared:
        visit.require(SHARING)
    wanted = replace(
        found,
        version=body.version,
        name=found.name if body.name is None else body.name,
        filters=found.filters if body.filters is None else kept(body.filters),
        owner=None if body.shared else found.owner,
    )
    try:
        return _answer(visit.parts.views.change(wanted, staff=visit.person.id))
    except ViewConflict:
        return problem(409, "view-conflict")
    except ViewUnknown:
        return problem(404, "not-found")
    except ValueError:
        return problem(422, "view-invalid")


@router.delete("/views/{view}", status_code=204, summary="Remove a view", responses=_PROBLEMS)
def delete_view(view: UUID, version: Annotated[int, Query(ge=1, le=MOST_VERSIONS)], visit: Visiting) -> Response:
    """One that is gone already is no fault."""
    if _to_change(view, visit) is not None:
        try:
            visit.parts.views.remove(view, seen=version, staff=visit.person.id)
        except ViewConflict:
            return problem(409, "view-conflict")
    return Response(status_code=204)


@router.put("/default-view", status_code=204, summary="What the caller's list begins with", responses=_PROBLEMS)
def put_default_view(body: DefaultView, visit: Visiting) -> Response:
    try:
        visit.parts.views.choose_default(visit.person.id, body.view)
    except ViewUnknown:
        return problem(404, "not-found")
    return Response(status_code=204)


def _to_change(view: UUID, visit: Visit) -> SavedView | None:
    """The view as it stands, where the caller sees it. Raises `RightDenied` where only supervisors change it."""
    found = visit.parts.views.get(view, staff=visit.person.id)
    if found is not None and found.owner is None:
        visit.require(SHARING)
    return found


def _answer(view: SavedView, status: int = 200) -> Response:
    return JSONResponse(ViewAnswer.of(view).model_dump(mode="json"), status)
