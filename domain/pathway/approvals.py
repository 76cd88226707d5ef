"""Section `approvals`: what needs the approval of a second person, whose answer it is, and how soon.

An organisation that has no such section asks nobody: a caseworker closes a journey alone there.
"""

from __future__ import annotations

from enum import StrEnum

from domain.codes import Role
from domain.pathway.common import EscalateRung, RemindRung, Span
from domain.pathway.ladder import USUAL
from domain.values import Value


class ApprovalMatter(StrEnum):
    """What somebody else than the proposer approves."""

    PLAN = "plan"
    """The individual plan of services comes into force."""
    CLOSURE = "closure"
    """The journey is closed for this reason."""
    RETURN = "return"
    """The client is repatriated."""


class ApprovalRule(Value):
    """`by`: whose answer is owed, `within` so long; with what the ladder of every obligation has."""

    matter: ApprovalMatter
    by: Role = Role.SUPERVISOR
    within: Span = Span(count=3)
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=1)
    escalate: tuple[EscalateRung, ...] = USUAL
