"""Section `emergency_access`: who is told at once when somebody opens a case that is not theirs, and who reviews it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.codes import Role
from domain.pathway.common import EscalateRung, Span
from domain.pathway.ladder import USUAL
from domain.values import Value


class EmergencyRules(Value):
    """`tell`: two roles at the least, at that very instant. `review_within`: working days by default."""

    tell: Annotated[tuple[Role, ...], Field(min_length=2)] = (Role.CASEWORKER, Role.SUPERVISOR)
    review_by: Role = Role.SUPERVISOR
    review_within: Span = Span(count=2)
    escalate: tuple[EscalateRung, ...] = USUAL
