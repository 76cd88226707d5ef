"""The closed lists of reintegration. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class ReintegrationStatus(StrEnum):
    """Where it stands."""

    RUNNING = "running"
    ENDED = "ended"


class ReviewFinding(StrEnum):
    """What a review found. A setback is told at once, and the rhythm begins anew; it counts against nobody."""

    ON_COURSE = "on-course"
    NEEDS_MORE = "needs-more"
    SETBACK = "setback"


class ReintegrationEnd(StrEnum):
    """Why it ended. Complete: every criterion of the pathway holds."""

    COMPLETE = "complete"
    CLIENT_WISH = "client-wish"
    MOVED_AWAY = "moved-away"
    REFERRED = "referred"
    UNREACHABLE = "unreachable"
    JOURNEY_CLOSED = "journey-closed"
    ENTERED_BY_MISTAKE = "entered-by-mistake"


class ReintegrationReopening(StrEnum):
    """Why it goes on. Going on is normal."""

    SETBACK = "setback"
    CLIENT_ASKED = "client-asked"
    NEW_NEED = "new-need"
    NEW_RISK = "new-risk"
    ENDED_BY_MISTAKE = "ended-by-mistake"
