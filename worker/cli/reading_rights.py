"""Whether the person named by `--actor` may read; without one the command acts as the system."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.codes import SYSTEM_ACTOR
from worker.cli.output import Exit, fail
from worker.settings import Settings

if TYPE_CHECKING:
    from domain.rights.actions import Action
    from domain.rights.deciding import Stance


def stance_of(settings: Settings, actor: UUID, stream: str) -> Stance | None:
    """How the person stands to it; None for the system, which reads everything."""
    if actor == SYSTEM_ACTOR:
        return None
    from worker.parts import opened

    with opened(settings, connections=1) as parts:
        return parts.rights.stance(actor, stream)


def require_reader(settings: Settings, actor: UUID, action: Action, stream: str) -> None:
    """Ends the command, with its reason, where the person may not; the same table as for pages and API."""
    from domain.rights.deciding import Denied

    stance = stance_of(settings, actor, stream)
    answer = None if stance is None else stance.may(action)
    if isinstance(answer, Denied):
        fail(f"not permitted to this person: {answer.reason.value}", Exit.REFUSED)


def require_some_part(stance: Stance, stream: str) -> None:
    """Ends the command where no part of a journey's file is theirs; of those that are, `portion` has the rest."""
    from staff.guard.permission import RightDenied
    from staff.guard.portion import require_file

    try:
        require_file(stance, stream)
    except RightDenied as denied:
        fail(f"not permitted to this person: {denied.reason.value}", Exit.REFUSED)
