"""The closed lists that events, pathways and pages share. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a member of staff does for a journey (design §1)."""

    CONSULTANT = "consultant"
    CASEWORKER = "caseworker"
    MOBILE_TEAM = "mobile-team"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    SUPERVISOR = "supervisor"
    ON_CALL = "on-call"


class Phase(StrEnum):
    """Where a journey as a whole stands."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class StepOutcome(StrEnum):
    """How a step was advanced. None of them counts against the client."""

    DONE = "done"
    DECLINED = "declined"
    SKIPPED = "skipped"
    NO_SHOW = "no-show"
    POSTPONED = "postponed"


SETTLING = frozenset({StepOutcome.DONE, StepOutcome.DECLINED, StepOutcome.SKIPPED})
"""Outcomes after which a step is settled; the others leave it open with a new date."""


class StepReason(StrEnum):
    """Why a step was skipped, postponed or met with no-show."""

    NOT_NEEDED = "not-needed"
    DONE_BY_PARTNER = "done-by-partner"
    NOT_SAFE_NOW = "not-safe-now"
    CLIENT_ASKED = "client-asked"
    CLIENT_UNREACHABLE = "client-unreachable"
    CLIENT_ILL = "client-ill"
    PROVIDER_CANCELLED = "provider-cancelled"
    COURT_POSTPONED = "court-postponed"
    DOCUMENTS_MISSING = "documents-missing"
    STAFF_ABSENT = "staff-absent"
    TRANSPORT_FAILED = "transport-failed"
    OTHER = "other"


class Mover(StrEnum):
    """Whose move it is."""

    US = "us"
    CLIENT = "client"
    COURT = "court"
    PARTNER = "partner"


class StallCause(StrEnum):
    """Why a step stands still (design §2). Waiting on a client never counts against the client."""

    WAITING_ON_CLIENT = "waiting-on-client"
    WAITING_ON_COURT = "waiting-on-court"
    WAITING_ON_PARTNER = "waiting-on-partner"
    WAITING_ON_US = "waiting-on-us"
    OVERDUE = "overdue"
    NOBODY_ASSIGNED = "nobody-assigned"


class NextAction(StrEnum):
    """What moves a stalled step on."""

    REACH_CLIENT_SAFELY = "reach-client-safely"
    ASK_COURT = "ask-court"
    ASK_PARTNER = "ask-partner"
    ADVANCE_STEP = "advance-step"
    ASSIGN_SOMEBODY = "assign-somebody"


class ConsentPurpose(StrEnum):
    """What a client agrees to; each on its own, each withdrawable (Data Protection Law 87/2018, art. 15)."""

    ASSISTANCE = "assistance"
    DATA_PROCESSING = "data-processing"
    REFERRAL = "referral"
    ACCOMMODATION = "accommodation"
    MEDICAL = "medical"
    PSYCHOLOGICAL = "psychological"
    LEGAL_REPRESENTATION = "legal-representation"
    REPATRIATION = "repatriation"
    CONTACT_WITH_FAMILY = "contact-with-family"
    STATISTICS = "statistics"


class ConsentGiver(StrEnum):
    """Who gave the consent."""

    CLIENT = "client"
    GUARDIAN = "guardian"


class ClosingReason(StrEnum):
    """Why a journey was closed."""

    GOALS_REACHED = "goals-reached"
    CLIENT_WISH = "client-wish"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    REFERRED = "referred"
    UNREACHABLE = "unreachable"
    LEFT_COUNTRY = "left-country"
    MISSING = "missing"
    IN_DETENTION = "in-detention"
    DEATH = "death"
    OPENED_BY_MISTAKE = "opened-by-mistake"


class ReopeningReason(StrEnum):
    """Why a closed journey goes on. Reopening is normal."""

    CLIENT_RETURNED = "client-returned"
    NEW_RISK = "new-risk"
    NEW_PROCEEDINGS = "new-proceedings"
    FOUND = "found"
    RELEASED = "released"
    CLOSED_BY_MISTAKE = "closed-by-mistake"


class StageExit(StrEnum):
    """How a stage was left."""

    COMPLETED = "completed"
    STOPPED = "stopped"


class Relation(StrEnum):
    """What the linked person is to this client; `mirror` is the same tie seen from the other journey."""

    GUARDIAN = "guardian"
    WARD = "ward"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    PARTNER = "partner"
    OTHER_FAMILY = "other-family"

    @property
    def mirror(self) -> Relation:
        return _MIRRORS.get(self, self)


_MIRRORS = {
    Relation.GUARDIAN: Relation.WARD,
    Relation.WARD: Relation.GUARDIAN,
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
}


class RungEffect(StrEnum):
    """What happens when a rung of a ladder is reached."""

    REMIND = "remind"
    DUE = "due"
    STALL = "stall"
    ESCALATE = "escalate"


class StreamName(StrEnum):
    """The kinds of stream that are decided on; the first word of a stream's name."""

    JOURNEY = "journey"
    PROVIDER = "provider"
    CONTACT = "contact"
    MISSION = "mission"
    STAFF = "staff"
    HANDOVER = "handover"
    EXPORT = "export"
    RELEASE = "release"

    def stream(self, id_: UUID) -> str:
        """The stream, and where it has one the workflow id: `journey-<uuid4>`."""
        return f"{self.value}-{id_}"


