"""Making a workflow what the log says it should be: told, started, or ended and started anew.

Ending a workflow loses nothing, since every run begins with a load: it is the way to replace one that cannot be mended.
"""

from __future__ import annotations

from collections.abc import Awaitable
from enum import Enum, auto

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from projections.audits import AuditFault
from worker.audit.judging import Seen, Trouble
from worker.relay import tell
from workflows.messages import LOOK_AGAIN

REASON = "audit: differs from the log"
"""Why a workflow was terminated, as Temporal keeps it: a constant, never a text with content."""


class Means(Enum):
    """What an audit does to a workflow."""

    NOTHING = auto()
    START = auto()
    TELL = auto()
    """It is told how far the log goes; one that is missing is started by that."""
    LOOK = auto()
    """It is told to load again."""
    END = auto()
    RESTART = auto()


class Stage(Enum):
    """Words first; what they do not move is replaced."""

    GENTLE = auto()
    FIRM = auto()


def means(fault: AuditFault, seen: Seen | None, stage: Stage, *, silent_before: bool) -> Means:
    """What to do about a fault. `silent_before`: this very run gave no answer to the last audit either."""
    if seen is not None and seen.trouble is Trouble.SILENT and not silent_before:
        return Means.NOTHING  # a worker under load answers late: not at once the axe
    match fault, stage:
        case (AuditFault.UNREADABLE, _):
            return Means.NOTHING
        case (AuditFault.MISSING, _):
            return Means.START
        case (AuditFault.SURPLUS, Stage.FIRM):
            return Means.END
        case (AuditFault.AHEAD, _) | (_, Stage.FIRM):
            return Means.RESTART
        case (AuditFault.STALE, _):
            return Means.TELL
        case (AuditFault.STUCK, _) if seen is not None and seen.trouble is not None:
            return Means.RESTART
    return Means.LOOK


async def apply(client: Client, chosen: Means, stream: str, version: int, seen: Seen | None, task_queue: str) -> None:
    """Does it to the workflow of `stream`, whose log has reached `version`. Raises `RPCError`.

    One with a letter under way is not ended now: cut off before its receipt, the letter would be sent twice. Its
    attempt ends within two minutes, so the next audit finds it otherwise.
    """
    if chosen in (Means.END, Means.RESTART) and seen is not None:
        if seen.has_letter_under_way:
            return
        await _unless_gone(client.get_workflow_handle(stream, run_id=seen.run).terminate(reason=REASON))
    match chosen:
        case Means.START | Means.TELL | Means.RESTART:
            await tell(client, stream, version, task_queue=task_queue)
        case Means.LOOK:
            await _unless_gone(client.get_workflow_handle(stream).signal(LOOK_AGAIN))
        case Means.END | Means.NOTHING:
            return


async def _unless_gone(call: Awaitable[None]) -> None:
    try:
        await call
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
