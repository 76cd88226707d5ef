"""A refusal: the answer that a command cannot be taken now, with all a page needs to say why and what to do.

Codes only: the words are in the catalogue of the pages, in every language.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

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
    NOT_ASSIGNED = "not-assigned"
    ALREADY_ASSIGNED = "already-assigned"
    NOT_STALLED = "not-stalled"
    ALREADY_STALLED = "already-stalled"
    LINK_TO_ITSELF = "link-to-itself"
    ALREADY_LINKED = "already-linked"
    NOT_LINKED = "not-linked"
    NOT_MERGED = "not-merged"
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
    RESOURCE_BUSY = "resource-busy"
    NOT_IN_PATHWAY = "not-in-pathway"
    UNKNOWN_PROCEEDINGS = "unknown-proceedings"
    PROCEEDINGS_OVER = "proceedings-over"
    NOT_OF_THIS_MATTER = "not-of-this-matter"
    UNKNOWN_RULE = "unknown-rule"
    TRIGGER_MISSING = "trigger-missing"
    UNKNOWN_ENTRY = "unknown-entry"
    ENTRY_SETTLED = "entry-settled"
    DATE_NOT_READ = "date-not-read"
    CLAIM_NOT_OPEN = "claim-not-open"
    UNKNOWN_COMMAND = "unknown-command"


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
    `unmet` are the conditions that block.
    """

    code: RefusalCode
    part: ObligationKey | None = None
    part_version: Count | None = None
    unmet: tuple[Unmet, ...] = ()
    allowed: tuple[Code, ...] = ()
    other: UUID | None = None
