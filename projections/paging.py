"""Keyset paging: a page, how many rows there are in all, and an opaque cursor to go on from its last row.

Count and rows come from one statement, so that they are of one instant and never disagree.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.errors import PutokazError

T = TypeVar("T")
MOST_ROWS = 500
"""Of a page."""
MOST_EXPORTED = 20_000
"""Of a list that is taken whole, as for a file: one statement, so that it is of one instant."""


class CursorInvalid(PutokazError):
    """The cursor is not one that this list gave out. Start again without one."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`total` counts every row that the filter lets through; `next` is None on the last page."""

    rows: tuple[T, ...]
    total: int
    next: str | None


def cursor_after(*key: datetime | UUID | str | int | Decimal) -> str:
    """The cursor that goes on after the row with this sort key."""
    text = json.dumps([part.isoformat() if isinstance(part, datetime) else str(part) for part in key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(cursor: str | None, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """The sort key in a cursor, or as many None for no cursor. Raises `CursorInvalid`."""
    if cursor is None:
        return (None,) * len(kinds)
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError
        return tuple([kind(part) for kind, part in zip(kinds, parts, strict=True)])
    except (ValueError, TypeError, AttributeError):
        raise CursorInvalid("this is not a cursor of this list; start again from its beginning") from None


def instant(text: str) -> datetime:
    """An aware instant from a cursor. Raises `ValueError`."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no zone")
    return found


def number(text: str) -> Decimal:
    """A sort key that is a number, from a cursor. Raises `ValueError`."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not found.is_finite():
        raise ValueError("no number")
    return found


def count(text: str) -> int:
    """A sort key that is a whole number which the database can hold, from a cursor. Raises `ValueError`."""
    found = int(text)
    if abs(found) >= 2**31:
        raise ValueError("too large")
    return found


def bounded(limit: int) -> int:
    """How many rows to ask for: one more than wanted shows whether there is a next page."""
    return max(1, min(limit, MOST_EXPORTED)) + 1


def cut(rows: Sequence[T], limit: int, cursor: Callable[[T], str]) -> tuple[tuple[T, ...], str | None]:
    """The rows of the page and the cursor of the next, from rows that were asked for with `bounded(limit)`."""
    wanted = bounded(limit) - 1
    if len(rows) <= wanted:
        return tuple(rows), None
    return tuple(rows[:wanted]), cursor(rows[wanted - 1])


def only_of(streams: Sequence[UUID] | None) -> list[UUID] | None:
    """The streams to whose rows a list is bounded, as a query takes them; None: to none."""
    return None if streams is None else list(streams)
