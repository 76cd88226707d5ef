"""What of the whole log somebody sees: events of the cases, contacts and missions that are theirs, and no others.

Which streams those are, the lists say (`staff/guard/scope.py`); of each event the stance to its stream has the last
word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from analysis.browsing.log import LogFilter, LogLine, LogPage, Scope, browse
from domain.codes import StreamName
from domain.event import Event, Recorded
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Stance
from domain.rights.parts import shows_event
from domain.streams import name_of
from staff.guard.scope import scope_of
from staff.parts import Parts

StanceTo = Callable[[str], Stance]
KINDS: Mapping[StreamName, Action] = {
    StreamName.JOURNEY: Action.READ_LIST_ROW,
    StreamName.CONTACT: Action.READ_CONTACT,
    StreamName.MISSION: Action.READ_MISSION,
}
"""The kinds of stream whose events are browsed, with what their lists ask for."""


def browse_theirs(
    parts: Parts,
    staff: UUID,
    stance_to: StanceTo,
    wanted: LogFilter,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> LogPage:
    """A page of the log without what is not theirs, so that it may hold fewer events than `limit`, or none.

    Raises `RightDenied` for somebody who has left, `Unavailable`, `EventUnreadable`.
    """
    scoped = replace(wanted, scope=_scope(parts, staff, wanted.kind))
    found = browse(parts.reader, scoped, before=before, after=after, limit=limit)
    return replace(found, lines=_theirs(found.lines, stance_to))


def _scope(parts: Parts, staff: UUID, kind: StreamName | None) -> Scope:
    whole, some = set(), set()
    for each, action in KINDS.items():
        if kind is not None and each is not kind:
            continue
        streams = scope_of(parts, staff, action).streams
        if streams is None:
            whole.add(each)
        else:
            some |= {each.stream(id_) for id_ in streams}
    return Scope(frozenset(whole), frozenset(some))


def _theirs(lines: tuple[LogLine, ...], stance_to: StanceTo) -> tuple[LogLine, ...]:
    stances = {stream: stance_to(stream) for stream in {line.recorded.stream for line in lines}}
    return tuple([line for line in lines if _is_theirs(line.recorded, stances[line.recorded.stream])])


def _is_theirs(recorded: Recorded[Event], stance: Stance) -> bool:
    kind = name_of(recorded.stream)
    if kind is StreamName.JOURNEY:
        return shows_event(stance, type(recorded.event))
    action = KINDS.get(kind) if kind is not None else None
    return action is not None and isinstance(stance.may(action), Allowed)
