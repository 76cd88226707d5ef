"""Before something grave: whether the person of a visit has proven within five minutes who they are."""

from __future__ import annotations

from domain.errors import PutokazError
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


def require_step_up(visit: Visit, back: str | None = None) -> None:
    """Raises `StepUpNeeded`, which becomes the page that asks for it. In demo mode nobody has anything to prove."""
    if visit.parts.settings.mode is AppMode.DEMO and visit.signed_in is None:
        return
    port, session = signed_in_here(visit)
    if not port.has_stepped_up(session):
        raise StepUpNeeded(back or visit.here)
