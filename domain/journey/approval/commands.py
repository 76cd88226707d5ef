"""Commands about approvals."""

from __future__ import annotations

from domain.codes import ClosingReason
from domain.command import Command
from domain.journey.approval.state import Objection
from domain.pathway.approvals import ApprovalMatter
from domain.sealed import Notes, Sealed
from domain.values import Count


class AskApproval(Command, kind="ask-approval"):
    """Proposes something and asks a second person. A closure has its `reason`; `of` where there are several things."""

    matter: ApprovalMatter
    of: Count | None = None
    reason: ClosingReason | None = None
    note: Sealed[Notes] | None = None


class GiveApproval(Command, kind="give-approval"):
    """Agrees; never to what one has proposed oneself. `seen` is the version of the approval on the form."""

    number: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class RefuseApproval(Command, kind="refuse-approval"):
    """Does not agree, and says why."""

    number: Count
    objection: Objection
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class WithdrawApproval(Command, kind="withdraw-approval"):
    """Takes back a question, or an approval that is not used yet."""

    number: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None
