"""The file of a case as PDF: as the person may see it, or redacted for others."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from analysis.travel.boards import journey_reader
from analysis.travel.journeys import journey_then
from analysis.travel.moment import Moment
from domain.calendar import local_date
from projections.journey_file.queries import file
from staff.i18n.words import OFFICE_ZONE
from staff.pages.exporting import attached
from staff.pages.moment_asked import moment_asked
from staff.printing.journey import AsOf, journey_paper
from staff.printing.redacted import redacted_paper
from staff.printing.setting import pdf
from staff.visit import Here, Visit

router = APIRouter()
MEDIA_TYPE = "application/pdf"


@router.get("/print/{journey}/file.pdf")
async def print_file(journey: UUID, visit: Here) -> Response:
    """The file, with the code and who printed it on each page; with `?at=…&clock=…` as of a moment of the past."""
    if visit.request.query_params.get("at"):
        return found_or_lost(await run_in_threadpool(_printed_then, journey, visit, redacted=False))
    return found_or_lost(await run_in_threadpool(printed, journey, visit, redacted=False))


@router.get("/print/{journey}/redacted.pdf")
async def print_redacted(journey: UUID, visit: Here) -> Response:
    """Steps and months, and nothing by which somebody could be known; with `?at=…&clock=…` as of a moment."""
    if visit.request.query_params.get("at"):
        return found_or_lost(await run_in_threadpool(_printed_then, journey, visit, redacted=True))
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


def _printed_then(journey: UUID, visit: Visit, *, redacted: bool) -> Response | None:
    asked = moment_asked(visit.request.query_params, visit.now)
    return None if asked.fault is not None else printed_then(journey, visit, asked.moment, redacted=redacted)


def printed_then(journey: UUID, visit: Visit, moment: Moment, *, redacted: bool) -> Response | None:
    """The same as of a moment; None where the journey had not begun. Raises `RightDenied`, `Unavailable`."""
    then = journey_then(visit.parts.reader, journey, moment)
    if then.file is None:
        return None
    day = local_date(moment.at, OFFICE_ZONE)
    if redacted:
        content, name = pdf(redacted_paper(then.file, visit, moment)), f"{day:%Y-%m}.pdf"
    else:
        as_of = AsOf(moment, journey_reader(visit.parts.reader, then.past), then.timeline)
        content, name = pdf(journey_paper(then.file, visit, as_of)), f"{then.file.header.code}-{day.isoformat()}.pdf"
    return Response(content, media_type=MEDIA_TYPE, headers=attached(name))
