"""The file of a case as PDF: as the person may see it, or redacted for others."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.calendar import local_date
from projections.journey_file.queries import file
from staff.i18n.words import OFFICE_ZONE
from staff.pages.exporting import attached
from staff.printing.journey import journey_paper
from staff.printing.redacted import redacted_paper
from staff.printing.setting import pdf
from staff.visit import Here, Visit

router = APIRouter()
MEDIA_TYPE = "application/pdf"


@router.get("/print/{journey}/file.pdf")
async def print_file(journey: UUID, visit: Here) -> Response:
    """The file, with the code and who printed it on each page."""
    return found_or_lost(await run_in_threadpool(printed, journey, visit, redacted=False))


@router.get("/print/{journey}/redacted.pdf")
async def print_redacted(journey: UUID, visit: Here) -> Response:
    """Steps and months, and nothing by which somebody could be known."""
    return found_or_lost(await run_in_threadpool(printed, journey, visit, redacted=True))


def found_or_lost(answer: Response | None) -> Response:
    """The answer. Raises `HTTPException` where there is no such journey."""
    if answer is None:
        raise HTTPException(404)
    return answer


def printed(journey: UUID, visit: Visit, *, redacted: bool) -> Response | None:
    """The PDF as an answer; None where there is no such journey. Raises `RightDenied`, `Unavailable`."""
    found = file(visit.parts.reader, journey)
    if found is None:
        return None
    day = local_date(visit.now, OFFICE_ZONE)
    if redacted:
        content, name = pdf(redacted_paper(found, visit)), f"{day:%Y-%m}.pdf"
    else:
        content, name = pdf(journey_paper(found, visit)), f"{found.header.code}-{day.isoformat()}.pdf"
    return Response(content, media_type=MEDIA_TYPE, headers=attached(name))
