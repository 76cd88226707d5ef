"""Decides a refused command again: the same state, the same pathway, the same instant, so the same answer.

What the deciders do not answer cannot come out again: whether somebody may (the vault), whether somebody is promised
elsewhere (the claims of that moment), what somebody held (a read model). Each is named, and not guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from analysis.browsing.refusals import Refusal
from analysis.travel.history import History
from analysis.travel.reading import read_histories
from domain.attendance.state import Attendance, attendance_stream
from domain.command import Command, CommandInvalid, from_wire
from domain.errors import PathwayMissing
from domain.pathway.model import Pathway, Pin
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision
from domain.stream.facts import Facts, caseload_asked_about, people_asked_about
from domain.streams import StreamState, kind_of
from projections.reader import Reader

Pathways = Callable[[Pin], Pathway]
"""Exactly the text that was pinned; the composition root gives it. Raises `PathwayMissing`."""


class Obstacle(StrEnum):
    """Why a refusal cannot be decided again, or not wholly."""

    NOT_KEPT = "not-kept"
    """What was asked was not kept: a refusal of before 0.1.0."""
    COMMAND_UNKNOWN = "command-unknown"
    """This release knows no such command, or not with these fields."""
    PATHWAY_MISSING = "pathway-missing"
    RIGHTS = "rights"
    """Who may what has its own history, in the vault."""
    CLAIMS = "claims"
    """Somebody was promised elsewhere at that moment."""
    CASELOAD = "caseload"
    """What somebody held at that moment."""


_NOT_BY_THE_RULES = {RefusalCode.NOT_PERMITTED: Obstacle.RIGHTS, RefusalCode.RESOURCE_BUSY: Obstacle.CLAIMS}


@dataclass(frozen=True, slots=True)
class Again:
    """`decision` is what the deciders of this release answer; None where they could not be asked.

    With `obstacle` RIGHTS or CLAIMS the deciders were asked, and `decision` says what they had to say beside it.
    """

    refusal: Refusal
    command: Command | None
    pathway: Pathway | None
    decision: Decision | None
    obstacle: Obstacle | None

    @property
    def is_same(self) -> bool:
        """Whether the answer is the very same, with everything that it names."""
        return self.decision == self.refusal.refused


def decide_again(reader: Reader, refusal: Refusal, pathways: Pathways) -> Again:
    """Decides it again upon what the log held then. Raises `Unavailable`, `EventUnreadable`."""
    stream, position = refusal.outcome.stream, refusal.outcome.position
    history = read_histories(reader, [stream], until=position)[stream]
    state, command = state_upon(refusal, history), command_of(refusal)
    people = people_asked_about(state, command) if command is not None else frozenset()
    return answer(refusal, state, command, pathways, who_had_left(reader, people, position))


def state_upon(refusal: Refusal, history: History) -> StreamState | None:
    """The stream at the version that was decided upon."""
    known = [recorded for recorded in history if recorded.version <= refusal.decided_upon]
    found: StreamState | None = kind_of(refusal.outcome.stream).folding.fold(known)
    return found


def command_of(refusal: Refusal) -> Command | None:
    """What was asked; None where it was not kept, or cannot be read by this release."""
    try:
        return None if refusal.outcome.asked is None else from_wire(refusal.outcome.asked)
    except CommandInvalid:
        return None


def who_had_left(reader: Reader, people: Iterable[UUID], position: int) -> frozenset[UUID]:
    """Which of them did not work here any more at a position of the log."""
    streams = {attendance_stream(person): person for person in people}
    found = read_histories(reader, list(streams), until=position) if streams else {}
    states = {stream: kind_of(stream).folding.fold(history) for stream, history in found.items() if history}
    return frozenset(streams[s] for s, state in states.items() if isinstance(state, Attendance) and state.has_left)


def answer(
    refusal: Refusal, state: StreamState | None, command: Command | None, pathways: Pathways, left: frozenset[UUID]
) -> Again:
    """The deciders' answer, from all that it depends on. `left`: who had left of those whom the command names.

    The instant is that at which the answer was recorded, some milliseconds after the clock was read for it.
    """
    kind, outcome = kind_of(refusal.outcome.stream), refusal.outcome
    pin = state.pin if state is not None else kind.pin_of(None, command) if command is not None else None
    try:
        pathway = pathways(pin) if pin is not None else None
    except PathwayMissing:
        pathway = None
    obstacle = _obstacle(refusal, state, command, pathway_missing=pin is not None and pathway is None)
    if command is None or pin is None or pathway is None or obstacle is Obstacle.CASELOAD:
        unknown = Refused(code=kind.unknown) if command is not None and pin is None else None
        return Again(refusal, command, pathway, unknown, obstacle)
    decision = kind.decide(
        state, command, pathway, outcome.decided_at, stream=outcome.stream, actor=refusal.actor, facts=Facts(left)
    )
    return Again(refusal, command, pathway, decision, obstacle)


def _obstacle(
    refusal: Refusal, state: StreamState | None, command: Command | None, *, pathway_missing: bool
) -> Obstacle | None:
    if command is None:
        return Obstacle.NOT_KEPT if refusal.outcome.asked is None else Obstacle.COMMAND_UNKNOWN
    if (found := _NOT_BY_THE_RULES.get(refusal.refused.code)) is not None:
        return found
    if caseload_asked_about(state, command) is not None:
        return Obstacle.CASELOAD
    return Obstacle.PATHWAY_MISSING if pathway_missing else None
