"""The state of the parts of safety; all changed by `copying.replace`, so none has slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.journey.safety.rules import Agreement
from domain.pathway.assessment import Level
from domain.sealed import Identity, Sealed
from domain.stream.obligation import Clockwork


class AlertReason(StrEnum):
    """Why people were told at once."""

    RISK_RAISED = "risk-raised"
    RELOCATION = "relocation"


@dataclass(frozen=True)
class SafeContact:
    """`command_id` is that of the command with which the neutral name and the code word were sealed."""

    agreement: Agreement
    agreed_at: datetime
    verified_at: datetime
    version: int
    clockwork: Clockwork
    command_id: UUID
    neutral_name: Sealed[Identity] | None = None
    code_word: Sealed[Identity] | None = None
    suspended_at: datetime | None = None


@dataclass(frozen=True)
class Relocation:
    """The last emergency relocation. `settled_at`: since then there is a contact plan again."""

    at: datetime
    version: int
    clockwork: Clockwork
    times: int = 1
    settled_at: datetime | None = None


@dataclass(frozen=True)
class AlertState:
    """`number` counts from 1 within the journey."""

    number: int
    reason: AlertReason
    raised_at: datetime
    version: int
    clockwork: Clockwork
    level: Level | None = None
    acknowledged_at: datetime | None = None

    @property
    def key(self) -> str:
        """The part, and the obligation."""
        return f"alert:{self.number}"


@dataclass(frozen=True)
class AssessmentState:
    """The latest of its kind. `overall` is the highest level of any domain."""

    assessment: str
    levels: Mapping[str, Level]
    overall: Level
    assessed_at: datetime
    version: int
    clockwork: Clockwork
    times: int = 1

    @property
    def key(self) -> str:
        """The part, and the obligation to look again."""
        return f"assessment:{self.assessment}"


@dataclass(frozen=True)
class SafetyPlan:
    """`reviewed_at`: when somebody last looked at it; at first, when it was agreed."""

    agreed_at: datetime
    reviewed_at: datetime
    version: int
    clockwork: Clockwork
    ended_at: datetime | None = None
