"""What a decision brought about: obligations begun, changed and ended; messages asked for; commands to other streams.

Nothing of this is stored. It is the difference between what the stream owed before and after (design §2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from analysis.browsing.decided import Decided
from domain.stream.dispatching import Dispatch
from domain.stream.letters import messages_of
from domain.stream.obligation import Obligation
from domain.streams import StreamState, kind_of


class Course(StrEnum):
    """What became of an obligation."""

    STARTED = "started"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation that a decision touched. `before` is None of one that started, `after` of one that ended."""

    course: Course
    before: Obligation | None
    after: Obligation | None

    @property
    def obligation(self) -> Obligation:
        """As it is after the decision; one that ended, as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Effect:
    """`messages`: the ids of those that it asked for. `asked`: what other streams are to record because of it.

    `answered`: commands for other streams of which it recorded that they were carried out or refused.
    """

    owed: tuple[Owed, ...]
    messages: tuple[UUID, ...]
    asked: tuple[Dispatch, ...]
    answered: tuple[Dispatch, ...]


def effect_of(decided: Decided) -> Effect:
    """What a decision brought about."""
    before = decided.before.pending if decided.before is not None else {}
    after = decided.after.pending
    return Effect(
        owed=tuple(_differences(_owed(decided.before), _owed(decided.after))),
        messages=tuple(message for recorded in decided.events for message in messages_of(recorded.event)),
        asked=tuple(dispatch for key, dispatch in after.items() if key not in before),
        answered=tuple(dispatch for key, dispatch in before.items() if key not in after),
    )


def _owed(state: StreamState | None) -> dict[str, Obligation]:
    if state is None or not state.is_open:
        return {}
    return {one.key: one for one in kind_of(state.stream).obligations(state)}


def _differences(before: dict[str, Obligation], after: dict[str, Obligation]) -> Iterator[Owed]:
    for key, one in after.items():
        earlier = before.get(key)
        if earlier is None:
            yield Owed(Course.STARTED, None, one)
        elif _heard(earlier) != _heard(one):
            yield Owed(Course.CHANGED, earlier, one)
    for key, one in before.items():
        if key not in after:
            yield Owed(Course.ENDED, one, None)


def _heard(one: Obligation) -> Obligation:
    """Without the version of its part, which moves with anything that is said of it."""
    return one._replace(version=0)
