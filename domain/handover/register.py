"""The registers of the parts of a hand-over, and what follows when another stream has answered."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.codes import StreamName
from domain.copying import replace
from domain.event import Recorded
from domain.handover.looking import FindWork
from domain.handover.state import Handover
from domain.handover.values import ItemStatus
from domain.refusal import RefusalCode
from domain.stream.dispatching import CommandRelayed, Dispatch, without_dispatch
from domain.stream.simple import Refusals, SimpleKind


def looking(handover: Handover) -> Handover:
    """The hand-over with the next look at what the leaver holds under way: a command that it gives to itself."""
    number = handover.rounds + 1
    look = Dispatch(look_id(handover.id, number), handover.id, FindWork(number=number), StreamName.HANDOVER)
    return replace(handover, pending={**handover.pending, look.id: look})


def look_id(handover: UUID, number: int) -> UUID:
    """The command id of the n-th look."""
    return uuid5(handover, f"look|{number}")


def _relayed(handover: Handover, recorded: Recorded[CommandRelayed]) -> Handover:
    """One thing has its receipt. Once none is under way, it looks whether there is more by now."""
    after = _with_receipt(without_dispatch(handover, recorded), recorded)
    return looking(after) if after.is_open and not after.pending else after


def _with_receipt(handover: Handover, recorded: Recorded[CommandRelayed]) -> Handover:
    event: CommandRelayed = recorded.event
    key = handover.asked.get(event.dispatch)
    if key is None:
        return handover
    receipt = replace(
        handover.receipts[key],
        status=ItemStatus.REFUSED if event.refused else ItemStatus.MOVED,
        refused=event.refused,
        settled_at=recorded.recorded_at,
    )
    asked = {dispatch: other for dispatch, other in handover.asked.items() if dispatch != event.dispatch}
    return replace(handover, receipts={**handover.receipts, key: receipt}, asked=asked)


HANDOVERS: SimpleKind[Handover] = SimpleKind(
    StreamName.HANDOVER,
    refusals=Refusals(unknown=RefusalCode.UNKNOWN_HANDOVER, ended=RefusalCode.HANDOVER_ENDED),
    relayed=_relayed,
)
decides, opens = HANDOVERS.decides, HANDOVERS.opens
evolves, begins = HANDOVERS.evolves, HANDOVERS.begins
