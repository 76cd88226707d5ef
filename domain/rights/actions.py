"""Everything that a person may do: what there is to be read, and what is decided by commands (`commands.py`)."""

from __future__ import annotations

from enum import StrEnum

from domain.sealed import Compartment


class Action(StrEnum):
    """One thing that is allowed or not. A value is never renamed."""

    # Reading: parts of a journey's file …
    READ_LIST_ROW = "read-list-row"
    READ_STALLED = "read-stalled"
    READ_OVERVIEW = "read-overview"
    READ_NOTES = "read-notes"
    READ_LEGAL = "read-legal"
    READ_HEARINGS = "read-hearings"
    READ_HEALTH = "read-health"
    READ_IDENTITY = "read-identity"
    READ_DOCUMENTS = "read-documents"
    # … what belongs to one, or will …
    READ_CONTACT = "read-contact"
    READ_MISSION = "read-mission"
    READ_RIDE = "read-ride"
    READ_REFERRAL = "read-referral"
    # … and what is of the organisation.
    READ_PROVIDERS = "read-providers"
    READ_SUPERVISION = "read-supervision"
    READ_ACCESS_LOG = "read-access-log"
    READ_AGGREGATES = "read-aggregates"
    READ_ADMINISTRATION = "read-administration"

    # Deciding: the hotline …
    LOG_CONTACT = "log-contact"
    FOLLOW_UP_CONTACT = "follow-up-contact"
    ATTACH_CONTACT = "attach-contact"
    # … danger …
    RAISE_ALARM = "raise-alarm"
    ANSWER_ALARM = "answer-alarm"
    # … the course of a journey …
    OPEN_JOURNEY = "open-journey"
    ADVANCE_STEPS = "advance-steps"
    GUIDE_JOURNEY = "guide-journey"
    CLOSE_JOURNEY = "close-journey"
    LINK_JOURNEYS = "link-journeys"
    MERGE_JOURNEYS = "merge-journeys"
    ASSIGN = "assign"
    ASK_APPROVAL = "ask-approval"
    ANSWER_APPROVAL = "answer-approval"
    # … its parts …
    RECORD_CONSENT = "record-consent"
    DISCLOSE = "disclose"
    KEEP_SAFE = "keep-safe"
    RECORD_STATUS = "record-status"
    RECORD_RESIDENCE = "record-residence"
    WORK_ON_PLAN = "work-on-plan"
    PROVIDE_SERVICES = "provide-services"
    SEEK_CLIENT = "seek-client"
    SEND_REFERRAL = "send-referral"
    ANSWER_REFERRAL = "answer-referral"
    CONDUCT_PROCEEDINGS = "conduct-proceedings"
    KEEP_HEARINGS = "keep-hearings"
    PREPARE_HEARINGS = "prepare-hearings"
    ORGANISE_RETURN = "organise-return"
    FILE_DOCUMENT = "file-document"
    FILE_LEGAL_DOCUMENT = "file-legal-document"
    FILE_HEALTH_DOCUMENT = "file-health-document"
    # … field missions …
    PLAN_MISSION = "plan-mission"
    GO_ON_MISSION = "go-on-mission"
    REPORT_MISSION = "report-mission"
    OVERRIDE_RISK = "override-risk"
    # … and the organisation.
    LIST_PROVIDERS = "list-providers"
    PLAN_ABSENCE = "plan-absence"
    RECORD_LEAVING = "record-leaving"
    HAND_OVER = "hand-over"
    OPEN_IN_EMERGENCY = "open-in-emergency"
    REVIEW_EMERGENCY = "review-emergency"
    MIGRATE_JOURNEYS = "migrate-journeys"
    EXPORT_CASES = "export-cases"
    RELEASE_TABLES = "release-tables"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_FEEDS = "manage-feeds"
    KEEP_SETTINGS = "keep-settings"
    RUN_ENGINE = "run-engine"
    """What timers and streams record of each other: nobody's, whatever they are."""


READING = frozenset(action for action in Action if action.name.startswith("READ_"))
OF_THE_VAULT = frozenset({Action.MANAGE_PEOPLE, Action.MANAGE_FEEDS, Action.KEEP_SETTINGS})
"""Decided without a command: what is kept of members of staff stands in the vault, with a log of its own."""
NOT_ABOUT_CLIENTS = OF_THE_VAULT | frozenset(
    {
        Action.READ_PROVIDERS,
        Action.READ_AGGREGATES,
        Action.READ_ADMINISTRATION,
        Action.LIST_PROVIDERS,
        Action.PLAN_ABSENCE,
        Action.RECORD_LEAVING,
    }
)
ABOUT_CLIENTS = frozenset(Action) - NOT_ABOUT_CLIENTS
"""All others: what whoever stands apart (`member.APART`) never may."""
BEHIND_PURPOSE = frozenset({Action.READ_IDENTITY, Action.READ_DOCUMENTS})
"""Shown only once the access log has who it was and for what purpose."""

OPENS = {
    Action.READ_NOTES: frozenset({Compartment.NOTES}),
    Action.READ_LEGAL: frozenset({Compartment.LEGAL, Compartment.NOTES}),
    Action.READ_HEARINGS: frozenset({Compartment.LEGAL, Compartment.NOTES}),
    Action.READ_HEALTH: frozenset({Compartment.HEALTH, Compartment.NOTES}),
    Action.READ_IDENTITY: frozenset({Compartment.IDENTITY}),
    Action.READ_CONTACT: frozenset({Compartment.NOTES}),
    Action.READ_MISSION: frozenset({Compartment.IDENTITY, Compartment.NOTES}),
    Action.READ_RIDE: frozenset({Compartment.IDENTITY}),
    Action.READ_REFERRAL: frozenset({Compartment.NOTES}),
    Action.READ_PROVIDERS: frozenset({Compartment.IDENTITY, Compartment.NOTES}),
}
"""The compartments whose texts belong to what is read: the notes of a hearing are read with the hearing, no others."""
