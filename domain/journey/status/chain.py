"""Which decision may follow which. Whatever the state has decided before, a person can be reported again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from domain.journey.status.state import StatusDecision
from domain.pathway.formal_status import FormalStatus
from domain.refusal import RefusalCode, Refused

_OUTCOMES = frozenset(
    {FormalStatus.IDENTIFIED, FormalStatus.REJECTED, FormalStatus.STOPPED, FormalStatus.NOT_CONFIRMED}
)
_AGAIN = frozenset({FormalStatus.REPORTED, FormalStatus.REOPENED})

FOLLOWING: Mapping[FormalStatus | None, frozenset[FormalStatus]] = {
    # Help may begin after the state has decided: the first that we learn of may be anything but a second look.
    None: frozenset(FormalStatus) - {FormalStatus.REOPENED},
    FormalStatus.REPORTED: _OUTCOMES | {FormalStatus.PRESUMED},
    FormalStatus.PRESUMED: _OUTCOMES,
    FormalStatus.REOPENED: _OUTCOMES | {FormalStatus.PRESUMED},
    **dict.fromkeys(_OUTCOMES, _AGAIN),
}
"""What may follow each status; a report after a rejection is ordinary, and so is one after an identification."""


def following(status: FormalStatus | None) -> tuple[FormalStatus, ...]:
    """What may be decided next, in the order of the list."""
    return tuple(s for s in FormalStatus if s in FOLLOWING[status])


def broken(part: str, decisions: Sequence[StatusDecision]) -> Refused | None:
    """Why these decisions cannot have been made one after the other; None where they can."""
    before: FormalStatus | None = None
    for decision in decisions:
        if decision.status not in FOLLOWING[before]:
            allowed = tuple(s.value for s in following(before))
            return Refused(code=RefusalCode.FORMAL_STATUS_NOT_POSSIBLE, part=part, allowed=allowed)
        before = decision.status
    if any(other.decided_on < one.decided_on for one, other in pairwise(decisions)):
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=part)
    return None
