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
    RESOURCE_BUSY = "resource-busy"
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
