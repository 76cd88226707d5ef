"""Part: an approval is of one thing in one version. Once the thing changes it is void, in the same decision."""

from __future__ import annotations

from domain.event import Event
from domain.journey.approval.events import ApprovalVoided
from domain.journey.approval.state import VoidCause
from domain.journey.approval.things import APPROVABLE
from domain.journey.state import Journey


def voids(before: Journey | None, after: Journey) -> tuple[Event, ...]:
    """What of the approvals that stood before, and still stand after, is about another thing now."""
    if before is None or not after.is_open:
        return ()
    return tuple(
        ApprovalVoided(number=number, matter=one.matter, cause=VoidCause.THING_CHANGED)
        for number, one in after.approvals.items()
        if number in before.approvals and one.is_standing and _is_another(before, after, number)
    )


def _is_another(before: Journey, after: Journey, number: int) -> bool:
    one = after.approvals[number]
    known = APPROVABLE[one.matter]
    was, is_now = known.find(before, one.of), known.find(after, one.of)
    return was is None or is_now is None or known.has_changed(was, is_now)