class ObligationKind(StrEnum):
    """What sort of thing is owed."""

    STEP = "step"
    REVIEW = "review"
    HEARING = "hearing"
    HEARING_COMPANION = "hearing-companion"
    HEARING_ARRANGEMENT = "hearing-arrangement"
    HEARING_ACKNOWLEDGEMENT = "hearing-acknowledgement"
    HEARING_TASK = "hearing-task"
    HEARING_DEBRIEF = "hearing-debrief"
    SERVICE = "service"
    SERVICE_TERM = "service-term"
    REFERRAL = "referral"
    SEARCH = "search"
    CONCERN = "concern"
    CONSENT_RENEWAL = "consent-renewal"
    OWN_CONSENT = "own-consent"
    WITHDRAWAL = "withdrawal"
    SAFE_CONTACT = "safe-contact"
    CONTACT_PLAN = "contact-plan"
    ALERT = "alert"
    ASSESSMENT = "assessment"
    SAFETY_PLAN = "safety-plan"
    PLAN_REVIEW = "plan-review"
    GOAL = "goal"
    RESIDENCE = "residence"
    CALL_BACK = "call-back"
    DANGER = "danger"
    MISSION_DEPARTURE = "mission-departure"
    MISSION_CHECK_IN = "mission-check-in"
    MISSION_RETURN = "mission-return"
    MISSION_ALARM = "mission-alarm"
    MISSION_REPORT = "mission-report"
    TERM = "term"
    LIMITATION = "limitation"
    TERM_CONFIRMATION = "term-confirmation"
    POWER_OF_ATTORNEY = "power-of-attorney"
    COURT_FEE = "court-fee"
    APPROVAL = "approval"
    RETURN_PREPARATION = "return-preparation"
    RETURN_DOCUMENT = "return-document"
    RETURN_DEPARTURE = "return-departure"
    RETURN_HANDOVER = "return-handover"
    RETURN_CHECK = "return-check"
    RETURN_WAY_HOME = "return-way-home"
    RETURN_STOP = "return-stop"
    REINTEGRATION_REVIEW = "reintegration-review"
    HANDOVER = "handover"
    EMERGENCY_REVIEW = "emergency-review"


SYSTEM_ACTOR = UUID("00000000-0000-4000-8000-000000000001")
"""The actor of what the clock does: a fixed id, never a person."""

NOBODY = UUID(int=0)
"""Who acts where nobody is named: what asks for a person refuses it."""
