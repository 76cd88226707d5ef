"""One's own sessions. What changes by what somebody signs in is for the pages, which ask for a proof first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from staff.api.caller import CallerRefused, Parted
from staff.api.problems import Problem, problem
from staff.signing_in import SignIn
from vault.sessions import Device, Proof, Session

router = APIRouter()


class SessionAnswer(BaseModel):
    """One session. `here`: by which this was asked."""

    id: UUID
    staff: UUID
    device: Device
    proof: Proof
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    here: bool


@router.get("/session", summary="Who is signed in here, and until when", responses={401: {"model": Problem}})
def get_session(request: Request, parts: Parted) -> SessionAnswer:
    _, here = _own(request, parts.sign_in)
    return _answer(here, here)


@router.get("/sessions", summary="Where I am signed in, the oldest first", responses={401: {"model": Problem}})
def get_sessions(request: Request, parts: Parted) -> list[SessionAnswer]:
    sign_in, here = _own(request, parts.sign_in)
    own = sign_in.own(here.staff)
    return [] if own is None else [_answer(each, here) for each in own.sessions]


@router.delete(
    "/sessions/{session}",
    status_code=204,
    summary="End a session of mine",
    responses={401: {"model": Problem}, 404: {"model": Problem}},
)
def end_session(session: UUID, request: Request, parts: Parted) -> Response:
    """Repeating it does no harm: the second answer is 404."""
    sign_in, here = _own(request, parts.sign_in)
    return Response(status_code=204) if sign_in.end(here.staff, session) else problem(404, "not-found")


def _own(request: Request, sign_in: SignIn | None) -> tuple[SignIn, Session]:
    here: Session | None = getattr(request.state, "signed_in", None)
    if sign_in is None or here is None:  # demo mode: nobody signs in
        raise CallerRefused(401, "not-signed-in")
    return sign_in, here


def _answer(session: Session, here: Session) -> SessionAnswer:
    return SessionAnswer(
        id=session.id,
        staff=session.staff,
        device=session.device,
        proof=session.proof,
        begun_at=session.begun_at,
        seen_at=session.seen_at,
        ends_at=session.ends_at,
        here=session.id == here.id,
    )
