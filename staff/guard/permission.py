"""Whether the person of a request may: asked before anything is shown or decided, and answered in words where not."""

from __future__ import annotations

from uuid import UUID

from domain.errors import PutokazError
from domain.rights.actions import Action
from domain.rights.deciding import Denial, Denied, Stance
from staff.ports import Rights


class RightDenied(PutokazError):
    """The person may not; `reason` says why, `stream` what it was about, where it was about something."""

    def __init__(self, reason: Denial, action: Action, stream: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.action = action
        self.stream = stream


def require(rights: Rights, staff: UUID, action: Action, stream: str | None = None) -> None:
    """Raises `RightDenied` unless they may; asks log and vault, so it belongs into a thread."""
    require_of(rights.stance(staff, stream), action, stream)


def require_of(stance: Stance, action: Action, stream: str | None = None) -> None:
    """The same for somebody of whom it is known how they stand to the stream."""
    answer = stance.may(action)
    if isinstance(answer, Denied):
        raise RightDenied(answer.reason, action, stream)
