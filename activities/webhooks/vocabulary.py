"""The words that partners are told. A word says that something happened, and never what kind of case it is."""

from __future__ import annotations

from enum import StrEnum


class PublicWord(StrEnum):
    """What a subscription may ask for."""

    CASE_OPENED = "case.opened"
    CASE_CHANGED = "case.changed"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_ASSIGNED = "case.assigned"
    APPOINTMENT_CHANGED = "appointment.changed"
    APPROVAL_CHANGED = "approval.changed"
    DIRECTORY_CHANGED = "directory.changed"
    TEST = "webhooks.test"
    """Sent by `putokaz webhooks try` only."""


SUBSCRIBABLE = tuple(word for word in PublicWord if word is not PublicWord.TEST)
