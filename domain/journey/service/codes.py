"""The closed lists of services. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class ServiceStatus(StrEnum):
    """Where one occurrence of a service stands."""

    NEEDED = "needed"
    OFFERED = "offered"
    CONSENTED = "consented"
    DECLINED = "declined"
    PLANNED = "planned"
    SCHEDULED = "scheduled"
    CARRIED_OUT = "carried-out"
    NO_SHOW = "no-show"
    CANCELLED_BY_CLIENT = "cancelled-by-client"
    CANCELLED_BY_PROVIDER = "cancelled-by-provider"
    ABORTED = "aborted"
    """Broken off for safety."""
    OUTCOME_RECORDED = "outcome-recorded"
    FOLLOW_UP_DUE = "follow-up-due"
    CLOSED = "closed"
    STOPPED = "stopped"
    """The consent that it needs was withdrawn."""
    ENDED = "ended"
    """The journey was closed before it was finished."""


OVER = frozenset({ServiceStatus.DECLINED, ServiceStatus.CLOSED, ServiceStatus.STOPPED, ServiceStatus.ENDED})
"""Nothing is due any more."""

BEFORE_CONSENT = frozenset({ServiceStatus.NEEDED, ServiceStatus.OFFERED})


class Move(StrEnum):
    """What a person says of a service. `schedule`, `plan` and `set-follow-up` may be said again to change them."""

    OFFER = "offer"
    CONSENT = "consent"
    DECLINE = "decline"
    PLAN = "plan"
    SCHEDULE = "schedule"
    CARRY_OUT = "carry-out"
    NO_SHOW = "no-show"
    CANCEL_BY_CLIENT = "cancel-by-client"
    CANCEL_BY_PROVIDER = "cancel-by-provider"
    ABORT = "abort"
    RECORD_OUTCOME = "record-outcome"
    SET_FOLLOW_UP = "set-follow-up"
    HOLD_FOLLOW_UP = "hold-follow-up"
    CLOSE = "close"


class ServiceReason(StrEnum):
    """Why a service was declined, missed, cancelled or aborted. None of them counts against the client."""

    CLIENT_WISH = "client-wish"
    CLIENT_ILL = "client-ill"
    CLIENT_UNREACHABLE = "client-unreachable"
    NOT_SAFE = "not-safe"
    PROVIDER_ABSENT = "provider-absent"
    PROVIDER_FULL = "provider-full"
    INTERPRETER_MISSING = "interpreter-missing"
    TRANSPORT_FAILED = "transport-failed"
    DOCUMENTS_MISSING = "documents-missing"
    RELOCATION = "relocation"
    OTHER = "other"


class ServiceOutcome(StrEnum):
    """What came of it. None is a finding about the client: no result of an examination is kept here."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not-achieved"
    REFUSED_BY_INSTITUTION = "refused-by-institution"
    NO_REPLY = "no-reply"
    CRISIS = "crisis"
    """Somebody is to look after the client soon."""
    NOT_HELD = "not-held"


class ServiceEnd(StrEnum):
    """Why a service was closed."""

    COMPLETED = "completed"
    NOT_NEEDED = "not-needed"
    MET_ELSEWHERE = "met-elsewhere"
    NOT_AVAILABLE = "not-available"
    RECORDED_BY_MISTAKE = "recorded-by-mistake"


class FreezeCause(StrEnum):
    """Why services rest."""

    RELOCATION = "relocation"
    SAFETY = "safety"


class CostKind(StrEnum):
    """What the organisation paid for. The client never pays."""

    FEE = "fee"
    COURT_FEE = "court-fee"
    DOCUMENT_FEE = "document-fee"
    EXAMINATION = "examination"
    MEDICINE = "medicine"
    TRANSPORT = "transport"
    ACCOMMODATION = "accommodation"
    INTERPRETING = "interpreting"
    OTHER = "other"


class ReferralStatus(StrEnum):
    """Where a referral stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    UNANSWERED = "unanswered"
    """Given up: nobody answered."""
    RECALLED = "recalled"
    """The consent ended: the recipient is to be told."""
    SETTLED = "settled"
    """The recipient of a recalled one has been told."""
    ENDED = "ended"


class ReferralAnswer(StrEnum):
    """What is known of the recipient's side."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    NO_ANSWER = "no-answer"
    TOLD = "told"
    """The recipient of a recalled referral knows."""


class ReferralReason(StrEnum):
    """Why the client is referred (HTCDS 2.0, `cas_ReasonForOutgoingReferral`)."""

    ADDITIONAL_SERVICES_REQUIRED = "additional-services-required"
    MIGRATION_OR_CHANGE_OF_LOCATION = "migration-or-change-of-location"
    OTHER = "other"


class SearchChannel(StrEnum):
    """By what the client was tried; each only as the safe-contact rules allow."""

    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    VISIT = "visit"
    TRUSTED_PERSON = "trusted-person"
    PARTNER = "partner"


class SearchResult(StrEnum):
    """How an attempt went."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    NOT_SAFE = "not-safe"
    """Not tried, since the rules allowed nothing now."""


class Concern(StrEnum):
    """What risk was raised."""

    THREAT = "threat"
    BEING_WATCHED = "being-watched"
    PRESSURE = "pressure"
    VIOLENCE = "violence"
    SELF_HARM = "self-harm"
    HEALTH = "health"
    CHILD_AT_RISK = "child-at-risk"
    OTHER = "other"


class ConcernAnswer(StrEnum):
    """What followed from it."""

    GOES_ON = "goes-on"
    PLAN_CHANGED = "plan-changed"
    SERVICES_PAUSED = "services-paused"
    UNFOUNDED = "unfounded"


class UseOfService(StrEnum):
    """All that a journey may know of an anonymous service."""

    COUNSELLING_OFFERED = "counselling-offered"
    COUNSELLING_USED = "counselling-used"


class WouldReturn(StrEnum):
    """Whether the client would use the service again."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not-said"
