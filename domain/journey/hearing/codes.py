"""The closed lists of hearings. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class HearingStatus(StrEnum):
    """Where a hearing stands. Postponed and interrupted: it is to go on, and has no date yet."""

    SUMMONED = "summoned"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    INTERRUPTED = "interrupted"
    HELD = "held"
    NOT_HELD = "not-held"
    CANCELLED = "cancelled"


OVER = frozenset({HearingStatus.HELD, HearingStatus.NOT_HELD, HearingStatus.CANCELLED})
"""Nothing of it is ahead any more."""

DATED = frozenset({HearingStatus.SUMMONED, HearingStatus.CONFIRMED})
"""It has a date."""


class DateEnd(StrEnum):
    """What became of one date of a hearing."""

    MOVED = "moved"
    POSTPONED = "postponed"
    INTERRUPTED = "interrupted"
    HELD = "held"
    NOT_HELD = "not-held"
    CANCELLED = "cancelled"
    MISTAKEN = "mistaken"


class HearingReason(StrEnum):
    """Why a date was not kept, moved or given up."""

    DEFENDANT_ABSENT = "defendant-absent"
    DEFENCE_ABSENT = "defence-absent"
    PROSECUTOR_ABSENT = "prosecutor-absent"
    WITNESS_ABSENT = "witness-absent"
    EXPERT_ABSENT = "expert-absent"
    OUR_LAWYER_ABSENT = "our-lawyer-absent"
    CLIENT_ABSENT = "client-absent"
    CLIENT_ILL = "client-ill"
    CLIENT_ASKED = "client-asked"
    NOT_SAFE_NOW = "not-safe-now"
    NOT_PROPERLY_SUMMONED = "not-properly-summoned"
    PANEL_INCOMPLETE = "panel-incomplete"
    LINK_FAILED = "link-failed"
    TIME_RAN_OUT = "time-ran-out"
    EVIDENCE_MISSING = "evidence-missing"
    COURT_RESCHEDULED = "court-rescheduled"
    COURT_CLOSED = "court-closed"
    DATE_FIXED = "date-fixed"
    ENTERED_WRONGLY = "entered-wrongly"
    PROCEEDINGS_ENDED = "proceedings-ended"
    PARTIES_SETTLED = "parties-settled"
    CLAIM_WITHDRAWN = "claim-withdrawn"
    CLIENT_NOT_NEEDED = "client-not-needed"
    OTHER = "other"


class HearingOutcome(StrEnum):
    """What a hearing that was held came to."""

    CLIENT_HEARD = "client-heard"
    EVIDENCE_TAKEN = "evidence-taken"
    COURSE_SET = "course-set"
    CONCLUDED = "concluded"
    DECISION_ANNOUNCED = "decision-announced"
    SETTLED = "settled"
    CHARGES_DROPPED = "charges-dropped"
    OTHER = "other"


class Attendance(StrEnum):
    """How the client was there. None of them counts against the client."""

    PRESENT = "present"
    BY_LINK = "by-link"
    REPRESENTED = "represented"
    ABSENT = "absent"


class ArrangementStatus(StrEnum):
    """One line of the checklist. Undecided: nobody has said yet whether it is needed."""

    UNDECIDED = "undecided"
    NEEDED = "needed"
    CONFIRMED = "confirmed"
    NOT_NEEDED = "not-needed"


UNSETTLED = frozenset({ArrangementStatus.UNDECIDED, ArrangementStatus.NEEDED})
"""Somebody has still to see to it."""


class TaskStatus(StrEnum):
    """A task of a plan."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


class DebriefOutcome(StrEnum):
    """How the talk after a hearing went."""

    DONE = "done"
    DECLINED = "declined"
