"""What a return owes, one obligation for each item: `return:1:assessment`, `return:1:check-after-3-months`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.codes import Mover, ObligationKind
from domain.copying import replace
from domain.journey.obligation import Turn, owes, owner
from domain.journey.returning.folding import with_return
from domain.journey.returning.state import ReturnState, kind_of_item, name_of_item, return_key
from domain.journey.state import Journey
from domain.pathway.returning import Preparation
from domain.pathway.returning_items import DEPARTURE
from domain.stream.obligation import Obligation, stall_of

MOVERS: Mapping[str, Mover] = {
    Preparation.VOLUNTARINESS.value: Mover.CLIENT,
    Preparation.ASSESSMENT.value: Mover.PARTNER,
    Preparation.RECEIVER.value: Mover.PARTNER,
}
"""Whose move an item is; the rest is ours."""


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    _, number, item = key.split(":")
    state = journey.returns.get(int(number))
    known = state.owed.get(item) if state else None
    if state is None or known is None:
        return journey
    turned = replace(known, clockwork=turn(known.clockwork))
    return with_return(journey, replace(state, owed={**state.owed, item: turned}))


def _owing(kind: ObligationKind) -> Callable[[Journey], Iterator[Obligation]]:
    def owed(journey: Journey) -> Iterator[Obligation]:
        for state in journey.returns.values():
            for item in state.owed:
                if kind_of_item(item) is kind:
                    yield _obligation(journey, state, item, kind)

    return owed


def _obligation(journey: Journey, state: ReturnState, item: str, kind: ObligationKind) -> Obligation:
    known = state.owed[item]
    waits_on = Mover.PARTNER if kind is ObligationKind.RETURN_DOCUMENT else MOVERS.get(item, Mover.US)
    leaves = state.route.departs_at if item == DEPARTURE and state.route else None
    return Obligation(
        return_key(state.number, item),
        kind,
        known.clockwork.deadline.due_at,
        owner(journey, state.role),
        known.clockwork,
        version=state.version,
        what=name_of_item(item),
        waits_on=waits_on,
        appointment=leaves,
        stall=stall_of(known.clockwork, waits_on, state.version),
        opened_at=known.opened_at,
        stalled_after=known.stalled_after,
    )


KINDS = (
    ObligationKind.RETURN_PREPARATION,
    ObligationKind.RETURN_DOCUMENT,
    ObligationKind.RETURN_DEPARTURE,
    ObligationKind.RETURN_HANDOVER,
    ObligationKind.RETURN_CHECK,
    ObligationKind.RETURN_WAY_HOME,
    ObligationKind.RETURN_STOP,
)

for _kind in KINDS:
    owes(_kind, winding=_wind)(_owing(_kind))
