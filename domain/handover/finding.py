"""Part: what is found to be taken over. One portion at a time, so that histories stay short and a stop is soon felt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import uuid5

from domain.codes import Role
from domain.copying import replace
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.handover.looking import FindWork
from domain.handover.register import decides, evolves
from domain.handover.state import Handover, Receipt
from domain.handover.values import HandoverPhase, Item, ItemStatus, item_key
from domain.stream.deciding import Decision, Surroundings
from domain.stream.dispatching import Dispatch
from domain.stream.facts import Holding
from domain.stream.holding import TakeOver
from domain.values import Count, StaffId

PORTION = 40
"""Things that are under way at the same time."""


class WorkFound(Event, topic="handover.work-found"):
    """The n-th look has found these, and each is asked to let the successor take over."""

    number: Count
    items: tuple[Item, ...]


class HandoverCompleted(Event, topic="handover.completed"):
    """The n-th look has found nothing more. `left_behind`: what was refused, and stays with the leaver."""

    number: Count
    moved: Count
    left_behind: Count


@decides(FindWork)
def _find(handover: Handover, command: FindWork, surroundings: Surroundings) -> Decision:
    if command.number != handover.rounds + 1:
        return ()
    holdings = surroundings.facts.holdings
    if holdings is None:
        raise DefinitionError("a hand-over cannot look without knowing what the leaver holds")
    wanted = [h for h in holdings if not handover.is_left_behind(item_key(h.kind, h.id, h.part))]
    if not wanted:
        moved, behind = handover.count(ItemStatus.MOVED), handover.count(ItemStatus.REFUSED)
        return (HandoverCompleted(number=command.number, moved=moved, left_behind=behind),)
    return (WorkFound(number=command.number, items=tuple(_shared_out(handover, wanted[:PORTION]))),)


def _shared_out(handover: Handover, holdings: Iterable[Holding]) -> Iterator[Item]:
    """To whoever has been given least so far; of one stream everything to the same person, where they take it."""
    had = {(receipt.item.stream_id, receipt.item.successor) for receipt in handover.receipts.values()}
    given = Counter(successor for _, successor in had)
    for holding in holdings:
        willing = _willing(handover, holding.role)
        of_this = [staff for staff in willing if (holding.id, staff) in had]
        successor = of_this[0] if of_this else min(willing, key=lambda staff: given[staff])
        if not of_this:
            had.add((holding.id, successor))
            given[successor] += 1
        yield Item(
            stream_kind=holding.kind,
            stream_id=holding.id,
            part=holding.part,
            role=holding.role,
            successor=successor,
        )


def _willing(handover: Handover, role: Role) -> tuple[StaffId, ...]:
    """Who was named for this role; else who was named for everything; else, so that nothing is nobody's, anybody."""
    named = tuple(s.staff for s in handover.successors if role in s.roles)
    anything = tuple(s.staff for s in handover.successors if not s.roles)
    return named or anything or tuple(s.staff for s in handover.successors)


@evolves(WorkFound)
def _found(handover: Handover, recorded: Recorded[WorkFound]) -> Handover:
    event = recorded.event
    receipts, asked, pending = dict(handover.receipts), dict(handover.asked), dict(handover.pending)
    for item in event.items:
        command = TakeOver(part=item.part, leaver=handover.leaver, successor=item.successor)
        dispatch = Dispatch(uuid5(handover.id, f"{item.key}|{event.number}"), item.stream_id, command, item.stream_kind)
        receipts[item.key] = Receipt(item, ItemStatus.UNDER_WAY, recorded.recorded_at)
        asked[dispatch.id] = item.key
        pending[dispatch.id] = dispatch
    return replace(handover, rounds=event.number, receipts=receipts, asked=asked, pending=pending)


@evolves(HandoverCompleted)
def _completed(handover: Handover, recorded: Recorded[HandoverCompleted]) -> Handover:
    number = recorded.event.number
    return replace(handover, rounds=number, phase=HandoverPhase.COMPLETED, ended_at=recorded.recorded_at)
