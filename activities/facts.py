"""Facts of other streams that a decider asks for (`domain.stream.facts`): who has left, and what somebody holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from activities.states import StreamStates
from domain.attendance.state import Attendance, attendance_stream
from domain.command import Command
from domain.errors import Unavailable
from domain.stream.facts import Facts, Holding, caseload_asked_about, people_asked_about
from domain.streams import StreamState


class Caseloads(Protocol):
    """What people hold, as a read model has it that has caught up with the log at the moment of the question."""

    def of(self, staff: UUID, /) -> Sequence[Holding]:
        """Raises `Unavailable` where it cannot be told now: then the question is asked again later."""
        ...


class FactFinder:
    """Safe for many threads. Without `caseloads` what somebody holds cannot be told: `Unavailable`."""

    def __init__(self, states: StreamStates, caseloads: Caseloads | None) -> None:
        self._states = states
        self._caseloads = caseloads

    def find(self, state: StreamState | None, command: Command) -> Facts:
        """What the decider of `command` is to know. Most commands ask for nothing, and cost nothing here.

        Raises `Unavailable`, `EventUnreadable`.
        """
        left = self._left(people_asked_about(state, command))
        of = caseload_asked_about(state, command)
        return Facts(left, None if of is None else self._holdings(of))

    def _left(self, people: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset(person for person in people if self._has_left(person))

    def _has_left(self, person: UUID) -> bool:
        attendance = self._states.current(attendance_stream(person))
        return isinstance(attendance, Attendance) and attendance.has_left

    def _holdings(self, staff: UUID) -> tuple[Holding, ...]:
        if self._caseloads is None:
            raise Unavailable("there are no read models here that could say what somebody holds")
        return tuple(self._caseloads.of(staff))
