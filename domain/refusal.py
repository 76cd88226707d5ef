"""A refusal: the answer that a command cannot be taken now, with all a page needs to say why and what to do.

Codes only: the words are in the catalogue of the pages, in every language.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime

from domain.rights.denial import Denial
from domain.values import Code, Count, ObligationKey, Value


class RefusalCode(StrEnum):
    """Why a command is refused. The pages have a sentence for each, which says what to do next."""

    UNKNOWN_JOURNEY = "unknown-journey"
    ALREADY_OPENED = "already-opened"
    JOURNEY_CLOSED = "journey-closed"
    JOURNEY_MERGED = "journey-merged"
    JOURNEY_NOT_CLOSED = "journey-not-closed"
    UNKNOWN_STAGE = "unknown-stage"
    STAGE_NOT_ENTERED = "stage-not-entered"
    STAGE_ALREADY_ENTERED = "stage-already-entered"
    CONDITION_NOT_MET = "condition-not-met"
    UNKNOWN_STEP = "unknown-step"
    STEP_NOT_OPEN = "step-not-open"
    STEP_ALREADY_OPEN = "step-already-open"
    STEP_NOT_REPEATABLE = "step-not-repeatable"
    OUTCOME_NOT_ALLOWED = "outcome-not-allowed"
    REASON_REQUIRED = "reason-required"
    DATE_REQUIRED = "date-required"
    DATE_IN_THE_PAST = "date-in-the-past"
    DATE_IN_THE_FUTURE = "date-in-the-future"
    DATE_BEFORE_OPENING = "date-before-opening"
    PART_CHANGED = "part-changed"
    NOTHING_TO_CORRECT = "nothing-to-correct"
    NO_SUCH_CONSENT = "no-such-consent"
    CONSENT_ALREADY_GIVEN = "consent-already-given"
    NO_CONSENT_IN_FORCE = "no-consent-in-force"
    GUARDIAN_REQUIRED = "guardian-required"
    OWN_CONSENT_REQUIRED = "own-consent-required"
    NOBODY_TO_TELL = "nobody-to-tell"
    RECIPIENTS_UNTOLD = "recipients-untold"
    NOT_IN_PATHWAY = "not-in-pathway"
    NO_SAFE_CONTACT = "no-safe-contact"
    SAID_BEFORE = "said-before"
    NO_SUCH_ALERT = "no-such-alert"
    ASSESSMENT_INCOMPLETE = "assessment-incomplete"
    NO_SAFETY_PLAN = "no-safety-plan"
    NO_SUCH_GOAL = "no-such-goal"
    NO_PLAN = "no-plan"
    NOT_ASSIGNED = "not-assigned"
    ALREADY_ASSIGNED = "already-assigned"
    NOT_STALLED = "not-stalled"
    ALREADY_STALLED = "already-stalled"
    ALREADY_NUDGED = "already-nudged"
    LINK_TO_ITSELF = "link-to-itself"
    ALREADY_LINKED = "already-linked"
    NOT_LINKED = "not-linked"
    NOT_MERGED = "not-merged"
    NO_HEARINGS_IN_PATHWAY = "no-hearings-in-pathway"
    UNKNOWN_HEARING_KIND = "unknown-hearing-kind"
    UNKNOWN_HEARING = "unknown-hearing"
    HEARING_ALREADY_SUMMONED = "hearing-already-summoned"
    HEARING_OVER = "hearing-over"
    HEARING_AHEAD = "hearing-ahead"
    HEARING_WITHOUT_DATE = "hearing-without-date"
    UNKNOWN_ARRANGEMENT = "unknown-arrangement"
    NOTHING_TO_ACKNOWLEDGE = "nothing-to-acknowledge"
    UNKNOWN_PLAN = "unknown-plan"
    PLAN_ALREADY_STARTED = "plan-already-started"
    UNKNOWN_TASK = "unknown-task"
    NO_DEBRIEF_OWED = "no-debrief-owed"
    UNKNOWN_ZONE = "unknown-zone"
    NO_SERVICES = "no-services"
    UNKNOWN_PROVIDER = "unknown-provider"
    UNKNOWN_SERVICE = "unknown-service"
    NO_SUCH_SERVICE = "no-such-service"
    SERVICE_KEEPS_USE_ONLY = "service-keeps-use-only"
    MOVE_NOT_ALLOWED = "move-not-allowed"
    FIELD_NOT_HELD = "field-not-held"
    CONSENT_REQUIRED = "consent-required"
    PROVIDER_REQUIRED = "provider-required"
    OUTCOME_REQUIRED = "outcome-required"
    SERVICE_FROZEN = "service-frozen"
    SERVICE_NOT_FROZEN = "service-not-frozen"
    SERVICE_NOT_REPEATED = "service-not-repeated"
    SERVICE_NOT_AGREED = "service-not-agreed"
    SERVICE_NOT_HELD = "service-not-held"
    STILL_RUNNING = "still-running"
    NO_SUCH_REFERRAL = "no-such-referral"
    NO_SUCH_CONCERN = "no-such-concern"
    ALREADY_SEARCHING = "already-searching"
    NOT_SEARCHING = "not-searching"
    STILL_SEARCHING = "still-searching"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    FORMAL_STATUS_NOT_POSSIBLE = "formal-status-not-possible"
    DECIDER_NOT_COMPETENT = "decider-not-competent"
    UNKNOWN_FORM = "unknown-form"
    UNKNOWN_QUESTION = "unknown-question"
    QUESTION_NOT_ASKED = "question-not-asked"
    ANSWER_NOT_POSSIBLE = "answer-not-possible"
    UNKNOWN_PERMIT_KIND = "unknown-permit-kind"
    UNKNOWN_GROUND = "unknown-ground"
    NO_PERMIT = "no-permit"
    NOT_RENEWABLE = "not-renewable"
    ALREADY_APPLIED = "already-applied"
    NOT_APPLIED = "not-applied"
    NO_HOTLINE = "no-hotline"
    UNKNOWN_CONTACT = "unknown-contact"
    CONTACT_SETTLED = "contact-settled"
    NOT_IN_CATALOGUE = "not-in-catalogue"
    CALL_BACK_NOT_PERMITTED = "call-back-not-permitted"
    CALL_BACK_ALREADY_PROMISED = "call-back-already-promised"
    NO_CALL_BACK_PROMISED = "no-call-back-promised"
    NO_SUCH_DANGER = "no-such-danger"
    ALREADY_ACKNOWLEDGED = "already-acknowledged"
    ALREADY_ATTACHED = "already-attached"
    NOT_ATTACHED = "not-attached"
    REPEATS_NOT_SHOWN = "repeats-not-shown"
    RESOURCE_BUSY = "resource-busy"
    UNKNOWN_MISSION = "unknown-mission"
    MISSION_ENDED = "mission-ended"
    NO_MISSIONS_HERE = "no-missions-here"
    MISSION_NOT_PLANNED = "mission-not-planned"
    MISSION_NOT_OUT = "mission-not-out"
    MISSION_NOT_RETURNED = "mission-not-returned"
    TEAM_TOO_SMALL = "team-too-small"
    NOT_OF_THE_TEAM = "not-of-the-team"
    LEG_OUTSIDE_PLAN = "leg-outside-plan"
    JOURNEY_NOT_SERVED = "journey-not-served"
    QUESTIONS_UNANSWERED = "questions-unanswered"
    RISK_CHECK_REQUIRED = "risk-check-required"
    RISK_NOT_CLEAR = "risk-not-clear"
    SECOND_PERSON_REQUIRED = "second-person-required"
    NOTHING_RINGS = "nothing-rings"
    OUTCOME_MISSING = "outcome-missing"
    HOME_VISIT_FIELDS_REQUIRED = "home-visit-fields-required"
    UNKNOWN_PROCEEDINGS = "unknown-proceedings"
    PROCEEDINGS_OVER = "proceedings-over"
    NOT_OF_THIS_MATTER = "not-of-this-matter"
    UNKNOWN_RULE = "unknown-rule"
    TRIGGER_MISSING = "trigger-missing"
    UNKNOWN_ENTRY = "unknown-entry"
    ENTRY_SETTLED = "entry-settled"
    DATE_NOT_READ = "date-not-read"
    CLAIM_NOT_OPEN = "claim-not-open"
    TERMS_RUNNING = "terms-running"
    NO_SUCH_RETURN = "no-such-return"
    RETURN_NOT_NOW = "return-not-now"
    RETURN_NOT_READY = "return-not-ready"
    RETURN_UNFINISHED = "return-unfinished"
    ASSESSMENT_OUTDATED = "assessment-outdated"
    UNKNOWN_DOCUMENT = "unknown-document"
    NO_RECEIVER_ASKED = "no-receiver-asked"
    NO_SUCH_CHECK = "no-such-check"
    NO_WAY_HOME_OWED = "no-way-home-owed"
    REINTEGRATION_RUNNING = "reintegration-running"
    REINTEGRATION_NOT_RUNNING = "reintegration-not-running"
    REINTEGRATION_INCOMPLETE = "reintegration-incomplete"
    STAFF_HAS_LEFT = "staff-has-left"
    HELD_BY_ANOTHER = "held-by-another"
    NOTHING_PLANNED = "nothing-planned"
    NO_SUCH_ABSENCE = "no-such-absence"
    ABSENCE_OVERLAPS = "absence-overlaps"
    COVERS_THEMSELVES = "covers-themselves"
    SUCCESSOR_LEAVES = "successor-leaves"
    UNKNOWN_HANDOVER = "unknown-handover"
    HANDOVER_ENDED = "handover-ended"
    UNKNOWN_EXPORT = "unknown-export"
    EXPORT_MADE = "export-made"
    NOTHING_TO_EXPORT = "nothing-to-export"
    EXPORT_WITHOUT_TABLE = "export-without-table"
    UNKNOWN_RELEASE = "unknown-release"
    RELEASE_TOO_EARLY = "release-too-early"
    RELEASE_UNPROTECTED = "release-unprotected"
    RELEASE_OVERLAPS = "release-overlaps"
    RELEASE_REVEALS = "release-reveals"
    UNKNOWN_COMMAND = "unknown-command"
    APPROVAL_REQUIRED = "approval-required"
    APPROVED_OTHERWISE = "approved-otherwise"
    APPROVAL_ALREADY_ASKED = "approval-already-asked"
    NO_APPROVAL_ASKED = "no-approval-asked"
    NO_APPROVAL_NEEDED = "no-approval-needed"
    NOTHING_TO_APPROVE = "nothing-to-approve"
    NO_EMERGENCY_ACCESS = "no-emergency-access"
    EMERGENCY_UNREVIEWED = "emergency-unreviewed"
    PERSON_REQUIRED = "person-required"
    DOCUMENT_FILED = "document-filed"
    NO_SUCH_DOCUMENT = "no-such-document"
    NOT_PERMITTED = "not-permitted"
    OTHER_PATHWAY = "other-pathway"
    UNKNOWN_PATHWAY = "unknown-pathway"
    NAMES_CLASH = "names-clash"
    PATHWAY_LACKS_PART = "pathway-lacks-part"


class Unmet(Value):
    """One leaf of a condition that is not met: `step safe-contact is not done`, `consent accommodation is not given`.

    `wants` is the state that the condition asks for; `negated` where the pathway forbids it.
    """

    kind: Code
    name: Code
    wants: Code
    negated: bool = False


class Refused(Value):
    """The command is not taken. Nothing was recorded but this outcome.

    `part` and `part_version` name what changed under the form (PART_CHANGED) or what the refusal is about;
    `unmet` are the conditions that block. `other` is a stream, or the person or vehicle that is busy, `until` when
    where that is known. `denial`: why whoever asked may not (NOT_PERMITTED).
    """

    code: RefusalCode
    part: ObligationKey | None = None
    part_version: Count | None = None
    unmet: tuple[Unmet, ...] = ()
    allowed: tuple[Code, ...] = ()
    other: UUID | None = None
    until: AwareDatetime | None = None
    denial: Denial | None = None
