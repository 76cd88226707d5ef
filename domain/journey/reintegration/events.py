"""The events of reintegration. `deadline`: by when to look again, by the pathway's rhythm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.state import REINTEGRATION
from domain.pathway.common import Span
from domain.sealed import Notes, Sealed
from domain.values import Code, Count

Note = Sealed[Notes] | None


class ReintegrationStarted(Event, topic="journey.reintegration-started"):
    """Long-term help begins. `goals` are the words of the individual plan that count for it."""

    role: Role
    goals: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60)]
    stalled_after: Span
    deadline: Deadline
    note: Note = None

    @property
    def part(self) -> str:
        return REINTEGRATION


class ReintegrationReviewed(Event, topic="journey.reintegration-reviewed"):
    """It was looked at with the client: the review of this number since it began, or began again."""

    number: Count
    finding: ReviewFinding
    stalled_after: Span
    deadline: Deadline
    note: Note = None

    @property
    def part(self) -> str:
        return REINTEGRATION


class ReintegrationEnded(Event, topic="journey.reintegration-ended"):
    """It is over, for now."""

    reason: ReintegrationEnd
    note: Note = None


class ReintegrationReopened(Event, topic="journey.reintegration-reopened"):
    """It goes on, with the rhythm of a beginning."""

    reason: ReintegrationReopening
    stalled_after: Span
    deadline: Deadline
    note: Note = None

    @property
    def part(self) -> str:
        return REINTEGRATION
