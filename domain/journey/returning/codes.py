"""The closed lists of returns. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class ReturnStatus(StrEnum):
    """Where a return stands. Received: somebody has confirmed the handover."""

    PREPARING = "preparing"
    DEPARTED = "departed"
    RECEIVED = "received"
    STOPPED = "stopped"


LIVE = frozenset({ReturnStatus.PREPARING, ReturnStatus.DEPARTED})
"""It is being prepared, or somebody is on the way."""


class ReturnMove(StrEnum):
    """What changes where a return stands."""

    DEPART = "depart"
    HAND_OVER = "hand-over"
    STOP = "stop"
    RESUME = "resume"


class StopReason(StrEnum):
    """Why a return is off. None of them counts against the client."""

    VOLUNTARINESS_WITHDRAWN = "voluntariness-withdrawn"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    RISK_TOO_HIGH = "risk-too-high"
    DOCUMENT_REFUSED = "document-refused"
    RECEIVER_LOST = "receiver-lost"
    TURNED_BACK = "turned-back"
    NOT_NEEDED_AT_COURT = "not-needed-at-court"
    CLIENT_UNREACHABLE = "client-unreachable"
    ENTERED_BY_MISTAKE = "entered-by-mistake"
    OTHER = "other"


class SetBackCause(StrEnum):
    """Why something that was ready is to be seen to again."""

    RISK_RAISED = "risk-raised"
    REASSESSED = "reassessed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    HEARING_MOVED = "hearing-moved"
    HEARING_OVER = "hearing-over"


class Finding(StrEnum):
    """What one side of the joint assessment holds."""

    SAFE = "safe"
    SAFE_WITH_MEASURES = "safe-with-measures"
    NOT_SAFE = "not-safe"


class Verdict(StrEnum):
    """What both findings and the level come to: whether anybody may leave."""

    CLEAR = "clear"
    BLOCKED = "blocked"


class DocumentStatus(StrEnum):
    """How far a document is. Applied for: at the consulate, or wherever it is issued."""

    APPLIED = "applied"
    READY = "ready"
    REFUSED = "refused"
    NOT_NEEDED = "not-needed"


class ReceiverStatus(StrEnum):
    """What the receiving organisation said."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


class ReceiverAnswer(StrEnum):
    """Its answer."""

    AGREED = "agreed"
    REFUSED = "refused"


class EscortKind(StrEnum):
    """Who travels along. Unescorted: as the client wishes."""

    UNESCORTED = "unescorted"
    OURS = "ours"
    PARTNER = "partner"
    MEDICAL = "medical"


class Transport(StrEnum):
    """By what."""

    AIR = "air"
    RAIL = "rail"
    COACH = "coach"
    CAR = "car"
    SHIP = "ship"
    SEVERAL = "several"


class Receipt(StrEnum):
    """How the handover was confirmed."""

    SIGNED = "signed"
    IN_WRITING = "in-writing"
    BY_VOICE = "by-voice"


class Trouble(StrEnum):
    """What goes wrong on the way."""

    RECEIVER_ABSENT = "receiver-absent"
    TRANSIT_REFUSED = "transit-refused"
    ENTRY_REFUSED = "entry-refused"
    MISSED_CONNECTION = "missed-connection"
    CLIENT_LEFT_THE_ESCORT = "client-left-the-escort"
    ILL_ON_THE_WAY = "ill-on-the-way"
    OTHER = "other"


class CheckOutcome(StrEnum):
    """How a check after the return went. No more: the client wants none of the later ones either."""

    SAFE = "safe"
    NEEDS_HELP = "needs-help"
    AT_RISK = "at-risk"
    NOT_REACHED = "not-reached"
    DECLINED = "declined"
    NO_MORE = "no-more"


class CheckStatus(StrEnum):
    """Dropped: nobody holds it any more (the journey was closed, a later return, the client wants no more)."""

    AHEAD = "ahead"
    HELD = "held"
    DROPPED = "dropped"


class WayHomeAnswer(StrEnum):
    """Why who came to testify needs no way home from us."""

    STAYS_BY_OWN_WISH = "stays-by-own-wish"
    WENT_ON_THEIR_OWN = "went-on-their-own"
    SEEN_TO_BY_PARTNER = "seen-to-by-partner"
    ENTERED_BY_MISTAKE = "entered-by-mistake"
