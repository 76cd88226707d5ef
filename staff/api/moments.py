"""The moment of the past that a caller asks for: `as_known_at`, by what had been recorded by then, or `as_it_was_at`.

An ISO instant, or a day or a wall-clock time of the office; a day means with everything that happened on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel

from analysis.travel.asking import instant_of
from analysis.travel.moment import Clock, Moment
from projections.past.reader import position_at
from projections.reader import Reader
from staff.api.caller import CallerRefused, Parted
from staff.i18n.words import OFFICE_ZONE

_LONGEST = 40
Typed = Annotated[str | None, Query(max_length=_LONGEST, examples=["2026-03-02T10:00:00+01:00", "2026-03-02"])]


class MomentAnswer(BaseModel):
    """Of which moment an answer is, and by which clock."""

    at: datetime
    clock: Clock

    @classmethod
    def of(cls, moment: Moment) -> MomentAnswer:
        return cls(at=moment.at, clock=moment.clock)


def moment_or_now(parts: Parted, as_known_at: Typed = None, as_it_was_at: Typed = None) -> Moment | None:
    """The moment; None where none is asked for. Raises `CallerRefused` for two, for no date and for the future."""
    if as_known_at is not None and as_it_was_at is not None:
        raise CallerRefused(422, "moment-invalid", "as_known_at", "as_it_was_at")
    if as_known_at is not None:
        return Moment(instant(as_known_at, "as_known_at", parts.clock()), Clock.KNOWN)
    if as_it_was_at is not None:
        return Moment(instant(as_it_was_at, "as_it_was_at", parts.clock()), Clock.OCCURRED)
    return None


def moment(found: Annotated[Moment | None, Depends(moment_or_now)]) -> Moment:
    """The moment. Raises `CallerRefused` where none is asked for, too."""
    if found is None:
        raise CallerRefused(422, "moment-invalid", "as_known_at", "as_it_was_at")
    return found


def instant(typed: str, name: str, now: datetime) -> datetime:
    """What was typed as the parameter `name`. Raises `CallerRefused`."""
    # In an address a plus that is not written as %2B comes as a space.
    found = instant_of(typed, OFFICE_ZONE, now) or instant_of(typed.replace(" ", "+"), OFFICE_ZONE, now)
    if found is None:
        raise CallerRefused(422, "moment-invalid", name)
    if found > now:
        raise CallerRefused(422, "moment-future", name)
    return found


def require_begun(reader: Reader, asked: Moment) -> None:
    """Raises `CallerRefused` where nothing at all had been recorded by a moment, as it was known."""
    if asked.clock is Clock.KNOWN and position_at(reader, asked.at) == 0:
        raise CallerRefused(404, "moment-before", "as_known_at")


Then = Annotated[Moment | None, Depends(moment_or_now)]
At = Annotated[Moment, Depends(moment)]
