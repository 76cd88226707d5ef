"""The closed lists of contacts. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class HotlineChannel(StrEnum):
    """By what somebody reached us, or may be reached."""

    PHONE = "phone"
    EMAIL = "e-mail"
    MESSAGE = "message"
    IN_PERSON = "in-person"


class CallUrgency(StrEnum):
    """`urgent`: called back on the same day. Immediate danger is more than that: it is raised."""

    ORDINARY = "ordinary"
    URGENT = "urgent"


class NextStep(StrEnum):
    """What was agreed at the end."""

    NONE = "none"
    INFORMED = "informed"
    CALL_BACK = "call-back"
    CALLER_CALLS_AGAIN = "caller-calls-again"
    REFERRED = "referred"
    OPEN_JOURNEY = "open-journey"
    EMERGENCY_SERVICES = "emergency-services"


class MayCall(StrEnum):
    """The answer to: is it safe for you if we call? Whoever was not asked has not allowed it."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"


class CallOutcome(StrEnum):
    """How a call back went. `not-permitted`: it showed, or was said, that we must not call."""

    MADE = "made"
    NOT_REACHED = "not-reached"
    NOT_PERMITTED = "not-permitted"


class ReleaseReason(StrEnum):
    """Why a promised call is not owed any more."""

    NOT_PERMITTED = "not-permitted"
    CALLER_ASKED = "caller-asked"
    REACHED_OTHERWISE = "reached-otherwise"
    UNREACHABLE = "unreachable"
    BY_MISTAKE = "by-mistake"


class DangerOutcome(StrEnum):
    """How a danger came to its end, as far as we know."""

    SAFE_NOW = "safe-now"
    AUTHORITIES_ACT = "authorities-act"
    EMERGENCY_SERVICES_ACT = "emergency-services-act"
    HANDED_OVER = "handed-over"
    CONTACT_LOST = "contact-lost"
    FALSE_ALARM = "false-alarm"


class AttachStatus(StrEnum):
    """Whether the journey has recorded its side."""

    UNDER_WAY = "under-way"
    AGREED = "agreed"
    REFUSED = "refused"
