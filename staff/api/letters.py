"""Messages to staff over HTTP: what became of each, and one more time (`putokaz letters list | resend`)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.codes import StreamName
from domain.rights.actions import Action
from staff.api.caller import Asker, Asking, Parted
from staff.api.problems import Problem, problem
from staff.guard.portion import require_file
from staff.ports import LetterRefused, LetterRow, LetterUnknown

router = APIRouter()
READS = {
    StreamName.CONTACT: Action.READ_CONTACT,
    StreamName.MISSION: Action.READ_MISSION,
    StreamName.PROVIDER: Action.READ_PROVIDERS,
}
"""What somebody must be allowed to read; of absences and hand-overs what supervisors do."""


class Resent(BaseModel):
    """The name under which it went again."""

    message: UUID


@router.get("/letters/{kind}/{stream}", summary="Every message that a journey, a mission or a contact asked for")
def get_letters(kind: StreamName, stream: UUID, parts: Parted, asking: Asking) -> Sequence[LetterRow]:
    """Sent to whom and when, dropped and why, or still on its way; in the order in which they were asked for."""
    _require(asking, kind, stream)
    return parts.letters.listed(kind.stream(stream))


@router.post(
    "/letters/{kind}/{stream}/{message}/resend",
    summary="Send a message again, now, to whoever it would go to now",
    response_model=Resent,
    responses={404: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}, 503: {"model": Problem}},
)
async def resend_letter(kind: StreamName, stream: UUID, message: UUID, parts: Parted, asking: Asking) -> Response:
    """Not about a date that holds no longer. Each call sends once more: without an answer, list them first."""
    await run_in_threadpool(_require, asking, kind, stream)
    try:
        again = await parts.letters.resend(kind.stream(stream), message)
    except LetterUnknown:
        return problem(404, "not-found")
    except LetterRefused as refused:
        return problem(409, "letter-refused", problems=[str(refused)])
    return JSONResponse(Resent(message=again).model_dump(mode="json"))


def _require(asking: Asker, kind: StreamName, stream: UUID) -> None:
    """Whoever reads the stream sees what was sent about it, and may have it sent again: it goes to whom it would."""
    name = kind.stream(stream)
    if kind is StreamName.JOURNEY:
        require_file(asking.stance(name), name)
    else:
        asking.require(READS.get(kind, Action.READ_SUPERVISION), name)
