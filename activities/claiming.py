"""From the promises of a stream's state to claims of the log, and from a claim that clashes to a refusal that says so.

What a decision takes is what the state promises after it and not before; what it gives back is the reverse. Both go
into the append that records the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.event import Event
from domain.refusal import RefusalCode, Refused
from domain.stream.foresight import foresee_stream
from domain.stream.promise import OPEN_END, Promise
from domain.streams import StreamState, kind_of
from eventlog.decision import Claim
from eventlog.log import EventLog


class Moves(NamedTuple):
    """What a decision takes and gives back."""

    claims: tuple[Claim, ...] = ()
    released: tuple[UUID, ...] = ()


def moves(stream: str, state: StreamState | None, events: Sequence[Event], now: datetime) -> Moves:
    """What `events` take and give back, if they are recorded at `now`."""
    before, after = _around(stream, state, events, now)
    taken = sorted(after - before, key=lambda promise: promise.claim_id(stream))
    given_back = sorted(promise.claim_id(stream) for promise in before - after)
    claims = (Claim(p.claim_id(stream), p.claimed, p.since, p.until) for p in taken)
    return Moves(tuple(claims), tuple(given_back))


def busy(
    log: EventLog, stream: str, state: StreamState | None, events: Sequence[Event], now: datetime
) -> Refused | None:
    """Who of those taken is promised elsewhere, and until when where that is known; none where all are free by now."""
    before, after = _around(stream, state, events, now)
    wanted = {promise.claimed: promise for promise in after - before}
    held = log.holder(stream, moves(stream, state, events, now).claims)
    if held is None:
        return None
    until = held.until if held.until < OPEN_END else None
    return Refused(code=RefusalCode.RESOURCE_BUSY, other=wanted[held.resource].resource, until=until)


def _around(
    stream: str, state: StreamState | None, events: Sequence[Event], now: datetime
) -> tuple[frozenset[Promise], frozenset[Promise]]:
    kind = kind_of(stream)
    if kind.promises is None or not events:
        return frozenset(), frozenset()
    before: frozenset[Promise] = kind.promises(state) if state is not None else frozenset()
    return before, kind.promises(foresee_stream(kind.folding, state, events, now, stream=stream))
