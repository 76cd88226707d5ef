"""A chain of people who are called one after another, minutes apart, until somebody answers."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from domain.codes import Role
from domain.values import Value


class Chain(Value):
    """Whom to call. The last of them is called again and again: `every_minutes` apart, until somebody answers."""

    call: tuple[Role, ...] = Field(min_length=1, max_length=10)
    every_minutes: int = Field(ge=1, le=240)

    @property
    def pause(self) -> timedelta:
        """Between one call and the next."""
        return timedelta(minutes=self.every_minutes)
