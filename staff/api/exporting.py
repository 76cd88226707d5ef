"""Lists and files of cases as files, over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from staff.api.moments import Then
from staff.api.problems import Problem, problem
from staff.api.visiting import Visiting
from staff.lists.files import MEDIA_TYPES, FileKind
from staff.lists.registry import ListName
from staff.pages.exporting import TooMany, exported
from staff.pages.printing import MEDIA_TYPE, printed, printed_then

router = APIRouter()
_BYTES = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/exports/{name}",
    summary="A list as a file, exactly as filtered",
    response_class=Response,
    responses={
        200: {"content": dict.fromkeys((MEDIA_TYPES[FileKind.XLSX], "text/csv"), _BYTES)},
        403: {"model": Problem},
        413: {"model": Problem},
    },
)
def get_export(
    name: ListName, request: Request, visit: Visiting, format_: Annotated[FileKind, Query(alias="format")]
) -> Response:
    """Filters as in the address of the list's page: `?format=csv&caseworker=me&due=overdue`."""
    found = exported(visit, name, format_, request.query_params)
    if isinstance(found, TooMany):
        return problem(413, "list-too-long", problems=[f"total: {found.total}"])
    return found


@router.get(
    "/journeys/{journey}/file.pdf",
    summary="The file of a journey as PDF, as the person may see it or redacted",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: _BYTES}}, 403: {"model": Problem}, 404: {"model": Problem}},
)
def get_file(journey: UUID, visit: Visiting, then: Then, redacted: bool = False) -> Response:
    """With a moment, as of then."""
    if then is None:
        return printed(journey, visit, redacted=redacted) or problem(404, "not-found")
    return printed_then(journey, visit, then, redacted=redacted) or problem(404, "moment-before")
