"""What a second person approves of a return: the wish, what was found of the risk, who receives whom, the way."""

from __future__ import annotations

from domain.journey.approval.things import Thing, approvable
from domain.journey.state import Journey
from domain.pathway.approvals import ApprovalMatter


@approvable(ApprovalMatter.RETURN)
def returning_thing(journey: Journey, of: int | None) -> Thing | None:
    """The return with that number. Papers that become ready are no other return; another way or receiver is."""
    state = journey.returns.get(of) if of is not None else None
    if state is None or state.stopped is not None:
        return None
    receiver = state.receiver.provider if state.receiver else None
    wish = state.voluntariness.version if state.voluntariness else None
    content = {
        ("to", state.direction, state.purpose, state.country),
        ("wish", wish),
        ("risk", state.assessment),
        ("receiver", receiver),
        ("escort", state.escort),
        ("route", state.route),
    }
    return Thing(state.version, frozenset(content))
