"""The commands of reintegration. `seen` is the version that the form showed."""

from __future__ import annotations

from domain.command import Command
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.events import Note
from domain.journey.timing import Instant
from domain.values import Count


class StartReintegration(Command, kind="start-reintegration"):
    """Begins it. Its goals and measures are set with `set-goal` in the individual plan."""

    note: Note = None
    occurred_at: Instant | None = None


class ReviewReintegration(Command, kind="review-reintegration"):
    """Records a review with the client; how far each goal has come is said with `progress-goal`."""

    finding: ReviewFinding
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class EndReintegration(Command, kind="end-reintegration"):
    """Ends it. As complete it is refused while a criterion of the pathway does not hold; a wish never is."""

    reason: ReintegrationEnd
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class ReopenReintegration(Command, kind="reopen-reintegration"):
    """Takes it up again, however long ago it ended."""

    reason: ReintegrationReopening
    seen: Count | None = None
    note: Note = None
