"""Messages to staff over HTTP: what became of each, and one more time (`putokaz letters list | resend`)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from domain.codes import StreamName
from staff.api.caller import Caller, Parted
from staff.api.problems import Problem, problem
from staff.ports import LetterRefused, LetterRow, LetterUnknown

router = APIRouter()


class Resent(BaseModel):
    """The name under which it went again."""

    message: UUID


@router.get("/letters/{kind}/{stream}", summary="Every message that a journey, a mission or a contact asked for")
def get_letters(kind: StreamName, stream: UUID, parts: Parted) -> Sequence[LetterRow]:
    """Sent to whom and when, dropped and why, or still on its way; in the order in which they were asked for."""
    return parts.letters.listed(kind.stream(stream))


@router.post(
    "/letters/{kind}/{stream}/{message}/resend",
    summary="Send a message again, now, to whoever it would go to now",
    response_model=Resent,
    responses={404: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}, 503: {"model": Problem}},
)
async def resend_letter(kind: StreamName, stream: UUID, message: UUID, parts: Parted, person: Caller) -> Response:
    """Not about a date that holds no longer. Each call sends once more: without an answer, list them first."""
    if person is None:
        return problem(422, "person-unknown")
    try:
        again = await parts.letters.resend(kind.stream(stream), message)
    except LetterUnknown:
        return problem(404, "not-found")
    except LetterRefused as refused:
        return problem(409, "letter-refused", problems=[str(refused)])
    return JSONResponse(Resent(message=again).model_dump(mode="json"))
