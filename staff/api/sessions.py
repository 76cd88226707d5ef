"""One's own sessions, and the sign-in record.

By what somebody signs in is changed on the pages alone: a passkey is made by a browser that asks for a finger, a secret
for a telephone is shown as a square, and neither belongs into a program (`docs/sign-in.md`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from domain.rights.actions import Action
from projections.paging import CursorInvalid
from staff.api.caller import Caller, CallerRefused, Parted
from staff.api.models import Listed
from staff.api.problems import Problem, problem
from staff.guard.permission import require
from staff.signing_in import SignIn
from vault.sessions import Device, Proof, Session
from vault.sign_ins import SignInAct

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


@router.get("/me/sessions", summary="Where I am signed in, the oldest first", responses={401: {"model": Problem}})
def get_sessions(request: Request, parts: Parted) -> list[SessionAnswer]:
    sign_in, here = _own(request, parts.sign_in)
    own = sign_in.own(here.staff)
    return [] if own is None else [_answer(each, here) for each in own.sessions]


@router.delete(
    "/me/sessions/{session}",
    status_code=204,
    summary="End a session of mine",
    responses={401: {"model": Problem}, 404: {"model": Problem}},
)
def end_session(session: UUID, request: Request, parts: Parted) -> Response:
    """Repeating it does no harm: the second answer is 404."""
    sign_in, here = _own(request, parts.sign_in)
    return Response(status_code=204) if sign_in.end(here.staff, session) else problem(404, "not-found")


class SignInAnswer(BaseModel):
    """One line of the sign-in record. `actor`: who did it; `…-000000000001`: the clock, or the command line."""

    position: int
    at: datetime
    actor: UUID
    act: SignInAct
    proof: Proof | None
    device: Device | None
    session: UUID | None


@router.get(
    "/people/{staff}/sign-ins",
    summary="Who signed in when and by what, and what changed in how; the newest first",
    responses={400: {"model": Problem}, 403: {"model": Problem}},
)
def get_sign_ins(
    staff: UUID,
    parts: Parted,
    person: Caller,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[SignInAnswer]:
    """An administrator reads anybody's; everybody their own."""
    if staff != person.id:
        require(parts.rights, person.id, Action.READ_ADMINISTRATION)
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise CursorInvalid("not a position of the sign-in record")
    if parts.sign_in is None:
        return Listed(rows=(), total=0, next=None)
    found = parts.sign_in.recorded(staff, before=int(cursor) if cursor else None, most=limit)
    rows = tuple(
        SignInAnswer(
            position=line.position,
            at=line.at,
            actor=line.actor,
            act=line.act,
            proof=line.proof,
            device=line.device,
            session=line.session,
        )
        for line in found.lines
    )
    return Listed(rows=rows, total=found.total, next=None if found.next is None else str(found.next))


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
