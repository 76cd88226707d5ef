"""What the events of returns are made of."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.deadline import Deadline
from domain.pathway.common import Span
from domain.values import Code, CountryCode, Value


class ItemTimer(Value):
    """By when one item of a return is to be seen to."""

    item: Code
    deadline: Deadline
    stalled_after: Span


Timers = tuple[ItemTimer, ...]
Partners = Annotated[tuple[UUID, ...], Field(max_length=60)]
Countries = Annotated[tuple[CountryCode, ...], Field(max_length=12)]
