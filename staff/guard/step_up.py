"""Before something grave: whether the person of a visit has proven within five minutes who they are."""

from __future__ import annotations

from fastapi import Request

from domain.errors import PutokazError
from staff.parts import Parts
from staff.settings import AppMode
from staff.signing_in import SignIn
from staff.visit import Visit
from vault.sessions import Session


class StepUpNeeded(PutokazError):
    """The person is to prove once more who they are; `back` is the path to which they come back."""

    def __init__(self, back: str) -> None:
        super().__init__("step up first")
        self.back = back


def signed_in_here(visit: Visit) -> tuple[SignIn, Session]:
    """The session of a page behind the door, and what it is asked of. Raises `LookupError` where there is none."""
    if visit.parts.sign_in is None or visit.signed_in is None:
        raise LookupError("the door let somebody in without a session")
    return visit.parts.sign_in, visit.signed_in


def has_proven(parts: Parts, session: Session | None) -> bool:
    """Whether they have proven who they are within five minutes. In demo mode nobody has anything to prove."""
    if session is None:
        return parts.settings.mode is AppMode.DEMO
    return parts.sign_in is not None and parts.sign_in.has_stepped_up(session)


def require_step_up(visit: Visit, back: str | None = None) -> None:
    """Raises `StepUpNeeded`, which becomes the page that asks for it."""
    if not has_proven(visit.parts, visit.signed_in):
        raise StepUpNeeded(back or visit.here)


def require_step_up_of(request: Request) -> None:
    """The same for the API, where it becomes a problem: whoever has stepped up on the pages sends it again."""
    if not has_proven(request.app.state.parts, getattr(request.state, "signed_in", None)):
        raise StepUpNeeded("/")
