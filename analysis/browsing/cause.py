"""What a decision was caused by: a person, a timer, or a decision of another stream.

The log does not say so. The id of a command does: that of a timer follows from the date it belongs to, that of a
command which one stream gives another from the event that asked for it, and its answer's from that id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from analysis.browsing.decided import Decided, decisions_of
from analysis.travel.history import History
from domain.codes import SYSTEM_ACTOR
from domain.stream.dispatching import CommandRelayed, acknowledgement_id
from domain.stream.firing import firing_id
from domain.streams import KINDS, kind_of


class CauseKind(StrEnum):
    """TIMER: a rung of a ladder. STREAM: a decision of another stream. ANSWER: that stream's answer. SYSTEM: none of
    these can be told any more, but no person either."""

    PERSON = "person"
    TIMER = "timer"
    STREAM = "stream"
    ANSWER = "answer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Cause:
    """`obligation` and `rung` of a timer; `stream` which asked or answered, `version` of the decision that asked."""

    kind: CauseKind
    obligation: str | None = None
    rung: str | None = None
    stream: str | None = None
    version: int | None = None


def cause_of(decided: Decided, others: Mapping[str, History]) -> Cause:
    """What caused it. `others` are the whole histories of the streams of `may_have_asked`."""
    if decided.actor != SYSTEM_ACTOR:
        return Cause(CauseKind.PERSON)
    return _timer(decided) or _answer(decided) or _asked_by(decided, others) or Cause(CauseKind.SYSTEM)


def may_have_asked(decided: Decided) -> tuple[str, ...]:
    """The streams that the events of a decision of the system name, of whatever kind each id may be; no others can
    have asked for it."""
    if decided.actor != SYSTEM_ACTOR or _timer(decided) or _answer(decided):
        return ()
    named = {id_ for recorded in decided.events for id_ in _ids(recorded.event.model_dump())}
    streams = {kind.stream(id_) for id_ in named for kind in KINDS}
    return tuple(sorted(streams - {decided.stream}))


def _timer(decided: Decided) -> Cause | None:
    state = decided.before
    if state is None or not state.is_open:
        return None
    for owed in kind_of(state.stream).obligations(state):
        for rung in owed.ahead:
            derived = firing_id(decided.stream, owed.key, rung.rung, owed.clockwork.date_version)
            if derived == decided.command_id:
                return Cause(CauseKind.TIMER, obligation=owed.key, rung=rung.rung)
    return None


def _answer(decided: Decided) -> Cause | None:
    event = decided.events[0].event
    if not isinstance(event, CommandRelayed) or acknowledgement_id(event.dispatch) != decided.command_id:
        return None
    asked = decided.before.pending.get(event.dispatch) if decided.before is not None else None
    return Cause(CauseKind.ANSWER, stream=asked.stream) if asked is not None else None


def _asked_by(decided: Decided, others: Mapping[str, History]) -> Cause | None:
    for stream, history in others.items():
        for other in decisions_of(history):
            if decided.command_id in other.after.pending:
                return Cause(CauseKind.STREAM, stream=stream, version=other.version)
    return None


def _ids(value: Any) -> Iterator[UUID]:
    match value:
        case UUID():
            yield value
        case dict():
            for each in value.values():
                yield from _ids(each)
        case list() | tuple() | set() | frozenset():
            for each in value:
                yield from _ids(each)
