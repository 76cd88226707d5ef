"""The state of approvals; changed by `copying.replace`, so nothing here has slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.codes import ClosingReason, Role
from domain.copying import replace
from domain.pathway.approvals import ApprovalMatter
from domain.stream.obligation import Clockwork


class ApprovalStatus(StrEnum):
    """`void`: the thing changed, or was proposed anew. `used`: the journey was closed under it. `ended`: unanswered."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    USED = "used"
    ENDED = "ended"


class VoidCause(StrEnum):
    """Why an approval, or the question for one, holds no longer."""

    THING_CHANGED = "thing-changed"
    ASKED_ANEW = "asked-anew"


class Objection(StrEnum):
    """Why an approval was refused; what is meant stands sealed in the note."""

    INCOMPLETE = "incomplete"
    CLIENT_NOT_HEARD = "client-not-heard"
    NOT_SAFE = "not-safe"
    SOMETHING_OPEN = "something-open"
    ANOTHER_REASON = "another-reason"
    OTHER = "other"


STANDING = frozenset({ApprovalStatus.ASKED, ApprovalStatus.GIVEN})
"""What a change of the thing makes void."""


@dataclass(frozen=True)
class ApprovalState:
    """`number` counts from 1 within the journey. `of`: which of several things of this matter.

    `of_version` is the version of the thing that was proposed, `reason` that of a closure.
    """

    number: int
    matter: ApprovalMatter
    role: Role
    asked_by: UUID
    asked_at: datetime
    of_version: int
    version: int
    clockwork: Clockwork
    of: int | None = None
    reason: ClosingReason | None = None
    status: ApprovalStatus = ApprovalStatus.ASKED
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    objection: Objection | None = None

    @property
    def key(self) -> str:
        """The part, and the obligation."""
        return f"approval:{self.number}"

    @property
    def is_standing(self) -> bool:
        """Asked or given, and about the thing as it is."""
        return self.status in STANDING


Approvals = Mapping[int, ApprovalState]


def latest(approvals: Approvals, matter: ApprovalMatter, of: int | None = None) -> ApprovalState | None:
    """The last one of a matter, whatever became of it."""
    found = (one for one in approvals.values() if one.matter is matter and one.of == of)
    return max(found, key=lambda one: one.number, default=None)


def settled(approvals: Approvals, version: int) -> Approvals:
    """Once the journey is closed: that approval is used up, and nobody is asked any longer."""

    def after(one: ApprovalState) -> ApprovalState:
        if one.status is ApprovalStatus.ASKED:
            return replace(one, status=ApprovalStatus.ENDED, version=version)
        if one.status is ApprovalStatus.GIVEN and one.matter is ApprovalMatter.CLOSURE:
            return replace(one, status=ApprovalStatus.USED, version=version)
        return one

    return {number: after(one) for number, one in approvals.items()}
